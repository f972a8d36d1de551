"""The learned tagger: what it reads, how it decodes, and that it was not trained on what it is judged by."""

import gzip
import json
import pathlib

import numpy as np
import pytest

from onrecord.annotate.encoder import CONTEXT, ROOM, SEPARATOR, WEIGHTS, Piece, Window, windows
from onrecord.annotate.quotes.stretches import find_stretches
from onrecord.annotate.quotes.tagger import LABELS, best_paths, find_told
from training.calibrate import reliability
from training.labels import FOUND

CARD = json.loads((WEIGHTS / "tagger.json").read_text("utf-8"))


def paragraphs_of(*lengths):
    """Pieces of paragraphs of so many pieces, a separator after each."""
    return [Piece(number, 0, 0, 0) for length in lengths for number in (*[7] * length, SEPARATOR)]


@pytest.mark.parametrize("lengths", [(3,), (100, 100, 100), (ROOM - 1, 5), (1000, 3), (40,) * 30, (ROOM, ROOM + 1)])
def test_every_piece_is_a_windows_own_exactly_once_and_no_window_is_too_long(lengths):
    found = paragraphs_of(*lengths)
    cut = list(windows(found))
    assert [each.own for each in cut] == [0, *(each.end for each in cut[:-1])]
    assert cut[-1].end == len(found)
    assert all(each.start <= each.own < each.end <= each.start + ROOM for each in cut)
    assert all(each.own - each.start <= CONTEXT for each in cut)


def test_a_window_begins_with_the_paragraph_before_it():
    assert list(windows(paragraphs_of(120, 50, 120))) == [Window(0, 0, 172), Window(121, 172, 293)]


def test_no_text_has_no_windows():
    assert list(windows([])) == []


def test_the_inside_of_a_span_follows_its_beginning_only():
    emissions = np.full((3, len(LABELS)), -9.0, dtype=np.float32)
    emissions[0, 0] = emissions[1, 6] = emissions[2, 6] = 0
    emissions[1, 5] = -1
    transitions = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    transitions[0, 6] = -1e4
    assert [path.tolist() for path in best_paths([emissions, emissions[:1]], transitions)] == [[0, 5, 6], [0]]


def test_reliability_rises_and_keeps_the_overall_share():
    found = [(n / 100, n % 100 > 50 and n % 3 > 0) for n in range(100)]
    table = reliability(found)
    assert [share for _, share in table] == sorted(share for _, share in table)
    assert all(0 <= share <= 1 for _, share in table)


def test_a_text_is_read_the_same_way_each_time(encoder):
    text = "“We will build it,” Ana Ortega said.\n\nThe board agreed that the bridge was too old."
    first, second = (find_told(*encoder.read(text, find_stretches(text)), encoder.decoding) for _ in range(2))
    assert first == second


def test_content_is_linked_to_the_source_in_the_paragraph_before(encoder):
    text = "Mayor Ana Ortega spoke to reporters on Monday, and said:\n\n“This town has been cut off for too long.”"
    (told,) = find_told(*encoder.read(text, find_stretches(text)), encoder.decoding)
    assert text[told.source.start : told.source.end] == "Mayor Ana Ortega"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "“”", "a" * 30_000, "a " * 20_000, "\u200b\n\n\u0301", "👍"])
def test_the_encoder_takes_any_text(encoder, text):
    pieces, reads = encoder.read(text, find_stretches(text))
    assert sum(read.window.end - read.window.own for read in reads) == len(pieces)
    assert all(text[each.content.start : each.content.end] for each in find_told(pieces, reads, encoder.decoding))


def test_the_weights_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 25_000_000


def test_confidence_was_calibrated_on_articles_not_trained_on():
    assert len(CARD["held_out"]) >= 40
    assert set(CARD["trained_on"]).isdisjoint(CARD["held_out"])


def test_no_article_that_judges_the_extractors_was_trained_on(shared):
    used = {*CARD["trained_on"], *CARD["held_out"]}
    judged = set(ids_in(shared / "gold" / "quotes" / "polnear_dev.jsonl"))
    for folder in ("seeds", "articles/gold"):
        judged |= {path.stem for path in (shared / "gold" / folder).glob("*.json")}
    assert used and judged and used.isdisjoint(judged)


def test_all_articles_trained_on_are_of_the_training_sets(shared):
    used, gold = {*CARD["trained_on"], *CARD["held_out"]}, shared / "gold"
    with gzip.open(FOUND, mode="rt", encoding="utf-8") as lines:
        found = {json.loads(line)["name"] for line in lines}
    readable = set((gold / "read" / "readable.txt").read_text("utf-8").split())
    events = {name for name in used if name.startswith("plv-")}
    always = set(ids_in(gold / "quotes" / "polnear_train.jsonl")) | readable
    # Labels that were read since then wait for the next training.
    assert always <= used - events <= always | found
    assert len(events) > 800


def test_what_is_scored_and_never_read_is_not_trained_on(shared):
    unread = set((shared / "gold" / "read" / "unread.txt").read_text("utf-8").split())
    assert unread.isdisjoint({*CARD["trained_on"], *CARD["held_out"]})


def test_what_is_held_out_is_not_trained_on():
    assert set(CARD["trained_on"]).isdisjoint(CARD["held_out"])


def test_no_text_is_in_both_the_training_set_and_what_judges(shared):
    folder = shared / "gold" / "quotes"
    trained, judged = (
        {json.loads(line)["text"] for line in (folder / name).open(encoding="utf-8")}
        for name in ("polnear_train.jsonl", "polnear_dev.jsonl")
    )
    assert trained.isdisjoint(judged)


def ids_in(path: pathlib.Path):
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["doc_id"] for line in lines]
