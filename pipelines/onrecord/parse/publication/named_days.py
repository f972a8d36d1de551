"""The day of publication by days that the article names with their weekday and without their year."""

from collections.abc import Sequence
from datetime import date, timedelta

from onrecord.document import Publication
from onrecord.parse.publication.bounds import NEWS_DAYS
from onrecord.parse.publication.marks import Dated, dated_by
from onrecord.parse.publication.offices import InOffice
from onrecord.timex.calendar import is_day
from onrecord.timex.grammar import Expression
from onrecord.timex.shapes import Yearless
from onrecord.timex.tense import tense_at

_ANNOUNCED_DAYS = 7
_SAME_TIMES = 2 * 366  # days: an article names no year for what is as near as that


def named_day(
    text: str, expressions: Sequence[Expression], past: Sequence[Dated], offices: InOffice
) -> Publication | None:
    """Bounds from a day that is named with its weekday and without its year, the first such day after any date told,
    or the only one within the terms of office that are named.

    A day of the year falls on the same weekday again after five years or more. It may be a few days ahead: "It's
    Tuesday, June 18" and "will meet on Tuesday, June 18" are told by the same tense. Where no term of office confirms
    the year, nothing follows: an article of 2018 can tell of 2006 and of a day that fits 2007, too.
    """
    if offices.since is None and offices.until is None:
        return None
    told = [
        dated
        for expression in expressions
        if tense_at(text, expression) != "future" and (dated := dated_by(text, expression)) is not None
    ]
    latest = max([*told, *past], key=lambda dated: dated.first, default=None)
    month = timedelta(days=NEWS_DAYS)
    for expression in expressions:
        shape = expression.shape
        if not isinstance(shape, Yearless) or shape.day is None or shape.weekday is None:
            continue
        words, since = text[expression.start : expression.end], date.min
        fitting = [day for day in _days_after(latest, shape) if offices.allows(day)] if latest else []
        if fitting and latest:
            since = latest.first
        elif offices.since and offices.until:
            since, until = offices.since.first, offices.until.last
            fitting = [day for day in _days(shape, since.year, until.year) if since <= day <= until]
            words = f"{words}; {offices.since.text}; {offices.until.text}"
            if len(fitting) != 1:
                continue
        if not fitting:
            continue
        is_ahead = tense_at(text, expression) == "future"
        first = max(since, fitting[0] - (month if is_ahead else timedelta(days=_ANNOUNCED_DAYS)))
        last = fitting[0] if is_ahead else first + month
        return Publication(basis="inferred", earliest=first, latest=last, edtf=f"{first}/{last}", evidence=words)
    return None


def _days_after(latest: Dated, shape: Yearless) -> list[date]:
    """The days that fit a day with its weekday, from the latest date told on, as far as no year need be named."""
    days = _days(shape, latest.first.year, latest.first.year + 3)
    return [day for day in days if day >= latest.first and (day - latest.last).days <= _SAME_TIMES]


def _days(shape: Yearless, first: int, last: int) -> list[date]:
    """The days of these years that fit a day with its weekday."""
    month, number = shape.month, shape.day or 0
    days = [date(year, month, number) for year in range(first, last + 1) if is_day(year, month, number)]
    return [day for day in days if day.isoweekday() == shape.weekday]
