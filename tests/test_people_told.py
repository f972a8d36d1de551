"""People whom the tagger takes for something else: analysed texts are built by hand, with the tagger's mistakes."""

import pytest
from spacy.tokens import Doc, Span

from onrecord.annotate.actors import find_actors
from onrecord.annotate.syntax.analysis import analyse
from onrecord.annotate.syntax.people_told import tell_people
from onrecord.document import Document


def test_a_place_before_a_name_is_no_given_name(nlp, knowledge):
    text = "In Georgia Biden told lawmakers that the bill was bad.\n\nBiden said that it was late."
    doc = Document(article_id="a", source_file="a.txt", source_sha256="0" * 64, text=text)
    (syntax,) = analyse([doc], nlp)
    assert "Georgia Biden" not in {actor.name for actor in find_actors(doc, syntax, knowledge).actors()}


def analysed(nlp, names, speaker, name_label=None, tags=("NNP", "NNP")):
    """`names` stand in a first sentence; `speaker` says something in a second one."""
    words = ["Voters", "like", *names, ".", speaker, "said", "no", "."]
    said = words.index("said")
    doc = Doc(
        nlp.vocab,
        words=words,
        tags=["NNS", "VBP", *([*tags, "NNP"][: len(names)]), ".", "NNP", "VBD", "UH", "."],
        lemmas=[word.lower().replace("said", "say") for word in words],
        deps=["nsubj", "ROOT", *["compound"] * (len(names) - 1), "dobj", "punct", "nsubj", "ROOT", "intj", "punct"],
        heads=[1, 1, *[1 + len(names)] * (len(names) - 1), 1, 1, said, said, said, said],
        sent_starts=[True, *[False] * (len(names) + 2), True, *[False] * 3],
    )
    if name_label:
        doc.ents = [Span(doc, 2, 2 + len(names), label=name_label)]
    return doc


def people(doc):
    tell_people(doc)
    return [entity.text for entity in doc.ents if entity.label_ == "PERSON"]


@pytest.mark.parametrize("label", [None, "ORG", "GPE", "WORK_OF_ART"])
def test_a_given_name_before_somebody_who_speaks_makes_a_person(nlp, label):
    assert people(analysed(nlp, ["Walter", "Testmann"], "Testmann", label)) == ["Walter Testmann"]


def test_a_family_name_that_looks_like_a_plural_is_one(nlp):
    assert people(analysed(nlp, ["Walter", "Ayres"], "Ayres", "ORG", ("NNP", "NNPS"))) == ["Walter Ayres"]


def test_a_body_behind_which_its_head_stands_is_left_without_him(nlp):
    doc = analysed(nlp, ["AFL-CIO", "Walter", "Testmann"], "Testmann", "ORG")
    assert people(doc) == ["Walter Testmann"]
    assert [entity.text for entity in doc.ents] == ["AFL-CIO", "Walter Testmann"]


@pytest.mark.parametrize(
    ("names", "speaker"),
    [
        (["Walter", "Testmann"], "Quay"),  # nobody of that name speaks
        (["Harbour", "Testmann"], "Testmann"),  # no given name
        (["Walter", "Police"], "Police"),  # a body's word
        (["Walter", "Testmann", "Foundation"], "Testmann"),  # called after somebody
    ],
)
def test_other_capitals_make_no_person(nlp, names, speaker):
    assert people(analysed(nlp, names, speaker)) == []


def test_a_team_is_no_person(nlp):
    assert people(analysed(nlp, ["the", "Charlotte", "Rovers"], "Rovers", tags=("DT", "NNP", "NNPS"))) == []


def test_the_tagger_s_longer_person_is_left(nlp):
    assert people(analysed(nlp, ["Walter", "Testmann"], "Testmann", "PERSON")) == ["Walter Testmann"]


def test_a_speaker_whose_name_is_also_a_capital_is_no_state(nlp, knowledge):
    text = "Critics wrote to Jon Nicosia, a former editor.\n\nNicosia said that it was untrue. Nicosia laughed."
    doc = Document(article_id="a", source_file="a.txt", source_sha256="0" * 64, text=text)
    (syntax,) = analyse([doc], nlp)
    assert {actor.name for actor in find_actors(doc, syntax, knowledge).actors()} == {"Jon Nicosia"}


def question(nlp, name, tag, mark):
    """`name` begins a sentence before a verb of that tag, and the tagger takes all of it for a person."""
    words = [*name, "accept", "it", mark]
    last = len(name) - 1
    doc = Doc(
        nlp.vocab,
        words=words,
        tags=[*["NNP"] * len(name), tag, "PRP", "."],
        lemmas=[word.lower() for word in words],
        deps=[*["compound"] * last, "nsubj", "ROOT", "dobj", "punct"],
        heads=[*[last] * last, len(name), len(name), len(name), len(name)],
        sent_starts=[True, *[False] * (len(words) - 1)],
    )
    doc.ents = [Span(doc, 0, len(name), label="PERSON")]
    return doc


@pytest.mark.parametrize(
    ("name", "tag", "mark", "expected"),
    [
        (("Will", "Testmann"), "VB", "?", ["Testmann"]),
        (("Will", "Nora", "Testmann"), "VB", "?", ["Nora Testmann"]),
        (("Will", "Testmann"), "VBP", ".", ["Will Testmann"]),
        (("Nora", "Testmann"), "VB", "?", ["Nora Testmann"]),
    ],
)
def test_the_verb_of_a_question_is_no_given_name(nlp, name, tag, mark, expected):
    assert people(question(nlp, name, tag, mark)) == expected


@pytest.mark.parametrize(
    ("thing", "expected"), [("statement", ["Nora Testmann", "Testmann"]), ("plant", ["Nora Testmann"])]
)
def test_who_writes_is_somebody_who_is_named_in_full(nlp, thing, expected):
    doc = Doc(
        nlp.vocab,
        words=["Nora", "Testmann", "spoke", ".", "A", "Testmann", thing, "said", "no", "."],
        tags=["NNP", "NNP", "VBD", ".", "DT", "NNP", "NN", "VBD", "UH", "."],
        lemmas=["nora", "testmann", "speak", ".", "a", "testmann", thing, "say", "no", "."],
        deps=["compound", "nsubj", "ROOT", "punct", "det", "compound", "nsubj", "ROOT", "intj", "punct"],
        heads=[1, 2, 2, 2, 6, 6, 7, 7, 7, 7],
        sent_starts=[True, False, False, False, True, *[False] * 5],
    )
    doc.ents = [Span(doc, 0, 2, label="PERSON"), Span(doc, 5, 6, label="ORG")]
    assert people(doc) == expected
