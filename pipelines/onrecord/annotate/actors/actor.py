"""Actors as they stand in the table, made from what is known or from a name."""

import re

from onrecord.document import Actor
from onrecord.knowledge.entities import Organization, Person, State
from onrecord.knowledge.words import fold, local_id, normal


def state_id(iso3: str) -> str:
    return f"state:{iso3}"


def state_actor(state: State) -> Actor:
    return Actor(
        actor_id=state_id(state.iso3),
        name=state.name,
        type="state",
        country=state.iso3,
        sector="government",
        wikidata_id=state.wikidata_id,
        link_method="kb",
    )


def organization_actor(organization: Organization) -> Actor:
    return Actor(
        actor_id=f"org:{organization.slug}",
        name=organization.name,
        type="organization",
        country=organization.country,
        sector=organization.sector,
        parent_actor_id=f"org:{organization.parent}" if organization.parent else None,
        link_method="kb",
    )


def government_actor(name: str, country: str) -> Actor:
    """A body of a state that the tables do not list, such as a ministry: one actor wherever it is named."""
    return Actor(
        actor_id="org:" + "-".join(re.findall(r"[a-z0-9]+", fold(name))),
        name=name,
        type="organization",
        country=country,
        sector="government",
        link_method="kb",
    )


def person_actor(person: Person) -> Actor:
    return Actor(
        actor_id=person.actor_id,
        name=person.name,
        type="person",
        country=person.country,
        sector="government" if person.offices else None,
        wikidata_id=person.wikidata_id,
        gender=person.stated_gender,
        party=person.party,
        link_method="kb",
    )


def named_actor(name: str, type: str, country: str | None, sector: str | None = None) -> Actor:
    """An actor that the knowledge base does not have."""
    return Actor(
        actor_id=local_id(type, normal(name), country or ""),
        name=name,
        type=type,
        country=country,
        sector=sector,
        link_method="name",
    )
