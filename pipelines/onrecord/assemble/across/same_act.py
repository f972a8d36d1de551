"""Whether two proposals report one act.

A logistic regression over what both tell. Its weights, in same_act.csv, and the least probability were fitted on pairs
of proposals that were judged by reading (tests/fitting_across.py, tests/gold/across).
"""

import csv
import math
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from onrecord.assemble.across.wording import Common, Words, compare

WEIGHTS = Path(__file__).with_name("same_act.csv")
_LEAST = 0.75  # probability: of what passes it 90 % is right in folds that were left out of fitting (decision 0014)
_UNDATED = 14  # days that may lie between two articles of which one has no day

# What is done with the content, by proposals.type: reports of one act take the types of one kind for each other.
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("propose", "demand", "call_for", "urge", "request"), "ask"),
    **dict.fromkeys(("commit", "plan", "offer", "threaten"), "own"),
    "support": "for",
    **dict.fromkeys(("reject", "oppose"), "against"),
}


class ActMethod(StrEnum):
    """How a proposal was found to report an act. Published in proposals.initiative_method."""

    WORDS = "words"
    ISSUE = "issue"
    UTTERANCE = "utterance"


@dataclass(frozen=True, slots=True)
class ToldAct:
    """What a proposal tells of its act."""

    kind: str  # of KINDS
    words: Words  # content words of the content in order (wording.to_words)
    numbers: Collection[str]  # in the content, as it writes them
    issue_id: str | None
    stance: str | None
    quote: Hashable | None  # the group of quotes (quotes.group_id) that it lies in
    utterance: Hashable | None
    others: Collection[Hashable]  # whom it addresses or falls on
    article: Hashable
    day: date | None  # of the article


@dataclass(frozen=True, slots=True)
class SameAct:
    similarity: float  # what share of the content words of the shorter content is in the longer, from 0 to 1
    method: ActMethod


def same_act(ours: ToldAct, theirs: ToldAct) -> SameAct | None:
    """How two reports of one party tell one act; None if they do not."""
    common = compare(ours.words, theirs.words)
    if common.kept < 2 or is_opposed(ours, theirs):
        return None
    if _is_one_sentence(ours, theirs) and common.coverage >= 2 / 3:
        return SameAct(round(common.coverage, 3), ActMethod.UTTERANCE)
    if probability(signs(ours, theirs, common), load_weights()) < _LEAST:
        return None
    is_by_issue = _is_one_issue(ours, theirs) and not is_like(common)
    return SameAct(round(common.coverage, 3), ActMethod.ISSUE if is_by_issue else ActMethod.WORDS)


def is_opposed(ours: ToldAct, theirs: ToldAct) -> bool:
    """Whether the one refuses and the other does not, or both are on other sides of one issue: however like they are,
    nobody both wants and rejects a thing by one act."""
    is_other_side = _is_one_issue(ours, theirs) and ours.stance != theirs.stance
    return is_other_side or (ours.kind == "against") != (theirs.kind == "against")


def signs(ours: ToldAct, theirs: ToldAct, common: Common) -> dict[str, float]:
    """What the probability is read from, by name; the order of the two does not matter."""
    numbers, other_numbers = {*ours.numbers}, {*theirs.numbers}
    targets, other_targets = {*ours.others}, {*theirs.others}
    return {
        "constant": 1.0,
        "kept": math.log1p(common.kept),
        "coverage": common.coverage,
        "ratio": math.log((common.longer + 1) / (common.shorter + 1)),
        "same_kind": float(ours.kind == theirs.kind),
        "other_numbers": float(bool(numbers and other_numbers) and numbers.isdisjoint(other_numbers)),
        "same_issue": float(_is_one_issue(ours, theirs)),
        "same_target": float(not targets.isdisjoint(other_targets)),
        "other_targets": float(bool(targets and other_targets) and targets.isdisjoint(other_targets)),
        "days": math.log1p(_days_between(ours, theirs)),
        "same_article": float(ours.article == theirs.article),
    }


def _days_between(ours: ToldAct, theirs: ToldAct) -> int:
    if ours.article == theirs.article:
        return 0
    return _UNDATED if ours.day is None or theirs.day is None else abs((ours.day - theirs.day).days)


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """How probably two reports with these signs tell one act, to six digits, so that it is the same everywhere."""
    total = sum(weights[name] * value for name, value in found.items())
    return round(1 / (1 + math.exp(-total)), 6)


@cache
def load_weights() -> Mapping[str, float]:
    """The weight of each sign."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["sign"]: float(row["weight"]) for row in csv.DictReader(file)})


def is_like(common: Common) -> bool:
    """Whether contents are like: nearly all of the shorter one is in the longer, or much of it."""
    nearly = common.kept >= 2 and common.coverage >= 0.75
    return nearly or (common.kept >= 5 and common.pairs >= 2 and common.coverage >= 0.55)


def _is_one_issue(ours: ToldAct, theirs: ToldAct) -> bool:
    return ours.issue_id is not None and ours.issue_id == theirs.issue_id


def _is_one_sentence(ours: ToldAct, theirs: ToldAct) -> bool:
    """Whether both lie in quotes of one utterance, and not in one quote, which can hold several acts."""
    is_told_twice = ours.quote is not None and ours.quote != theirs.quote
    return is_told_twice and ours.utterance is not None and ours.utterance == theirs.utterance
