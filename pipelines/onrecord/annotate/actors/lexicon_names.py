"""Names from the lexicon: whether they stand for the state or the body that they name, or are part of another name."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.syntax.spans import offsets
from onrecord.knowledge.entities import Entity, Organization, Person, State
from onrecord.knowledge.names import Hit, Hits
from onrecord.knowledge.word_lists import listed_lower, meanings, one_of, with_meaning
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc


def names_of_actors(hits: Sequence[Hit], taken: Container[int], text: str) -> list[Hit]:
    """The hits outside `taken` that stand for what they name; that of a body reaches over the state of its section."""
    placed = Hits(hits)
    outside = [
        hit
        for hit in hits
        if hit.start not in taken and not _of_another_state(hit, text, placed) and not _is_minority(hit, text, placed)
    ]
    sections = {hit.start - 1: hit.end for hit in outside if _is_section(hit, text, placed)}
    return [replace(hit, end=sections.get(hit.end, hit.end)) for hit in outside if hit.start - 1 not in sections]


def countries_of(hits: Iterable[Hit]) -> frozenset[str]:
    """ISO codes of the states that an article names by themselves or by one of their bodies, ambiguous names apart."""
    found = set[str]()
    for hit in hits:
        entity = hit.entry.entity if hit.entry.kind != "short" else None
        if isinstance(entity, State):
            found.add(entity.iso3)
        elif isinstance(entity, Organization) and entity.country:
            found.add(entity.country)
    return frozenset(found)


def short_of_named(hits: Iterable[Hit]) -> set[int]:
    """Offsets of short names of bodies that the article also names in full: Ford is the company, not William Ford."""
    hits = tuple(hits)
    named = {hit.entry.entity.slug for hit in hits if isinstance(hit.entry.entity, Organization) and is_full(hit)}
    return offsets(
        hit
        for hit in hits
        if isinstance(hit.entry.entity, Organization) and not is_full(hit) and hit.entry.entity.slug in named
    )


def is_full(hit: Hit) -> bool:
    return hit.entry.kind != "short"


def is_body_or_state(hit: Hit) -> bool:
    """Whether a hit names a body, a state or its people, and is no adjective and no ambiguous short form."""
    return not isinstance(hit.entry.entity, Person) and hit.entry.kind not in ("short", "adjective")


def _longer_people(syntax: "Doc") -> dict[int, tuple[int, int]]:
    """Tokens of the tagger's people with more than one word: token index -> first and end index of the name."""
    return {
        token.i: (entity.start, entity.end)
        for entity in syntax.ents
        if entity.label_ == "PERSON" and len(entity) > 1
        for token in entity
    }


def _person_inside(hit: Hit, syntax: "Doc", people: dict[int, tuple[int, int]]) -> bool:
    """Whether the hit is a word of a longer person's name that the tagger sees: `Michael Jordan`, `Jordan Mills`."""
    if isinstance(hit.entry.entity, Person) or hit.entry.kind not in _BORNE or len(hit.entry.words) > 1:
        return False
    span = syntax.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None or span.start not in people:
        return False
    start, end = people[span.start]
    if end == span.end:
        return end - start > len(span)
    return start == span.start and fold(span.text) in _GIVEN_NAMES and syntax[span.end].text[0].isupper()


# Kinds of names of states that people bear, too, and those that are given names.
_BORNE = frozenset({"name", "people", "adjective", "metonym"})
_GIVEN_NAMES = listed_lower("given_name_also_state")


_AS_MEDIUM = re.compile(
    r"['’]?s?\s(?:News|TV|Television|Radio|Politics|Business|L\.?P|Opinion|reports?\b|survey|poll|terminal)"
)
_TO_MEDIUM = re.compile(r"\b(?:told|via)\s$")


def without_surnames(hits: Iterable[Hit], text: str, syntax: "Doc") -> list[Hit]:
    """The hits but those that are names of somebody whom the tagger sees named in full, or words of such a name."""
    tagged = _longer_people(syntax)
    families = frozenset(fold(e[-1].text) for e in syntax.ents if e.label_ == "PERSON" and len(e) > 1)
    outside = [hit for hit in hits if not _person_inside(hit, syntax, tagged)]
    told = {hit.entry.entity for hit in outside if not _is_one_of(hit, text, families)}
    return [hit for hit in outside if not _is_family(hit, text, families, told) and _means_state(hit, text)]


def _is_one_of(hit: Hit, text: str, families: Container[str]) -> bool:
    return fold(text[hit.start : hit.end]) in families


def _is_family(hit: Hit, text: str, families: Container[str], told: Container[Entity | None]) -> bool:
    """Whether the one word by which a medium or state is called is the family name of somebody named in full.

    Bloomberg and Fox are, unless they are named as a medium; Lima is, unless the article names Peru otherwise, too
    (`told` are the entities that it does).
    """
    entity = hit.entry.entity
    if isinstance(entity, State):
        is_called = hit.entry.kind in _BORNE and entity not in told
    else:
        is_called = isinstance(entity, Organization) and entity.sector == "media" and not _is_medium(hit, text)
    return is_called and _is_one_of(hit, text, families)


def _is_medium(hit: Hit, text: str) -> bool:
    before = _TO_MEDIUM.search(text, max(0, hit.start - 5), hit.start)
    return _AS_MEDIUM.match(text, hit.end) is not None or before is not None


# Sectors whose bodies bear names that those of another state can bear, too.
_GENERIC = frozenset({"government", "party", "military", "igo", "ngo", "judiciary"})


def _of_another_state(hit: Hit, text: str, hits: Hits) -> bool:
    """`South Korea's ruling Democratic Party`, `the Russian Security Council`: a namesake of a body in the lexicon."""
    entity = hit.entry.entity
    if not isinstance(entity, Organization) or hit.entry.kind == "acronym" or entity.sector not in _GENERIC:
        return False
    for before in hits.ending(hit.start - 24, hit.start - 1):
        state = before.entry.entity
        owns = re.fullmatch(r"(?:['’]s?)?\s+(?:ruling\s+|main\s+|opposition\s+)*", text[before.end : hit.start])
        return isinstance(state, State) and owns is not None and state.iso3 != entity.country
    return False


_OF_STATE = re.compile(r"\s+of\s+(?:(?:the|northern|southern|eastern|western)\s+)?")


def _is_minority(hit: Hit, text: str, hits: Hits) -> bool:
    """`ethnic Albanians`, `Bosnian Serbs`, `the Albanians of southern Serbia`: their name is not their state's."""
    state = hit.entry.entity
    if not isinstance(state, State) or hit.entry.kind != "people":
        return False
    if text[max(hit.start - 10, 0) : hit.start].rstrip().lower().endswith("ethnic"):
        return True
    link = _OF_STATE.match(text, hit.end)
    beside = [h for h in hits.ending(hit.start - 1, hit.start - 1) if h.entry.kind == "adjective"]
    beside += hits.between(link.end(), link.end() + 1) if link else ()
    return any(isinstance(h.entry.entity, State) and h.entry.entity.iso3 != state.iso3 for h in beside)


# The states whose names others bear, and the words by which an article means the state or the other.
_AMBIGUOUS = frozenset(meanings("ambiguous_state").values())
_FOR_STATE = {state: re.compile(rf"\b(?:{one_of(with_meaning(state, 'cue_for_state'))})\b") for state in _AMBIGUOUS}
_AGAINST = {
    state: re.compile(rf"\b(?:{one_of(with_meaning(state, 'cue_against_state'))})(?!\w)") for state in _AMBIGUOUS
}


def _means_state(hit: Hit, text: str) -> bool:
    """Whether `Georgia` is the country: an article about American states or parties means the American one."""
    state = hit.entry.entity
    if not isinstance(state, State) or state.iso3 not in _AMBIGUOUS or hit.entry.kind != "name":
        return True
    return _FOR_STATE[state.iso3].search(text) is not None or _AGAINST[state.iso3].search(text) is None


def _is_section(hit: Hit, text: str, hits: Hits) -> bool:
    """The state in `Oxfam Canada`: it tells which section of the body is meant."""
    if not isinstance(hit.entry.entity, State) or hit.entry.kind != "name" or text[hit.start - 1 : hit.start] != " ":
        return False
    before = (other.entry.entity for other in hits.ending(hit.start - 1, hit.start - 1))
    return any(isinstance(body, Organization) and body.sector in ("ngo", "company") for body in before)
