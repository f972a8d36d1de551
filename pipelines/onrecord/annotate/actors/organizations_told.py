"""Organizations whose names do not say so, but the words around them do: `the chip maker X`, `X's chief executive`.

The tagger takes laws, programmes and products for organizations, too (half of those whose names hold no word for a
body are none), so its word alone is not enough. Evidence at one place serves for all places of the same name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import named_actor
from onrecord.annotate.actors.organization_words import PAPERS
from onrecord.annotate.actors.organizations import Body
from onrecord.knowledge.bodies import ANY, BODIES, BUSINESSES, CIVIC, FORCES, MEDIA, SINGERS, STATE, THINGS
from onrecord.knowledge.names import repeated
from onrecord.knowledge.titles import ROLE_HEADS, ROLE_MODIFIERS
from onrecord.knowledge.word_lists import listed, listed_lower, with_meaning
from onrecord.knowledge.words import fold, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

# Nouns that introduce a body of that kind, and what they tell of its sector.
KINDS = (
    ANY
    | BUSINESSES
    | MEDIA
    | FORCES
    | CIVIC
    | SINGERS
    | word_set("maker developer giant agency startup chain brewer miner publisher")
) - THINGS
_TRADES = BUSINESSES | word_set("maker developer giant startup chain brewer miner publisher")
# What only a body has: heads of what stands behind its name. A campaign has staff, a law has supporters.
_OWNED = with_meaning("owned", "staff")
# Who is of, at or with a body.
_STAFF = with_meaning("of", "staff")
_STAFF_LINKS = {"of": _STAFF, "at": _STAFF, "with": _STAFF, "for": _STAFF - {"head", "member", "members"}}
NAME = re.compile(r"(?!O['’])[A-Z][\w'’.-]*(?: (?:(?:of|for|the|and|&|de|du|al) )*[A-Z][\w'’.-]*){0,4}")
_NOUNS = BODIES | STATE | PAPERS  # alone they name no body
_FORMS = listed_lower("legal_form_short", "legal_form")
_NO_BODIES = listed("no_body")
_PLACES = ("GPE", "LOC")  # what the tagger takes short names of firms for


def find_told(text: str, syntax: "Doc", taken: set[int], known: frozenset[str]) -> Iterator[Body]:
    """Every place of such a name outside `taken`; `known` are folded family names of people."""
    people: defaultdict[str, set[str]] = defaultdict(set)  # folded word -> names of people that hold it
    for entity in syntax.ents:
        if entity.label_ == "PERSON" and len(entity) > 1:
            for token in entity:
                people[fold(token.text)].add(entity.text)
    places = Counter(entity.text for entity in syntax.ents if entity.label_ in ("GPE", "LOC"))
    bodies = Counter(entity.text for entity in syntax.ents if entity.label_ == "ORG")
    told: dict[str, str | None] = {}
    for entity in syntax.ents:
        if entity.label_ not in ("ORG", "PERSON", *_PLACES):
            continue
        span = _named_part(entity)
        if span is None or any(offset in taken for offset in range(span.start_char, span.end_char)):
            continue
        kind = _kind_before(span) or _kind_after(span) or _kind_behind(span)
        if kind not in _TRADES and places[span.text] > bodies[span.text]:
            continue  # the officer for Benghazi
        words = {fold(token.text) for token in span}
        if not NAME.fullmatch(span.text) or words & (known | _NO_BODIES | ROLE_HEADS) or words <= _NOUNS | _FORMS:
            continue
        if any(people.get(word, set()) - {span.text} for word in words):
            continue  # a word of somebody's name
        if kind is not None or (entity.label_ == "ORG" and (_has_staff(span) or _is_staffed(span))):
            sector = "company" if kind in _TRADES else "media" if kind in MEDIA else None
            told[span.text] = told.get(span.text) or sector
    for start, end in repeated(text, told, taken):
        yield Body(start, end, named_actor(text[start:end], "organization", None, told[text[start:end]]))


def _named_part(entity: "Span") -> "Span | None":
    """The tagger's name without an article, and without a possessive."""
    first, last = entity.start, entity.end
    while first < last and fold(entity.doc[first].text) in ("the", "a", "an"):
        first += 1
    while last > first and (entity.doc[last - 1].text in ("'s", "’s", "'", "’") or entity.doc[last - 1].is_punct):
        last -= 1
    return entity.doc[first:last] if first < last else None


def _kind_before(span: "Span") -> str | None:
    """The noun of `the chip maker X`, `a retailer, X,` or `a group called X`."""
    doc, i = span.doc, span.start - 1
    if i >= 1 and doc[i].lower_ in (",", "called", "named"):
        i -= 1
    if i < 1 or doc[i].tag_ != "NN" or doc[i].lower_ not in KINDS:
        return None
    called = i < span.start - 1 and doc[i + 1].text != ","
    joined = span.root.head.i == i or span.start <= doc[i].head.i < span.end
    return doc[i].lower_ if called or joined else None


def _kind_after(span: "Span") -> str | None:
    """The noun of `X, a consulting firm,`."""
    doc, i = span.doc, span.end
    if i + 2 >= len(doc) or doc[i].text != ",":
        return None
    if doc[i + 1].lower_ not in ("a", "an", "the", "one", "another"):
        return None
    for token in doc[i + 2 : i + 10]:
        if token.is_punct and token.text not in ("-", "‑"):
            return None
        if token.tag_ == "NN" and (
            token.i + 1 >= len(doc) or doc[token.i + 1].tag_ not in ("NN", "NNS", "HYPH", "POS")
        ):
            return token.lower_ if token.lower_ in KINDS else None
        if token.pos_ in ("VERB", "AUX", "ADP", "PRON"):
            return None
    return None


def _kind_behind(span: "Span") -> str | None:
    """The noun of `the X corporation`, right behind the name."""
    doc, i = span.doc, span.end
    if i >= len(doc) or not span.start or doc[span.start - 1].lower_ != "the":
        return None
    return doc[i].lower_ if doc[i].tag_ == "NN" and doc[i].lower_ in KINDS and span.root.head.i == i else None


def _has_staff(span: "Span") -> bool:
    """`X's chief executive`, `X employees`."""
    doc, i = span.doc, span.end
    if i < len(doc) and doc[i].text in ("'s", "’s"):
        i += 1
    while i < len(doc) and fold(doc[i].text) in ROLE_MODIFIERS - _OWNED:
        i += 1
    return i < len(doc) and fold(doc[i].text) in _OWNED


def _is_staffed(span: "Span") -> bool:
    """`president of X`, `analysts at X`."""
    doc, i = span.doc, span.start - 1
    if i >= 1 and doc[i].lower_ == "the":
        i -= 1
    if i < 1 or doc[i].lower_ not in _STAFF_LINKS:
        return False
    return fold(doc[i - 1].text) in _STAFF_LINKS[doc[i].lower_]
