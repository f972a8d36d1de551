"""Whom the names in, around and beside the words of a source make its speaker."""

from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import named_actor
from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.quotes.speakers.salience import NAMED
from onrecord.document import Attribution, Mention
from onrecord.knowledge.titles import country_of_role

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

_SAME = frozenset({"appos", "nmod", "compound"})  # from a name up to what it is the name of
_PART = frozenset({"amod", "compound", "nmod"})  # a source that is but the beginning of a phrase: "alt" of "alt-right"


def only_belongs(speaker: Reference, tokens: "Span", cast: "Cast") -> bool:
    """ "Mr. Smith's lawyer", "an aide to Mr. Smith", "a Smith aide": the person whom it names is not speaking."""
    if speaker.actor.type != "person" or tokens.root.pos_ != "NOUN":
        return False
    named = [m for m in cast.mentions_in(tokens.start_char, tokens.end_char) if m.actor_id == speaker.actor_id]
    return bool(named) and all(_depends(m, tokens, cast) for m in named)


def _depends(mention: Mention, tokens: "Span", cast: "Cast") -> bool:
    """Whether a name inside the phrase is a possessor or the object of a preposition there."""
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.start <= tokens.root.i < span.end:
        return False
    owned = any(child.tag_ == "POS" for child in span.root.children)
    qualifies = span.root.dep_ in _PART and span.end <= tokens.root.i  # "a senior Brandt aide"
    return owned or qualifies or span.root.dep_ in ("poss", "pobj")


def in_apposition(attribution: Attribution, cast: "Cast") -> Reference | None:
    """ "One senator, Jane Smith,": the person whom the words around the source name as the same one."""
    extent = cast.syntax.char_span(*attribution.extent, alignment_mode="expand") if attribution.extent else None
    if extent is None or attribution.extent == attribution.source:
        return None
    source = cast.syntax.char_span(*attribution.source, alignment_mode="expand") if attribution.source else None
    links = _SAME | {"conj"} if source is not None and source.root.dep_ in _PART else _SAME
    for mention in cast.mentions_in(extent.start_char, extent.end_char):
        actor = cast[mention.actor_id]
        if actor.type != "person" or actor.link_method == "unnamed" or mention.form not in NAMED:
            continue
        span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            continue
        token = span.root
        while token.i != extent.root.i and token.dep_ in links and extent.start <= token.head.i < extent.end:
            token = token.head
        if token.i == extent.root.i:
            return Reference(actor)
    return None


def surname(token: "Token", cast: "Cast") -> Reference | None:
    """ "Power said", where the tagger sees a common noun: a capital and the last name of one person of the article."""
    if not token.text[:1].isupper() or token.pos_ not in ("NOUN", "ADJ", "VERB", "PROPN"):
        return None
    named = [
        actor.actor_id
        for actor in cast.people()
        if actor.name.split()[-1] == token.text and actor.link_method != "unnamed"
    ]
    if len(named) != 1 or cast.last_mention(named[0], token.idx) < 0:
        return None
    return refer(cast[named[0]], token.idx, token.idx + len(token.text), "surname")


def newly_named(tokens: "Span", head: "Token", cast: "Cast", kind: str | None = None) -> Reference | None:
    """A name that stands nowhere but beside its words: that it speaks is what shows it to be an actor."""
    if head.pos_ != "PROPN":
        return None
    kind = kind or {"PERSON": "person", "ORG": "organization"}.get(head.ent_type_)
    if kind is None and head.ent_type_ == "" and len(tokens) == 1:
        kind = "person"
    if kind is None:
        return None
    first = last = head.i
    while first > tokens.start and head.doc[first - 1].pos_ == "PROPN":
        first -= 1
    while last + 1 < tokens.end and head.doc[last + 1].pos_ == "PROPN":
        last += 1
    span = head.doc[first : last + 1]
    owner = head.doc[head.left_edge.i : first].text if kind == "organization" else ""  # Ghana's, the Ghanaian
    actor = named_actor(" ".join(span.text.split()), kind, country_of_role(owner, cast.knowledge))
    return refer(cast.known(actor), span.start_char, span.end_char, "name")
