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


class Method(StrEnum):
    """How a proposal was found to report an act. Published in proposals.initiative_method."""

    WORDS = "words"
    ISSUE = "issue"
    UTTERANCE = "utterance"


@dataclass(frozen=True, slots=True)
class Act:
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
    method: Method


def same_act(ours: Act, theirs: Act) -> SameAct | None:
    """How two reports of one party tell one act; None if they do not."""
    common = compare(ours.words, theirs.words)
    is_one_issue = ours.issue_id is not None and ours.issue_id == theirs.issue_id
    if common.kept < 2 or (is_one_issue and ours.stance != theirs.stance):
        return None
    method: Method | None = None
    if _is_one_sentence(ours, theirs) and common.coverage >= 2 / 3:
        method = Method.UTTERANCE
    elif ours.kind != theirs.kind:  # many speak for a state, and who supports acts otherwise than who asks
        is_whole = common.kept >= 3 and common.kept == common.shorter and "against" not in (ours.kind, theirs.kind)
        if is_whole and any(not party.startswith("state:") for party in {*ours.proposers} & {*theirs.proposers}):
            method = Method.WORDS
    elif is_like(common) and (is_one_issue or common.kept >= 3 or not (ours.issue_id and theirs.issue_id)):
        method = Method.WORDS
    elif is_one_issue and common.coverage >= (0.5 if ours.article_id == theirs.article_id else 2 / 3):
        method = Method.ISSUE
    return SameAct(round(common.coverage, 3), method) if method is not None else None


def is_like(common: Common) -> bool:
    """Whether contents are like: nearly all of the shorter one is in the longer, or much of it."""
    nearly = common.kept >= 2 and common.coverage >= 0.75
    return nearly or (common.kept >= 5 and common.pairs >= 2 and common.coverage >= 0.55)


def _is_one_sentence(ours: Act, theirs: Act) -> bool:
    """Whether both lie in quotes of one utterance, and not in one quote, which can hold several acts."""
    is_told_twice = ours.group_id is not None and ours.group_id != theirs.group_id
    return is_told_twice and ours.utterance_id is not None and ours.utterance_id == theirs.utterance_id
