"""Readers of lengths and of sets: three days, a few weeks, $50 a week, every Friday, daily."""

import re

from onrecord.timex.context import is_age, is_rate, is_start_of_name
from onrecord.timex.match import Content, Match
from onrecord.timex.named import is_named_length, is_named_weekday
from onrecord.timex.shapes import Fixed, Shift
from onrecord.timex.values import amount_of, time_of

_ONE_DAY_AHEAD = re.compile(
    r"\b(?:to|will|would|could|can|may|might|should|must|shall|but|and)\s(?:\w+\s)?$", re.IGNORECASE
)
_UNITS_NOT_AFTER = re.compile(r"\b(?:morning|evening|afternoon|night|hundreds of|thousands of|such)\s$", re.IGNORECASE)
_SOME_DAY_AFTER = re.compile(r" (?:of|when|that|in)\b")
_YEAR_ENDED = re.compile(r" end(?:ed|ing) (?:[A-Z]|last|on )")
_ONE_UNIT = {"TM": "PT1M", "TH": "PT1H", "E": "P10Y", "C": "P100Y", "F": "P2W"}


def duration(match: Match) -> Content | None:
    """three days; nearly forty years; the past few weeks; a couple of months; two and a half years."""
    words = match.text[match.start : match.end].lower()
    if (
        is_age(match) or is_named_length(match) or (match.word("unit") == "Q" and "-" in words)
    ):  # three-quarters is a fraction
        return None
    if words == "one day" and (match.text[match.start].isupper() or _ONE_DAY_AHEAD.search(match.before())):
        return None  # some day
    amount = amount_of(match)
    return None if amount is None else Content("DURATION", Fixed(amount), match.quantifier())


def units(match: Match) -> Content | None:
    """months; for years; recent weeks: an open number of them."""
    bare = len(match.parts("unit")) == match.found.end() - match.found.start()
    if (
        is_age(match)
        or is_named_length(match)
        or (bare and (match.word("unit") == "Q" or _UNITS_NOT_AFTER.search(match.before())))
    ):
        return None
    if match.kind("unit") == "UNIT":  # a year-long war
        return Content("DURATION", Fixed(_ONE_UNIT.get(match.word("unit"), f"P1{match.word('unit')}")))
    amount = amount_of(match)
    return None if amount is None else Content("DURATION", Fixed(amount))


def full_year(match: Match) -> Content | None:
    """the year ended March 31; for the full year; the fiscal year: a length before its last day, else this year."""
    if match.word("unit") != "Y":
        return None
    if _YEAR_ENDED.match(match.after()):
        return Content("DURATION", Fixed("P1Y"))
    named = match.has("fiscal") or (match.has("full") and "full" in match.text[match.start : match.end])
    return Content("DATE", Shift("Y", 0, told=True)) if named else None


def each_unit(match: Match) -> Content | None:
    """a week, per day: a set after a price or a count, else a length."""
    unit = match.word("unit")
    length = _ONE_UNIT.get(unit, f"P1{unit}")
    if match.kind("n") == "PER" or is_rate(match):
        return Content("SET", Fixed(length))
    if is_age(match) or (unit == "D" and _SOME_DAY_AFTER.match(match.after())):
        return None
    return Content("DURATION", Fixed(length), match.quantifier())


def every(match: Match) -> Content | None:
    """every Friday; each March; every night; every other week; every two years; Fridays."""
    if match.has("weekday"):
        if is_named_weekday(match):
            return None
        return Content("SET", Fixed(f"XXXX-WXX-{match.number('weekday')}{time_of(match)}"))
    if match.has("month"):
        return Content("SET", Fixed(f"XXXX-{match.number('month'):02d}"))
    if match.has("season"):
        return Content("SET", Fixed(f"XXXX-{match.word('season')}"))
    if match.has("part"):
        return Content("SET", Fixed(f"XXXX-XX-XX{time_of(match)}"))
    if not match.has("unit"):
        return None
    unit = match.word("unit")
    amount = (
        amount_of(match) if match.has("n") else f"P2{unit}" if match.has("other") else _ONE_UNIT.get(unit, f"P1{unit}")
    )
    return None if amount is None else Content("SET", Fixed(amount))


def set_word(match: Match) -> Content | None:
    """daily, weekly, annual."""
    return None if is_start_of_name(match) else Content("SET", Fixed(match.word("set")))
