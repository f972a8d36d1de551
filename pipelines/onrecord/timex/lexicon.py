"""The words of temporal expressions, by kind.

`WORDS` maps a lower-case word to its kind and what it stands for. A rule of `rules` is a sequence of kinds, so a
synonym is added here and nowhere else. Months, weekdays and time zones are rows of `data/words/calendar.csv`.
"""

from typing import Final

from onrecord.knowledge.word_lists import listed_lower, meanings
from onrecord.timex.feasts import MOVABLE

Meaning = str | int | float | None


def _numbers(name: str) -> dict[str, int]:
    """The words of a list in lower case, each with its number."""
    return {word.lower(): int(number) for word, number in meanings(name).items()}


MONTHS: Final[dict[str, Meaning]] = {**_numbers("month"), **_numbers("month_short")}
BEFORE_YEARS: Final = "early|mid|late|pre|post|circa"  # glued to a year or a month by a hyphen
_WEEKDAYS: Final[dict[str, int]] = _numbers("weekday")

# Meanings: a number; a TIMEX3 unit, part of day or year, length, modifier or reference; or the direction of a step in
# time (-1 back, 0 here, 1 on). Seconds, minutes and hours are marked T, as they are in ISO 8601 lengths.
GROUPS: Final[dict[str, dict[str, Meaning]]] = {
    "MONTH": MONTHS,
    "WEEKDAY": dict(_WEEKDAYS),
    "WEEKDAYS": {f"{name}s": number for name, number in _WEEKDAYS.items()},
    "WDABBR": {**_numbers("weekday_short")},
    "UNIT": {
        "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "year": "Y", "decade": "E",
        "fortnight": "F", "yr": "Y", "hr": "TH", "min": "TM",
    },
    "UNITS": {
        "seconds": "TS", "minutes": "TM", "hours": "TH", "days": "D", "weeks": "W", "months": "M", "years": "Y",
        "decades": "E", "centuries": "C", "quarters": "Q", "fortnights": "F", "yrs": "Y", "hrs": "TH", "mins": "TM",
    },
    "CENTURY": {"century": "C"},
    "QUARTER": {"quarter": "Q"},
    "NUMWORD": {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
        "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70, "eighty": 80, "ninety": 90,
    },
    "HUNDRED": {"hundred": 100, "thousand": 1000},
    "ORD": {
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
        "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
        "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    },
    "DECADE": {
        "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
        "nineties": 9,
    },
    "SEASON": {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"},
    "PART": {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "dusk": "EV"},
    "NOON": {"noon": "12:00", "midday": "12:00", "midnight": "24:00"},
    "TONIGHT": {"tonight": "NI"},
    "OVERNIGHT": {"overnight": "NI"},
    "TODAY": {"today": 0},
    "DEICTIC": {"yesterday": -1, "tomorrow": 1},
    "WEEKEND": {"weekend": None},
    "TERM": {"period": None, "term": None},
    "HALF": {"half": None},
    "FISCAL": {"fiscal": None},
    "HOLIDAY": {
        "christmas": "christmas", "halloween": "halloween", "thanksgiving": "thanksgiving", "easter": "easter",
    },
    "FEAST": {  # each followed by "Day"
        "election": "election", "labor": "labor", "memorial": "memorial", "columbus": "columbus",
        "veterans": "veterans", "independence": "independence", "presidents": "presidents", "boxing": "boxing",
        "bastille": "bastille", "armistice": "veterans", "anzac": "anzac", "australia": "australia", "canada": "canada",
        "valentine": "valentine", "patrick": "patrick",
    },
    "HOLY": {name.partition(" ")[0]: name.partition(" ")[0] for name in sorted(MOVABLE) if " " in name},  # Good Friday
    "NEW": {"new": "new year"},
    "EVE": {"eve": None},
    "FEW": {"few": None, "several": None, "many": None},
    "COUPLE": {"couple": 2},
    "ART": {"a": None, "an": None},
    "THE": {"the": None},
    "LAST": {"last": -1},
    "NEXT": {"next": 1},
    "THIS": {"this": 0},
    "THESE": {"these": 0},
    "CURRENT": {"current": 0, "present": 0},
    "THAT": {"that": 0},
    "SAME": {"same": 0, "very": 0},
    "PAST": {"past": -1},
    "PREVIOUS": {"previous": -1, "preceding": -1, "prior": -1},
    "FOLLOWING": {"following": 1, "subsequent": 1, "ensuing": 1},
    "COMING": {"coming": 1, "upcoming": 1},
    "RECENT": {"recent": -1},
    "LATEST": {"latest": 0},
    "EARLIER": {"earlier": -1},
    "LATER": {"later": 1},
    "AGO": {"ago": -1},
    "EARLY": {"early": "START"},
    "LATE": {"late": "END"},
    "MID": {"mid": "MID"},
    "BEGINNING": {"beginning": "START", "start": "START"},
    "MIDDLE": {"middle": "MID"},
    "END": {"end": "END"},
    "OF": {"of": None},
    "IN": {"in": None, "on": None, "during": None, "until": None, "till": None, "by": None, "from": None},
    "AT": {"at": None},
    "TO": {"to": None, "through": None, "thru": None},
    "AND": {"and": None},
    "EVERY": {"every": 1, "each": 1},
    "PER": {"per": None},
    "OTHER": {"other": 2},
    "SETWORD": {
        "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y",
        "hourly": "PT1H", "nightly": "P1D", "biennial": "P2Y",
    },
    "ABOUT": {"about": "APPROX", "around": "APPROX", "approximately": "APPROX", "roughly": "APPROX", "some": "APPROX"},
    "NEARLY": {"nearly": "LESS_THAN", "almost": "LESS_THAN", "under": "LESS_THAN"},
    "OVER": {"over": "MORE_THAN"},
    "MORE": {"more": "MORE_THAN"},
    "LESS": {"less": "LESS_THAN", "fewer": "LESS_THAN"},
    "THAN": {"than": None},
    "LEAST": {"least": "EQUAL_OR_MORE"},
    "MOST": {"most": "EQUAL_OR_LESS"},
    "UP": {"up": "EQUAL_OR_LESS"},
    "ONLY": {"just": None, "only": None, "additional": None, "full": None, "further": None},
    "ANOTHER": {"another": None},
    "SINGLE": {"single": None},
    "ADJECTIVE": {
        "consecutive": None, "straight": None, "successive": None, "trading": None, "business": None, "working": None,
        "calendar": None, "whole": None, "short": None, "extra": None,
    },
    "LONG": {"long": None},
    "AMPM": {"am": "am", "pm": "pm"},
    "ZONE": dict.fromkeys(sorted(listed_lower("time_zone"))),
    "LOCAL": {"local": None},
    "TIME": {"time": None},
    "FUTURE": {"future": "FUTURE_REF"},
    "NEAR": {"near": None, "foreseeable": None},
    "NOW": {"now": "PRESENT_REF", "currently": "PRESENT_REF", "recently": "PAST_REF"},
    "ERA": {"bc": "BC", "bce": "BC"},
}  # fmt: skip

WORDS: Final[dict[str, tuple[str, Meaning]]] = {
    word: (kind, meaning) for kind, words in GROUPS.items() for word, meaning in words.items()
}
