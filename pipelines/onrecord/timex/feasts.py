"""Holidays whose day of the year changes: the feasts of the United States and Easter."""

from datetime import date, timedelta
from typing import Final

# Month, ISO weekday and which of them: 4 is the fourth, -1 the last. Public holidays by 5 U.S.C. 6103.
_NTH_WEEKDAYS: Final = {
    "presidents": (2, 1, 3), "memorial": (5, 1, -1), "labor": (9, 1, 1), "columbus": (10, 1, 2),
    "thanksgiving": (11, 4, 4),
}  # fmt: skip
# Days from Easter Sunday.
_BY_EASTER: Final = {
    "easter": 0, "easter sunday": 0, "shrove tuesday": -47, "ash wednesday": -46, "palm sunday": -7,
    "maundy thursday": -3, "good friday": -2, "easter monday": 1, "whit sunday": 49, "whit monday": 50,
}  # fmt: skip
MOVABLE = frozenset((*_NTH_WEEKDAYS, *_BY_EASTER, "election"))
FIXED_DAYS: Final = {
    "christmas": (12, 25), "halloween": (10, 31), "new year": (1, 1), "veterans": (11, 11), "independence": (7, 4),
    "boxing": (12, 26), "bastille": (7, 14), "anzac": (4, 25), "australia": (1, 26), "canada": (7, 1),
    "valentine": (2, 14), "patrick": (3, 17),
}  # fmt: skip


def feast_day(name: str, year: int) -> date:
    """The day of a movable feast. ValueError outside the calendar."""
    if name in _BY_EASTER:
        return _easter(year) + timedelta(days=_BY_EASTER[name])
    if name == "election":  # the Tuesday after the first Monday of November, 2 U.S.C. 7
        return _nth_weekday(year, 11, 1, 1) + timedelta(days=1)
    month, weekday, n = _NTH_WEEKDAYS[name]
    return _nth_weekday(year, month, weekday, n)


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    if n < 0:
        first_of_next = date(year + month // 12, month % 12 + 1, 1)
        return first_of_next - timedelta(days=(first_of_next.isoweekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876."""
    golden = year % 19
    century = year // 100
    correction = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = correction - (correction // 28) * (1 - (29 // (correction + 1)) * ((21 - golden) // 11))
    day = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (day + 40) // 44
    return date(year, month, day + 28 - 31 * (month // 4))
