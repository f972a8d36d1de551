"""Every way to name a known entity."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from onrecord.knowledge.entities import Entity, Organization, Person, State
from onrecord.knowledge.word_lists import meanings
from onrecord.knowledge.words import WORD, fold


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to name an entity. `words` are folded; `capital` tells which words must begin with a capital."""

    words: tuple[str, ...]
    capital: tuple[bool, ...]
    exact: tuple[str, ...] | None  # the words as written, where case matters (US, WHO)
    kind: str  # name | acronym | short | metonym | adjective | people | place
    entity: Entity | None
    dotted: bool  # a final full stop belongs to the name (U.S.)


# Longer names of places that contain the name of a state or a seat of power, which they do not stand for.
_PLACES = tuple(meanings("no_state"))


def lexicon(
    states: Iterable[State], organizations: Iterable[Organization], people: Iterable[Person]
) -> Mapping[str, tuple[Entry, ...]]:
    """Every way to name a known entity, by its first word, longest first."""
    entries: dict[tuple[str, ...], Entry] = {}

    def add(name: str, kind: str, entity: Entity | None) -> None:
        entry = _entry_of(name, kind, entity)
        key = (*entry.words, *(entry.exact or ()))
        known = entries.setdefault(key, entry)
        if known.entity is entity and known.capital != entry.capital:  # al-Qaida, Al-Qaida
            both = tuple(a and b for a, b in zip(known.capital, entry.capital, strict=True))
            entries[key] = replace(known, capital=both)

    for place in _PLACES:
        add(place, "place", None)
    for state in states:
        for name in (state.name, *state.aliases):
            add(name, "name", state)
        for name in state.metonyms:
            add(name, "metonym", state)
        for name in state.people:
            add(name, "people", state)
        for name in state.adjectives:
            add(name, "adjective", state)
            add(f"{name} government", "name", state)
    for organization in organizations:
        for name in (organization.name, *organization.aliases):
            add(name, "name", organization)
        for name in organization.short:
            add(name, "short", organization)
    for person in people:
        for name in (person.name, *person.aliases):
            if WORD.search(name):
                add(name, "name", person)
    by_first: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        by_first[entry.words[0]].append(entry)
    return {
        first: tuple(sorted(found, key=lambda e: (-len(e.words), e.exact is None, e.words)))
        for first, found in by_first.items()
    }


def _entry_of(name: str, kind: str, entity: Entity | None) -> Entry:
    words = WORD.findall(name)
    letters = "".join(words)
    acronym = letters.isupper() and len(letters) <= 8
    return Entry(
        words=tuple(fold(word) for word in words),
        capital=tuple(word[0].isupper() for word in words),
        exact=tuple(words) if acronym else None,
        kind="acronym" if acronym and kind == "name" else kind,
        entity=entity,
        dotted=name.endswith("."),
    )
