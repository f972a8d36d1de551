"""Arithmetic on TIMEX3 calendar values: the days they span, their EDTF form and their unit.

A value here is the text of TIMEX3's `value` attribute: 2018-09-27, 2018-W39, 2018-W39-WE, 2018-Q3, 2018-H1, 2018-SU,
2018-09, 2018, 201 (a decade), 20 (a century), any day with a time of day after T, and two of them with a slash.
X marks what is not known. Weeks are ISO 8601 weeks, Monday to Sunday.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_SEASON_MONTHS = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12)}  # first and last month in which the season can lie
_SEASON_EDTF = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}  # ISO 8601-2, 4.8.2: sub-year groupings
_QUARTER_EDTF = {"1": "33", "2": "34", "3": "35", "4": "36"}
_HALF_EDTF = {"1": "40", "2": "41"}

_FORM = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?P<time>T.*)?$"
    r"|(?P<weekend>\d{4}-W\d\d)-WE$|(?P<week>\d{4}-W\d\d)$"
    r"|(?P<quarter>\d{4}-Q[1-4])$|(?P<half>\d{4}-H[12])$|(?P<season>\d{4}-(?:SP|SU|FA|WI))$"
    r"|(?P<month>\d{4}-\d\d)(?:-XX)?$|(?P<year>\d{4})(?:-XX){0,2}$|(?P<decade>\d{3})$|(?P<century>\d\d)$"
)
BEFORE_CHRIST = re.compile(r"BC(\d{4})$")
_OPEN_DAY = re.compile(r"XXXX-\d\d(?:-\d\d)?(?=T|$)")
_GRANULARITY = (
    (re.compile(r".*T"), "time"),
    (re.compile(r".{4}-W..-WE"), "weekend"),
    (re.compile(r".{4}-W..-\d"), "day"),
    (re.compile(r".{4}-W[\dX]"), "week"),
    (re.compile(r".{4}-Q"), "quarter"),
    (re.compile(r".{4}-H"), "half"),
    (re.compile(r".{4,6}-(?:SP|SU|FA|WI)"), "season"),
    (re.compile(r"(?:BC)?.{4}-..-.."), "day"),
    (re.compile(r"(?:BC)?.{4}-.."), "month"),
    (re.compile(r"(?:BC)?.{4}$"), "year"),
    (re.compile(r"(?:BC)?.{3}$"), "decade"),
    (re.compile(r".{2}$"), "century"),
)
_DURATION_UNITS = {
    "Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter", "E": "decade", "C": "century", "S": "time",
    "H": "time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """What a calendar value means: its EDTF form and its first and last day. None where the value leaves it open."""

    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None


def span_of(value: str) -> Span:
    """The days that `value` spans. Empty for durations, references and values with an open year or week."""
    if "/" in value:
        first, _, last = value.partition("/")
        a, b = span_of(first), span_of(last)
        if a.earliest is None or b.latest is None or a.earliest > b.latest or a.edtf is None or b.edtf is None:
            return Span()
        return Span(f"{a.edtf.partition('/')[0]}/{b.edtf.rpartition('/')[2]}", a.earliest, b.latest)
    if match := BEFORE_CHRIST.match(value):
        return Span(f"-{int(match[1]) - 1:04d}" if int(match[1]) > 1 else "0000")  # EDTF counts a year 0
    if match := _OPEN_DAY.match(value):
        return Span(match[0])
    found = _FORM.match(value)
    if found is None or found.lastgroup is None:
        return Span()
    try:
        return _closed_span(found)
    except (ValueError, OverflowError):  # no such day, week or year
        return Span()


def _closed_span(found: re.Match[str]) -> Span:
    if day := found["day"]:
        at = date.fromisoformat(day)
        return Span(day, at, at)
    if week := found["week"]:
        monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
        return _interval(monday, monday + timedelta(days=6))
    if week := found["weekend"]:
        saturday = date.fromisocalendar(int(week[:4]), int(week[6:]), 6)
        return _interval(saturday, saturday + timedelta(days=1))
    if quarter := found["quarter"]:
        year, n = int(quarter[:4]), int(quarter[6])
        return Span(f"{quarter[:4]}-{_QUARTER_EDTF[quarter[6]]}", date(year, 3 * n - 2, 1), month_end(year, 3 * n))
    if half := found["half"]:
        year, n = int(half[:4]), int(half[6])
        return Span(f"{half[:4]}-{_HALF_EDTF[half[6]]}", date(year, 6 * n - 5, 1), month_end(year, 6 * n))
    if season := found["season"]:
        year, code = int(season[:4]), season[5:]
        edtf = f"{season[:4]}-{_SEASON_EDTF[code]}"
        if code == "WI":  # the winter of 1941 can be the one that ends or the one that begins in 1941
            return Span(edtf, date(year, 1, 1), month_end(year + 1, 3))
        first, last = _SEASON_MONTHS[code]
        return Span(edtf, date(year, first, 1), month_end(year, last))
    if month := found["month"]:
        year, n = int(month[:4]), int(month[5:])
        return Span(month, date(year, n, 1), month_end(year, n))
    if found["year"]:
        return Span(found["year"], date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31))
    if decade := found["decade"]:
        return Span(f"{decade}X", date(int(decade) * 10, 1, 1), date(int(decade) * 10 + 9, 12, 31))
    century = int(found["century"])
    return Span(f"{found['century']}XX", date(max(century * 100, 1), 1, 1), date(century * 100 + 99, 12, 31))


def _interval(first: date, last: date) -> Span:
    return Span(f"{first}/{last}", first, last)


def granularity_of(value: str) -> str | None:
    """The unit of a value: that of its calendar unit or, for a duration, that of its length; `ref` for now and then."""
    if value.endswith("_REF"):
        return "ref"
    if value.startswith("P"):
        return "time" if value.startswith("PT") else _DURATION_UNITS.get(value[-1])
    value = value.partition("/")[0]
    return next((unit for form, unit in _GRANULARITY if form.match(value)), None)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The first day of the month `months` after that of `day`. ValueError outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_of(day: date) -> str:
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"
