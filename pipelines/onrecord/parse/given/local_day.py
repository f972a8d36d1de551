"""The day on which an article appeared where its outlet is, for a moment that is told in UTC.

An evening story of an American paper bears the UTC date of the next day. The day in its address, the day that it prints
and the outlet's time zone tell its own; where they contradict each other, the days that can be meant are its bounds.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from onrecord.parse.given.days import to_moment

_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)  # of UTC: the last and the first place where a day begins
_IN_UTC = re.compile(r".*\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]00:?00|UTC|GMT)", re.IGNORECASE)


def moment_in_utc(value: Any) -> datetime | None:
    """The moment that a value tells in UTC and no other zone: "2023-11-09T01:49:09Z", seconds since 1970.

    None for a day, for a time in a zone or in none, and for midnight, which is how programs write a day.
    """
    is_told = isinstance(value, int | float) or (isinstance(value, str) and _IN_UTC.fullmatch(value.strip()))
    if not is_told or isinstance(value, bool):
        return None
    try:
        moment = to_moment(value)
    except ValueError:
        return None
    return moment if (moment.hour, moment.minute, moment.second) != (0, 0, 0) else None


def possible_days(moment: datetime) -> set[date]:
    """The days that it was, somewhere on earth, at a moment."""
    return {(moment + shift).date() for shift in (_WEST, timedelta(), _EAST)}


def local_days(moment: datetime, told: Iterable[date | None], timezone: str | None) -> tuple[date, date]:
    """The first and the last day that a moment can have been where the outlet is; the same, if that is certain.

    Args:
        told: what the address and the printed line say; days that it was nowhere at the moment tell of something else.
        timezone: the outlet's, by its name in the IANA database.
    """
    moment = moment.astimezone(UTC)
    days = sorted({day for day in told if day} & possible_days(moment))
    own = moment.astimezone(ZoneInfo(timezone)).date() if timezone else None
    if own and (not days or own in days):
        return own, own
    return (days[0], days[-1]) if days else (moment.date(), moment.date())
