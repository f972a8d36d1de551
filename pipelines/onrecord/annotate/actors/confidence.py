"""How sure it is that a mention is of its actor."""

from onrecord.knowledge.rule_shares import rule_shares

_USUAL = 0.9  # the share of all mentions with the right actor; what a rule has is drawn towards it by so many cases
_WEIGHT = 10


def link_confidence(form: str, link_method: str) -> float:
    """How often the actor of such mentions was right: by mentions.form, and how the article knows the actor
    (actors.link_method, before articles are joined)."""
    share = rule_shares("mentions").get(f"{link_method} {form}")
    return _USUAL if share is None else share.towards(_USUAL, _WEIGHT)
