"""Names of known states, organizations and people in running text.

The lexicon is matched on words, case and short gaps, so `U.S`, `Kim Jong-un` and `UNITED NATIONS` are found whatever
the tagger makes of them. Longer names win over shorter ones; a place that contains a state's name hides it.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.knowledge import Knowledge
from onrecord.knowledge.lexicon import Entry
from onrecord.knowledge.words import WORD, fold

# What may stand between two words of one name.
_GAPS = frozenset({" ", "-", ".", ". ", "'", "’", "' ", "’ ", "‐", "‑", "–", " & ", "& ", "&", ", ", " - ", "/"})
_HYPHENS = frozenset({"-", "‐", "‑", "–", " - "})  # Kim Jong-un and Kim Jong Un are one name


@dataclass(frozen=True, slots=True)
class Hit:
    """A lexicon entry found in the text."""

    start: int
    end: int
    entry: Entry


class Hits:
    """The hits of one text, to be found by place."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.all = tuple(hits)
        self._starts = [hit.start for hit in self.all]
        self._by_end = {hit.end: hit for hit in self.all}

    def between(self, start: int, end: int) -> Sequence[Hit]:
        """Hits that start in [start, end)."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def ending(self, first: int, last: int) -> Iterator[Hit]:
        """Hits whose end lies in [first, last], the last first."""
        for end in range(last, first - 1, -1):
            if end in self._by_end:
                yield self._by_end[end]


def find_names(text: str, knowledge: Knowledge) -> Iterator[Hit]:
    """Lexicon names in `text`, left to right, without overlaps, the longest first at each place."""
    words = [(match.start(), match.end()) for match in WORD.finditer(text)]
    lexicon: Mapping[str, tuple[Entry, ...]] = knowledge.lexicon
    index = 0
    while index < len(words):
        start, end = words[index]
        entries = lexicon.get(fold(text[start:end]))
        entry = next((e for e in entries if _matches(e, text, words, index)), None) if entries else None
        if entry is None:
            index += 1
            continue
        end = words[index + len(entry.words) - 1][1]
        if entry.dotted and text[end : end + 1] == ".":
            end += 1
        if entry.kind != "place":
            yield Hit(start, end, entry)
        index += len(entry.words)


def repeated(text: str, names: Iterable[str], taken: Container[int]) -> Iterator[tuple[int, int]]:
    """Every place outside `taken` where one of the names stands as printed, the longest first at each place.

    A tagger finds a name in one sentence and misses it in the next.
    """
    wanted = "|".join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)))
    for match in re.finditer(rf"(?<![\w-])(?:{wanted})(?![\w-]|['’](?!s?\b))", text) if wanted else ():
        if not any(offset in taken for offset in range(*match.span())):
            yield match.span()


def _matches(entry: Entry, text: str, words: list[tuple[int, int]], index: int) -> bool:
    """Whether `entry` stands at word `index`: same words, capitals where it has them, only short gaps."""
    if index + len(entry.words) > len(words):
        return False
    for offset, expected in enumerate(entry.words):
        start, end = words[index + offset]
        word = text[start:end]
        if entry.exact is not None:
            if word != entry.exact[offset]:
                return False
        elif offset and fold(word) != expected:
            return False
        gap = text[words[index + offset - 1][1] : start] if offset else ""
        if offset and (
            gap not in _GAPS or (entry.exact is not None and len(word) == 1 and gap not in (".", ". ", "&"))
        ):
            return False
        if entry.capital[offset] and not word[0].isupper() and gap not in _HYPHENS:
            return False
    return True
