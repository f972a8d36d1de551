"""Temporal expressions of a document, on the calendar.

The words are read by `timex.grammar`; here each expression meets the day of publication, the tense of its clause and
the date last named in the text. A relative expression in an article without a date keeps X for what is open, unless
the bounds of the publication date leave it only one value.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from onrecord.document import Date, Document, Publication
from onrecord.parse.publication.marks import is_in_dateline
from onrecord.timex.calendar import granularity_of, span_of
from onrecord.timex.grammar import Expression, read
from onrecord.timex.resolve import resolve
from onrecord.timex.setting import Resolved, Setting
from onrecord.timex.shapes import Fixed, PartOfYear, Shift, Weekday, Yearless, is_bare
from onrecord.timex.tense import chance_ahead, tense_of

_WIDE = timedelta(days=60)  # bounds of more leave open which month is far off
_FILED_BEFORE = timedelta(days=3)  # copy is printed soon after it was filed
_ASIDE_YEARS = (2, 5)  # years back and ahead that a bare year in mid-sentence may move a narrative
_OPENING = re.compile(r"(?:^|[.!?]\s+|\n)(?:In|By|During|Until|After|Since)\s(?:\w+\s)?$")
_RANGE_BEFORE = re.compile(r"\b\d{4}[-–]$")
_LONGER_PERIOD = re.compile(r"P(?:6M|9M|12M|1Y)$")  # a report that comes to these has left the quarter
_ENDED = re.compile(r"[.!?][\"”’')]*\s+[\"“‘'(]?[A-Z]|\n")
_FULL = re.compile(r"\d{4}-\d\d|BC")
_DATED = re.compile(r"(?:BC)?\d{4}(?:$|[-T/])")

# How often a rule's value was right on 203 news articles with known dates, where that is not nine times in ten.
_SHARES = (
    dict.fromkeys(("iso", "month_day_year", "day_month_year", "month_year", "before_christ", "start_of_range"), 0.98)
    | dict.fromkeys(("year", "decade", "century", "month_day", "day_month", "deictic", "fiscal_year"), 0.95)
    | dict.fromkeys(("month", "quarter"), 0.95)
    | dict.fromkeys(("weekday",), 0.93)
    | dict.fromkeys(("duration", "season", "weekend", "holiday", "day_of_range", "ago"), 0.82)
    | dict.fromkeys(
        ("slashed", "now", "every", "season_rel_year", "overnight", "clock", "feast", "full_year", "the_quarter"), 0.7
    )
    | dict.fromkeys(("current", "past_or_future", "present_day", "moved", "year_ago"), 0.6)
    | dict.fromkeys(("each_unit", "year_period", "unit_end", "day_of_month", "set_word", "units"), 0.5)
)


def find_dates(doc: Document) -> tuple[Date, ...]:
    """The temporal expressions of `doc.text`, in text order, not overlapping. Offsets count its code points."""
    expressions = read(doc.text)
    published = _as_filed(doc, expressions)
    narrative = _is_narrative(expressions)
    said: str | None = None
    said_at = 0
    quarter: str | None = None
    found = []
    for expression in expressions:
        is_open = narrative or not isinstance(expression.shape, Fixed)  # else no tense is asked for
        chance = chance_ahead(doc.text, expression, published.day) if is_open else 0.5
        tense = tense_of(expression.shape, chance, is_dated=published.day is not None)
        told = said
        if expression.rule == "clock" and not narrative and _ENDED.search(doc.text, said_at, expression.start):
            told = _of_this_year(said, published)
        if isinstance(expression.shape, Weekday) and len(_ENDED.findall(doc.text, said_at, expression.start)) > 1:
            told = told if narrative else None  # "the previous Wednesday" goes back to this sentence or the one before
        setting = Setting(None, told, tense, narrative, quarter)
        resolved = _place(expression, published, setting)
        other = replace(setting, tense="past" if tense == "future" else "future")
        has_two_sides = is_bare(expression.shape) and _place(expression, published, other) != resolved
        found.append(_date(expression, resolved, max(chance, 1 - chance) if has_two_sides else 1.0))
        if _LONGER_PERIOD.match(resolved.value):
            quarter = None
        if expression.type in ("DATE", "TIME") and _moves(
            expression, resolved, said, narrative, tense, doc.text[max(0, expression.start - 30) : expression.start]
        ):
            said, said_at = resolved.value, expression.end
            if "-Q" in said and isinstance(expression.shape, Fixed | PartOfYear):
                quarter = said
    return tuple(found)


def _as_filed(doc: Document, expressions: tuple[Expression, ...]) -> Publication:
    """The publication, moved to the day of the dateline where that is one of the days before it.

    "SEOUL, May 3 (AP) - They met yesterday" met on 2 May, if it was published on 4 May, too.
    """
    day, first = doc.published.day, expressions[0] if expressions else None
    if day is None or first is None or not is_in_dateline(doc.text, first):
        return doc.published
    filed = span_of(
        _place(first, doc.published, Setting(None, None, None, narrative=False, quarter=None)).value
    ).earliest
    is_of_day = isinstance(first.shape, Fixed | Yearless) and first.type == "DATE" and filed is not None
    if not is_of_day or filed is None or not timedelta(0) < day - filed <= _FILED_BEFORE:
        return doc.published
    return replace(doc.published, day=filed)


def _of_this_year(said: str | None, published: Publication) -> str | None:
    """The value last named, unless it is of another year than the article: no time of day goes on from there."""
    return None if said and published.day and said[:4] != f"{published.day.year:04d}" else said


def _is_narrative(expressions: tuple[Expression, ...]) -> bool:
    """Whether dates count from each other rather than from today.

    So it is where many dates are printed with their year and hardly one as a weekday, "yesterday" or "last month".
    """
    full = sum(
        isinstance(r.shape, Fixed) and r.type == "DATE" and _FULL.match(r.shape.value) is not None for r in expressions
    )
    yearless = sum(isinstance(r.shape, Yearless) for r in expressions)
    deictic = sum(
        isinstance(r.shape, Weekday)
        or (isinstance(r.shape, Shift) and r.shape.base == "publication" and not r.shape.told)
        for r in expressions
    )
    return (full >= 5 or yearless >= 15) and deictic * 3 <= full


def _moves(
    expression: Expression, resolved: Resolved, said: str | None, narrative: bool, tense: str | None, before: str
) -> bool:
    """Whether a value is one that later expressions can count from.

    A narrative looks back or ahead in passing: a bare year far from the one told or planned for, "the previous year" in
    mid-sentence, or today, does not move it.
    """
    if not _DATED.match(resolved.value):
        return False
    if not narrative or said is None:
        return True
    if resolved.anchor == "publication" or resolved.value == said[:4]:
        return False  # the year that is being told, named again
    if _RANGE_BEFORE.search(before):
        return False  # the last year of a range
    shape = expression.shape
    if isinstance(shape, Shift) and shape.base == "text" and shape.count < 0 and not _OPENING.search(before):
        return False
    is_deadline = before.lower().endswith(("by ", "until "))
    if len(resolved.value) == 4 and tense == "future" and not is_deadline and not _OPENING.search(before):
        return False
    if len(resolved.value) == 4 and resolved.value.isdigit() and said[:4].isdigit() and not _OPENING.search(before):
        return -_ASIDE_YEARS[0] <= int(resolved.value) - int(said[:4]) <= _ASIDE_YEARS[1]
    return True


def _place(expression: Expression, published: Publication, setting: Setting) -> Resolved:
    def at(day: date | None, bounded: bool = False) -> Resolved:
        return resolve(expression.shape, replace(setting, published=day, bounded=bounded))

    if published.day is not None:
        return at(published.day)
    if published.earliest is not None and published.latest is not None:
        is_wide = published.latest - published.earliest > _WIDE
        first, last = at(published.earliest, is_wide), at(published.latest, is_wide)
        if first == last:
            return first
    return at(None)


def _date(expression: Expression, resolved: Resolved, sure: float) -> Date:
    span = span_of(resolved.value)
    return Date(
        start=expression.start,
        end=expression.end,
        type=expression.type,
        value=resolved.value,
        mod=expression.mod,
        edtf=span.edtf,
        earliest=span.earliest,
        latest=span.latest,
        granularity=granularity_of(resolved.value),
        anchor=resolved.anchor,
        rule=expression.rule,
        confidence=_confidence(expression, resolved, sure),
    )


def _confidence(expression: Expression, resolved: Resolved, sure: float) -> float:
    """How often such an expression is right: as measured on news for its rule, less if it counts from the text.

    It is at most `sure`, how likely the side of publication is right where the words leave both open.
    """
    share = _SHARES.get(expression.rule, 0.9)
    return round(share * 0.85, 2) if resolved.anchor == "text" else round(min(share, sure), 2)
