"""Whose sanctions they are that somebody asks to lift or to keep."""

from typing import TYPE_CHECKING

from onrecord.annotate.knowledge import word_set
from onrecord.annotate.proposals.content import Complement
from onrecord.annotate.proposals.reading import Reading
from onrecord.annotate.proposals.source import source_of
from onrecord.annotate.proposals.tree import child

if TYPE_CHECKING:
    from spacy.tokens import Token

IMPOSING = word_set("impose slap levy introduce adopt pass expand widen tighten announce")
SANCTIONS = frozenset({"sanctions", "sanction", "embargo", "embargoes", "measures"})
UNITED_NATIONS = "org:un"
SECURITY_COUNCIL = "org:un-security-council"
PARAGRAPH = 1500  # characters of a paragraph that are looked at
FALLS_ON = frozenset({"on", "against", "toward", "towards", "upon"})


def imposer_of(content: Complement, reading: Reading, taken: set[str]) -> str | None:
    """Who must lift or keep the sanctions that a content names: whose they are, else a Security Council beside them,
    else the one body or state that imposes sanctions in the article.

    Sanctions of the United Nations are its Security Council's (Article 41 of the Charter).
    """
    sanctions = next(iter(sanction_tokens(content, reading)), None)
    if sanctions is None:
        return None
    if (owner := imposed_by(sanctions, reading)) is not None:
        return owner if owner not in taken else None
    low = max(reading.text.rfind("\n\n", 0, content.start), content.start - PARAGRAPH, 0)
    high = reading.text.find("\n\n", content.end, content.end + PARAGRAPH)
    around = reading.mentions_in(low, high if high >= 0 else content.end + PARAGRAPH)
    if SECURITY_COUNCIL not in taken and any(m.actor_id == SECURITY_COUNCIL for m in around):
        return SECURITY_COUNCIL
    owners = reading.imposers
    return next(iter(owners)) if len(owners) == 1 and not owners & taken else None


def imposers_of(reading: Reading) -> frozenset[str]:
    """Whoever imposes sanctions in the article; its Security Council, if it names one, may have."""
    found = {SECURITY_COUNCIL} if SECURITY_COUNCIL in reading.cast else set[str]()
    bearing = set[str]()  # those whom sanctions hit: in their article `Russian sanctions` are not Russia's
    for token in reading.syntax:
        if token.lower_ not in SANCTIONS:
            continue
        verb = token.head
        imposing = token.dep_ == "dobj" and verb.lemma_ in IMPOSING
        source = source_of(verb) if imposing else None
        owner = imposed_by(token, reading)
        named = (owner,) if owner is not None else reading.actors_of(source) if source is not None else ()
        found.update(reading.state_of(i) or i for i in named)
        for link in token.children:
            if link.lower_ in FALLS_ON and (hit := child(link, "pobj")) is not None:
                bearing.update(reading.actors_of(hit))
    return frozenset(found - bearing)


def imposed_by(sanctions: "Token", reading: Reading) -> str | None:
    """Whose sanctions they are: US sanctions, those that the EU imposed."""
    for c in sanctions.children:
        if c.i < sanctions.i and c.dep_ in ("amod", "compound", "nmod", "poss") and (ids := reading.actors_of(c)):
            council = ids[0] == UNITED_NATIONS and SECURITY_COUNCIL in reading.cast
            return SECURITY_COUNCIL if council else ids[0]
    return None


def sanction_tokens(content: Complement, reading: Reading) -> list["Token"]:
    span = reading.syntax.char_span(content.start, content.end, alignment_mode="expand")
    return [token for token in span or () if token.lower_ in SANCTIONS]
