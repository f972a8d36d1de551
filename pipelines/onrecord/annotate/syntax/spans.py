"""Spans that may stand in a row: words, whatever white space a tagger or a parser counted to them."""

from collections.abc import Iterable
from typing import Protocol


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
    """The same, and without what follows a line break.

    No name or description goes on in the next paragraph: where one seems to, a dash or a missing full stop ended the
    paragraph.
    """
    start, end = trimmed(text, start, end)
    return start, start + len(text[start:end].split("\n", 1)[0].rstrip())
