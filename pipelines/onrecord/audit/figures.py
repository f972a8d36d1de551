"""Figures made of judgments: precision with its interval, what is wrong, recall, calibration, a threshold.

Of several judges the verdict that most of them give counts, and unsure where two verdicts are given as often. A row is
right only if nothing about it is wrong; it is told apart, too, what of it is (`verdict_of`). `unsure` rows are counted
and are in no share. Confidence is compared with what it is about, which is less than all that a row says.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.audit.judged import WRONG, Judgment

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
    claim: str  # the verdict on what its confidence is about
    parts: Mapping[str, str]  # the verdict on each thing that can be wrong; unsure for all where it is nothing at all


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


def verdict_of(judgments: Sequence[Judgment], about: Collection[str] = WRONG) -> tuple[str, tuple[str, ...]]:
    """The verdict that counts, and what is wrong, of the judgments on one row; `about` these things, or all of it.

    Who finds a row wrong and does not say what of it, is against each.
    """
    told = [_about(judgment, about) for judgment in judgments]
    counted = Counter(verdict for verdict, _ in told).most_common()
    tied = len(counted) > 1 and counted[0][1] == counted[1][1]
    verdict = "unsure" if tied else counted[0][0]
    wrong = {each for _, found in told for each in found}
    return verdict, tuple(sorted(wrong)) if verdict == "wrong" else ()


def _about(judgment: Judgment, about: Collection[str]) -> tuple[str, tuple[str, ...]]:
    if judgment.verdict != "wrong" or not judgment.wrong:
        return judgment.verdict, ()
    found = tuple(each for each in judgment.wrong if each in about)
    return "wrong" if found else "right", found


def parts_of(judgments: Sequence[Judgment], things: Iterable[str]) -> dict[str, str]:
    """The verdict on each of these things of a row. Of what is no finding at all nothing else is right or wrong."""
    found = {thing: verdict_of(judgments, {thing})[0] for thing in things}
    is_one = found.get("none", "right") == "right"
    return {thing: verdict if is_one or thing == "none" else "unsure" for thing, verdict in found.items()}


def precision(rows: Iterable[Judged]) -> Rated:
    counted = Counter(row.verdict for row in rows)
    return wilson(counted["right"], counted["right"] + counted["wrong"], unsure=counted["unsure"])


def precision_of_parts(rows: Sequence[Judged]) -> dict[str, Rated]:
    """Of each thing that can be wrong how often it is right: `none` in all rows, the others in those that are one."""
    things = dict.fromkeys(thing for row in rows for thing in row.parts)
    counted = {thing: Counter(row.parts[thing] for row in rows if thing in row.parts) for thing in things}
    return {thing: wilson(each["right"], each["right"] + each["wrong"]) for thing, each in counted.items()}


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
    """(confidence, whether what it is about is right) of the rows that have both, the surest first."""
    pairs = [(r.confidence, r.claim == "right") for r in rows if r.confidence is not None and r.claim != "unsure"]
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


def beyond(rows: Iterable[Judged], confidence: float) -> Rated:
    """How many of the rows with that confidence at least are right in what it is about: a threshold tried on rows that
    it was not chosen on."""
    verdicts = [right for said, right in _sure(rows) if said >= confidence]
    return wilson(sum(verdicts), len(verdicts))


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
