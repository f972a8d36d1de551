"""Whether an article tells of something later than a day, so that the day is not that of its news."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from onrecord.parse.publication.bounds import NEWS_DAYS, WHOLE_YEAR
from onrecord.parse.publication.marks import dated_by
from onrecord.timex.calendar import is_day
from onrecord.timex.grammar import Expression
from onrecord.timex.shapes import Yearless
from onrecord.timex.tense import tense_at

_HALF_YEAR = 182  # days
_SOON = timedelta(days=90)
_MONTHS_AHEAD = 2
_NAMES_EVENT = re.compile(r"[ -](?!(?:and|when|that|the|to|in|by)\b)[A-Za-z]")  # "the 2020 election" may be ahead
_DEADLINE = re.compile(r"\b(?:by|until|before) (?:the )?$")


def is_outdated(text: str, expressions: Sequence[Expression], day: date) -> bool:
    """Whether the text tells of something later than the month after `day`, so that it is not its newest date.

    That is a past month that follows soon or a past day that follows within half a year, both without their year, a
    later date in the past, and a day to come that lies before `day`.
    """
    for expression in expressions:
        tense = tense_told(text, expression)
        if _is_later_without_year(expression, tense, day) or _is_later_with_year(text, expression, tense, day):
            return True
    return False


def _is_later_without_year(expression: Expression, tense: str | None, day: date) -> bool:
    """Whether a month or day without its year is told to be over soon after `day`, or to come although before it."""
    shape = expression.shape
    if not isinstance(shape, Yearless) or shape.shift is not None or shape.turn != 0:
        return False
    if shape.day is None:
        return tense == "past" and 1 <= (shape.month - day.month) % 12 <= _MONTHS_AHEAD
    near = nearest(day, shape.month, shape.day)
    if near is None:
        return False
    is_missed = tense == "future" and timedelta(0) < day - near <= _SOON
    return is_missed or (tense == "past" and near > day + timedelta(days=NEWS_DAYS))


def _is_later_with_year(text: str, expression: Expression, tense: str | None, day: date) -> bool:
    """Whether a date with its year lies after the month that follows `day`, and is no plan."""
    dated = dated_by(text, expression)
    if dated is None or dated.first <= day + timedelta(days=NEWS_DAYS) or tense == "future":
        return False
    if (dated.last - dated.first).days > WHOLE_YEAR and dated.first.year <= day.year + 1:
        return False  # "in 2020" is a plan as often
    return not _NAMES_EVENT.match(text, expression.end)


def tense_told(text: str, expression: Expression) -> str | None:
    """The tense at a date. "Congress struggles to pass it by Jan. 19" looks ahead whatever the verbs."""
    is_deadline = _DEADLINE.search(text, max(0, expression.start - 10), expression.start)
    return "future" if is_deadline else tense_at(text, expression)


def nearest(day: date, month: int, number: int) -> date | None:
    """The `number`th of the month within half a year of `day`."""
    days = [date(year, month, number) for year in range(day.year - 1, day.year + 2) if is_day(year, month, number)]
    return next((found for found in days if abs((found - day).days) <= _HALF_YEAR), None)
