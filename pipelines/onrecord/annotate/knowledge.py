"""What is known about states, organizations and people before an article is read.

The facts are the tables under `data/`: states.csv, organizations.csv and people.csv. Lists inside a cell are split by
`|`. A Wikidata id stands there only where it has been checked; no id is better than a wrong one.
"""

import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class State:
    iso3: str
    name: str
    wikidata_id: str | None
    aliases: tuple[str, ...]
    metonyms: tuple[str, ...]  # capital, seats of power: they name the state only where they act
    adjectives: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    slug: str
    name: str
    country: str | None
    sector: str
    parent: str | None
    aliases: tuple[str, ...]
    short: tuple[str, ...]  # ambiguous names, valid only where the article names the body, its parent or its country


@dataclass(frozen=True, slots=True)
class Office:
    """A post and its term; an open end is None."""

    title: str
    start: date
    end: date | None

    def held_between(self, earliest: date, latest: date) -> bool:
        return self.start <= latest and (self.end is None or earliest <= self.end)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    wikidata_id: str | None
    country: str | None
    gender: str | None  # m | f
    offices: tuple[Office, ...]
    aliases: tuple[str, ...]

    @property
    def actor_id(self) -> str:
        if self.wikidata_id:
            return f"wd:{self.wikidata_id}"
        return local_id("person", normal(self.name), self.country or "")


Entity = State | Organization | Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to name an entity. `words` are folded; `capital` tells which words must begin with a capital."""

    words: tuple[str, ...]
    capital: tuple[bool, ...]
    exact: tuple[str, ...] | None  # the words as written, where case matters (US, WHO)
    kind: str  # name | acronym | short | metonym | adjective | people | place
    entity: Entity | None
    dotted: bool  # a final full stop belongs to the name (U.S.)


@dataclass(frozen=True, slots=True)
class Knowledge:
    states: Mapping[str, State]  # by ISO 3166-1 alpha-3 code
    organizations: Mapping[str, Organization]  # by slug
    people: tuple[Person, ...]
    people_by_id: Mapping[str, Person] = field(repr=False)
    lexicon: Mapping[str, tuple[Entry, ...]] = field(repr=False)  # by folded first word, longest first
    surnames: Mapping[str, tuple[Person, ...]] = field(repr=False)
    holders: Mapping[str, tuple[Person, ...]] = field(repr=False)  # people of the user's files only, by family name
    namesakes: Mapping[str, tuple[Person, ...]] = field(repr=False)  # normalized names that several people bear
    adjectives: Mapping[str, State] = field(repr=False)  # by folded adjective, "north korean"


# Longer names of places that contain the name of a state or a seat of power, which they do not stand for.
PLACES = (
    "South China Sea", "East China Sea", "Sea of Japan", "Gulf of Mexico", "Gulf of Oman", "Gulf of Thailand",
    "New Mexico", "Mexico City", "Panama City", "Guatemala City", "Kuwait City", "Latin America", "South America",
    "North America", "Central America", "Northern Ireland", "Papua", "Korean Peninsula", "Korean War", "Gulf War",
    "Vietnam War", "Iraq War", "Panama Canal", "New London", "East London", "Paris Agreement", "Paris Accord",
    "Paris accord", "Paris climate", "Geneva", "Voice of China", "Washington Monument",
    "George Washington", "Washington Redskins", "Washington state", "Washington State", "Moscow Oblast",
    "Air Force One", "Inner Mongolia", "Berlin Wall", "Beijing Olympics", "London Bridge", "Tokyo Olympics",
    "Captain America", "Miss America", "Georgia Tech", "Atlanta, Georgia",
    "British Columbia", "Vienna", "American University",
    "American Samoa", "Georgia governor", "Georgia Gov", "Georgia gubernatorial", "Georgia Sen", "Georgia Senate",
    "Georgia senator", "Georgia Republican", "Georgia Democrat", "Georgia Rep", "Georgia congressman", "Georgia state",
)  # fmt: skip


def word_set(text: str) -> frozenset[str]:
    """A lexicon written as one string."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """Lower case without diacritics, with straight apostrophes: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", text).replace("’", "'")
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def normal(name: str) -> str:
    """A name without case, diacritics, full stops and hyphens: what its spellings share."""
    return " ".join(re.findall(r"\w+", fold(name).replace("'", "").replace("’", "")))


def local_id(*parts: str) -> str:
    """x: and 16 hex digits over `parts`."""
    return "x:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def load_countries(folder: Path) -> frozenset[str]:
    """The ISO codes of states.csv."""
    return frozenset(row["iso3"] for row in rows(folder / "states.csv"))


# Our people and the ISO codes of the known states -> all people, ours first and in their order.
Extend = Callable[[Sequence[Person], Collection[str]], Sequence[Person]]


def load_knowledge(folder: Path, extend: Extend | None = None) -> Knowledge:
    """Read the three tables in `folder`; `extend` adds people whom the user knows."""
    states = {row["iso3"]: state_of(row) for row in rows(folder / "states.csv")}
    organizations = {row["slug"]: organization_of(row) for row in rows(folder / "organizations.csv")}
    ours = tuple(person_of(row) for row in rows(folder / "people.csv"))
    people = tuple(extend(ours, states.keys())) if extend else ours
    surnames, holders, namesakes = (defaultdict[str, list[Person]](list) for _ in range(3))
    for at, person in enumerate(people):
        families = surnames if at < len(ours) else holders
        for family in sorted({surname(name, person.country) for name in (person.name, *person.aliases)}):
            families[family].append(person)
        for name in sorted({normal(name) for name in (person.name, *person.aliases)}):
            namesakes[name].append(person)
    return Knowledge(
        states=states,
        organizations=organizations,
        people=people,
        people_by_id={person.actor_id: person for person in people},
        lexicon=lexicon(states.values(), organizations.values(), people),
        surnames={name: tuple(bearers) for name, bearers in surnames.items()},
        holders={name: tuple(bearers) for name, bearers in holders.items()},
        namesakes={name: tuple(bearers) for name, bearers in namesakes.items() if len(bearers) > 1},
        adjectives={fold(word): state for state in states.values() for word in state.adjectives},
    )


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def state_of(row: dict[str, str]) -> State:
    return State(
        row["iso3"],
        row["name"],
        row["wikidata_id"] or None,
        cells(row["aliases"]),
        cells(row["metonyms"]),
        cells(row["adjectives"]),
        cells(row["people"]),
    )


def organization_of(row: dict[str, str]) -> Organization:
    return Organization(
        row["slug"],
        row["name"],
        row["country"] or None,
        row["sector"],
        row["parent"] or None,
        cells(row["aliases"]),
        cells(row["short"]),
    )


def person_of(row: dict[str, str]) -> Person:
    return Person(
        row["name"],
        row["wikidata_id"] or None,
        row["country"] or None,
        row["gender"] or None,
        tuple(office_of(cell) for cell in cells(row["offices"])),
        cells(row["aliases"]),
    )


def office_of(cell: str) -> Office:
    """`Foreign Minister 2004-03-09/`: a title, a first day and, if the term is over, a last day."""
    title, _, term = cell.rpartition(" ")
    start, _, end = term.partition("/")
    return Office(title, date.fromisoformat(start), date.fromisoformat(end) if end else None)


def cells(value: str) -> tuple[str, ...]:
    return tuple(cell for cell in value.split("|") if cell)


SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "junior", "ii", "iii", "iv"})  # Eric Holder Jr. is called Mr. Holder
# Family names that stand first in Chinese and Korean names; Vietnamese and Japanese names are printed in both orders.
FAMILY_FIRST = frozenset({"PRK", "KOR", "CHN", "TWN", "HKG", "KHM"})


def surname(name: str, country: str | None) -> str:
    """The folded family name: the first word of Chinese and Korean names, else the last with its particle."""
    words = name.split()
    if len(words) > 2 and fold(words[-1]) in SUFFIXES:
        words = [*words[:-2], words[-2].removesuffix(",")]
    if country in FAMILY_FIRST and len(words) > 1:
        return fold(words[0])
    return fold(words[-1].removeprefix("al-").removeprefix("el-"))


def lexicon(
    states: Iterable[State], organizations: Iterable[Organization], people: Iterable[Person]
) -> Mapping[str, tuple[Entry, ...]]:
    """Every way to name a known entity, by its first word, longest first."""
    entries: dict[tuple[str, ...], Entry] = {}

    def add(name: str, kind: str, entity: Entity | None) -> None:
        entry = entry_of(name, kind, entity)
        key = (*entry.words, *(entry.exact or ()))
        known = entries.setdefault(key, entry)
        if known.entity is entity and known.capital != entry.capital:  # al-Qaida, Al-Qaida
            both = tuple(a and b for a, b in zip(known.capital, entry.capital, strict=True))
            entries[key] = replace(known, capital=both)

    for place in PLACES:
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


def entry_of(name: str, kind: str, entity: Entity | None) -> Entry:
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
