"""What a temporal expression says before it is known when it was said.

A shape is the meaning of the words alone: some Thursday, the month before this one, 27 September of an open year.
`resolve` places it on the calendar.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that the words give in full, whether a date, a duration or a set."""

    value: str


@dataclass(frozen=True, slots=True)
class Yearless:
    """A month, or a day of it, in a year that the words leave open or count from this year or the text's year."""

    month: int
    day: int | None = None
    time: str = ""
    shift: int | None = None  # years from the anchor's year; None: the nearest that the tense allows
    turn: int = 0  # -1 "last June", 1 "next June"
    base: str = "publication"
    weekday: int | None = None  # the day of the week printed with it, which tells the year
    week: bool = False  # the week in which the day falls


@dataclass(frozen=True, slots=True)
class Feast:
    """A holiday whose day changes with the year, by its name in `feasts`. A year that the words leave open is None."""

    name: str
    shift: int | None = None  # years from the anchor's year; None: the nearest that the tense allows


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: bare, last (-1), this (0 with `this` set) or next (1). `base` as in `Shift`."""

    weekday: int
    turn: int = 0
    time: str = ""
    this: bool = False
    base: str = "publication"


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units before or after the anchor: yesterday, two years ago, that month, the next day."""

    unit: str  # D W M Y Q E C WE
    count: int
    base: str = "publication"  # publication | text
    time: str = ""
    told: bool = False  # "this year" of a narrative is the year that it tells of
    turned: bool = True  # whether the words say which one: "last weekend", not "the weekend"
    coming: bool = False  # "the next week" is the one after today where the clause looks ahead
    quarterly: bool = False  # "a year ago" of an earnings report is the same quarter of the year before


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A season, quarter or half: SP .. WI, Q1 .. Q4, H1, H2."""

    part: str
    shift: int | None = None
    turn: int = 0
    base: str = "publication"


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """ "the 27th": a day of the month last named."""

    day: int


@dataclass(frozen=True, slots=True)
class QuarterOf:
    """ "the 1988 quarter": the quarter last named, of another year."""

    year: int


Shape = Fixed | Yearless | Feast | Weekday | Shift | PartOfYear | DayOfMonth | QuarterOf


def is_bare(shape: Shape) -> bool:
    """Whether the words leave open which such day, month or season is meant."""
    match shape:
        case Weekday():
            return shape.turn == 0 and not shape.this and shape.base == "publication"
        case Yearless():
            return shape.turn == 0 and shape.shift is None and shape.weekday is None
        case PartOfYear():
            return shape.turn == 0 and shape.shift is None and shape.base == "publication"
        case _:
            return False
