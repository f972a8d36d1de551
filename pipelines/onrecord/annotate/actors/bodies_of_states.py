"""Whose Congress, Senate or Treasury is meant: what every state can have is not that of the best-known one.

A name inside a longer one is not that name (the African National Congress). What an article owns once to a state
(`Peru's Congress`) is that state's wherever it stands; a bare name is that of a state which the article names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import government_actor, named_actor, organization_actor
from onrecord.annotate.actors.organization_words import is_body
from onrecord.annotate.actors.organizations import Body, state_before
from onrecord.knowledge import Knowledge
from onrecord.knowledge.bodies import BODIES, LEARNING
from onrecord.knowledge.entities import Organization, Person, State
from onrecord.knowledge.names import Hit, Hits, find_names
from onrecord.knowledge.titles import AMERICAN_STATES
from onrecord.knowledge.word_lists import listed_lower
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_OF_ANY_STATE = listed_lower("body_of_any_state")
_SIDES = listed_lower("partisan") | {"republican", "democratic", "gop"}  # of the same body: a Republican Congress
_OF_OTHER = re.compile(r"\sof\s(?:the\s)?[A-Z]")


def in_longer_name(hit: Hit, text: str, syntax: "Doc") -> bool:
    """Whether a name is only a word of a body's: `Trades Union Congress`, `Texas Senate`, `King's College London`."""
    span = syntax.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None:
        return False
    if isinstance(hit.entry.entity, State):
        return _ends_name_of_body(span, of_state=hit.entry.kind == "name")
    if not isinstance(hit.entry.entity, Organization):
        return False
    if _names_seat(span[0]):
        return True
    if not _is_general(hit, text):
        return False
    return _goes_on_from(span[0]) or (hit.entry.kind != "acronym" and _OF_OTHER.match(text, hit.end) is not None)


def _ends_name_of_body(span: "Span", *, of_state: bool) -> bool:
    """Whether a state or its capital only ends what the tagger takes for a body's name: `Families USA`.

    What says by a word that it is a body of a state is told with its country: `Statistics Institute Peru`.
    """
    first, last = span[0], span[-1]
    if not first.i or not _is_inside_name(first) or (last.i + 1 < len(span.doc) and last.nbor().ent_iob_ == "I"):
        return False
    start = next(i for i in range(first.i, -1, -1) if span.doc[i].ent_iob_ == "B")
    return not (of_state and is_body(span.doc[start : last.i + 1].text.split()))


def _is_general(hit: Hit, text: str) -> bool:
    name = fold(text[hit.start : hit.end])
    return name in _OF_ANY_STATE or name in BODIES


def _names_seat(first: "Token") -> bool:
    """`University of Westminster`: whether a school is called after what the name stands for elsewhere."""
    if first.i < 2:
        return False
    school, link = first.nbor(-2), first.nbor(-1)
    return link.lower_ == "of" and fold(school.text) in LEARNING and school.ent_type_ == first.ent_type_ == "ORG"


def _goes_on_from(first: "Token") -> bool:
    """Whether the word before the first of a name belongs to the same name of a body."""
    if not first.i or first.is_sent_start:
        return False
    before = first.nbor(-1)
    if before.whitespace_ != " " or not before.text[0].isupper() or fold(before.text).strip(".") in _SIDES:
        return False
    if AMERICAN_STATES.search(before.text):
        return True
    return _is_inside_name(first)


def _is_inside_name(first: "Token") -> bool:
    before = first.nbor(-1)
    return before.pos_ == "PROPN" and before.ent_type_ == "ORG" and first.ent_iob_ == "I"


def of_own_state(
    hits: Sequence[Hit], text: str, knowledge: Knowledge, home: str | None
) -> tuple[list[Hit], list[Body]]:
    """The hits that stand for what they name, and the bodies of other states that bear such a name.

    `home` is the country of the dateline.
    """
    general = [hit for hit in hits if isinstance(hit.entry.entity, Organization) and _is_general(hit, text)]
    if not general:
        return list(hits), []
    starts = {hit.start for hit in general}
    placed, named = Hits(hits), _countries(hits, text)
    owned: dict[str, set[str]] = {}
    owners: dict[int, tuple[State, int]] = {}
    for hit in general:
        state, start = state_before(text, hit.start, placed)
        if state is not None:
            owners[hit.start] = state, start
            owned.setdefault(fold(text[hit.start : hit.end]), set()).add(state.iso3)
    kept, bodies = [], []
    for hit in hits:
        entity = hit.entry.entity
        if hit.start not in starts or not isinstance(entity, Organization):
            kept.append(hit)
            continue
        name = text[hit.start : hit.end]
        state, start = owners.get(hit.start, (None, hit.start))
        iso3 = state.iso3 if state else _owner(entity, owned.get(fold(name), set()), named, home)
        if iso3 == entity.country:
            kept.append(hit)
        elif iso3 is not None or hit.entry.kind != "short":
            bodies.append(_body(start, hit, name, entity, iso3, knowledge))
        else:  # an ambiguous name of nobody in particular
            kept.append(hit)
    return kept, bodies


def _countries(hits: Iterable[Hit], text: str) -> Counter[str]:
    """How often each country is named, by its own name, by its people in office or by a body of no other state."""
    found: Counter[str] = Counter()
    for hit in hits:
        entity = hit.entry.entity
        if isinstance(entity, State):
            found[entity.iso3] += 1
        elif isinstance(entity, Organization | Person) and entity.country and not _is_general(hit, text):
            found[entity.country] += hit.entry.kind != "short"
    if AMERICAN_STATES.search(text):
        found["USA"] += 1
    return +found


def _owner(entity: Organization, owned: set[str], named: Mapping[str, int], home: str | None) -> str | None:
    """The country whose body a bare name means; None if nobody can tell."""
    if len(owned) == 1:
        return next(iter(owned))
    if not named or entity.country in named or entity.country is None:
        return entity.country
    if home is not None:
        return home
    (first, most), *others = sorted(named.items(), key=lambda each: (-each[1], each[0]))
    return first if not others or most > 2 * others[0][1] else None


def _body(start: int, hit: Hit, name: str, entity: Organization, iso3: str | None, knowledge: Knowledge) -> Body:
    """The known body of that state with such a name, else one by the state's adjective."""
    if iso3 is None:
        return Body(hit.start, hit.end, named_actor(name, "organization", None, entity.sector))
    state = knowledge.states[iso3]
    called = f"{state.adjectives[0] if state.adjectives else state.name} {name}"
    for known in find_names(called, knowledge):
        if isinstance(known.entry.entity, Organization) and (known.start, known.end) == (0, len(called)):
            return Body(start, hit.end, organization_actor(known.entry.entity))
    return Body(start, hit.end, replace(government_actor(called, iso3), sector=entity.sector))
