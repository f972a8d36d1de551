"""The tables of states, organizations and people, and the lexicon that is made of them."""

import re
from pathlib import Path

import pytest

import onrecord
from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Organization, Person, State
from onrecord.knowledge.family_names import surname
from onrecord.knowledge.names import find_names
from onrecord.knowledge.titles import country_of_role
from onrecord.knowledge.words import normal

DATA = Path(onrecord.__file__).parent / "data"


def found(text: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    return [
        (text[hit.start : hit.end], hit.entry.entity.name)
        for hit in find_names(text, knowledge)
        if hit.entry.entity is not None
    ]


def test_every_code_id_and_slug_has_its_published_shape(knowledge):
    assert all(re.fullmatch(r"[A-Z]{3}", iso3) for iso3 in knowledge.states)
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in knowledge.organizations)
    ids = [e.wikidata_id for e in (*knowledge.states.values(), *knowledge.people) if e.wikidata_id]
    assert all(re.fullmatch(r"Q[0-9]+", qid) for qid in ids)
    assert len(ids) == len(set(ids))


def test_every_country_and_parent_is_in_the_tables(knowledge):
    countries = {e.country for e in (*knowledge.organizations.values(), *knowledge.people)} - {None}
    assert countries <= set(knowledge.states)
    parents = {o.parent for o in knowledge.organizations.values()} - {None}
    assert parents <= set(knowledge.organizations)


def test_no_two_people_share_an_actor_id(knowledge):
    assert len(knowledge.people_by_id) == len(knowledge.people)


def test_terms_end_after_they_start(knowledge):
    offices = [office for person in knowledge.people for office in person.offices]
    assert all(office.end is None or office.start <= office.end for office in offices)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the U.S. and the U.K", [("U.S.", "United States"), ("U.K", "United Kingdom")]),
        ("UNITED NATIONS said", [("UNITED NATIONS", "United Nations")]),
        ("Kim Jong-un, Kim Jong Un", [("Kim Jong-un", "Kim Jong Un"), ("Kim Jong Un", "Kim Jong Un")]),
        ("Sergey Lavrov", [("Sergey Lavrov", "Sergei Lavrov")]),
        ("China’s position", [("China", "China")]),
        ("the United Nations Security Council", [("United Nations Security Council", "UN Security Council")]),
        ("the Washington Post", [("Washington Post", "The Washington Post")]),
    ],
)
def test_names_are_found_in_every_usual_spelling(text, names, knowledge):
    assert found(text, knowledge) == names


@pytest.mark.parametrize("text", ["give us time", "who knows", "a turkey in the oven", "South China Sea", "New Mexico"])
def test_words_and_places_that_look_like_names_are_not_found(text, knowledge):
    assert found(text, knowledge) == []


def test_a_name_does_not_cross_a_paragraph(knowledge):
    assert found("North\n\nKorea", knowledge) == []


@pytest.mark.parametrize(
    ("name", "country", "family"),
    [("Wang Yi", "CHN", "wang"), ("Mike Pompeo", "USA", "pompeo"), ("Bashar al-Assad", "SYR", "assad"),
     ("Eric Holder Jr.", "USA", "holder"), ("Beto O’Rourke", "USA", "o'rourke")],
)  # fmt: skip
def test_the_family_name_stands_where_the_country_puts_it(name, country, family):
    assert surname(name, country) == family


def test_spellings_of_one_name_are_equal_when_normal():
    assert normal("Kim Jong-un") == normal("Kim Jong Un")
    assert normal("Recep Tayyip Erdoğan") == normal("Recep Tayyip Erdogan")


def test_the_three_kinds_of_entity_are_in_the_lexicon(knowledge):
    kinds = {type(entry.entity) for entries in knowledge.lexicon.values() for entry in entries}
    assert {State, Organization, Person} <= kinds


@pytest.mark.parametrize(
    ("role", "country"),
    [
        ("Russian Foreign Minister", "RUS"),
        ("ambassador to Japan", None),
        ("U.S. and European officials", None),
        ("British, French and German diplomats", None),
        ("president of Ghana and Chairman of the bloc", "GHA"),
        ("Japanese trade and industry officials", "JPN"),
        ("former Florida Gov.", "USA"),
        ("New York City mayor", "USA"),
        ("ambassador to California", None),
        ("Georgia congressman", "USA"),
        ("Georgia Foreign Minister", "GEO"),
        ("former Trump campaign adviser", "USA"),
        ("Harbour campaign adviser", None),
        ("top Ukraine expert at the White House", None),
        ("Ukrainian expert", "UKR"),
        ("fellow of the Russia and Eurasia program", None),
        ("UK security analyst", "GBR"),
        ("conservative Economist", None),
        ("editor of The Economist", "GBR"),
    ],
)
def test_a_role_is_of_a_country_if_it_names_one_alone(role, country, knowledge):
    assert country_of_role(role, knowledge) == country
