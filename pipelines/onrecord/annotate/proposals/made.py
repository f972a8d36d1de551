"""An act with its parties, coded and dated: a proposal."""

import re
from dataclasses import dataclass

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.action import action_of
from onrecord.annotate.proposals.coding.bare_forms import code_by_context
from onrecord.annotate.proposals.coding.codebook import Codebook
from onrecord.annotate.proposals.coding.proposed import proposed_words
from onrecord.annotate.proposals.coding.topics import coded_by_topic, topic_of
from onrecord.annotate.proposals.findings import Findings
from onrecord.annotate.proposals.parties.proposers import proposers_of
from onrecord.annotate.proposals.parties.ranking import Ranked, Ranker
from onrecord.annotate.proposals.parties.targets import affected_of, in_sight, targets_of
from onrecord.annotate.proposals.plover import category_of, mode_of
from onrecord.document import Date, Proposal

FOUND_BY = "heads"  # of the encoder: no rule finds proposals
_INSTRUMENT = re.compile(
    r"\b(?:(?:u\.?n\.? |united nations )?(?:security council )?(?:draft )?resolutions?|executive order"
    r"|peace (?:treaty|agreement|accord|deal)|memorand(?:um|a)|declaration|bill|legislation|amendment|ultimatum"
    r"|deadline|joint statement|letter|petition|referendum|nuclear (?:deal|agreement|accord)|treaty|white paper"
    r"|roadmap)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:[Rr]esolutions? (?:No\. ?)?\d{2,4}|Article [IVXLC\d]+"
    r"|[A-Z][a-z]+ (?:Amendment|Act|Protocol|Accords?|Convention))\b"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A proposal that is kept unless it repeats another, with what its parties would record."""

    proposal: Proposal
    references: tuple[Reference, ...]
    ranked: tuple[Ranked, ...]  # who may be its targets


def made_of(act: Act, findings: Findings, codebook: Codebook, ranker: Ranker, confidence: float) -> Made:
    """The proposal of an act."""
    content = proposed_words(findings.text, findings.syntax, act.start, act.end)
    words = content.words
    proposers = proposers_of(act, findings)
    taken = {part.actor_id for part in proposers}
    ranked = in_sight(act, findings, taken)
    targets = targets_of(ranked, ranker)
    affected = affected_of(act.start, act.end, findings, taken | {part.actor_id for part in targets})
    parts = (*proposers, *targets, *affected)
    # The codebook reads a content as wanted or not, whatever is done with it.
    coded = "oppose" if act.wanted == "no" else "support" if act.type in ("oppose", "reject") else act.type
    code = codebook.code(words, coded)
    if code.issue_id is None:
        code = codebook.code_by_example(words, coded)
    topic = topic_of(content, coded) if code.issue_id is None else None
    code = coded_by_topic(codebook, code, topic)
    if code.issue_id is None:
        code = code_by_context(codebook, content, coded)
    if act.wanted == "conditional" and code.stance == "support":
        code = code._replace(stance="conditional")
    plover = category_of(act)
    reference, instrument = _REFERENCE.search(words), _INSTRUMENT.search(words)
    proposal = Proposal(
        start=act.start,
        end=act.end,
        type=act.type,
        plover=plover,
        plover_mode=mode_of(act, plover),
        action=action_of(act.head),
        issue_id=code.issue_id,
        stance=code.stance,
        issue_similarity=code.similarity,
        topic=topic if code.issue_id is None else None,
        wanted=act.wanted,
        modality=act.modality,
        cue=act.cue,
        instrument=instrument[0] if instrument else None,
        instrument_ref=reference[0] if reference else None,
        quote=min(findings.quotes_around(act.start, act.end), key=lambda q: q.end - q.start, default=None),
        date=_date_of(act, findings),
        parties=tuple(part.to_party() for part in parts),
        rule=FOUND_BY,
        confidence=confidence,
    )
    return Made(proposal, tuple(part.reference for part in parts), ranked)


def _date_of(act: Act, findings: Findings) -> Date | None:
    """The date in the clause of the cue, outside the content: proposed *on Monday* that ..."""
    low, high = act.verb.left_edge.idx, act.verb.right_edge.idx + len(act.verb.right_edge)
    near = [
        d
        for d in findings.dates
        if low <= d.start and d.end <= high and d.type in ("DATE", "TIME") and not d.value.endswith("_REF")
        if not act.start <= d.start < act.end
    ]
    return min(near, key=lambda d: abs(d.start - act.cue[0]), default=None)
