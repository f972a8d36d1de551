"""Who a phrase refers to: names joined by `and`, appositions, offices, pronouns, bodies and what they publish."""

from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.actors.references.described_bodies import body
from onrecord.annotate.actors.references.offices import role, title_words
from onrecord.annotate.actors.references.pronouns import PRONOUNS, nearness, pronoun, smallest
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import with_meaning
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

_DOCUMENTS = with_meaning("document", "speech_noun")


def resolve(cast: "Cast", start: int, end: int) -> tuple[Reference, ...]:
    """Whom the phrase text[start:end] refers to, in text order, each actor once; empty if it refers to nobody."""
    span = cast.syntax.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return ()
    root = span.root
    word = fold(root.text)
    is_acronym = len(root.text) > 1 and root.text.isupper() and smallest(cast, root) is not None  # WHO
    if len(span) <= 2 and word in PRONOUNS and not is_acronym:
        return pronoun(cast, root)
    found: dict[str, Reference] = {}
    for head in heads(root, span):
        for reference in _of_head(cast, head, span):
            found.setdefault(reference.actor_id, reference)
    return tuple(found.values())


def heads(root: "Token", span: "Span") -> list["Token"]:
    """The root and what is joined to it inside the span: `China and Russia` has two heads."""
    found = [root]
    for token in found:
        found.extend(child for child in token.children if child.dep_ == "conj" and span.start <= child.i < span.end)
    return sorted(found, key=lambda token: token.i)


def _of_head(cast: "Cast", head: "Token", span: "Span") -> tuple[Reference, ...]:
    covering = smallest(cast, head)
    if covering is not None:
        return (Reference(cast[covering.actor_id]),)
    for child in head.children:
        if child.dep_ in ("appos", "compound") and span.start <= child.i < span.end:
            mention = smallest(cast, child)
            if mention is not None and (cast[mention.actor_id].type == "person" or _names_body(child, head)):
                return (Reference(cast[mention.actor_id]),)
    inside = [
        m
        for m in cast.mentions_in(span[0].idx, span[-1].idx + len(span[-1].text))
        if cast[m.actor_id].type == "person" and m.form in ("name", "surname")
    ]
    if len(inside) == 1:
        return (Reference(cast[inside[0].actor_id]),)
    return role(cast, head, span) or body(cast, head, span) or _issuer(cast, head, span)


def _names_body(apposed: "Token", head: "Token") -> bool:
    """`another automaker, General Motors`: the name of a body after the comma that follows its description."""
    return apposed.dep_ == "appos" and fold(head.text) not in ROLE_HEADS


def _issuer(cast: "Cast", head: "Token", span: "Span") -> tuple[Reference, ...]:
    """`a ministry statement`, `the message`: whoever is named as its author, else the last state or body that acts."""
    if fold(head.text) not in _DOCUMENTS:
        return ()
    inside = [m for m in cast.mentions_in(span.start_char, span.end_char) if m.start < head.idx]
    if inside:
        return (Reference(cast[inside[-1].actor_id]),)
    kinds = {fold(token.text) for token in span if token.dep_ == "compound"}
    best: tuple[bool, float, str] | None = None
    for mention in cast.mentions_before(span.start_char):
        actor = cast[mention.actor_id]
        score = nearness(cast, mention, head)
        if score is None or actor.type not in ("state", "organization") or actor.sector == "media":
            continue
        candidate = (bool(kinds & title_words(actor.name)), score, mention.actor_id)
        if best is None or candidate[:2] > best[:2]:
            best = candidate
    return (Reference(cast[best[2]]),) if best else ()
