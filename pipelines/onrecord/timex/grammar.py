"""The grammar of temporal expressions: rules over the kinds of `tokens`, each with its reading.

A rule is a name, a sequence of kinds (a regular expression in which every kind stands for one token) and a function
that reads the match. Where rules overlap, the expression that starts first wins, then the longest, then the first
rule in `RULES`. Spans follow TIMEX3: article and modifiers belong to the expression, a preposition does not.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.timex.match import Match
from onrecord.timex.rules import RULES
from onrecord.timex.shapes import Shape, Yearless
from onrecord.timex.tense import tense_at
from onrecord.timex.tokens import Tokens, tokenize

SENTENCE_END = re.compile(r"[!?\n]|[^A-Z]\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression as read from the words alone. Offsets count code points of the text."""

    start: int
    end: int
    rule: str
    type: str
    shape: Shape
    mod: str | None


def read(text: str) -> tuple[Reading, ...]:
    """The temporal expressions of `text` in order, not overlapping."""
    tokens = tokenize(text)
    readings: list[Reading] = []
    end = 0
    for reading in sorted(_candidates(text, tokens), key=lambda r: (r.start, -r.end)):  # stable: rule order decides
        if reading.start >= end:
            readings.append(reading)
            end = reading.end
    return tuple(_told_on(text, readings))


def _told_on(text: str, readings: Iterable[Reading]) -> Iterator[Reading]:
    """In "in June last year and again in February" the second month is past, and so of this year."""
    before: Reading | None = None
    for reading in readings:
        if before is not None and (shape := _later_month(before.shape, reading.shape)) is not None:
            is_one_sentence = SENTENCE_END.search(text, before.end, reading.start) is None
            if is_one_sentence and tense_at(text, reading.start, reading.end) == "past":
                reading = replace(reading, shape=shape)
        yield reading
        before = reading


def _later_month(before: Shape, shape: Shape) -> Yearless | None:
    """A month of this year that follows one of last year's: an earlier one of the calendar."""
    if not isinstance(before, Yearless) or not isinstance(shape, Yearless) or shape.month >= before.month:
        return None
    is_last_year = (before.shift, before.base) == (-1, "publication")
    is_bare = (shape.day, shape.weekday, shape.shift, shape.turn) == (None, None, None, 0)
    return replace(shape, shift=0) if is_last_year and is_bare else None


def _candidates(text: str, tokens: Tokens) -> Iterator[Reading]:
    for rule in RULES:
        for found in rule.pattern.finditer(tokens.kinds):
            first, last = found.span("span") if "span" in rule.pattern.groupindex else found.span()
            match = Match(text, tokens.items, found, tokens.items[first].start, tokens.items[last - 1].end)
            content = rule.read(match)
            if content is not None:
                yield Reading(match.start, match.end, rule.name, content.type, content.shape, content.mod)
