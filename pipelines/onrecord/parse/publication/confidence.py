"""How sure a date of publication or its bounds are."""

from onrecord.document import Publication
from onrecord.knowledge.rule_shares import rule_shares

_USUAL = 0.93  # the share of all bounds that held; what a rule has is drawn towards it by so many cases
_WEIGHT = 10


def rule_of(published: Publication) -> str | None:
    """What the date or its bounds rest on: given, stated, or what inferred them; None if nothing is known.

    One bound alone is "bounds", whatever the two would have been that a later event of the text has contradicted.
    """
    if published.basis == "unknown":
        return None
    if published.basis != "inferred":
        return published.basis
    is_open = published.earliest is None or published.latest is None
    return "bounds" if is_open else published.rule


def confidence_of(published: Publication) -> float | None:
    """How often such bounds hold the true day, as measured for their rule; None if nothing is known."""
    rule = rule_of(published)
    share = rule_shares("articles").get(rule) if rule else None
    if share is None:
        return _USUAL if rule else None
    return share.towards(_USUAL, _WEIGHT)
