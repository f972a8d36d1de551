"""Whose sanctions they are that somebody asks to lift or to keep."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.proposals.clauses.content import Complement
from onrecord.annotate.proposals.findings import Findings
from onrecord.annotate.syntax.subjects import source_of
from onrecord.annotate.syntax.tree import child
from onrecord.document import Actor
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_IMPOSING = word_set("impose slap levy introduce adopt pass expand widen tighten announce")
_SANCTIONS = frozenset({"sanctions", "sanction", "embargo", "embargoes", "measures"})
UNITED_NATIONS = "org:un"
SECURITY_COUNCIL = "org:un-security-council"
_PARAGRAPH = 1500  # characters of a paragraph that are looked at
FALLS_ON = frozenset({"on", "against", "toward", "towards", "upon"})


def imposer_of(content: Complement, findings: Findings, taken: Mapping[str, Actor]) -> Reference | None:
    """Who must lift or keep the sanctions that a content names: whose they are, else a Security Council beside them,
    else the one body or state that imposes sanctions in the article.

    Sanctions of the United Nations are its Security Council's (Article 41 of the Charter).
    """
    sanctions = next(iter(sanction_tokens(content, findings)), None)
    if sanctions is None:
        return None
    if (owner := _imposed_by(sanctions, findings)) is not None:
        return owner if owner.actor_id not in taken else None
    low = max(findings.text.rfind("\n\n", 0, content.start), content.start - _PARAGRAPH, 0)
    high = findings.text.find("\n\n", content.end, content.end + _PARAGRAPH)
    around = findings.mentions_in(low, high if high >= 0 else content.end + _PARAGRAPH)
    if SECURITY_COUNCIL not in taken and any(m.actor_id == SECURITY_COUNCIL for m in around):
        return findings.actor(SECURITY_COUNCIL)
    owners = findings.imposers
    return next(iter(owners.values())) if len(owners) == 1 and not owners.keys() & taken.keys() else None


def imposers_of(findings: Findings) -> dict[str, Reference]:
    """Whoever imposes sanctions in the article; its Security Council, if it names one, may have."""
    found = {SECURITY_COUNCIL: findings.actor(SECURITY_COUNCIL)} if SECURITY_COUNCIL in findings.cast else {}
    bearing = set[str]()  # those whom sanctions hit: in their article `Russian sanctions` are not Russia's
    for token in findings.syntax:
        if token.lower_ not in _SANCTIONS:
            continue
        verb = token.head
        imposing = token.dep_ == "dobj" and verb.lemma_ in _IMPOSING
        source = source_of(verb) if imposing else None
        owner = _imposed_by(token, findings)
        named = (owner,) if owner is not None else findings.actors_of(source) if source is not None else ()
        for each in named:
            imposer = findings.state_of(each.actor) or each
            found.setdefault(imposer.actor_id, imposer)
        for link in token.children:
            if link.lower_ in FALLS_ON and (hit := child(link, "pobj")) is not None:
                bearing.update(each.actor_id for each in findings.actors_of(hit))
    return {actor_id: imposer for actor_id, imposer in found.items() if actor_id not in bearing}


def _imposed_by(sanctions: "Token", findings: Findings) -> Reference | None:
    """Whose sanctions they are: US sanctions, those that the EU imposed."""
    for c in sanctions.children:
        if c.i < sanctions.i and c.dep_ in ("amod", "compound", "nmod", "poss") and (named := findings.actors_of(c)):
            council = named[0].actor_id == UNITED_NATIONS and SECURITY_COUNCIL in findings.cast
            return findings.actor(SECURITY_COUNCIL) if council else named[0]
    return None


def sanction_tokens(content: Complement, findings: Findings) -> list["Token"]:
    span = findings.syntax.char_span(content.start, content.end, alignment_mode="expand")
    return [token for token in span or () if token.lower_ in _SANCTIONS]
