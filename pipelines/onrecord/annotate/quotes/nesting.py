"""Quotations within quotations: which quote the words of another are a part of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from onrecord.document import Quote

Span = tuple[int, int]


def nested(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes in their order, each with the span of the shortest other one that holds all its words and more.

    What lies within a piece of its own utterance is told by that piece, so it is none, and has a group of its own. No
    two quotes have one span.
    """
    groups = {(each.start, each.end): each.group for each in quotes}
    around = spans_around(groups)
    unused = count(max(groups.values(), default=-1) + 1)

    def holders(span: Span) -> Iterator[Span]:
        while (outer := around.get(span)) is not None:
            yield (span := outer)

    return tuple(
        replace(
            each,
            within=around.get(span),
            group=next(unused) if any(groups[outer] == each.group for outer in holders(span)) else each.group,
        )
        for span, each in zip(groups, quotes, strict=True)
    )


def spans_around(spans: Iterable[Span]) -> Mapping[Span, Span]:
    """Of each span that another one holds the shortest such one; the spans differ."""
    around: dict[Span, Span] = {}
    open_: list[Span] = []  # spans that hold the place we are at, an outer one first
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        while open_ and open_[-1][1] <= span[0]:
            open_.pop()
        holding = [outer for outer in open_ if outer[1] >= span[1]]
        if holding:
            around[span] = min(holding, key=lambda outer: outer[1] - outer[0])
        open_.append(span)
    return around
