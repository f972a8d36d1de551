"""Readers of expressions that count from today or from another date: weekdays, last week, two days later, 9 a.m."""

import re

from onrecord.timex.context import is_part_of_name, is_start_of_name
from onrecord.timex.lexicon import MONTHS
from onrecord.timex.match import Content, Match
from onrecord.timex.named import is_named_part, is_named_weekday
from onrecord.timex.shapes import Fixed, PartOfYear, Shape, Shift, Weekday
from onrecord.timex.values import TURN, base_of, time_of

_QUARTER_ENDED = re.compile(r" ended ([A-Z][a-z]+)\.? \d")
_CURRENT_AFTER = re.compile(r" (?!(?:accounts?|affairs|events)\b)[^\W\d_]")
_WITHIN_QUARTER = re.compile(r"[ -](?:century|centuries|mile|hour|pound|final)\b|-")
_IN_BEFORE = re.compile(r"\b(?:in|into|for|from|of)\s$", re.IGNORECASE)
_ENDS_PHRASE = re.compile(
    r"\s?(?:$|[^\w\s]|(?:and|or|but|that|to|have|has|had|when|is|was|as|with|by|if|he|she|it|they|we|I)\b)"
)
# "last years budget" lacks its apostrophe; "the last years of", "his last years" and "last weeks before" lack nothing.
_LENGTH_BEFORE = re.compile(r"\b(?:the|these|those|his|her|its|their|my|our|your|few|many)\s$", re.IGNORECASE)
_LENGTH_AFTER = re.compile(
    r"\s?(?:$|[^\w\s]|(?:of|in|on|at|as|before|after|until|and|or|with|have|has|had|is|was|are|were|will|would|to|by|for|"
    r"from|since|when|that|he|she|it|they|we|you|I|ago|later|earlier)\b)"
)
_ELLIPSIS_AFTER = re.compile(r" (?P<way>before|after)(?=[,.;:]|$)")  # "the Wednesday before, he resigned"
_TOLD_AFTER = re.compile(r" (?P<way>before|after)(?=[,.;:]|$| (?:he|she|it|they|we|I|the \w+) had\b)")
_THE_BEFORE = re.compile(r"\b[Tt]he\s$")
_CLOCK_CUE = re.compile(r"\b(?:at|by|from|until|till|around|about|before|after|since)\s$", re.IGNORECASE)


def weekday(match: Match) -> Content | None:
    """Thursday; last Friday; Sunday night; the morning of next Monday."""
    if is_named_weekday(match) or is_named_part(match):
        return None
    turn = match.kind("rel")
    time = time_of(match)
    base, step = base_of(turn) if turn else "publication", TURN[turn] if turn else 0
    if turn == "NEXT" and _THE_BEFORE.search(match.before(8)):
        base = "text"
    elif turn is None and (told := _ELLIPSIS_AFTER.match(match.after(10))):
        base, step = "text", -1 if told["way"] == "before" else 1
    shape = Weekday(match.number("weekday"), step, time, this=turn == "THIS", base=base)
    return Content("TIME" if time else "DATE", shape, match.mod())


def deictic(match: Match) -> Content | None:
    """yesterday; tomorrow night; today; late yesterday."""
    time = time_of(match)
    if is_part_of_name(match):
        return None
    return Content("TIME" if time else "DATE", Shift("D", match.number("day"), time=time), match.mod())


def tonight(match: Match) -> Content | None:
    return None if is_part_of_name(match) else Content("TIME", Shift("D", 0, time="TNI"), match.mod())


def overnight(match: Match) -> Content | None:
    return None if is_start_of_name(match) else Content("TIME", Shift("D", 0, base="text", time="TNI"))


def turned_part(match: Match) -> Content | None:
    """this morning; last night; that evening; the next morning."""
    turn = match.kind("rel") or ""
    if _is_title(match, "part"):
        return None
    base = "text" if turn == "NEXT" else base_of(turn)
    return Content("TIME", Shift("D", TURN[turn], base, time_of(match)), match.mod())


def weekend(match: Match) -> Content | None:
    """last weekend; this weekend; the weekend, which is the one before."""
    turn = match.kind("rel")
    if turn is None and not match.has("mod") and not match.has("the"):
        return None
    shape = Shift("WE", TURN[turn] if turn else -1, told=turn == "THIS", turned=turn is not None)
    return Content("DATE", shape, match.mod())


def turned_unit(match: Match) -> Content | None:
    """last week; this year; next month; that day; the previous year; the current decade."""
    turn, unit = match.kind("rel") or "", match.word("unit")
    if unit[0] == "T" or unit == "F" or (turn == "LAST" and match.after(4).startswith(" of ")):
        return None  # the last week of something
    words = match.text[match.start : match.end].lower()
    if words.endswith("present day") or (words == "this day" and match.before().lower().endswith(" to ")):
        return None  # present-day Ondo; to this day
    if _is_title(match, "unit") or (match.has("fiscal") and unit != "Y"):
        return None
    if unit == "Q" and _WITHIN_QUARTER.match(match.after()):
        return None  # the next quarter century
    if turn == "NEXT" and match.text[match.start : match.start + 3].lower() == "the":
        return Content("DATE", Shift(unit, 1, "text", coming=True), match.mod())
    return Content("DATE", Shift(unit, TURN[turn], base_of(turn), told=turn in ("THIS", "CURRENT")), match.mod())


def turned_units(match: Match) -> Content | None:
    """this years budget, last weeks vote: an apostrophe is missing."""
    turn, unit = match.kind("rel") or "", match.word("unit")
    if turn not in ("LAST", "NEXT", "THIS") or unit not in ("D", "W", "M", "Y") or _is_title(match, "unit"):
        return None
    if turn != "THIS" and (_LENGTH_BEFORE.search(match.before(12)) or _LENGTH_AFTER.match(match.after())):
        return None
    return Content("DATE", Shift(unit, TURN[turn], told=turn == "THIS"), match.mod())


def _is_title(match: Match, name: str) -> bool:
    """Whether a part is capitalized: This Week and This Morning are programmes."""
    token = match.parts(name)[0]
    return match.text[token.start].isupper() and not match.text[match.start : token.end].isupper()


def unit_part(match: Match) -> Content | None:
    """the beginning of the year; later in the month; the end of the week; year-end; the month's end."""
    unit = match.word("unit")
    if not (match.has("mod") or match.has("end")) or unit in ("D", "F") or unit[0] == "T":
        return None
    return Content("DATE", Shift(unit, 0, told=True), match.mod() if match.has("mod") else "END")


def unit_told(match: Match) -> Content | None:
    """the day before; the week after: counted from the date last named. "The day before he left" counts from none."""
    unit, told = match.word("unit"), _TOLD_AFTER.match(match.after())
    if told is None or unit not in ("D", "W", "M", "Y"):
        return None
    return Content("DATE", Shift(unit, -1 if told["way"] == "before" else 1, "text"))


def ago(match: Match) -> Content | None:
    """two years ago; a week ago; several months ago: granularity follows the unit."""
    return _moved(match, -1, "publication")


def later(match: Match) -> Content | None:
    """two days later; a year earlier: counted from the date last named."""
    return _moved(match, TURN[match.kind("way") or ""], "text")


def _moved(match: Match, sign: int, base: str) -> Content | None:
    unit = match.word("unit")
    if unit[0] == "T":
        return None
    if match.has("few"):
        return Content("DATE", Fixed("PAST_REF" if sign < 0 else "FUTURE_REF"))
    number = 1 if match.kind("n") == "ART" else match.number("n") if match.has("n") else 2  # a couple
    if match.has("andhalf") and unit == "Y":
        unit, number = "M", number * 12 + 6
    if number > 100_000:
        return None
    unit, number = {"E": ("Y", number * 10), "F": ("W", number * 2)}.get(unit, (unit, number))
    quarterly = unit == "Y" and number == 1 and sign < 0
    return Content("DATE", Shift(unit, sign * number, base, quarterly=quarterly), match.quantifier())


def year_ago(match: Match) -> Content | None:
    """the year-ago quarter; year-earlier."""
    return Content("DATE", Shift("Y", -1, quarterly=True)) if match.word("unit") == "Y" else None


def named_quarter(match: Match) -> Content | None:
    """the quarter; the latest period: the quarter last named, or the last that has ended; the quarter ended June 30."""
    ended = _QUARTER_ENDED.match(match.after())
    if ended and (month := MONTHS.get(ended[1].lower())):
        return Content("DATE", PartOfYear(f"Q{int(month or 0) // 3 or 4}"))
    return Content("DATE", Shift("Q", 0, "text")) if match.has("quarter") or match.has("latest") else None


def clock(match: Match) -> Content | None:
    """9:30 a.m.; noon; 4 p.m. Wednesday; at 17:00. A time without a.m. or p.m. must follow a preposition."""
    time = time_of(match)
    if match.has("noon") and match.text[match.parts("noon")[0].start].isupper() and is_part_of_name(match):
        return None  # High Noon
    if not time or (match.has("clock24") and not _CLOCK_CUE.search(match.before(12))):
        return None
    shape: Shape
    if match.has("weekday"):
        shape = Weekday(match.number("weekday"), time=time)
    elif match.has("deictic"):
        shape = Shift("D", match.number("deictic"), time=time)
    else:
        shape = Shift("D", 0, "text", time)
    return Content("TIME", shape, match.quantifier())


def reference(match: Match) -> Content | None:
    """now, currently, recently, these days: a reference without a date."""
    return Content("DATE", Fixed(match.word("now") if match.has("now") else "PRESENT_REF"))


def current(match: Match) -> Content | None:
    """the current wife: what stands where it stands now."""
    if match.text[match.start : match.end] != "current" or not _CURRENT_AFTER.match(match.after()):
        return None
    return Content("DATE", Fixed("PRESENT_REF"))


def present_day(match: Match) -> Content | None:
    """present-day Ondo; to this day."""
    words = match.text[match.start : match.end].lower()
    return Content("DATE", Fixed("PRESENT_REF")) if re.fullmatch(r"(?:the )?present.day|this day", words) else None


def past_or_future(match: Match) -> Content | None:
    """in the past; the near future. "the past champion" and "the future of the town" are none."""
    if match.has("near"):
        return Content("DATE", Fixed("FUTURE_REF"))
    if not _IN_BEFORE.search(match.before()) or not _ENDS_PHRASE.match(match.after()):
        return None
    return Content("DATE", Fixed("FUTURE_REF" if match.has("future") else "PAST_REF"))
