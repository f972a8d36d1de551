"""Cities, provinces and states of a federation where they act: organizations of government, parts of their state."""

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import government_actor, named_actor, state_id
from onrecord.annotate.actors.organizations import Body
from onrecord.document import Actor
from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import State
from onrecord.knowledge.names import Hits
from onrecord.knowledge.titles import AMERICAN_STATES
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_LEGISLATING = listed("lawmaking_verb")
_SPEAKING = listed("reporting_verb")
_KIND_WORD = re.compile(r"\b(?:County|City|Province)\b")
_AMBIGUOUS = listed("ambiguous_state")
_KINDS = listed("kind_of_place")  # the city of Harbourton
_APPOSED = re.compile(r",\s(?:in\s)?\Z")
_KIND_BEFORE = re.compile(
    rf"(?P<whose>[A-Z][\w-]+(?:['’]s)?\s(?:\w+\s)?)?(?P<kind>{'|'.join(sorted(_KINDS))})\sof\s\Z", re.IGNORECASE
)
_REACH = 60  # characters before a name in which it says what kind of place it is


def find_local_governments(
    text: str, syntax: "Doc", hits: Hits, knowledge: Knowledge, taken: Container[int]
) -> Iterator[Body]:
    """Places of the tagger outside the lexicon that do what a government does, each time they do it."""
    people = {fold(token.text) for entity in syntax.ents if entity.label_ == "PERSON" for token in entity}
    people |= {fold(word) for word in knowledge.surnames}
    for entity in syntax.ents:
        if entity.label_ != "GPE" or not entity.text[0].isupper() or not _acts(entity, text):
            continue
        if fold(entity.text.split()[-1]).removesuffix("s") in people or fold(entity.text.split()[-1]) in people:
            continue
        start, end = entity.start_char, entity.end_char
        if "\n" in entity.text or any(offset in taken for offset in range(start, end)):
            continue
        yield Body(start, end, _actor(entity, text, hits, knowledge))


def _acts(entity: "Span", text: str) -> bool:
    """Whether the place, or the city that it is the name of, is the subject of an act of government.

    People speak more often than places, and the tagger takes some for such: what speaks must be told to be a place.
    """
    root = entity.root
    if root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.lower_ in _KINDS:
        root = root.head.head
    verb = root.head.lemma_.lower()
    if root.dep_ == "nsubj":
        return verb in _LEGISLATING or (verb in _SPEAKING and _is_told_place(entity.text, text))
    return root.dep_ == "nsubjpass" and verb == "sue"


def _is_told_place(name: str, text: str) -> bool:
    """Whether the name or the text says that it is a place: this reads the whole text, so it is asked last."""
    if AMERICAN_STATES.fullmatch(name) or _KIND_WORD.search(name):
        return True
    return re.search(rf"\b(?:[Ii]n|near|of) {re.escape(name)}\b", text) is not None


def _actor(entity: "Span", text: str, hits: Hits, knowledge: Knowledge) -> Actor:
    name = " ".join(entity.text.split())
    if AMERICAN_STATES.fullmatch(name) or name in _AMBIGUOUS:  # if it were the country, a hit would cover it
        return replace(government_actor(name, "USA"), parent_actor_id=state_id("USA"))
    state = _state_of(entity, text, hits)
    actor = named_actor(name, "organization", state.iso3 if state else None, "government")
    return replace(actor, parent_actor_id=state_id(state.iso3)) if state else actor


def _state_of(entity: "Span", text: str, hits: Hits) -> State | None:
    """The state of `Alton, Canada`, of `the Canadian province of Alton`."""
    for hit in hits.between(entity.end_char, entity.end_char + 6):
        if isinstance(hit.entry.entity, State) and _APPOSED.search(text, entity.end_char, hit.start):
            return hit.entry.entity
    before = _KIND_BEFORE.search(text, max(0, entity.start_char - _REACH), entity.start_char)
    for hit in hits.between(before.start(), before.end()) if before else ():
        if isinstance(hit.entry.entity, State):
            return hit.entry.entity
    return None
