"""Spans that may stand in a row: words, whatever white space or marks a tagger or a parser counted to them."""

from collections.abc import Iterable
from typing import Protocol

_EDGE = " \n\t,;:.—–-"  # what stands around words
_BEGINS = "@#$£€"  # what words can begin with beside letters and digits: accounts, topics, sums
_CLOSED_BY = {"“": "”", '"': '"', "‘": "’", "'": "'", "(": ")", "[": "]"}


class Spanned(Protocol):
    """What has a place in a text: code-point offsets, end exclusive."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def offsets(spans: Iterable[Spanned]) -> set[int]:
    """The offsets of all characters inside the spans."""
    return {offset for span in spans for offset in range(span.start, span.end)}


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """text[start:end] without white space at its ends; empty (start equals end) if it has no words."""
    words = text[start:end].lstrip()
    start = end - len(words)
    return start, start + len(words.rstrip())


def phrase_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The same without marks before it, `"Smith` or `•Smith`, and without what follows a line break.

    No name or description goes on in the next paragraph: where one seems to, a dash or a missing full stop ended the
    paragraph. A quotation mark or bracket that is closed inside the span stays: “Meet the Press” host.
    """
    start, end = trimmed(text, start, end)
    end = start + len(text[start:end].split("\n", 1)[0].rstrip())
    while start < end and not (text[start].isalnum() or text[start] in _BEGINS or _is_closed(text, start, end)):
        start += 1
    return start, end


def _is_closed(text: str, start: int, end: int) -> bool:
    """Whether the mark at `start` opens what another closes before `end`."""
    return text[start] in _CLOSED_BY and text.find(_CLOSED_BY[text[start]], start + 1, end) > 0


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and punctuation at its edges, and without a quotation mark that has no partner."""
    for _ in range(3):
        while start < end and text[start] in _EDGE:
            start += 1
        while start < end and text[end - 1] in _EDGE and not _is_abbreviation(text, start, end):
            end -= 1
        if end - start < 2:
            break
        inner = text[start + 1 : end - 1]
        opening, closing = text[start] in '"“', text[end - 1] in '"”'
        if opening and not closing and not any(mark in inner for mark in '"”'):
            start += 1
        elif closing and not opening and not any(mark in inner for mark in '"“'):
            end -= 1
        else:
            break
    while start < end < len(text) - 1 and text[end] == "-" and text[end + 1].isalnum() and text[end - 1].isalnum():
        end = next((i for i in range(end + 1, min(end + 40, len(text))) if not text[i].isalnum()), end + 1)
    return start, end


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the last point belongs to letters such as U.S."""
    return text[end - 1] == "." and end - start > 3 and text[end - 3] == "."
