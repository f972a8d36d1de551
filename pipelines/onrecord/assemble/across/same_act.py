"""Whether two proposals report one act, and whether one answers another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from onrecord.assemble.across.wording import Common, Words, compare

# What is done with the content, by proposals.type: reports of one act take these words for each other.
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("propose", "demand", "call_for", "urge", "request"), "ask"),
    **dict.fromkeys(("commit", "plan", "offer"), "own"),
    "threaten": "threaten",
    "support": "for",
    **dict.fromkeys(("reject", "oppose"), "against"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """What a proposal tells of its act."""

    words: Words  # of the content (wording.to_words)
    issue_id: str | None
    stance: str | None
    proposers: Collection[str]
    others: Collection[str]
    article_id: str


@dataclass(frozen=True, slots=True)
class SameAct:
    similarity: float  # what share of the content words of the shorter content is in the longer, from 0 to 1
    method: str


def same_act(ours: Act, theirs: Act) -> SameAct | None:
    """How two reports of one kind of act, by a party that both have, tell one act; None if they do not."""
    common = compare(ours.words, theirs.words)
    if ours.issue_id and theirs.issue_id and (ours.issue_id, ours.stance) != (theirs.issue_id, theirs.stance):
        return None
    if is_like(common):
        return SameAct(round(common.coverage, 3), "words")
    return None


def is_like(common: Common) -> bool:
    """Whether two contents are like: so much of the shorter one is in the longer."""
    return common.kept >= 2 and common.coverage >= 0.6
