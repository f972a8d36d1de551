"""Quotations within quotations: which quote the words of another are a part of."""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.document import Quote


def nested(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes in their order, each with the span of the shortest other one that holds all its words and more.

    No two quotes have one span.
    """
    around: dict[tuple[int, int], tuple[int, int]] = {}
    open_: list[tuple[int, int]] = []  # spans that hold the place we are at, an outer one first
    for span in sorted(((each.start, each.end) for each in quotes), key=lambda span: (span[0], -span[1])):
        while open_ and open_[-1][1] <= span[0]:
            open_.pop()
        holding = [outer for outer in open_ if outer[1] >= span[1]]
        if holding:
            around[span] = min(holding, key=lambda outer: outer[1] - outer[0])
        open_.append(span)
    return tuple(replace(each, within=around.get((each.start, each.end))) for each in quotes)
