"""The geometry of the report's charts, in plain numbers; the report's template draws them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WIDTH, _HEIGHT = 720, 220  # of the drawing, in its own units
_LEFT, _BOTTOM, _TOP = 44, 24, 10  # room for the axes
_WIDEST = 60  # a column
_LABELS = 12  # of the time axis, so that none touches the next


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a column or bar. `start` counts from its foot."""

    series: str
    count: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Stack:
    label: str
    is_labelled: bool
    x: float
    width: float
    pieces: tuple[Segment, ...]

    @property
    def total(self) -> int:
        return sum(piece.count for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Stacked columns over time. Heights count upwards from `foot`."""

    columns: tuple[Stack, ...]
    series: tuple[str, ...]
    ticks: tuple[tuple[float, int], ...]  # height and count
    foot: float = _HEIGHT - _BOTTOM
    left: float = _LEFT
    width: float = _WIDTH
    height: float = _HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar, in per cent of the longest one."""

    label: str
    note: str | None
    pieces: tuple[Segment, ...]

    @property
    def total(self) -> int:
        return sum(piece.count for piece in self.pieces)


def periods(first: str, last: str) -> list[str]:
    """Every month from first to last, as YYYY-MM, or every year, as YYYY: whichever these two are."""
    if "-" not in first:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    begin, end = (int(year) * 12 + int(month) - 1 for year, month in (first.split("-"), last.split("-")))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1)]


def to_columns(labels: Sequence[str], series: Sequence[str], counts: Mapping[tuple[str, str], int]) -> ColumnChart:
    """`counts` by label and series; a column for every label, also where there is nothing."""
    highest = max((sum(counts.get((label, s), 0) for s in series) for label in labels), default=0)
    step = _step(highest)
    top = max(step, -(-highest // step) * step)
    scale = (_HEIGHT - _BOTTOM - _TOP) / top
    slot = (_WIDTH - _LEFT) / max(len(labels), 1)
    width = min(slot * 0.8, _WIDEST)
    every = -(-len(labels) // _LABELS)
    columns = tuple(
        Stack(
            label=label,
            is_labelled=place % every == 0,
            x=round(_LEFT + (place + 0.5) * slot - width / 2, 2),
            width=round(width, 2),
            pieces=_stack([(s, counts.get((label, s), 0)) for s in series], scale),
        )
        for place, label in enumerate(labels)
    )
    ticks = tuple((round(count * scale, 2), count) for count in range(0, top + 1, step))
    return ColumnChart(columns=columns, series=tuple(series), ticks=ticks)


def to_bars(rows: Sequence[tuple[str, str | None, Mapping[str, int]]]) -> tuple[Bar, ...]:
    """A bar for each label with its note and its counts by series, in the order given."""
    longest = max((sum(counts.values()) for _, _, counts in rows), default=0)
    return tuple(Bar(label, note, _stack(list(counts.items()), 100 / max(longest, 1))) for label, note, counts in rows)


def _stack(parts: Sequence[tuple[str, int]], scale: float) -> tuple[Segment, ...]:
    pieces, start = [], 0
    for series, count in parts:
        if count:
            pieces.append(Segment(series, count, round(start * scale, 2), round(count * scale, 2)))
        start += count
    return tuple(pieces)


def _step(highest: int) -> int:
    """A round step, at most five of which reach `highest`."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= step * factor * 5:
                return step * factor
        step *= 10
