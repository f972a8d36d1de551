"""Proposals stay as good on sentences of many subjects as `tests/gold/proposals_pins.json` says."""

import json

import pytest

from scoring import SLACK
from scoring_proposals import LABELS, PINS, SPLITS, labels_sha256, read_passages, score_all

PINNED = json.loads(PINS.read_text("utf-8"))
PASSAGES = read_passages()


@pytest.fixture(scope="module")
def scores(models):
    return score_all(models, PASSAGES)


def test_the_pins_belong_to_these_sentences():
    assert PINNED["labels_sha256"] == labels_sha256(), (
        "labels changed: look at the scores, then python tests/scoring_proposals.py --pin"
    )


@pytest.mark.parametrize("split", SPLITS)
def test_every_row_of_the_sentences_is_pinned(split, scores):
    assert list(PINNED["f1"][split]) == [row.strip() for row in scores[split]]


@pytest.mark.parametrize(("split", "row"), [(split, row) for split in SPLITS for row in PINNED["f1"][split]])
def test_no_score_on_the_sentences_falls_below_its_pin(split, row, scores):
    measured = {name.strip(): counts.f1 for name, counts in scores[split].items()}[row]
    assert measured >= PINNED["f1"][split][row] - SLACK


@pytest.mark.parametrize("line", LABELS.read_text("utf-8").splitlines(), ids=lambda line: json.loads(line)["id"])
def test_every_labelled_content_and_cue_is_a_slice_of_its_sentence(line):
    entry = json.loads(line)
    wordings = [w for label in entry["proposals"] for w in (label["text"], label["cue"], *label.get("or_text", []))]
    assert [w for w in wordings if w not in entry["text"]] == []


def test_there_are_enough_sentences_in_both_halves():
    assert len(PASSAGES) >= 150
    assert sum(passage.split == "test" for passage in PASSAGES) >= 50
