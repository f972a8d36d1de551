"""Figures made of judgments: precision with its interval, what is wrong, recall, calibration, a threshold.

Of several judges the verdict that most of them give counts, and unsure where two verdicts are given as often. A row is
right only if nothing about it is wrong. `unsure` rows are counted and are in no share.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.audit.judged import Judgment

_Z = 1.959963984540054  # of the normal distribution, for 95 %
_STEP = 0.1  # of confidence, in the table of reliability
_LEAST = 20  # judged rows that a threshold rests on at least
_DRAWS = 2000  # of articles, for the interval of recall


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row with the verdict that counts."""

    row_id: str
    table: str
    kind: str
    article_id: str
    outlet: str | None
    month: str | None  # of publication, such as 2018-09
    confidence: float | None
    verdict: str  # right | wrong | unsure
    wrong: tuple[str, ...]  # what anybody found wrong with it, sorted; empty unless the verdict is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How many of the rows judged right or wrong are right; low and high are a 95 % interval."""

    right: int
    of: int
    unsure: int = 0
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceStep:
    """Rows of one step of confidence: what it says on average, and how many are right."""

    low: float
    said: float
    share: Rated


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The least confidence from which judged rows reach a wanted precision, and how many of them are left."""

    wanted: float
    confidence: float
    share: Rated
    kept: float  # share of the judged rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """What was found of what whole articles hold. `found` counts right rows only, unjudged ones by the precision."""

    articles: int
    found: float
    missed: int
    value: float
    low: float
    high: float


def wilson(right: int, of: int, *, unsure: int = 0) -> Rated:
    """The share with Wilson's score interval (1927), which holds for small numbers and shares near 0 and 1."""
    if not of:
        return Rated(right=0, of=0, unsure=unsure, low=0.0, high=1.0)
    share, scale = right / of, 1 + _Z**2 / of
    middle = (share + _Z**2 / (2 * of)) / scale
    half = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2)) / scale
    low, high = 0.0 if right == 0 else middle - half, 1.0 if right == of else middle + half
    return Rated(right=right, of=of, unsure=unsure, low=low, high=high)


def verdict_of(judgments: Sequence[Judgment]) -> tuple[str, tuple[str, ...]]:
    """The verdict that counts, and what is wrong, of the judgments on one row."""
    counted = Counter(judgment.verdict for judgment in judgments).most_common()
    tied = len(counted) > 1 and counted[0][1] == counted[1][1]
    verdict = "unsure" if tied else counted[0][0]
    wrong = {each for judgment in judgments if judgment.verdict == "wrong" for each in judgment.wrong}
    return verdict, tuple(sorted(wrong)) if verdict == "wrong" else ()


def precision(rows: Iterable[Judged]) -> Rated:
    counted = Counter(row.verdict for row in rows)
    return wilson(counted["right"], counted["right"] + counted["wrong"], unsure=counted["unsure"])


def precision_by(rows: Iterable[Judged], key: Callable[[Judged], str | None]) -> dict[str, Rated]:
    """Precision by what `key` says of a row, the most judged first; what it says nothing of is `unknown`."""
    groups: dict[str, list[Judged]] = {}
    for row in rows:
        groups.setdefault(key(row) or "unknown", []).append(row)
    return {name: precision(groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name))}


def wrong_counts(rows: Iterable[Judged]) -> dict[str, int]:
    """How many rows have what wrong with them, the commonest first; `other` where nobody says."""
    counted = Counter(each for row in rows if row.verdict == "wrong" for each in row.wrong or ("other",))
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _sure(rows: Iterable[Judged]) -> list[tuple[float, bool]]:
    """(confidence, right) of the rows that have both, the surest first."""
    pairs = [(r.confidence, r.verdict == "right") for r in rows if r.confidence is not None and r.verdict != "unsure"]
    return sorted(pairs, reverse=True)


def reliability(rows: Iterable[Judged]) -> tuple[ConfidenceStep, ...]:
    """What confidence says beside what is right, in steps of a tenth, the highest first."""
    steps: dict[int, list[tuple[float, bool]]] = {}
    for said, right in _sure(rows):
        steps.setdefault(min(int(said / _STEP + 1e-9), 9), []).append((said, right))
    return tuple(
        ConfidenceStep(
            low=step * _STEP,
            said=sum(said for said, _ in pairs) / len(pairs),
            share=wilson(sum(right for _, right in pairs), len(pairs)),
        )
        for step, pairs in sorted(steps.items(), reverse=True)
    )


def brier(rows: Iterable[Judged]) -> float | None:
    """Mean squared difference of confidence and truth (Brier 1950): 0 is best; who always says p gets p(1-p)."""
    pairs = _sure(rows)
    return sum((said - right) ** 2 for said, right in pairs) / len(pairs) if pairs else None


def threshold(rows: Iterable[Judged], wanted: float) -> Threshold | None:
    """The least confidence from which on at least `wanted` of the judged rows are right; None where there is none.

    It rests on 20 rows at least, and confidences that are equal stay together.
    """
    pairs, best, right = _sure(rows), None, 0
    for at, (said, is_right) in enumerate(pairs, 1):
        right += is_right
        is_last = at == len(pairs) or pairs[at][0] < said
        if is_last and at >= min(_LEAST, len(pairs)) and right >= wanted * at:
            best = Threshold(wanted=wanted, confidence=said, share=wilson(right, at), kept=at / len(pairs))
    return best if len(pairs) >= _LEAST else None


def recall(counts: Sequence[tuple[float, int]], seed: int = 7) -> Recall | None:
    """Recall over whole articles, each with (right rows found, findings missed); None where nothing is to be found.

    The interval is a bootstrap over articles, since what one article holds is not independent: 2,000 draws by a seed.
    """

    def share(chosen: Sequence[tuple[float, int]]) -> float | None:
        found, missed = sum(f for f, _ in chosen), sum(m for _, m in chosen)
        return found / (found + missed) if found + missed else None

    value = share(counts)
    if value is None:
        return None
    source = random.Random(seed)
    drawn = sorted(each for _ in range(_DRAWS) if (each := share(source.choices(counts, k=len(counts)))) is not None)
    return Recall(
        articles=len(counts),
        found=sum(found for found, _ in counts),
        missed=sum(missed for _, missed in counts),
        value=value,
        low=drawn[int(0.025 * len(drawn))],
        high=drawn[min(int(0.975 * len(drawn)), len(drawn) - 1)],
    )
