"""Whether two proposals report one act.

The limits were chosen on pairs of proposals that were judged by reading (tests/gold/across).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from onrecord.assemble.across.wording import Common, Words, compare

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
    issue_id: str | None
    stance: str | None
    proposers: Collection[str]
    article_id: str
    group_id: str | None  # of the quote that it lies in
    utterance_id: str | None


@dataclass(frozen=True, slots=True)
class SameAct:
    similarity: float  # what share of the content words of the shorter content is in the longer, from 0 to 1
    method: ActMethod


def same_act(ours: ToldAct, theirs: ToldAct) -> SameAct | None:
    """How two reports of one party tell one act; None if they do not."""
    common = compare(ours.words, theirs.words)
    is_one_issue = ours.issue_id is not None and ours.issue_id == theirs.issue_id
    if common.kept < 2 or (is_one_issue and ours.stance != theirs.stance):
        return None
    if _is_one_sentence(ours, theirs) and common.coverage >= 2 / 3:
        return SameAct(round(common.coverage, 3), ActMethod.UTTERANCE)
    if ours.kind != theirs.kind:
        return SameAct(1.0, ActMethod.WORDS) if _is_whole_by_one(ours, theirs, common) else None
    if is_like(common) and (is_one_issue or common.kept >= 3 or not (ours.issue_id and theirs.issue_id)):
        return SameAct(round(common.coverage, 3), ActMethod.WORDS)
    if is_one_issue and common.coverage >= (0.5 if ours.article_id == theirs.article_id else 2 / 3):
        return SameAct(round(common.coverage, 3), ActMethod.ISSUE)
    return None


def _is_whole_by_one(ours: ToldAct, theirs: ToldAct, common: Common) -> bool:
    """Whether acts of two kinds are one: what somebody asks, plans and supports in the same words. Many speak for a
    state, and who supports acts otherwise than who asks, so a state alone is not enough."""
    is_whole = common.kept >= 3 and common.kept == common.shorter and "against" not in (ours.kind, theirs.kind)
    return is_whole and any(not party.startswith("state:") for party in {*ours.proposers} & {*theirs.proposers})


def is_like(common: Common) -> bool:
    """Whether contents are like: nearly all of the shorter one is in the longer, or much of it."""
    nearly = common.kept >= 2 and common.coverage >= 0.75
    return nearly or (common.kept >= 5 and common.pairs >= 2 and common.coverage >= 0.55)


def _is_one_sentence(ours: ToldAct, theirs: ToldAct) -> bool:
    """Whether both lie in quotes of one utterance, and not in one quote, which can hold several acts."""
    is_told_twice = ours.group_id is not None and ours.group_id != theirs.group_id
    return is_told_twice and ours.utterance_id is not None and ours.utterance_id == theirs.utterance_id
