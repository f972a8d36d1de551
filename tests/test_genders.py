"""Whether a person is a woman or a man, as far as the words of an article tell, and a user's file."""

from pathlib import Path

import pytest
from spacy.tokens import Doc

import onrecord
from onrecord.annotate.actors import find_actors
from onrecord.annotate.actors.genders import tell_genders
from onrecord.document import Document
from onrecord.knowledge import load_knowledge
from onrecord.knowledge.holders import HoldersError, joined, load_holders

DATA = Path(onrecord.__file__).parent / "data"
HEADER = "country,position,person,qid,start,end,gender,party\n"


def persons(nlp, knowledge, text):
    doc = Document(article_id="a", source_file="a", source_sha256="0" * 64, text=text)
    cast = find_actors(doc, Doc.from_docs([nlp(text)]), knowledge)
    return {actor.name: actor for actor in tell_genders(cast) if actor.type == "person"}


@pytest.mark.parametrize(
    "text, gender",
    [
        ("Robin Meyer spoke in Oslo on Monday. Ms. Meyer was in no hurry.", "female"),
        ("Robin Meyer spoke in Oslo on Monday. Mr Meyer was in no hurry.", "male"),
        ("Police spokeswoman Robin Meyer said it was over.", "female"),
        ("Robin Meyer, the chairman, left Oslo.", None),
        ("Robin Meyer spoke in Oslo on Monday. She was in no hurry.", "female"),
        ("Robin Meyer took his coat and left Oslo.", "male"),
        ("Laura Meyer spoke in Oslo on Monday.", None),  # a given name is no word about her
        ("Mr. Robin Meyer spoke in Oslo. Ms. Robin Meyer left.", None),
        ("Police spokeswoman Robin Meyer said it was over. His hat lay in Oslo.", "female"),
        ("Robin Meyer took her coat and left Oslo.", "female"),
        ("Robin Meyer left Oslo on Monday. Robin Meyer gave her a letter.", None),
        ("Robin Meyer, a professor at King's College, left Oslo.", None),
        ("Burger King chief executive Robin Meyer left Oslo.", None),
        ("Robin Meyer, an adviser to the queen, left Oslo.", None),
        ("Robin Meyer, a spokeswoman for the king, left Oslo.", "female"),
    ],
)
def test_the_words_of_the_article_tell_the_gender(nlp, knowledge, text, gender):
    (person,) = persons(nlp, knowledge, text).values()
    assert person.gender == gender


def test_states_and_bodies_have_none(nlp, knowledge):
    text = "Britain sent her navy. The United Nations met."
    doc = Document(article_id="a", source_file="a", source_sha256="0" * 64, text=text)
    cast = find_actors(doc, Doc.from_docs([nlp(text)]), knowledge)
    assert {actor.gender for actor in tell_genders(cast)} == {None}


@pytest.fixture
def told(nlp, tmp_path):
    """The persons of a text, with an office-holder file of these lines."""

    def find(text, *lines):
        path = tmp_path / "holders.csv"
        path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        knowledge = load_knowledge(DATA, lambda ours, countries: joined(ours, load_holders([path], countries)))
        return persons(nlp, knowledge, text)

    return find


def test_a_file_goes_before_the_article_and_gives_the_party(told):
    text = "British Prime Minister Theresa May spoke in London. He was in no hurry."
    (may,) = told(text, "GBR,,Theresa May,Q264766,,,female,Conservative Party").values()
    assert (may.wikidata_id, may.gender, may.party) == ("Q264766", "female", "Conservative Party")


def test_of_several_parties_the_last_counts(told):
    lines = (
        "GBR,Minister of Justice,Ann Quillington,Q900001,2001,2004,,Whigs",
        "GBR,Foreign Secretary,Ann Quillington,Q900001,2015,2019,,Tories",
    )
    (ann,) = told("Britain's Foreign Secretary Ann Quillington spoke.", *lines).values()
    assert ann.party == "Tories"


def test_who_has_no_office_in_the_file_is_not_looked_for(told):
    (ann,) = told("Britain sent Ann Quillington.", "GBR,,Ann Quillington,Q900001,,,female,Whigs").values()
    assert (ann.wikidata_id, ann.party) == (None, None)


def test_a_gender_that_is_none_is_named(told):
    with pytest.raises(HoldersError, match="line 2, column gender: 'x' is none of female, male"):
        told("", "GBR,,Theresa May,Q264766,,,x,")
