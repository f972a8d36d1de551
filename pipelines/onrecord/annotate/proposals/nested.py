"""Proposals beside and inside each other: what is answered, what is only asked for, what says the same twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.parties.targets import ASKS
from onrecord.document import Proposal

LONGEST = 1200  # characters of a content


@dataclass(frozen=True, slots=True)
class Made:
    """A proposal that is kept unless it repeats another, with its act and what its parties would record."""

    act: Act
    proposal: Proposal
    references: tuple[Reference, ...]


def answered(made: list[Made]) -> list[Made]:
    """A proposal that is answered, rejected *Iran's call for talks*, was made to whoever answers.

    It has no category of event data: the event is the answer.
    """
    answers = {each.act.content.head.i: each for each in made if each.act.content.head.pos_ == "NOUN"}

    def as_answered(asked: Made) -> Made:
        found = answers.get(asked.act.head.i)
        if found is None or asked.act.spoken:
            return asked
        parties, answer = asked.proposal.parties, found.proposal
        if answer.type in ("reject", "commit") and all(p.role != "target" or p.text is None for p in parties):
            answering = (replace(p, role="target") for p in answer.parties if p.role == "proposer")
            parties = (*(p for p in parties if p.role != "target"), *answering)
        proposal = replace(asked.proposal, parties=parties, plover=None)
        return replace(asked, proposal=proposal, references=(*asked.references, *found.references))

    return [as_answered(each) for each in made]


def outermost(made: list[Made]) -> list[Made]:
    """Without acts that are only asked for: who *called for an approach that includes a US commitment to leave* has
    made a call, and the United States no commitment."""
    asks = [each.act for each in made if each.act.type in ASKS and not each.act.spoken]

    def is_asked(act: Act) -> bool:
        start, end = act.cue
        return any(ask.content.start <= start and end <= ask.content.end for ask in asks if ask is not act)

    return [each for each in made if each.act.spoken or not is_asked(each.act)]


def distinct(made: Iterable[Made]) -> list[Made]:
    """Without rows that repeat another: an explicit cue wins over a modal inside it."""
    kept: defaultdict[int, list[Made]] = defaultdict(list)  # by stretch of LONGEST characters: no row is longer
    for each in sorted(made, key=lambda m: (-m.proposal.confidence, m.proposal.start, m.proposal.end)):
        at = each.proposal.start // LONGEST
        near = (other for stretch in (at - 1, at, at + 1) for other in kept[stretch])
        if not any(same(each.proposal, other.proposal) for other in near):
            kept[at].append(each)
    return [each for stretch in kept.values() for each in stretch]


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
