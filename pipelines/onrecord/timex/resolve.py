"""The value of a shape, once it is known when it was said.

A shape is placed by the day of publication, the tense of its clause and the last date named in the text. What stays
open is written with X, as in TIMEX3: XXXX-WXX-4, XXXX-09-27.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.timex.calendar import add_months, is_day, quarter_of, week_of
from onrecord.timex.feasts import feast_day
from onrecord.timex.shapes import DayOfMonth, Feast, Fixed, PartOfYear, QuarterOf, Shape, Shift, Weekday, Yearless

FULL_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?=T|$)")
YEAR_MONTH = re.compile(r"(\d{4})-(\d\d)(?!\d)")
QUARTER = re.compile(r"(\d{4})-Q([1-4])$")
BEFORE_CHRIST = re.compile(r"BC\d{4}(?=-|$)")
LEADING_YEAR = re.compile(r"\d{4}(?=-|$|T)")
ISO_WEEK = re.compile(r"(\d{4})-W(\d\d)")
FEW = {"D": 15, "W": 2}  # a shift by so many of a unit seldom leaves the year
SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SATURDAY = 6  # ISO weekday
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


def resolve(shape: Shape, setting: Setting) -> Resolved:
    """The value of `shape` in `setting`, with X for what the setting does not fix."""
    try:
        match shape:
            case Fixed():
                return Resolved(shape.value)
            case Yearless():
                return _yearless(shape, setting)
            case Feast():
                return _feast(shape, setting)
            case Weekday():
                return _weekday(shape, setting)
            case Shift():
                return _shift(shape, setting)
            case PartOfYear():
                return _part_of_year(shape, setting)
            case QuarterOf():
                if setting.quarter is None:
                    return Resolved(f"{shape.year:04d}")
                return Resolved(f"{shape.year:04d}{setting.quarter[4:]}", "text")
            case DayOfMonth():
                month = YEAR_MONTH.match(setting.said or "")
                if month and is_day(int(month[1]), int(month[2]), shape.day):
                    return Resolved(f"{month[0]}-{shape.day:02d}", "text")
                return Resolved(f"XXXX-XX-{shape.day:02d}")
    except (ValueError, OverflowError):  # beyond the calendar
        return Resolved(open_value(shape))


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


def _yearless(shape: Yearless, setting: Setting) -> Resolved:
    if setting.narrative and (era := BEFORE_CHRIST.match(setting.said or "")) and shape.shift is None:
        return Resolved(f"{era[0]}-{shape.month:02d}", "text") if shape.day is None else Resolved(open_value(shape))
    tail = f"-{shape.month:02d}" + ("" if shape.day is None else f"-{shape.day:02d}") + shape.time
    year: int | None = None
    anchor = "publication"
    said = LEADING_YEAR.match(setting.said or "")
    if shape.shift is not None:
        if shape.base == "text" and said:
            year, anchor = int(said[0]) + shape.shift, "text"
        elif setting.published:
            year = setting.published.year + shape.shift
    elif shape.weekday is not None:
        year, anchor = _year_by_weekday(shape, setting)
    elif setting.narrative and shape.turn == 0:
        if said:
            year, anchor = int(said[0]) + _turn_of_year(setting.said or "", shape.month), "text"
    elif setting.published:
        year = _year_by_tense(shape, setting.published, setting.tense, setting.bounded)
    if year is None or not is_day(year, shape.month, shape.day or 1):
        return Resolved("XXXX" + tail)
    if shape.week and shape.day is not None:
        return Resolved(week_of(date(year, shape.month, shape.day)), anchor)
    return Resolved(f"{year:04d}{tail}", anchor)


def _feast(shape: Feast, setting: Setting) -> Resolved:
    said = LEADING_YEAR.match(setting.said or "")
    if setting.narrative:
        return Resolved(f"{feast_day(shape.name, int(said[0]))}", "text") if said else Resolved(open_value(shape))
    if setting.published is None:
        return Resolved(open_value(shape))
    near = feast_day(shape.name, setting.published.year)
    year = _year_by_tense(Yearless(near.month, near.day), setting.published, setting.tense, setting.bounded)
    return Resolved(f"{feast_day(shape.name, year)}", "publication")


def _year_by_weekday(shape: Yearless, setting: Setting) -> tuple[int | None, str]:
    """The year, this or a neighbouring one, in which the day falls on the weekday printed with it."""
    said = LEADING_YEAR.match(setting.said or "")
    centres = [(int(said[0]), "text")] if said and setting.narrative else []
    centres += [(setting.published.year, "publication")] if setting.published else []
    for centre, anchor in centres:
        for year in (centre, centre - 1, centre + 1):
            if is_day(year, shape.month, shape.day or 1) and _is_weekday(year, shape):
                return year, anchor
    return None, "none"


def _is_weekday(year: int, shape: Yearless) -> bool:
    return date(year, shape.month, shape.day or 1).isoweekday() == shape.weekday


def _turn_of_year(said: str, month: int) -> int:
    """1 if a narrative that has reached the autumn goes on to a month of the next year."""
    told = YEAR_MONTH.match(said)
    return int(told is not None and int(told[2]) >= 9 and month <= 4)


def _year_by_tense(shape: Yearless, published: date, tense: str | None, bounded: bool) -> int:
    """The year of the last or next such month or day. A month counts as past from its first day on."""
    month, day = shape.month, shape.day
    now = (published.month, published.day) if day is not None else (published.month, 0)
    then = (month, day or 0)
    if shape.turn < 0:
        return published.year - (then >= now)
    if shape.turn > 0:
        return published.year + (then <= now)
    if then == now:
        return published.year
    ahead = (month - published.month) % 12  # months until the next one
    back = (published.month - month) % 12
    # A date ten or eleven months off is seldom named without its year, whatever the tense; unless it is off only from
    # the end of wide bounds.
    if tense == "future":
        forward = then > now or back > 2
    elif tense == "past":
        forward = not bounded and ahead <= 2 and then != now and (ahead > 0 or then > now)
    else:
        forward = ahead <= 4 and (ahead > 0 or then > now)
    return published.year + (then < now) if forward else published.year - (then > now)


def _weekday(shape: Weekday, setting: Setting) -> Resolved:
    told = FULL_DAY.match(setting.said or "") if shape.base == "text" and setting.narrative else None
    if told is not None:  # the previous Wednesday, the Friday after, that Monday: counted from the day told
        said = date(int(told[1]), int(told[2]), int(told[3]))
        back = (said.isoweekday() - shape.weekday) % 7
        days = -(back or 7) if shape.turn < 0 else (7 - back) if shape.turn > 0 else -back
        return Resolved(f"{said + timedelta(days=days)}{shape.time}", "text")
    published = setting.published
    if published is None:
        return Resolved(open_value(shape))
    back = (published.isoweekday() - shape.weekday) % 7
    if shape.turn < 0:
        day = published - timedelta(days=back or 7)
    elif shape.turn > 0 or setting.tense == "future" or (shape.this and setting.tense is None):
        day = published + timedelta(days=(7 - back) if back or shape.turn > 0 else 0)
    else:
        day = published - timedelta(days=back)
    return Resolved(f"{day}{shape.time}", "publication")


def _shift(shape: Shift, setting: Setting) -> Resolved:
    if (quarter := _quarter_told(shape, setting)) is not None:
        return quarter
    if _is_told(shape, setting):
        if setting.said is not None and (found := _shift_from_text(shape, setting.said)) is not None:
            return Resolved(found, "text")
        told = LEADING_YEAR.match(setting.said or "")
        elsewhere = told is not None and setting.published is not None and int(told[0]) != setting.published.year
        if setting.narrative or elsewhere:  # the text speaks of another time, too coarsely to count from it
            if told is not None and shape.unit in ("D", "W") and abs(shape.count) <= FEW[shape.unit]:
                return Resolved(told[0] + OPEN[shape.unit][4:] + shape.time, "text")
            return Resolved(open_value(shape))
    if setting.published is None:
        return Resolved(open_value(shape))
    if shape.unit == "WE" and shape.base == "publication":
        return Resolved(_weekend(shape, setting.published, setting.tense), "publication")
    return Resolved(_shift_from_day(shape, setting.published), "publication")


def _is_told(shape: Shift, setting: Setting) -> bool:
    """Whether it counts from the date last named. "The next week" that is to come counts from today."""
    if setting.narrative:
        return shape.told or shape.base == "text"
    is_coming = shape.coming and setting.tense == "future" and setting.published is not None
    return shape.base == "text" and not is_coming


def _quarter_told(shape: Shift, setting: Setting) -> Resolved | None:
    """A quarter of a report: counted from the one last named, else the last that has ended."""
    if shape.quarterly and setting.quarter is not None:
        return Resolved(f"{int(setting.quarter[:4]) + shape.count}{setting.quarter[4:]}", "text")
    if shape.unit == "Q" and shape.base == "text" and setting.quarter is not None:
        return Resolved(_shift_from_text(shape, setting.quarter) or setting.quarter, "text")
    if shape.unit == "Q" and shape.base == "text" and setting.published is not None and shape.count <= 0:
        return Resolved(quarter_of(add_months(setting.published, 3 * (shape.count - 1))), "publication")
    return None


def _weekend(shape: Shift, published: date, tense: str | None) -> str:
    """ "this weekend", told as past before Saturday, is the last; "the weekend", to come, is that of this week."""
    count = shape.count
    if shape.told:
        count = -1 if tense == "past" and published.isoweekday() < SATURDAY else 0
    elif shape.count < 0 and not shape.turned and tense == "future":
        count = 0
    return week_of(published + timedelta(weeks=count)) + "-WE"


def _shift_from_day(shape: Shift, day: date) -> str:
    match shape.unit:
        case "D":
            return f"{day + timedelta(days=shape.count)}{shape.time}"
        case "W":
            return week_of(day + timedelta(weeks=shape.count))
        case "WE":
            return week_of(day + timedelta(weeks=shape.count)) + "-WE"
        case "M":
            return f"{add_months(day, shape.count)}"[:7]
        case "Q":
            return quarter_of(add_months(day, 3 * shape.count))
        case "Y":
            return f"{_year(day.year + shape.count)}"
        case "E":
            return f"{(day.year + 10 * shape.count) // 10:03d}"
        case "C":
            return f"{day.year // 100 + shape.count:02d}"
    raise AssertionError(shape.unit)


def _shift_from_text(shape: Shift, said: str) -> str | None:
    """The shifted value where the last named date is at least as fine as the unit."""
    if shape.unit == "Y" and (era := BEFORE_CHRIST.match(said)) and int(era[0][2:]) > shape.count:
        return f"BC{int(era[0][2:]) - shape.count:04d}"
    if day := FULL_DAY.match(said):
        return _shift_from_day(shape, date(int(day[1]), int(day[2]), int(day[3])))
    if shape.unit in ("Y", "E", "C") and (year := LEADING_YEAR.match(said)):
        return _shift_from_day(shape, date(int(year[0]), 1, 1))
    if shape.unit == "M" and (month := YEAR_MONTH.match(said)):
        return _shift_from_day(shape, date(int(month[1]), int(month[2]), 1))
    if shape.unit in ("W", "WE") and (week := ISO_WEEK.match(said)):
        return _shift_from_day(shape, date.fromisocalendar(int(week[1]), int(week[2]), 1))
    if shape.unit == "Q" and (quarter := QUARTER.match(said)):
        return _shift_from_day(shape, date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1))
    return None


def _part_of_year(shape: PartOfYear, setting: Setting) -> Resolved:
    said = LEADING_YEAR.match(setting.said or "")
    published = setting.published
    if shape.base == "text" or setting.narrative:
        if era := BEFORE_CHRIST.match(setting.said or ""):
            return Resolved(f"{era[0]}-{shape.part}", "text")
        if said is None:
            return Resolved(open_value(shape))
        return Resolved(f"{int(said[0]) + (shape.shift or 0):04d}-{shape.part}", "text")
    if published is None:
        return Resolved(open_value(shape))
    if shape.shift is not None:
        return Resolved(f"{_year(published.year + shape.shift)}-{shape.part}", "publication")
    if shape.part[0] in "QH":
        months = 3 if shape.part[0] == "Q" else 6
        current = (published.month - 1) // months + 1
        wanted = int(shape.part[1])
        if setting.tense == "future":
            year = published.year + (wanted < current - 1)
        else:  # reports are about periods that have begun
            year = published.year - (wanted > current)
    else:
        start = SEASON_START[shape.part]
        if shape.turn > 0:
            year = published.year + (start <= published.month)
        elif shape.turn == 0 and setting.tense == "future":  # the one that is on, or the next
            year = published.year + (start + 2 < published.month)
        elif shape.turn < 0:
            year = published.year - (start + 2 >= published.month)
        else:
            year = published.year - (start > published.month)
    return Resolved(f"{_year(year)}-{shape.part}", "publication")


def _year(year: int) -> str:
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return f"{year:04d}"
