"""Whether an actor is who a label names, by spelling: case, accents and articles aside."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from onrecord.document import Actor

_ALIKE = 0.5  # Dice of the words of two contents that are one
_SMALL = frozenset({"the", "a", "an", "of"})


class Names(defaultdict[str, set[str]]):
    """What an article calls its actors, by id."""

    def __init__(self) -> None:
        super().__init__(set)


def is_right(actor: Actor, speakers: Sequence[str], local: str, names: Mapping[str, set[str]]) -> bool:
    """Whether the actor is one of `speakers`: by a name, or an unnamed one by its description.

    `local` are the words of the source. A person known by one name only is whoever has it for a last name.
    """
    called = {_plain(actor.name), *map(_plain, names.get(actor.actor_id, ()))}
    for speaker in map(_plain, speakers):
        longer = (name for name in called if " " in name)
        if speaker in called or any(name in speaker or (" " in speaker and speaker in name) for name in longer):
            return True
        if actor.type == "person" and " " not in actor.name and speaker.split()[-1:] == [_plain(actor.name)]:
            return True
    descriptions = [_words(speaker) for speaker in speakers if speaker[:1].islower() or " of " in speaker]
    said = [_words(actor.name), *([_words(local)] if actor.link_method == "unnamed" else [])]
    return any(told and (told <= wanted or wanted <= told) for wanted in descriptions for told in said if wanted)


def _plain(name: str) -> str:
    letters = (c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return re.sub(r"^(?:the|an?) ", "", " ".join("".join(letters).replace("’", "'").split()))


def _words(words: str) -> set[str]:
    return set(re.findall(r"\w+", words.lower())) - _SMALL


def aligned(found: Sequence[str], labels: Sequence[str]) -> dict[int, int]:
    """Of each content that is a label's the place of that label: one to one, the most alike first."""
    counts, others = [_counted(words) for words in found], [_counted(words) for words in labels]
    alike = (
        (2 * (one & other).total() / max(one.total() + other.total(), 1), -at, -place)
        for at, one in enumerate(counts)
        for place, other in enumerate(others)
    )
    matched: dict[int, int] = {}
    for _, at, place in sorted((each for each in alike if each[0] >= _ALIKE), reverse=True):
        if -at not in matched and -place not in matched.values():
            matched[-at] = -place
    return matched


def _counted(words: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", words.lower()))
