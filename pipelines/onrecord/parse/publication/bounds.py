"""Events told in an article that bound its publication, what has happened by then and what is yet to come, and the
bounds that follow from dated evidence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.document import Publication
from onrecord.parse.publication.marks import Dated, dated_by
from onrecord.timex.grammar import Expression
from onrecord.timex.shapes import PartOfYear, Shift, Yearless
from onrecord.timex.tense import tense_at

NEWS_DAYS = 30  # a post or an agency picture in a report is seldom older
_CORRECTION_DAYS = 7
_EVENT_BEFORE = re.compile(
    r"\b(?:in|on|since|from|during|(?:in|since)(?: the)? (?:early|late|mid)\W?)\s?$", re.IGNORECASE
)
_SINCE_BEFORE = re.compile(r"\b(?:since|early|late|mid)\W$", re.IGNORECASE)
WHOLE_YEAR = 200  # days from which a date is as good as a year
_TOLD_NEXT = re.compile(r"\b(?:later|then|afterwards?|eventually|subsequently|led to|followed)\b", re.IGNORECASE)
_TOLD_WITHIN = 300  # characters: the same sentence or the next
GOES_ON = re.compile(  # "and the second in Vietnam in": a step on in the story, none back
    r",? and (?!(?:after|before|since|from|up|down)\b)(?:[\w’'-]+ (?!(?:after|before|since|from|than|up|down)\b)){0,8}"
)
_CLAUSE = re.compile(r"[.!?;,:\n“”\"]")
_WILL = re.compile(
    r"\b(?:will|won['’]t|shall|(?:is|are) (?:set|due|scheduled|expected|slated) to|expires)\b", re.IGNORECASE
)
_DUE_BEFORE = re.compile(
    r"\b(?:in|by|until|on|before)(?: the)?(?: (?:early|mid|late|end of|start of))?\W$", re.IGNORECASE
)
_NOT_DUE = re.compile(  # between "will" and the date: words that lead back into the past
    r"\b(?:remember|recall|look|than|was|were|had|did|since|after|when|who|which|that|what|of|as|from|\w+ed)\b",
    re.IGNORECASE,
)
_DUE_WITHIN = 90  # characters


def past_events(text: str, expressions: Iterable[Expression]) -> Iterator[Dated]:
    """Dates with their year at which something happened, by the preposition and the tense of the clause.

    A bare year counts only after "since", "early" or "late": "in 2020" is too often a plan told in the past tense.
    """
    for expression in expressions:
        dated = dated_by(text, expression)
        if dated is None or tense_at(text, expression) != "past":
            continue
        before = text[max(0, expression.start - 20) : expression.start]
        whole_year = (dated.last - dated.first).days > WHOLE_YEAR
        if whole_year and expression.mod is None and not _SINCE_BEFORE.search(before):
            continue
        if _EVENT_BEFORE.search(before):
            yield dated


def told_before_last_year(text: str, expressions: Sequence[Expression]) -> Iterator[Dated]:
    """First days of the year of publication that follow from "last year", told as later than a date with its year.

    "It began in early 2018. That later led to a summit in June last year": last year is 2018 or after it. A month that
    the sentence goes on to, "and a second in February", is then one of the year of publication, and over.
    """
    told: Expression | None = None
    for at, expression in enumerate(expressions):
        if dated_by(text, expression) is not None:
            is_event = _EVENT_BEFORE.search(text[max(0, expression.start - 20) : expression.start])
            told = expression if is_event and tense_at(text, expression) == "past" else None
        elif told is not None and _is_last_year(expression) and expression.start - told.end <= _TOLD_WITHIN:
            first = dated_by(text, told)
            if first is None or not _TOLD_NEXT.search(text, told.end, expression.start):
                continue
            words = f"{first.text}; {text[expression.start : expression.end]}"
            year = first.first.year + 1
            since = month_told(text, expressions, at, year) or date(year, 1, 1)
            yield Dated(since, since, words)


def _is_last_year(expression: Expression) -> bool:
    shape = expression.shape
    if isinstance(shape, Shift):
        return (shape.unit, shape.count) == ("Y", -1)
    return isinstance(shape, Yearless | PartOfYear) and shape.shift == -1


def month_told(text: str, expressions: Sequence[Expression], at: int, year: int) -> date | None:
    """The first day after the month of `year` that the sentence goes on to as past after expression `at` of last year.

    "In June last year and again in February": an earlier month of the calendar is of the year of publication, and in 96
    of 100 over. After one in December publication can be in the same month.
    """
    if at + 1 >= len(expressions):
        return None
    before, expression = expressions[at].shape, expressions[at + 1]
    shape, between = expression.shape, text[expressions[at].end : expression.start]
    if not isinstance(shape, Yearless) or (shape.day, shape.shift, shape.turn) != (None, None, 0):
        return None
    is_earlier = not isinstance(before, Yearless) or shape.month < before.month
    if not is_earlier or not GOES_ON.fullmatch(between) or tense_at(text, expression) != "past":
        return None
    return date(year, min(shape.month + 1, 12), 1)


def due_dates(text: str, expressions: Iterable[Expression]) -> Iterator[Dated]:
    """Dates with their year by or at which something will happen, in one clause without a step back into the past.

    A life is told like that too, "he will retire in 1975": what comes before another date of the text is not ahead.
    """
    dates = [(expression, dated) for expression in expressions if (dated := dated_by(text, expression)) is not None]
    newest = max(
        (dated.first for expression, dated in dates if tense_at(text, expression) != "future"),
        default=date.min,
    )
    for expression, dated in dates:
        if dated.last < newest:
            continue
        before = _CLAUSE.split(text[max(0, expression.start - _DUE_WITHIN) : expression.start])[-1]
        will = next(_WILL.finditer(before), None)
        if will and _DUE_BEFORE.search(before) and not _NOT_DUE.search(before, will.end()):
            yield dated


def week_before(by: Dated, past: Sequence[Dated]) -> Publication:
    """Publication on `by.first`, in the week before it or, by another zone's day, on the next: what is corrected has
    appeared, and not long ago."""
    if any(event.first > by.first for event in past):
        return between(past)
    since = max(by.first - timedelta(days=_CORRECTION_DAYS), *(event.first for event in past), date.min)
    until = by.first + timedelta(days=1)
    return Publication(basis="inferred", earliest=since, latest=until, edtf=f"{since}/{until}", evidence=by.text)


def bounded(since: Dated, days: int, past: Sequence[Dated], also: str = "", leeway: int = 0) -> Publication:
    """Publication on `since.first` or within so many days after it, if no event of the text is later than that.

    leeway: days by which the bounds lie earlier.
    """
    since = replace(since, first=since.first - timedelta(days=leeway))
    until = since.first + timedelta(days=days)
    if any(event.first > until for event in past):
        return between([*past, since])
    return Publication(
        basis="inferred",
        day=since.first if days == 0 else None,
        earliest=since.first,
        latest=until,
        edtf=f"{since.first}" if days == 0 else f"{since.first}/{until}",
        evidence=f"{since.text}; {also}" if also else since.text,
    )


def between(past: Sequence[Dated], due: Sequence[Dated] = ()) -> Publication:
    """Publication after the latest of the events and before the first of what is due, where that lies later."""
    since = max(past, key=lambda event: event.first, default=None)
    until = min((day for day in due if since is None or day.first > since.last), key=lambda day: day.last, default=None)
    if since is None and until is None:
        return Publication()
    return Publication(
        basis="inferred",
        earliest=since.first if since else None,
        latest=until.last if until else None,
        edtf=f"{since.first if since else '..'}/{until.last if until else '..'}",
        evidence="; ".join(dict.fromkeys(bound.text for bound in (since, until) if bound)),
    )
