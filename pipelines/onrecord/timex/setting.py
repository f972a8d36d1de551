"""What an expression is read against, and the value that it has then."""

import re
from dataclasses import dataclass
from datetime import date

from onrecord.timex.shapes import DayOfMonth, Feast, Fixed, PartOfYear, QuarterOf, Shape, Shift, Weekday, Yearless

YEAR_MONTH = re.compile(r"(\d{4})-(\d\d)(?!\d)")
LEADING_YEAR = re.compile(r"\d{4}(?=-|$|T)")
OPEN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "Q": "XXXX-QX", "E": "XXX", "C": "XX",
    "WE": "XXXX-WXX-WE", "S": "XXXX-XX",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is read against.

    published: the day of publication, or one day of its bounds. said: the value last named in the text.
    tense: past | future | None. narrative: dates without a year follow the text, not the day of publication.
    quarter: the quarter last named in the text. bounded: publication has bounds only, and this is one of them.
    """

    published: date | None
    said: str | None = None
    tense: str | None = None
    narrative: bool = False
    quarter: str | None = None
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    value: str
    anchor: str = "none"


def open_value(shape: Shape) -> str:
    """The value without any anchor."""
    match shape:
        case Fixed():
            return shape.value
        case Yearless():
            day = "" if shape.day is None else f"-{shape.day:02d}"
            return f"XXXX-{shape.month:02d}{day}{shape.time}"
        case Feast():
            return OPEN["D"]
        case Weekday():
            return f"XXXX-WXX-{shape.weekday}{shape.time}"
        case Shift():
            return OPEN[shape.unit] + shape.time
        case PartOfYear():
            return f"XXXX-{shape.part}"
        case QuarterOf():
            return f"{shape.year:04d}"
        case DayOfMonth():
            return f"XXXX-XX-{shape.day:02d}"


def four_digits(year: int) -> str:
    """A year as a value writes it. ValueError for one beyond the calendar."""
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return f"{year:04d}"
