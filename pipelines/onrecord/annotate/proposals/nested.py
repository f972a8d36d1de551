"""Proposals beside and inside each other: what is answered, what is only asked for, what says the same twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.parties.targets import ASKS
from onrecord.document import Proposal

LONGEST = 1200  # characters of a content


def answered(made: list[tuple[Act, Proposal]]) -> list[tuple[Act, Proposal]]:
    """A proposal that is answered, rejected *Iran's call for talks*, was made to whoever answers.

    It has no category of event data: the event is the answer.
    """
    answers = {act.content.head.i: answer for act, answer in made if act.content.head.pos_ == "NOUN"}

    def as_answered(act: Act, proposal: Proposal) -> Proposal:
        answer = answers.get(act.head.i)
        if answer is None or act.spoken:
            return proposal
        parties = proposal.parties
        if answer.type in ("reject", "commit") and all(p.role != "target" or p.text is None for p in parties):
            answering = (replace(p, role="target") for p in answer.parties if p.role == "proposer")
            parties = (*(p for p in parties if p.role != "target"), *answering)
        return replace(proposal, parties=parties, plover=None)

    return [(act, as_answered(act, proposal)) for act, proposal in made]


def outermost(made: list[tuple[Act, Proposal]]) -> list[Proposal]:
    """Without acts that are only asked for: who *called for an approach that includes a US commitment to leave* has
    made a call, and the United States no commitment."""
    asks = [act for act, _ in made if act.type in ASKS and not act.spoken]

    def is_asked(act: Act) -> bool:
        start, end = act.cue
        return any(ask.content.start <= start and end <= ask.content.end for ask in asks if ask is not act)

    return [proposal for act, proposal in made if act.spoken or not is_asked(act)]


def distinct(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Without rows that repeat another: an explicit cue wins over a modal inside it."""
    kept: defaultdict[int, list[Proposal]] = defaultdict(list)  # by stretch of LONGEST characters: no row is longer
    for proposal in sorted(proposals, key=lambda p: (-p.confidence, p.start, p.end)):
        at = proposal.start // LONGEST
        if not any(same(proposal, other) for near in (at - 1, at, at + 1) for other in kept[near]):
            kept[at].append(proposal)
    return [proposal for stretch in kept.values() for proposal in stretch]


def same(one: Proposal, other: Proposal) -> bool:
    """Whether two rows say one thing: nearly one span, or one inside the other by the same proposer."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return False
    if shared >= 0.95 * max(one.end - one.start, other.end - other.start):
        return True
    if "threaten" in (one.type, other.type) and ASKS & {one.type, other.type}:
        return False  # would block the road to demand talks
    nested = shared >= 0.9 * min(one.end - one.start, other.end - other.start)
    proposers = [{p.actor_id for p in x.parties if p.role == "proposer"} for x in (one, other)]
    return nested and bool(proposers[0] & proposers[1])
