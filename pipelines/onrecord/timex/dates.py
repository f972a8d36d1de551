"""Readers of calendar dates: days, months, years, parts of years, decades and centuries."""

import re
from datetime import date

from onrecord.timex.calendar import is_day, week_of
from onrecord.timex.context import is_decade_of_life, is_fall, is_month, is_year
from onrecord.timex.feasts import FIXED_DAYS, MOVABLE, feast_day
from onrecord.timex.match import Content, Match
from onrecord.timex.named import (
    event_year,
    is_named_after,
    is_named_day,
    is_named_feast,
    is_named_month,
    is_named_season,
    is_numbered_name,
    is_year_as_name,
)
from onrecord.timex.shapes import DayOfMonth, Feast, Fixed, PartOfYear, QuarterOf, Yearless
from onrecord.timex.values import TURN, base_of, day_of, full_year, time_of, year_of

_PERCENT = re.compile(r"\s?(?:percent|%|points)")
_DAY_AFTER = re.compile(r"\s\d{1,2}\b")
_SEASON_CUE = re.compile(r"\b(?:in|by|since|until|this)\s$", re.IGNORECASE)
_HOLIDAY_CUE = re.compile(
    r"\b(?:by|before|until|till|since|after|at|over|on|around|for|from|last|this|next)\s$", re.IGNORECASE
)
_ON = re.compile(r"\b[Oo]n\s$")
_AFTER_DAY = re.compile(r"\s?(?:$|[^\w\s]|(?:and|when|the|a|to|at|in|by|with|but|after|he|she|it|they|for)\b)")
_GAMES_AFTER = re.compile(r" (?:Olympics?|Olympic|Paralympics?|Games)\b")
_SEASONAL = re.compile(
    r" (?:counter-?offensive|offensive|campaign|fighting|session|semester|recess|harvest|months)s?\b", re.IGNORECASE
)


def iso(match: Match) -> Content | None:
    year, month, day = (int(n) for n in match.word("iso").split("-"))
    return Content("DATE", Fixed(match.word("iso"))) if is_day(year, month, day) else None


def slashed(match: Match) -> Content | None:
    """Month first, the usage of American outlets, unless that is no date; day first before a point; year first."""
    first, second, third = (int(n) for n in re.split(r"[/.]", match.word("date")))
    if first > 31:
        year, month, day = first, second, third
    else:
        year = full_year(third) if third < 100 else third
        month, day = (first, second) if first <= 12 and "/" in match.word("date") else (second, first)
    return Content("DATE", Fixed(f"{year:04d}-{month:02d}-{day:02d}")) if is_day(year, month, day) else None


def month_day(match: Match) -> Content | None:
    """September 27, 2018; 27 September; Thursday, Sept. 27; June 12 last year; the night of May 2."""
    month, day, time = match.number("month"), day_of(match), time_of(match)
    year = year_of(match)
    kind = "TIME" if time else "DATE"
    if day is None or not is_day(year or 2000, month, day) or _PERCENT.match(match.after()) or is_named_day(match):
        return None
    if match.kind("day") == "ORD" and match.text[match.parts("day")[0].start].isupper():
        return None  # by the end of May the Second Army
    if match.is_part_of_range() and year is None and not _AFTER_DAY.match(match.after()):
        return None  # May 3 and 4 people
    if year is None and not match.has("rel"):
        year = event_year(match, month, day)
    if year is not None:
        return Content(kind, Fixed(f"{year:04d}-{month:02d}-{day:02d}{time}"), match.mod())
    if match.has("rel"):
        if match.word("unit") != "Y":
            return None
        turn = match.kind("rel") or ""
        return Content("DATE", Yearless(month, day, shift=TURN[turn], base=base_of(turn)), match.mod())
    weekday = match.number("dayname") if match.has("dayname") else None
    return Content(kind, Yearless(month, day, time, weekday=weekday), match.mod())


def holiday(match: Match) -> Content | None:
    """Christmas Day, New Year's Eve, Thanksgiving Day: a day of the year."""
    name = match.word("holiday")
    if (match.has("unit") and match.word("unit") != "D") or is_named_feast(match):
        return None
    if name in MOVABLE:
        year = year_of(match)
        if match.has("eve"):
            return None
        return Content("DATE", Feast(name) if year is None else Fixed(f"{feast_day(name, year)}"))
    month, day = FIXED_DAYS[name]
    if match.has("eve"):
        month, day = (12, 31) if day == 1 else (month, day - 1)
    year = year_of(match)
    if year is not None:
        return Content("DATE", Fixed(f"{year:04d}-{month:02d}-{day:02d}"))
    return Content("DATE", Yearless(month, day))


def holy_day(match: Match) -> Content | None:
    """Good Friday, Easter Monday, Ash Wednesday 2018: a day that moves with Easter."""
    weekday = match.parts("weekday")[0]
    name = f"{match.word('holiday')} {match.text[weekday.start : weekday.end].lower()}"
    if name not in MOVABLE or is_named_after(match, weekday.end):
        return None
    year = year_of(match)
    return Content("DATE", Feast(name) if year is None else Fixed(f"{feast_day(name, year)}"))


def bare_holiday(match: Match) -> Content | None:
    """by Christmas; since Easter: a day after a preposition of time that nothing follows which it could be part of."""
    if not _HOLIDAY_CUE.search(match.before()) or not _AFTER_DAY.match(match.after()):
        return None
    name = match.word("holiday")
    return Content("DATE", Feast(name) if name in MOVABLE else Yearless(*FIXED_DAYS[name]))


def month_year(match: Match) -> Content | None:
    return Content("DATE", Fixed(f"{year_of(match):04d}-{match.number('month'):02d}"), match.mod())


def months_of_year(match: Match) -> Content | None:
    """November and December 2014: one stretch of time if the months follow each other."""
    first, last, year = match.number("first"), match.number("month"), year_of(match)
    return Content("DATE", Fixed(f"{year:04d}-{first:02d}/{year:04d}-{last:02d}")) if first + 1 == last else None


def month_of_year(match: Match) -> Content | None:
    """June last year; May of that year."""
    if match.word("unit") != "Y":
        return None
    turn = match.kind("rel") or ""
    return Content("DATE", Yearless(match.number("month"), shift=TURN[turn], base=base_of(turn)), match.mod())


def turned_month(match: Match) -> Content | None:
    """last June; next March; this December; that May."""
    turn = match.kind("rel") or ""
    month = match.number("month")
    if _DAY_AFTER.match(match.after()):
        return None  # this March 24, 2019 photo
    if turn in ("THIS", "CURRENT", "THAT", "SAME"):
        return Content("DATE", Yearless(month, shift=0, base=base_of(turn)), match.mod())
    return Content("DATE", Yearless(month, turn=TURN[turn]), match.mod())


def bare_month(match: Match) -> Content | None:
    token = match.parts("month")[0]
    if not is_month(match, match.text[token.start : token.end]) or is_named_month(match):
        return None
    return Content("DATE", Yearless(match.number("month")), match.mod())


def month_part(match: Match) -> Content | None:
    """the last week of February 2018: the month, at its start or end."""
    if match.word("unit") not in ("W", "D"):
        return None
    mod = "END" if match.kind("turn") == "LAST" else "START" if match.number("turn") == 1 else None
    if match.has("year"):
        return Content("DATE", Fixed(f"{year_of(match):04d}-{match.number('month'):02d}"), mod)
    return Content("DATE", Yearless(match.number("month")), mod)


def week_of_day(match: Match) -> Content | None:
    """the week of March 6."""
    month, day, year = match.number("month"), day_of(match), year_of(match)
    if match.word("unit") != "W" or day is None or not is_day(year or 2000, month, day):
        return None
    if year is not None:
        return Content("DATE", Fixed(week_of(date(year, month, day))))
    return Content("DATE", Yearless(month, day, week=True))


def day_of_month(match: Match) -> Content | None:
    """on the 27th; the 27th of that month."""
    if match.has("rel") or (_ON.search(match.before()) and _AFTER_DAY.match(match.after())):
        return Content("DATE", DayOfMonth(match.number("day")))
    return None


def bare_year(match: Match) -> Content | None:
    """2018; early 2018; fiscal 2018; the year 2018."""
    label = match.parts("label")
    if label and label[0].kind != "FISCAL" and label[0].meaning != "Y":
        return None  # Election Day 1994
    year = year_of(match) or 0
    is_number = not is_year(match, year) or is_numbered_name(match) or is_year_as_name(match)
    if not label and not match.has("mod") and is_number:
        return None
    return Content("DATE", Fixed(f"{year:04d}"), match.mod())


def years(match: Match) -> Content | None:
    """1950-53: one stretch of time. Two full years are two dates."""
    first, last = year_of(match, "first") or 0, match.number("last")
    last += first // 100 * 100 if last < 100 else 0
    if not first < last < first + 100 or not is_year(match, first):
        return None
    return Content("DATE", Fixed(f"{first:04d}/{last:04d}"))


def decade(match: Match) -> Content | None:
    """the 1980s; the '90s; the late nineties. Two digits are of the last century, except '00s and '10s."""
    if is_decade_of_life(match):
        return None
    meaning = match.parts("decade")[0].meaning
    if isinstance(meaning, int):
        return Content("DATE", Fixed(f"19{meaning}"), match.mod())
    digits = str(meaning).strip("'’s")
    if not digits.endswith("0"):
        return None
    if len(digits) == 2:
        return Content("DATE", Fixed(f"{19 if int(digits) >= 20 else 20}{digits[0]}"), match.mod())
    return Content("DATE", Fixed(digits[:3]), match.mod()) if 1000 <= int(digits) < 2200 else None


def century(match: Match) -> Content | None:
    number = match.number("n")
    if is_named_season(match):
        return None  # Twentieth Century Fox
    era = "BC" if match.has("era") else ""
    return Content("DATE", Fixed(f"{era}{number - 1:02d}"), match.mod()) if 1 <= number <= 22 else None


def before_christ(match: Match) -> Content | None:
    """480 BC; 499-493 BC; the spring of 480 BC; September 480 BC."""
    year = f"BC{match.number('n'):04d}"
    if match.has("season"):
        return Content("DATE", Fixed(f"{year}-{match.word('season')}"), match.mod())
    if match.has("month"):
        return Content("DATE", Fixed(f"{year}-{match.number('month'):02d}"), match.mod())
    return Content("DATE", Fixed(year), match.mod())


def decade_before_christ(match: Match) -> Content | None:
    digits = match.word("decade").strip("'’s")
    return Content("DATE", Fixed(f"BC{digits[:-1]:>03}"), match.mod())


def part_of_year(match: Match) -> Content | None:
    """A season, quarter or half, with whatever fixes its year: of 2018, of this year, last, none."""
    part = _part(match)
    if part is None or (part == "FA" and is_fall(match)) or _is_in_name_of_season(match):
        return None
    year = year_of(match)
    if year is not None:
        if _GAMES_AFTER.match(match.after()):
            return None  # the 2002 Winter Olympics
        return Content("DATE", Fixed(f"{year:04d}-{part}"), match.mod())
    if match.has("yearrel"):
        turn = match.kind("yearrel") or ""
        if match.word("unit") != "Y":
            return None
        return Content("DATE", PartOfYear(part, shift=TURN.get(turn, 0), base=base_of(turn)), match.mod())
    if match.has("rel"):
        turn = match.kind("rel") or ""
        base = "text" if turn in ("THAT", "SAME") else "publication"
        shift = 0 if turn == "THIS" else None
        return Content("DATE", PartOfYear(part, turn=TURN[turn], shift=shift, base=base), match.mod())
    if match.has("season") and not (match.has("mod") or match.has("the") or _is_dated_season(match)):
        return None
    if match.has("half") and not match.has("mod"):
        return None
    return Content("DATE", PartOfYear(part), match.mod())


def _is_in_name_of_season(match: Match) -> bool:
    """Whether a season is part of a name that does not say what happened in it, as the Spring Offensive does."""
    return match.has("season") and is_named_season(match) and _SEASONAL.match(match.after()) is None


def _is_dated_season(match: Match) -> bool:
    return _SEASON_CUE.search(match.before()) is not None or _SEASONAL.match(match.after()) is not None


def _part(match: Match) -> str | None:
    if match.has("season"):
        return match.word("season")
    if match.has("quarternum"):
        return match.word("quarternum").upper()
    n = match.number("n")
    if match.has("half"):
        return f"H{n}" if n in (1, 2) else None
    return f"Q{n}" if n in (1, 2, 3, 4) else None


def quarter_of_year(match: Match) -> Content | None:
    """the 1988 period: the quarter that the text speaks of, a year or more earlier."""
    return Content("DATE", QuarterOf(year_of(match) or 0))
