"""What is known about states, organizations and people before an article is read.

The facts are the tables under `data/`: states.csv, organizations.csv and people.csv. Lists inside a cell are split by
`|`. A Wikidata id stands there only where it has been checked; no id is better than a wrong one.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from onrecord.knowledge.entities import Office, Organization, Person, State
from onrecord.knowledge.family_names import surname
from onrecord.knowledge.lexicon import Entry, lexicon
from onrecord.knowledge.words import fold, normal


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


def load_countries(folder: Path) -> frozenset[str]:
    """The ISO codes of states.csv."""
    return frozenset(row["iso3"] for row in rows(folder / "states.csv"))


# Our people and the ISO codes of the known states -> all people, ours first and in their order.
_Extend = Callable[[Sequence[Person], Collection[str]], Sequence[Person]]


def load_knowledge(folder: Path, extend: _Extend | None = None) -> Knowledge:
    """Read the three tables in `folder`; `extend` adds people whom the user knows."""
    states = {row["iso3"]: state_of(row) for row in rows(folder / "states.csv")}
    organizations = {row["slug"]: _organization_of(row) for row in rows(folder / "organizations.csv")}
    ours = tuple(_person_of(row) for row in rows(folder / "people.csv"))
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


def _organization_of(row: dict[str, str]) -> Organization:
    return Organization(
        row["slug"],
        row["name"],
        row["country"] or None,
        row["sector"],
        row["parent"] or None,
        cells(row["aliases"]),
        cells(row["short"]),
    )


def _person_of(row: dict[str, str]) -> Person:
    return Person(
        row["name"],
        row["wikidata_id"] or None,
        row["country"] or None,
        row["gender"] or None,
        tuple(_office_of(cell) for cell in cells(row["offices"])),
        cells(row["aliases"]),
    )


def _office_of(cell: str) -> Office:
    """`Foreign Minister 2004-03-09/`: a title, a first day and, if the term is over, a last day."""
    title, _, term = cell.rpartition(" ")
    start, _, end = term.partition("/")
    return Office(title, date.fromisoformat(start), date.fromisoformat(end) if end else None)


def cells(value: str) -> tuple[str, ...]:
    return tuple(cell for cell in value.split("|") if cell)
