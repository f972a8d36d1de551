"""The extractors stay as good on the labelled seeds as `tests/gold/pins.json` says."""

import json

import pytest

from scoring import PINS, SLACK, annotate_seeds, labels_sha256, read_labels, score, total

PINNED = json.loads(PINS.read_text("utf-8"))
LABELS = read_labels()


@pytest.fixture(scope="module")
def found(models):
    """What the extractors find in each seed, by its name."""
    return annotate_seeds(models, [labels.name for labels in LABELS])


@pytest.fixture(scope="module")
def scores(found):
    return total(score(labels, found[labels.name]) for labels in LABELS)


def test_the_pins_belong_to_these_labels():
    assert PINNED["labels_sha256"] == labels_sha256(), (
        "labels changed: look at the scores, then python tests/scoring.py --pin"
    )


def test_every_row_is_pinned(scores):
    assert list(PINNED["f1"]) == [row.strip() for row in scores]


@pytest.mark.parametrize("row", PINNED["f1"])
def test_no_score_falls_below_its_pin(row, scores):
    measured = {name.strip(): counts.f1 for name, counts in scores.items()}[row]
    assert measured >= PINNED["f1"][row] - SLACK


@pytest.mark.parametrize("labels", LABELS, ids=lambda labels: labels.name)
def test_no_headline_caption_prompt_or_comment_stands_in_the_body(labels, found):
    assert set(found[labels.name].doc.text.splitlines()) & set(labels.not_body) == set()
