"""Judgments and corrections as labelled data, and a release scored by them."""

import json

import pytest

from onrecord.audit.judged import BadJudgmentError, Judgment
from onrecord.audit.labels import read_labels, score, to_labels
from onrecord.explore.query import open_release


def judgment(row_id, verdict="right", **others):
    return Judgment(release="test", row_id=row_id, verdict=verdict, who="anna", at="2026-11-30T10:00:00Z", **others)


@pytest.fixture(scope="module")
def opened(release):
    with open_release(release) as connection:
        yield connection


@pytest.fixture(scope="module")
def read_whole(opened):
    """An article of which everything was judged right, but one quote that is none; and what was judged."""
    ((article,),) = opened.execute(
        "SELECT article_id FROM quotes GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    ).fetchall()
    ids = [
        row_id
        for table in ("quote", "proposal")
        for (row_id,) in opened.execute(
            f"SELECT {table}_id FROM {table}s WHERE article_id = $id ORDER BY 1", {"id": article}
        ).fetchall()
    ]
    wrong = judgment(ids[0], "wrong", wrong=("none",))
    return article, ids, [judgment(article), wrong, *map(judgment, ids[1:])]


def test_what_was_judged_right_is_a_label_without_words(opened, read_whole):
    article, ids, judgments = read_whole
    (line,) = to_labels(opened, judgments)
    assert (line["name"], line["complete"], len(line["not"])) == (article, True, 1)
    assert len(line["quotes"]) + len(line["proposals"]) == len(ids) - 1
    title, text = opened.execute("SELECT title, text FROM articles WHERE article_id = $id", {"id": article}).fetchall()[
        0
    ]
    row = opened.execute("SELECT text FROM quotes WHERE quote_id = $id", {"id": ids[1]}).fetchall()[0]
    printed = f"{title or 'Untitled'}\n\n{text}"
    assert row[0] in {printed[each["start"] : each["end"]] for each in line["quotes"]}
    assert not any(isinstance(v, str) and len(v) > 64 for each in line["quotes"] for v in each.values())


def test_a_speaker_by_a_former_id_is_that_speaker(own_release):
    import pyarrow.parquet as pq

    path = own_release / "actor_redirects.parquet"
    with open_release(own_release) as connection:
        query = "SELECT quote_id, speaker_actor_id FROM quotes WHERE speaker_actor_id IS NOT NULL ORDER BY 1 LIMIT 1"
        ((row, speaker),) = connection.execute(query).fetchall()
        (line,) = to_labels(connection, [judgment(row)])
    line["quotes"][0]["speaker_actor_id"] = former = "x:0123456789abcdef"
    with open_release(own_release) as connection:
        assert score(connection, [line]).speakers.right == 0
    table = pq.read_table(path)
    told = [{"old_id": former, "actor_id": speaker, "reason": "corrected"}]
    pq.write_table(type(table).from_pylist(told, table.schema), path)
    with open_release(own_release) as connection:
        assert score(connection, [line]).speakers.right == 1


def test_an_article_with_rows_that_nobody_judged_is_not_complete(opened, read_whole):
    _, _, judgments = read_whole
    (line,) = to_labels(opened, judgments[:-1])
    assert line["complete"] is False


def test_a_missed_quote_is_a_label_where_its_words_stand_once(opened, read_whole):
    article, _, judgments = read_whole
    ((text,),) = opened.execute("SELECT text FROM articles WHERE article_id = $id", {"id": article}).fetchall()
    missing = judgment(article, "wrong", wrong=("missing",), value=f"quote: {text[:30]}")
    (line,) = to_labels(opened, [missing, *judgments[1:]])
    (plain,) = to_labels(opened, judgments)
    assert len(line["quotes"]) == len(plain["quotes"]) + 1


def test_a_release_is_scored_by_its_own_labels(opened, read_whole):
    told = score(opened, to_labels(opened, read_whole[2]))
    quotes = told.whole["quotes"]
    assert (quotes.recall, quotes.found - quotes.right, told.refuted, told.articles) == (1.0, 1, 1, 1)
    assert told.speakers.right == told.speakers.found > 0


def test_labels_of_other_texts_are_counted_apart(opened):
    label = {"text_sha256": "0" * 64, "quotes": [{"start": 0, "end": 9}]}
    assert score(opened, [label]).unknown == 1


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        "{}",
        '{"text_sha256": 7}',
        '{"text_sha256": "a", "quotes": [{"start": 3, "end": 1}]}',
        "[" * 99_999,
    ],
)
def test_what_is_no_label_is_told_by_its_line(tmp_path, line):
    (tmp_path / "l.jsonl").write_text('{"text_sha256": "a"}\n' + line + "\n")
    with pytest.raises(BadJudgmentError, match="line 2"):
        read_labels(tmp_path / "l.jsonl")


def test_training_reads_the_form(opened, read_whole, tmp_path):
    """Its names and places are those that pipelines/training/labels.py asks for."""
    (line,) = to_labels(opened, read_whole[2])
    asked = {"quotes": {"start", "end", "cue_start", "cue_end", "speaker_start", "speaker_end"}}
    asked["proposals"] = {
        "start",
        "end",
        "cue_start",
        "cue_end",
        "type",
        "wants",
        "modality",
        "doubt",
        "proposers",
        "targets",
    }
    for table, names in asked.items():
        assert all(names <= each.keys() for each in line[table])


def test_labels_are_exported_and_scored_by_commands(run, own_release, read_whole, tmp_path):
    from onrecord.audit.judged import add_judgments

    add_judgments(own_release.parent / "test.judgments.jsonl", read_whole[2])
    code, _, _ = run("export", "labels", "--release", own_release, "-o", tmp_path / "l.jsonl")
    assert code == 0
    assert json.loads((tmp_path / "l.jsonl").read_text())["complete"] is True
    code, printed, _ = run("score", "--labels", tmp_path / "l.jsonl", "--release", own_release)
    assert code == 0 and "recall 100.0%" in printed and "1 rows that were judged to be nothing" in printed
