"""Who wants, offers, refuses, promises, threatens or plans what.

Heads of the learned encoder find proposals, with the words of their parties (heads.py); rules tell whom these words
name (parties/) and what is no proposal whatever the heads say (vetoes.py). What is not sure enough is left out.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.act import LONGEST, Act, to_act
from onrecord.annotate.proposals.coding.codebook import Codebook, load_codebook, load_known, with_examples
from onrecord.annotate.proposals.confidence import Judge, signals
from onrecord.annotate.proposals.findings import Findings, findings_of
from onrecord.annotate.proposals.heads import Candidate
from onrecord.annotate.proposals.made import FOUND_BY, Made, made_of
from onrecord.annotate.proposals.parties.ranking import Ranker
from onrecord.annotate.proposals.vetoes import in_its_sense, veto
from onrecord.document import Date, Document, Proposal, Quote, TurnedDown

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.annotate.actors.cast import Cast

__all__ = [
    "Codebook",
    "Considered",
    "Judge",
    "consider",
    "distinct",
    "find_proposals",
    "load_codebook",
    "load_known",
    "with_examples",
]


_ALIKE = 0.8  # of the longer of two contents that are one
_NEAR = 20  # candidates before and behind one among which others can have its content


@dataclass(frozen=True, slots=True)
class Considered:
    """What may be a proposal, with the signals of confidence.py, and the veto against it, if there is one."""

    act: Act
    signals: tuple[float, ...]
    veto: str | None


def find_proposals(
    doc: Document,
    syntax: "Doc",
    cast: "Cast",
    quotes: tuple[Quote, ...],
    dates: tuple[Date, ...],
    codebook: Codebook,
    candidates: Sequence[Candidate],
    judge: Judge,
    ranker: Ranker,
) -> tuple[tuple[Proposal, ...], tuple[TurnedDown, ...]]:
    """The proposals of a document behind its headline, in text order, and what was turned down.

    What proposals use of the cast is recorded there. Where nobody is told to want something, no party is a proposer.
    """
    findings = findings_of(doc.text, syntax, cast, quotes, dates)
    sure, turned = [], []
    for each in consider((c for c in candidates if c.start >= doc.headline_end), findings):
        confidence = judge.of(each.signals)
        against = each.veto or (f"less sure than {judge.least}" if confidence < judge.least else None)
        if against is None:
            sure.append(made_of(each.act, findings, codebook, ranker, confidence))
        else:
            turned.append(_turned_down(each.act, confidence, against))
    kept = sorted(distinct(sure), key=lambda made: (made.proposal.start, made.proposal.end, made.proposal.type))
    told = set(map(id, kept))
    kept = [_without_event(made) if _is_inside(at, kept) else made for at, made in enumerate(kept)]
    kept = [_recorded(made, cast) for made in kept]
    repeats = (_turned_down(m.proposal, m.proposal.confidence, "repeats another") for m in sure if id(m) not in told)
    return tuple(made.proposal for made in kept), (*turned, *repeats)


def _is_inside(at: int, kept: Sequence[Made]) -> bool:
    """Whether what is proposed is only the content of another act: who rejects a call has made no call.

    `kept` in text order; no content is longer than LONGEST.
    """
    start, end = kept[at].proposal.start, kept[at].proposal.end
    first = bisect_left(kept, start - LONGEST, key=lambda made: made.proposal.start)
    last = bisect_right(kept, start, key=lambda made: made.proposal.start)
    around = (made.proposal for made in kept[first:last])
    return any(end <= other.end and other.end - other.start > end - start for other in around)


def _recorded(made: Made, cast: "Cast") -> Made:
    """With those of its parties for whom the article has words."""
    parties = zip(made.proposal.parties, made.references, strict=True)
    named = tuple(party for party, reference in parties if cast.record(reference))
    return replace(made, proposal=replace(made.proposal, parties=named))


def _without_event(made: Made) -> Made:
    return replace(made, proposal=replace(made.proposal, plover=None, plover_mode=None))


def _turned_down(what: Act | Proposal, confidence: float, reason: str) -> TurnedDown:
    return TurnedDown(what.start, what.end, what.type, what.cue, FOUND_BY, confidence, reason)


def consider(candidates: Iterable[Candidate], findings: Findings) -> tuple[Considered, ...]:
    """All that may be a proposal, in text order as the candidates are."""
    near = tuple(candidates)
    out = []
    for at, candidate in enumerate(near):
        act = to_act(candidate, findings)
        if act is not None:
            act = in_its_sense(act)
            quoted = any(True for _ in findings.quotes_around(act.start, act.end))
            others = _others(candidate, near[max(at - _NEAR, 0) : at + _NEAR])
            out.append(Considered(act, signals(candidate, quoted=quoted, others=others), veto(act)))
    return tuple(out)


def _others(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """How sure other cues are that have the same content, all together."""
    return sum(
        other.cue_sure
        for other in candidates
        if other is not candidate
        and min(candidate.end, other.end) - max(candidate.start, other.start)
        >= _ALIKE * max(candidate.end - candidate.start, other.end - other.start)
    )


def distinct(made: Iterable[Made]) -> list[Made]:
    """Without rows that repeat another: the surer wins."""
    kept: defaultdict[int, list[Made]] = defaultdict(list)  # by stretch of LONGEST characters: no row is longer
    for each in sorted(made, key=lambda m: (-m.proposal.confidence, m.proposal.start, m.proposal.end)):
        at = each.proposal.start // LONGEST
        near = (other for stretch in (at - 1, at, at + 1) for other in kept[stretch])
        if not any(_same(each.proposal, other.proposal) for other in near):
            kept[at].append(each)
    return [each for stretch in kept.values() for each in stretch]


def _same(one: Proposal, other: Proposal) -> bool:
    """Whether two rows say one thing: nearly one span, or one inside the other by the same proposer."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return False
    if shared >= 0.95 * max(one.end - one.start, other.end - other.start):
        return True
    nested = shared >= 0.9 * min(one.end - one.start, other.end - other.start)
    proposers = [{p.actor_id for p in x.parties if p.role == "proposer"} for x in (one, other)]
    return nested and (proposers[0] == proposers[1] or bool(proposers[0] & proposers[1]))
