"""What is known: states, organizations and people with their offices."""

from dataclasses import dataclass
from datetime import date

from onrecord.knowledge.words import local_id, normal


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
    # As a user's file states them, whatever an article says.
    stated_gender: str | None = None  # male | female
    party: str | None = None

    @property
    def actor_id(self) -> str:
        if self.wikidata_id:
            return f"wd:{self.wikidata_id}"
        return local_id("person", normal(self.name), self.country or "")


Entity = State | Organization | Person
