"""Whether an expression of time looks ahead or back: the signs around it, each with a learned weight.

The weights stand in data/tense.csv; `make tense` learns them from labelled days. How far off the nearest such day or
month is counts, too, where the day of publication is known.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from onrecord.knowledge import rows
from onrecord.knowledge.files import DATA
from onrecord.timex.clause import signs
from onrecord.timex.grammar import Expression
from onrecord.timex.shapes import PartOfYear, Shape, Weekday, Yearless

ALWAYS = "always"  # the weight that counts whatever the signs
_CLEAR = 0.7  # how likely one side must be where the day of publication does not help to tell
_THIS = 0.2  # "this Thursday" lies ahead unless the words speak against it


def tense_at(text: str, expression: Expression, published: date | None = None) -> str | None:
    """past or future for an expression of `text`; None where neither is clear and the day of publication is unknown."""
    return tense_of(expression.shape, chance_ahead(text, expression, published), is_dated=published is not None)


def tense_of(shape: Shape, chance: float, *, is_dated: bool) -> str | None:
    """The tense that follows from how likely a day ahead is meant."""
    if isinstance(shape, Weekday) and shape.this:
        return "future" if chance > _THIS else "past"
    if not is_dated and 1 - _CLEAR < chance < _CLEAR:
        return None
    return "future" if chance > 0.5 else "past"


def chance_ahead(text: str, expression: Expression, published: date | None = None) -> float:
    """How likely an expression means a day to come, from 0 to 1."""
    return weighed(all_signs(text, expression, published), _load_weights())


def weighed(told: Iterable[str], weights: Mapping[str, float]) -> float:
    """How likely such signs stand around a day to come, from 0 to 1. Signs without a weight say nothing."""
    return 1 / (1 + math.exp(-weights[ALWAYS] - math.fsum(weights.get(sign, 0.0) for sign in told)))


def all_signs(text: str, expression: Expression, published: date | None) -> frozenset[str]:
    """The signs of the words around an expression, of its kind and of its distance from the day of publication."""
    return frozenset((
        *signs(text, expression.start, expression.end),
        _kind(expression.shape),
        *(_distance(expression.shape, published) if published else ()),
    ))  # fmt: skip


def _kind(shape: Shape) -> str:
    match shape:
        case Weekday():
            return "a weekday"
        case PartOfYear():
            return "a quarter" if shape.part[0] in "QH" else "a season"
        case Yearless():
            return "a month" if shape.day is None else "a day of a month"
        case _:
            return "another"


def _distance(shape: Shape, published: date) -> Iterator[str]:
    match shape:
        case Weekday():
            yield f"{(published.isoweekday() - shape.weekday) % 7} days back"
        case Yearless():
            yield f"{(published.month - shape.month) % 12} months back"
        case _:
            return


@cache
def _load_weights() -> Mapping[str, float]:
    """The weight of each sign: above 0 it speaks for a day ahead."""
    return {row["sign"]: float(row["weight"]) for row in rows(DATA / "tense.csv")}
