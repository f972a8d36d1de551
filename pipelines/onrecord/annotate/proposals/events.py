"""The PLOVER event of a proposal, for those who compare it with event data: the head for events, and its type."""

from onrecord.annotate.proposals.heads import PLOVER, Candidate

# The category that PLOVER's manual gives to an act of each type, if nothing else is told. A plan is an intention and no
# event unless its content makes it one.
_OF_TYPE = {
    "propose": "REQUEST",
    "call_for": "REQUEST",
    "urge": "REQUEST",
    "demand": "REQUEST",
    "request": "REQUEST",
    "reject": "REJECT",
    "oppose": "REJECT",
    "threaten": "THREATEN",
    "support": "SUPPORT",
    "commit": "AGREE",
    "offer": "AGREE",
}
_OWN_SHARE = 0.3  # what the type's own category has on top of what the head says
_LEAST = 0.5  # of a category with that: what is less probable is no event


def category_of(candidate: Candidate) -> str | None:
    """Category of PLOVER 2021, of those that the head knows; None where none is probable."""
    own = _OF_TYPE.get(candidate.type)
    shares = {name: share + _OWN_SHARE * (name == own) for name, share in zip(PLOVER, candidate.plover, strict=True)}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _LEAST else None
