"""The value of a shape, once it is known when it was said.

A shape is placed by the day of publication, the tense of its clause and the last date named in the text. What stays
open is written with X, as in TIMEX3: XXXX-WXX-4, XXXX-09-27.
"""

from datetime import date, timedelta

from onrecord.timex.calendar import is_day, week_of
from onrecord.timex.feasts import feast_day
from onrecord.timex.setting import LEADING_YEAR, YEAR_MONTH, Resolved, Setting, four_digits, open_value
from onrecord.timex.shapes import DayOfMonth, Feast, Fixed, PartOfYear, QuarterOf, Shape, Shift, Weekday, Yearless
from onrecord.timex.shifts import BEFORE_CHRIST, FULL_DAY, shifted

_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


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
                return shifted(shape, setting)
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


def _yearless(shape: Yearless, setting: Setting) -> Resolved:
    if setting.narrative and (era := BEFORE_CHRIST.match(setting.said or "")) and shape.shift is None:
        return Resolved(f"{era[0]}-{shape.month:02d}", "text") if shape.day is None else Resolved(open_value(shape))
    tail = f"-{shape.month:02d}" + ("" if shape.day is None else f"-{shape.day:02d}") + shape.time
    year, anchor = _year_of(shape, setting)
    if year is None or not is_day(year, shape.month, shape.day or 1):
        return Resolved("XXXX" + tail)
    if shape.week and shape.day is not None:
        return Resolved(week_of(date(year, shape.month, shape.day)), anchor)
    return Resolved(f"{year:04d}{tail}", anchor)


def _year_of(shape: Yearless, setting: Setting) -> tuple[int | None, str]:
    """The year of a day or month that is printed without it, and what tells it: the text or the day of publication."""
    said, published = LEADING_YEAR.match(setting.said or ""), setting.published
    if shape.shift is not None:
        if shape.base == "text" and said:
            return int(said[0]) + shape.shift, "text"
        return published.year + shape.shift if published else None, "publication"
    if shape.weekday is not None:
        return _year_by_weekday(shape, setting)
    if setting.narrative and shape.turn == 0:
        return int(said[0]) + _turn_of_year(setting.said or "", shape.month) if said else None, "text"
    return _year_by_tense(shape, published, setting.tense, setting.bounded) if published else None, "publication"


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
    counts_from_text = shape.base == "text" and (setting.narrative or shape.turn != 0)
    told = FULL_DAY.match(setting.said or "") if counts_from_text else None
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
        return Resolved(f"{four_digits(published.year + shape.shift)}-{shape.part}", "publication")
    if shape.part[0] in "QH":
        months = 3 if shape.part[0] == "Q" else 6
        current = (published.month - 1) // months + 1
        wanted = int(shape.part[1])
        if setting.tense == "future":
            year = published.year + (wanted < current - 1)
        else:  # reports are about periods that have begun
            year = published.year - (wanted > current)
    else:
        start = _SEASON_START[shape.part]
        if shape.turn > 0:
            year = published.year + (start <= published.month)
        elif shape.turn == 0 and setting.tense == "future":  # the one that is on, or the next
            year = published.year + (start + 2 < published.month)
        elif shape.turn < 0:
            year = published.year - (start + 2 >= published.month)
        else:
            year = published.year - (start > published.month)
    return Resolved(f"{four_digits(year)}-{shape.part}", "publication")
