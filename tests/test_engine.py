"""One bad article costs itself only, and nothing vanishes silently."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import pytest

from conftest import SEEDS
from onrecord.annotate import rows as tables
from onrecord.batches import extract as extracting
from onrecord.batches.columns import batch_schemas
from onrecord.batches.extract import extract, extract_tables
from onrecord.batches.models import load_models
from onrecord.batches.received import chunked, write_inputs
from onrecord.batches.workers import CHUNK, extract_all
from onrecord.document import Reason, Seed
from onrecord.read import read_seeds


@pytest.fixture(scope="module")
def inputs():
    return [(f"{number:032x}", seed) for number, seed in enumerate(read_seeds(SEEDS))]


def test_a_failure_of_our_own_is_a_rejection_that_says_where(inputs):
    broken = replace(load_models(), nlp=None)
    found, (refused,) = extract(inputs[0][1], broken)
    assert found is None
    assert (refused.reason, refused.stage) == (Reason.INTERNAL_ERROR, "annotate")
    assert "analysis.py:" in refused.detail


def test_an_article_whose_rows_break_the_schema_is_refused_as_a_whole(inputs, monkeypatch):
    rows = tables.ROWS["quotes"]
    first = inputs[0][1].source_file

    def forged(found):
        for row in rows(found):
            yield row | ({"kind": "sung"} if found.doc.source_file == first else {})

    monkeypatch.setitem(tables.ROWS, "quotes", forged)
    batch = extract_tables(inputs)
    (refused,) = batch["rejections"].to_pylist()
    assert (refused["reason"], refused["input_id"]) == ("internal_error", inputs[0][0])
    assert "quotes.kind breaks enum: 'sung'" in refused["detail"]
    assert inputs[0][0] not in batch["mentions"]["input_id"].to_pylist()
    assert batch["articles"].num_rows == len(inputs) - 1


def test_constraints_are_asked_once_of_articles_that_have_actors_in_common(inputs, monkeypatch):
    asked = []
    ours = extracting.find_violations
    monkeypatch.setattr(
        extracting, "find_violations", lambda table, rows: asked.append(table.name) or ours(table, rows)
    )
    actors = extract_tables(inputs)["actors"]["actor_id"].to_pylist()
    assert len(actors) > len(set(actors))
    assert sorted(asked) == sorted(tables.ROWS)


def test_an_article_whose_rows_refer_to_nothing_is_refused_and_does_not_stop_the_release(inputs, monkeypatch):
    rows = tables.ROWS["quotes"]

    def forged(found):
        for row in rows(found):
            yield row | {"speaker_actor_id": "wd:Q0"}

    monkeypatch.setitem(tables.ROWS, "quotes", forged)
    batch = extract_tables(inputs[:1])
    (refused,) = batch["rejections"].to_pylist()
    assert "quotes.speaker_actor_id names no row of actors: ('wd:Q0',)" in refused["detail"]
    assert batch["articles"].num_rows == 0


def test_every_input_gives_an_article_or_a_rejection(inputs):
    odd = [("f" * 32, Seed(source_file="odd.txt", source_sha256="0" * 64, text="Leave a Reply"))]
    batch = extract_tables(inputs + odd)
    accounted = {row["input_id"] for name in ("articles", "rejections") for row in batch[name].to_pylist()}
    assert accounted == {input_id for input_id, _ in inputs + odd}


def test_what_a_worker_process_finds_is_what_this_process_finds(inputs, tmp_path):
    write_inputs(tmp_path / "inputs.parquet", inputs)
    chunks = chunked(tmp_path / "inputs.parquet", 3)
    assert [key for chunk in chunks for key, _ in chunk()] == [key for key, _ in inputs]
    here, there = list(extract_all(chunks)), list(extract_all(chunks, workers=2))
    assert [{name: t.to_pylist() for name, t in part.items()} for part in here] == [
        {name: t.to_pylist() for name, t in part.items()} for part in there
    ]


def _die() -> Iterator[tuple[str, Seed]]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield from ()


def test_the_death_of_every_worker_ends_the_extraction_with_an_error():
    with pytest.raises(BrokenProcessPool):
        list(extract_all([_die] * 9, workers=2))


def test_what_is_sent_to_a_worker_does_not_grow_with_the_articles(inputs, tmp_path):
    write_inputs(tmp_path / "inputs.parquet", inputs * 100)
    sent = [len(pickle.dumps(chunk)) for chunk in chunked(tmp_path / "inputs.parquet", CHUNK)]
    assert sum(sent) < 65_536  # what the pipe to the workers holds


def test_a_batch_has_the_columns_of_the_release_that_one_article_can_know():
    assert batch_schemas()["quotes"].names[0] == "input_id"
    assert {"aliases", "mention_count"}.isdisjoint(batch_schemas()["actors"].names)


@pytest.mark.parametrize(
    ("text", "dateline", "pieces"),
    [
        (
            "OSLO (Reuters) - Ministers met.\n\nThey ate.",
            "OSLO",
            ["OSLO (Reuters) - ", "Ministers met.\n\n", "They ate."],
        ),
        ("OSLO, March 4, 2019 (AP) — Ministers met.", "OSLO", ["OSLO, March 4, 2019 (AP) — ", "Ministers met."]),
        ("OSLO - a quiet town - slept.", None, ["OSLO - a quiet town - slept."]),
        ("Ice melts.\n\nOSLO was cold.", "OSLO", ["Ice melts.\n\n", "OSLO was cold."]),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence_after_it(text, dateline, pieces):
    from onrecord.annotate.syntax.analysis import paragraphs

    assert list(paragraphs(text, dateline)) == pieces


@pytest.mark.parametrize("opening", ["OSLO (Reuters) - ", "OSLO, March 4, 2019 (AP) — ", "ADDIS ABABA (Xinhua) -- "])
def test_a_dateline_proposes_nothing(opening):
    lead = "Russia and China on Monday urged Japan to lift sanctions on Cuba. It rained all day long, the paper said."
    text = f"Talks resume in spring\n\n{opening}{lead}\n\n" + "Nobody had an umbrella, and many went home early. " * 3
    found, _ = extract(Seed(source_file="a.txt", source_sha256="0" * 64, text=text), load_models())
    proposers = {p.actor_id for proposal in found.proposals for p in proposal.parties if p.role == "proposer"}
    assert {actor.name for actor in found.actors if actor.actor_id in proposers} == {"Russia", "China"}


def test_a_huge_paragraph_is_cut_so_that_work_stays_linear():
    from onrecord.annotate.syntax.analysis import LONGEST_PARAGRAPH, paragraphs

    text = "China said it would go. " * 3_000 + "\n\n" + "x" * 30_000 + "\n\nEnd."
    pieces = list(paragraphs(text))
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= LONGEST_PARAGRAPH


def test_models_are_frozen_until_the_end_where_duckdb_would_call_that_a_leak():
    code = "import atexit, gc, duckdb; atexit.register(lambda: print(gc.get_freeze_count() == 0)); "
    code += "from onrecord.batches.models import load_models; load_models(); print(gc.get_freeze_count() > 100)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert (ran.stdout.split(), ran.stderr) == (["True", "True"], "")
