"""How days ahead and behind are labelled and learned."""

from datetime import date

import pytest

from onrecord.timex.governor import governor
from onrecord.timex.grammar import read
from onrecord.timex.kinds import kinds_of
from onrecord.timex.tense import chance_ahead, tense_at
from training.tense import SENTENCES, is_ahead, learn, read_sentences

IN_JUNE = date(2021, 6, 16)  # a Wednesday


@pytest.mark.parametrize(
    ("value", "ahead"),
    [
        ("2021-06-18", True),
        ("2021-06-11TMO", False),
        ("2021-06-16", None),
        ("2021-07", True),
        ("2021-06", None),
        ("2020-WI", False),
        ("2021-SU", None),
        ("2021-FA", True),
        ("2021-Q1", False),
        ("P3D", None),
    ],
)
def test_a_value_lies_ahead_behind_or_on_the_day_itself(value, ahead):
    assert is_ahead(value, IN_JUNE) is ahead


def test_sentences_are_read_with_their_marks_and_the_day_before_them(tmp_path):
    path = tmp_path / "days.txt"
    path.write_text(
        "# a note\n2021-06-16|They met on [<Monday], and meet on [>Friday].\nIt opens in [>May].\n", "utf-8"
    )
    days = list(read_sentences(path))
    assert [(day.text[day.expression.start : day.expression.end], day.ahead) for day in days] == [
        ("Monday", False),
        ("Friday", True),
        ("May", True),
    ]
    assert [day.published for day in days] == [IN_JUNE, IN_JUNE, None]


def test_a_sign_that_tells_the_sides_apart_gets_a_weight_for_its_side():
    weights = learn(list(read_sentences(SENTENCES)))
    assert weights["cue future"] > 0 > weights["cue past"]


def test_the_same_day_is_surely_ahead_or_behind_by_its_clause_and_open_without_one():
    def at(text, published=IN_JUNE):
        (expression,) = read(text)
        return tense_at(text, expression, published), chance_ahead(text, expression, published)

    assert at("They will meet on Friday.")[0] == "future"
    assert at("They met on Friday.")[0] == "past"
    assert at("The vote, on Friday", None)[0] is None
    assert at("They met on Friday.")[1] < 0.2 < 0.8 < at("They will meet on Friday.")[1]


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("The ferry returns from service", ["", "", "third", "", ""]),
        ("Two returns from service", ["", "", "", ""]),
        ("During talks on tax", ["", "", "", ""]),
        ("Roadworks on the A9 start on", ["", "", "", "", "plural", ""]),
        ("Trains are cancelled on", ["", "is", "done", ""]),
        ("Trains were cancelled on", ["", "was", "past", ""]),
        ("Neither could be found", ["", "did", "be", "done"]),
        ("It could return", ["", "could", ""]),
        ("a dispute about pay", ["", "", "", ""]),
        ("It was about to end", ["", "was", "due", "to", ""]),
    ],
)
def test_a_word_is_a_verb_by_its_form_and_its_neighbours(sentence, kinds):
    assert list(kinds_of(sentence.split())) == kinds


@pytest.mark.parametrize(
    ("before", "after", "sign"),
    [
        ("The bill that cleared the house on", "would bar it", "governor relative past"),
        ("The side , beaten at home on", ", must win", "governor participle done"),
        ("The bank said it will open on", "", "governed will"),
        ("On", "the board met", "governor next past"),
        ("A payment that was due on", "never came", "governed was due"),
    ],
)
def test_a_day_belongs_to_the_verb_of_its_own_clause(before, after, sign):
    left, right = before.split(), after.split()
    assert sign in set(governor(left, kinds_of(left), right, kinds_of(right)))
