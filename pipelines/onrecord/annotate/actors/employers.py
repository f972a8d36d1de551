"""The body that a person is of, as articles print it beside the name: `Meng Wei, spokeswoman for the Commission`."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.annotate.actors.cast import Cast
from onrecord.document import Actor, Mention
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.words import WORD, fold

_REACH = 120  # characters between a name and its body
_ROLE = r"(?P<role>(?:[\w’'&-]+[ ,]?){0,7}?)"
# `Northgate chief executive | Ann Smith`, `Northgate's chief executive, Ann Smith`.
_BEFORE = re.compile(rf"(?:['’]s)?\s{_ROLE},?\s")
# `Ann Smith, chief executive of the | Northgate Bank`; `Ann Smith, the | Northgate chief executive`.
_BEHIND = re.compile(rf",\s(?:the\s|an?\s)?{_ROLE}\s(?:of|for|at|with|from)\s(?:the\s)?")
_APPOSED = re.compile(r",\s(?:the\s|an?\s)?")
_THEN_ROLE = re.compile(r"(?:['’]s)?\s(?P<role>(?:[\w’'-]+\s?){1,5})")
_PAST = frozenset({"former", "ex", "late", "then", "onetime", "retired", "outgoing"})
_BESIDE = frozenset({"critic", "critics", "rival", "opponent", "fan", "customer", "victim"})  # of no body


def tell_employers(actors: Iterable[Actor], cast: Cast) -> tuple[Actor, ...]:
    """The actors, persons with the organization of the article that their printed role is in, if there is one.

    Of several the one told most often, then first. An office that somebody has left is none.
    """
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    bodies = [mention for mention in cast.mentions() if cast[mention.actor_id].type == "organization"]
    for mention in cast.mentions():
        if mention.form == "name" and cast[mention.actor_id].type == "person":
            told[mention.actor_id].update(_beside(mention, bodies, cast))
    return tuple(
        replace(actor, organization_actor_id=told[actor.actor_id].most_common(1)[0][0])
        if told[actor.actor_id]
        else actor
        for actor in actors
    )


def _beside(name: Mention, bodies: Iterable[Mention], cast: Cast) -> Iterator[str]:
    for body in bodies:
        if body.start - _REACH < name.end and name.start < body.end + _REACH and _is_of(name, body, cast.doc.text):
            yield body.actor_id


def _is_of(name: Mention, body: Mention, text: str) -> bool:
    if body.end <= name.start:
        match = _BEFORE.fullmatch(text, body.end, name.start)
        last = WORD.findall(match["role"])[-1:] if match is not None else []
        ends = bool(last) and fold(last[0]) in ROLE_HEADS  # no other name stands between
        return ends and match is not None and _is_role(match["role"], text[max(0, body.start - 20) : body.start])
    if name.end > body.start:
        return False
    match = _BEHIND.fullmatch(text, name.end, body.start)
    if match is not None:
        return _is_role(match["role"])
    if _APPOSED.fullmatch(text, name.end, body.start) is None:
        return False
    behind = _THEN_ROLE.match(text, body.end)
    return behind is not None and _is_role(behind["role"].split(",")[0])


def _is_role(words: str, before: str = "") -> bool:
    """Whether these words of a phrase hold an office that is not a past one; `before` are those before the body."""
    folded = [fold(word) for word in WORD.findall(words)]
    past = _PAST & {*folded, *(fold(word) for word in WORD.findall(before)[-1:])}
    return not past and not _BESIDE & set(folded) and any(word in ROLE_HEADS for word in folded)
