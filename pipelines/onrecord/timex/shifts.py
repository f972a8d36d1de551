"""The value of a count of days, weeks or other units from a day: `two weeks ago`, `the next quarter`."""

import re
from datetime import date, timedelta

from onrecord.timex.calendar import add_months, quarter_of, week_of
from onrecord.timex.setting import LEADING_YEAR, OPEN, YEAR_MONTH, Resolved, Setting, four_digits, open_value
from onrecord.timex.shapes import Shift

FULL_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?=T|$)")
BEFORE_CHRIST = re.compile(r"BC\d{4}(?=-|$)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])$")
_ISO_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_SATURDAY = 6  # ISO weekday
_FEW = {"D": 15, "W": 2}  # a shift by so many of a unit seldom leaves the year


def shifted(shape: Shift, setting: Setting) -> Resolved:
    """The value counted from the quarter or date last named where the text counts so, else from publication."""
    found = _shift_by_quarter(shape, setting)
    if found is None and _is_told(shape, setting):
        found = _shift_by_text(shape, setting)
    if found is not None:
        return found
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


def _weekend(shape: Shift, published: date, tense: str | None) -> str:
    """ "this weekend", told as past before Saturday, is the last; "the weekend", to come, is that of this week."""
    count = shape.count
    if shape.told:
        count = -1 if tense == "past" and published.isoweekday() < _SATURDAY else 0
    elif shape.count < 0 and not shape.turned and tense == "future":
        count = 0
    return week_of(published + timedelta(weeks=count)) + "-WE"


def _shift_by_quarter(shape: Shift, setting: Setting) -> Resolved | None:
    """The value by the quarter last named, or of a quarter that is counted from the text; None if by neither."""
    if shape.quarterly and setting.quarter is not None:
        return Resolved(f"{int(setting.quarter[:4]) + shape.count}{setting.quarter[4:]}", "text")
    if shape.unit != "Q" or shape.base != "text":
        return None
    if setting.quarter is not None:
        return Resolved(_shift_from_text(shape, setting.quarter) or setting.quarter, "text")
    if setting.published is not None and shape.count <= 0:  # the last that has ended
        return Resolved(quarter_of(add_months(setting.published, 3 * (shape.count - 1))), "publication")
    return None


def _shift_by_text(shape: Shift, setting: Setting) -> Resolved | None:
    """The value by the date last named; None if that is of the year of publication and too coarse to count from."""
    if setting.said is not None and (found := _shift_from_text(shape, setting.said)) is not None:
        return Resolved(found, "text")
    told = LEADING_YEAR.match(setting.said or "")
    elsewhere = told is not None and setting.published is not None and int(told[0]) != setting.published.year
    if not setting.narrative and not elsewhere:
        return None
    # The text speaks of another time, too coarsely to count from it.
    if told is not None and shape.unit in _FEW and abs(shape.count) <= _FEW[shape.unit]:
        return Resolved(told[0] + OPEN[shape.unit][4:] + shape.time, "text")
    return Resolved(open_value(shape))


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
            return f"{four_digits(day.year + shape.count)}"
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
    if shape.unit in ("W", "WE") and (week := _ISO_WEEK.match(said)):
        return _shift_from_day(shape, date.fromisocalendar(int(week[1]), int(week[2]), 1))
    if shape.unit == "Q" and (quarter := _QUARTER.match(said)):
        return _shift_from_day(shape, date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1))
    return None
