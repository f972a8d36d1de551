"""Days and moments that came beside the text, and the publication date that follows from them."""

import email.utils
import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from onrecord.document import Given, Publication
from onrecord.parse.given import to_text
from onrecord.parse.given.machine_days import machine_day
from onrecord.parse.head.dates import MONTH, month_of, read_date_line

_FIRST_YEAR, _LAST_YEAR = 1600, 2200  # newspapers begin in 1605
_NO_DAYS = {date(1970, 1, 1), date(1969, 12, 31)}  # what a missing time stamp turns into, west of Greenwich too
_SHORTEST_EPOCH = 10**8  # smaller numbers are years, or nothing
_MILLISECONDS = 10**11  # epoch numbers from here on count milliseconds: as seconds they would mean the year 5138
_ISO_DAY = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)")
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED_MONTH = re.compile(rf"{MONTH},? (?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
# Countries whose English writes the month before the day. Canada does both, so that its locale decides nothing.
_MONTH_FIRST = {"US", "PH"}
_BOTH_ORDERS = {"CA"}
_ZONES = timedelta(hours=26)  # between the first and the last place on earth where a day begins


def to_day(value: Any, locale: str | None = None) -> date | tuple[date, date]:
    """The day that a date or time stamp names, in the time zone it is given in; its bounds where the day is not sure.

    ISO 8601 in both forms, RFC 2822, seconds or milliseconds of the epoch, and dates as newspapers print them.
    10/07/2017 is bounded by its two readings unless the locale decides, a month or year by its first and last day.
    """
    if isinstance(value, int) and len(str(value)) == len("20170920"):
        value = str(value)
    found = _epoch(value) if isinstance(value, int | float) else _written(to_text(value), locale)
    days = found if isinstance(found, tuple) else (found,)
    if any(day in _NO_DAYS or not _FIRST_YEAR <= day.year <= _LAST_YEAR for day in days):
        raise ValueError(value)
    return found


def to_moment(value: Any) -> datetime:
    """The moment in UTC that a time stamp names; a day is its first moment, and one without a time zone is in UTC."""
    if isinstance(value, int | float) or _EPOCH.fullmatch(to_text(value)):
        return _moment(value if isinstance(value, int | float) else int(to_text(value)))
    day = to_day(value)
    if isinstance(day, tuple):
        raise ValueError(value)
    for reads in (datetime.fromisoformat, email.utils.parsedate_to_datetime):
        try:
            found = reads(to_text(value))
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _epoch(number: float) -> date:
    return _moment(number).date()


def _moment(number: float) -> datetime:
    if isinstance(number, bool) or not math.isfinite(number) or abs(number) < _SHORTEST_EPOCH:
        raise ValueError(number)
    try:
        return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS else number, UTC)
    except (OverflowError, OSError):
        raise ValueError(number) from None


def _written(text: str, locale: str | None) -> date | tuple[date, date]:
    if _EPOCH.fullmatch(text):
        return _epoch(int(text))
    if iso := _ISO_DAY.match(text):
        return date(int(iso["year"]), int(iso["month"]), int(iso["day"]))
    if found := machine_day(text):
        return found
    if iso := _ISO_MONTH.fullmatch(text):
        return month_days(int(iso["year"]), int(iso["month"]))
    if YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if named := _NAMED_MONTH.fullmatch(text):
        return month_days(int(named["year"]), month_of(named["month"]))
    if mailed := email.utils.parsedate_tz(text) if ":" in text and "," in text[:6] else None:
        return date(*mailed[:3])
    dated = read_date_line(" ".join(text.split()))
    publication = dated.publication if dated and not dated.is_update else None
    if publication is None or publication.earliest is None or publication.latest is None:
        raise ValueError(text)
    return settle(publication, locale).day or (publication.earliest, publication.latest)


def month_days(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def settle(publication: Publication, locale: str | None) -> Publication:
    """A date with two readings, 10/07/2017, decided by the order that the outlet's locale writes."""
    first, last = publication.earliest, publication.latest
    country = (locale or "").replace("_", "-").partition("-")[2].upper()
    if publication.day or not first or not last or not country or country in _BOTH_ORDERS or not is_swap(first, last):
        return publication
    written = re.match(r"\d+", publication.evidence or "")
    if written is None:
        return publication
    month_first = next(day for day in (first, last) if day.month == int(written[0]))
    day = month_first if country in _MONTH_FIRST else (last if month_first == first else first)
    return certain(publication.basis, day, publication.evidence)


def is_after_download(given: Given) -> bool:
    """Whether the given date of publication is later than the moment at which the article was downloaded.

    A change may well come before it: what is written ahead is published later.
    """
    first = given.published or (given.published_bounds or (None,))[0]
    return bool(first and given.retrieved and first > (given.retrieved + _ZONES).date())


def is_swap(first: date, last: date) -> bool:
    """Whether two days are the readings of one date in numbers."""
    return (first.year, first.month, first.day) == (last.year, last.day, last.month)


def certain(basis: str, day: date, evidence: str | None) -> Publication:
    return Publication(basis=basis, day=day, earliest=day, latest=day, edtf=day.isoformat(), evidence=evidence)


def edtf_of(first: date, last: date) -> str:
    if (first.day, month_days(first.year, first.month)) == (1, (first, last)):
        return f"{first:%Y-%m}"
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return f"{first:%Y}"
    return f"{first}/{last}"
