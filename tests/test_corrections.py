"""Corrections that people made, from their files to the tables of a build."""

import itertools
import random
import shutil
from types import SimpleNamespace

import duckdb
import pytest
import yaml

from onrecord.assemble import assemble
from onrecord.assemble.corrections.contradictions import contradicted
from onrecord.audit.correction_files import add_correction, digest, read_corrections, to_correction
from onrecord.checks import load_expectations
from onrecord.schema import load_package
from onrecord.storage.layout import Layout

RULES = [rule for rule in load_expectations() if rule.severity == "critical" and "sql" in rule.kwargs]


@pytest.fixture(scope="module")
def built(datasets, tmp_path_factory, codebook):
    """build(*entries) -> a connection with the tables of the seeds, corrected by these entries, one file each."""
    folder = tmp_path_factory.mktemp("corrected") / "datasets"
    shutil.copytree(datasets, folder)
    layout, numbers = Layout(folder), itertools.count()

    def build(*entries):
        files = tmp_path_factory.mktemp("files") / "corrections"
        files.mkdir()
        for entry in entries:
            (files / f"{next(numbers)}.yml").write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
        assemble(layout, codebook, [files])
        connection = duckdb.connect()
        for name in load_package().tables:
            connection.execute(f"CREATE TABLE {name} AS FROM '{layout.build}/{name}.parquet'")
        for rule in RULES:
            assert connection.execute(rule.kwargs["sql"]).fetchall() == [], rule.name
        return connection

    return build


@pytest.fixture(scope="module")
def plain(built):
    """The tables without any correction."""
    return built()


def one(connection, query, *values):
    (row,) = connection.execute(query, list(values)).fetchall()
    return row[0] if len(row) == 1 else row


def outcomes(connection):
    return connection.execute("SELECT outcome FROM corrections ORDER BY correction_id").fetchall()


def refused(connection):
    query = "SELECT reason, detail FROM rejections WHERE stage = 'correct' ORDER BY ALL"
    return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def quote(plain):
    """A quote with a speaker, and another actor that its article mentions."""
    query = """
        SELECT quote_id, article_id, start, "end", text, speaker_actor_id, (
            SELECT min(actor_id) FROM mentions m WHERE article_id = q.article_id AND actor_id <> q.speaker_actor_id
        ) AS other
        FROM quotes q WHERE speaker_actor_id IS NOT NULL AND group_id = quote_id
        AND (SELECT count(*) FROM quotes p WHERE p.group_id = q.group_id) = 1 ORDER BY quote_id LIMIT 1
    """
    row = plain.execute(query).fetchall()[0]
    names = ("id", "article", "start", "end", "text", "speaker", "other")
    return SimpleNamespace(**dict(zip(names, row, strict=True)))


@pytest.fixture(scope="module")
def proposal(plain):
    row = plain.execute("SELECT proposal_id, article_id, type FROM proposals ORDER BY proposal_id LIMIT 1").fetchall()[
        0
    ]
    return SimpleNamespace(**dict(zip(("id", "article", "type"), row, strict=True)))


# ---------------------------------------------------------------- each kind


def test_without_corrections_nothing_says_that_it_was_corrected(plain):
    for table in ("quotes", "proposals", "dates", "mentions"):
        assert one(plain, f"SELECT count(corrected_by) FROM {table}") == 0
    assert (outcomes(plain), refused(plain)) == ([], [])


def test_a_speaker_is_corrected_with_all_that_follows(built, quote):
    told = built({"row": quote.id, "set": {"speaker_actor_id": quote.other}, "reason": "see the text", "who": "anna"})
    query = "SELECT speaker_actor_id, attribution, confidence, corrected_by FROM quotes WHERE quote_id = ?"
    speaker, attribution, confidence, by = one(told, query, quote.id)
    assert (speaker, attribution, confidence) == (quote.other, "corrected", 1)
    assert by == [one(told, "SELECT correction_id FROM corrections")]
    assert one(told, "SELECT actor_id FROM quote_speakers WHERE quote_id = ?", quote.id) == quote.other
    assert one(told, "SELECT columns FROM corrections") == ["speaker_actor_id"]
    assert outcomes(told) == [("applied",)]


def test_a_quote_without_a_speaker_has_none_any_more(built, quote):
    told = built({"row": quote.id, "set": {"speaker_actor_id": None}})
    query = "SELECT speaker_actor_id, speaker_text, attribution FROM quotes WHERE quote_id = ?"
    assert one(told, query, quote.id) == (None, None, "none")


def test_somebody_from_another_article_speaks_where_the_words_that_name_them_are_given(built, plain, quote):
    query = """
        SELECT min(actor_id) FROM actors
        WHERE type = 'person' AND actor_id NOT IN (SELECT actor_id FROM mentions WHERE article_id = ?)
    """
    stranger = one(plain, query, quote.article)
    told = built({"row": quote.id, "set": {"speaker_actor_id": stranger, "speaker_start": None, "speaker_end": None}})
    assert refused(told)[0][0] == "bad_correction"
    assert one(told, "SELECT speaker_actor_id FROM quotes WHERE quote_id = ?", quote.id) == quote.speaker
    told = built({"row": quote.id, "set": {"speaker_actor_id": stranger, "speaker_start": 0, "speaker_end": 3}})
    assert refused(told) == []
    assert one(
        told,
        "SELECT corrected_by IS NOT NULL FROM mentions WHERE article_id = ? AND actor_id = ?",
        quote.article,
        stranger,
    )


def test_other_edges_give_another_id_that_everything_refers_to(built, plain, quote):
    told = built({"row": quote.id, "set": {"end": quote.end - 2}, "text": quote.text})
    now = f"{quote.article}:q:{quote.start}-{quote.end - 2}"
    assert one(told, "SELECT text FROM quotes WHERE quote_id = ?", now) == quote.text[:-2]
    assert one(told, "SELECT row_id, row_now FROM corrections") == (quote.id, now)
    for table in ("quote_speakers", "quotes"):
        assert one(told, f"SELECT count(*) FROM {table} WHERE quote_id = ?", quote.id) == 0


def test_what_is_no_quote_goes_and_nothing_refers_to_it(built, plain):
    query = "SELECT quote_id FROM quotes SEMI JOIN proposals USING (quote_id) ORDER BY quote_id LIMIT 1"
    gone = one(plain, query)
    told = built({"row": gone, "action": "remove"})
    for table in ("quotes", "quote_speakers", "proposals"):
        assert one(told, f"SELECT count(*) FROM {table} WHERE quote_id = ?", gone) == 0
    assert one(told, "SELECT count(*) FROM proposals") == one(plain, "SELECT count(*) FROM proposals")
    assert one(told, "SELECT row_now FROM corrections") is None


def test_a_missed_quote_is_added(built, plain, quote):
    text = one(plain, "SELECT text FROM articles WHERE article_id = ?", quote.article)
    entry = {
        "action": "add", "table": "quotes", "article": quote.article, "start": 0, "end": 20, "text": text[:20],
        "set": {"kind": "indirect", "speaker_actor_id": quote.speaker},
    }  # fmt: skip
    told = built(entry)
    row = one(told, "SELECT text, speaker_actor_id, group_id FROM quotes WHERE quote_id = ?", f"{quote.article}:q:0-20")
    assert row == (text[:20], quote.speaker, f"{quote.article}:q:0-20")
    assert one(told, "SELECT count(*) FROM quotes") == one(plain, "SELECT count(*) FROM quotes") + 1


def test_who_was_only_described_goes_with_all_that_they_said(built, plain):
    query = """
        SELECT actor_id, list(DISTINCT quote_id ORDER BY quote_id) FROM actors JOIN quote_speakers USING (actor_id)
        WHERE link_method = 'unnamed' AND actor_id NOT IN (SELECT actor_id FROM proposal_actors)
        AND actor_id NOT IN (SELECT coalesce(addressee_actor_id, '') FROM quotes) GROUP BY actor_id ORDER BY ALL LIMIT 1
    """
    ((actor, quotes),) = plain.execute(query).fetchall()
    told = built(*({"row": quote, "action": "remove"} for quote in quotes))
    for table in ("actors", "mentions"):
        assert one(told, f"SELECT count(*) FROM {table} WHERE actor_id = ?", actor) == 0
    assert one(told, "SELECT count(*) FROM quotes") == one(plain, "SELECT count(*) FROM quotes") - len(quotes)


def test_quotes_name_the_quote_that_they_stand_in_by_now(built, quote):
    place = {"article": quote.article, "end": quote.end}
    connection = built({"action": "add", "table": "quotes", **place, "start": quote.start + 2})
    query = "SELECT within_quote_id FROM quotes WHERE article_id = ? AND start = ?"
    assert one(connection, query, quote.article, quote.start + 2) == quote.id
    gone = built(
        {"action": "add", "table": "quotes", **place, "start": quote.start + 2}, {"row": quote.id, "action": "remove"}
    )
    assert one(gone, query, quote.article, quote.start + 2) is None
    assert one(gone, "SELECT count(*) FROM quotes WHERE within_quote_id = ?", quote.id) == 0


def test_type_issue_and_parties_of_a_proposal_are_corrected(built, proposal, codebook, plain):
    issue = codebook.rows()[0]["issue_id"]
    party = one(plain, "SELECT min(actor_id) FROM mentions WHERE article_id = ?", proposal.article)
    right = "reject" if proposal.type != "reject" else "propose"
    told = built({"row": proposal.id, "set": {"type": right, "issue_id": issue, "stance": "oppose", "target": [party]}})
    now = proposal.id.rpartition(":")[0] + f":{right}"
    assert one(told, "SELECT issue_id, stance FROM proposals WHERE proposal_id = ?", now) == (issue, "oppose")
    assert one(told, "SELECT actor_id FROM proposal_actors WHERE proposal_id = ? AND role = 'target'", now) == party
    assert one(told, "SELECT count(*) FROM proposal_actors WHERE proposal_id = ?", proposal.id) == 0


def test_a_date_means_what_its_corrected_value_says(built, plain):
    date_id = one(plain, "SELECT date_id FROM dates WHERE type = 'DATE' ORDER BY date_id LIMIT 1")
    told = built({"row": date_id, "set": {"value": "2017-05", "mod": None}})
    query = "SELECT value, edtf, earliest::VARCHAR, latest::VARCHAR, granularity FROM dates WHERE date_id = ?"
    assert one(told, query, date_id) == ("2017-05", "2017-05", "2017-05-01", "2017-05-31", "month")


def test_a_mention_is_of_another_actor(built, plain, quote):
    query = """
        SELECT mention_id FROM mentions m WHERE article_id = ? AND actor_id <> ?
        AND (SELECT count(*) FROM mentions n WHERE (n.article_id, n.actor_id) = (m.article_id, m.actor_id)) > 2
        ORDER BY mention_id LIMIT 1
    """
    mention = one(plain, query, quote.article, quote.other)
    told = built({"row": mention, "set": {"actor_id": quote.other}})
    assert one(told, "SELECT link_confidence FROM mentions WHERE mention_id = ?", mention) == 1
    assert one(plain, "SELECT link_confidence FROM mentions WHERE mention_id = ?", mention) < 1
    assert one(told, "SELECT actor_id FROM mentions WHERE mention_id = ?", mention) == quote.other


def test_two_actors_become_one_and_the_old_id_leads_to_it(built, plain):
    query = "SELECT actor_id FROM actors WHERE actor_id LIKE 'x:%' AND mention_count > 0 ORDER BY actor_id LIMIT 2"
    (gone,), (kept,) = plain.execute(query).fetchall()
    name = one(plain, "SELECT name FROM actors WHERE actor_id = ?", kept)
    told = built({"action": "merge", "from": gone, "into": kept})
    assert one(told, "SELECT actor_id, reason FROM actor_redirects WHERE old_id = ?", gone) == (kept, "corrected")
    assert one(told, "SELECT count(*) FROM actors WHERE actor_id = ?", gone) == 0
    assert one(told, "SELECT name FROM actors WHERE actor_id = ?", kept) == name
    for table, column in (("mentions", "actor_id"), ("quotes", "speaker_actor_id"), ("proposal_actors", "actor_id")):
        assert one(told, f"SELECT count(*) FROM {table} WHERE {column} = ?", gone) == 0


def test_two_states_that_one_proposal_has_become_one(built, plain):
    query = """
        SELECT a.actor_id, b.actor_id FROM proposal_actors a JOIN proposal_actors b USING (proposal_id, role)
        WHERE a.actor_id < b.actor_id ORDER BY ALL LIMIT 1
    """
    gone, kept = plain.execute(query).fetchall()[0]
    told = built({"action": "merge", "from": gone, "into": kept})
    assert one(told, "SELECT count(*) FROM actors WHERE actor_id = ?", gone) == 0
    assert outcomes(told) == [("applied",)]


def test_in_one_article_an_actor_is_somebody_else(built, plain, quote):
    new = {"name": "Ann Quill", "type": "person", "country": "GBR", "roles": ["clerk"]}
    told = built({"action": "split", "actor": quote.speaker, "articles": [quote.article], "new": new})
    actor = one(told, "SELECT speaker_actor_id FROM quotes WHERE quote_id = ?", quote.id)
    assert one(told, "SELECT name, country, roles FROM actors WHERE actor_id = ?", actor) == (
        "Ann Quill",
        "GBR",
        ["clerk"],
    )
    query = "SELECT count(*) FROM mentions WHERE article_id = ? AND actor_id = ?"
    assert one(told, query, quote.article, quote.speaker) == 0
    there = one(
        plain, "SELECT count(*) FROM mentions WHERE article_id <> ? AND actor_id = ?", quote.article, quote.speaker
    )
    assert one(told, "SELECT count(*) FROM mentions WHERE actor_id = ?", quote.speaker) == there


# ---------------------------------------------------------------- what does not fit any more


def test_a_row_that_is_found_at_another_place_is_corrected_there(built, quote):
    former = f"{quote.article}:q:{quote.start + 3}-{quote.end}"
    told = built({"row": former, "set": {"speaker_actor_id": quote.other}, "text": quote.text[3:]})
    assert one(told, "SELECT speaker_actor_id FROM quotes WHERE quote_id = ?", quote.id) == quote.other
    assert one(told, "SELECT row_id, row_now, outcome FROM corrections") == (former, quote.id, "moved")


def test_a_row_that_says_something_else_by_now_is_told(built, quote):
    told = built({"row": quote.id, "set": {"speaker_actor_id": quote.other}, "was": {"speaker_actor_id": "wd:Q1"}})
    assert outcomes(told) == [("changed",)]


def test_what_the_row_says_already_is_no_correction(built, quote):
    told = built({"row": quote.id, "set": {"speaker_actor_id": quote.speaker}})
    assert outcomes(told) == [("needless",)]
    assert one(told, "SELECT corrected_by FROM quotes WHERE quote_id = ?", quote.id) is None


@pytest.mark.parametrize(
    "entry",
    [
        {"row": "ffffffffffffffff:q:1-9", "action": "remove"},
        {"action": "merge", "from": "x:0123456789abcdef", "into": "wd:Q1"},
        {"action": "split", "actor": "wd:Q1", "articles": ["ffffffffffffffff"], "into": "wd:Q2"},
        {"action": "add", "table": "quotes", "article": "ffffffffffffffff", "start": 0, "end": 9},
    ],
)
def test_what_was_corrected_and_is_gone_is_told(built, entry):
    ((reason, _),) = refused(built(entry))
    assert reason == "correction_gone"


def test_a_row_that_is_nowhere_any_more_is_told(built, quote):
    told = built({"row": f"{quote.article}:q:0-3", "action": "remove", "text": "quite other words"})
    assert [reason for reason, _ in refused(told)] == ["correction_gone"]


def test_a_correction_survives_a_change_of_the_code_that_finds_the_row_elsewhere(tmp_path, models, monkeypatch):
    import pyarrow.parquet as pq

    from onrecord.batches.batch import extract_batch
    from onrecord.batches.fingerprints import extracted_folder
    from onrecord.batches.ingest import ingest
    from onrecord.storage import store

    seeds, layout, folder = tmp_path / "seeds", Layout(tmp_path / "datasets"), tmp_path / "corrections"
    seeds.mkdir()
    folder.mkdir()
    body = "The quay will open in May, said Ann Quill, the mayor. The town board met on Monday to hear her plans. " * 3
    (seeds / "a.txt").write_text(body, encoding="utf-8")
    (batch,) = ingest([seeds], layout).pending
    extract_batch(batch, layout)
    assemble(layout, models.codebook, [folder])
    query = f"SELECT quote_id, text FROM '{layout.build}/quotes.parquet' ORDER BY start LIMIT 1"
    ((row, text),) = duckdb.sql(query).fetchall()
    add_correction(folder / "a.yml", {"row": row, "text": text, "set": {"speaker_actor_id": None}})

    monkeypatch.setattr("onrecord.batches.fingerprints.fingerprint", lambda: "0" * 16)
    extract_batch(batch, layout)
    extracted = extracted_folder(layout, batch)
    place, _, end = row.rpartition("-")
    now = f"{place}-{int(end) - 4}"
    for name in ("quotes", "quote_speakers"):  # as code would write it that leaves out the last word
        table = pq.read_table(extracted / f"{name}.parquet")
        rows = [{k: now if v == row else v for k, v in each.items()} for each in table.to_pylist()]
        for each in rows:
            if name == "quotes" and each["quote_id"] == now:
                each |= {"end": each["end"] - 4, "text": each["text"][:-4]}
        store.write_table(
            extracted / f"{name}.parquet", type(table).from_pylist(rows, table.schema).to_batches(), table.schema
        )
    store.write_text(extracted / store.SUMS, store.sums_of(extracted))
    assemble(layout, models.codebook, [folder])
    columns = "text, speaker_actor_id, corrected_by IS NOT NULL"
    query = f"SELECT {columns} FROM '{layout.build}/quotes.parquet' WHERE quote_id = '{now}'"
    assert duckdb.sql(query).fetchall() == [(text[:-4], None, True)]
    told = duckdb.sql(f"SELECT row_id, row_now, outcome FROM '{layout.build}/corrections.parquet'").fetchall()
    assert told == [(row, now, "moved")]


def test_a_newer_version_of_the_article_is_told(tmp_path, models):
    from onrecord.batches.batch import extract_batch
    from onrecord.batches.ingest import ingest

    seeds, layout = tmp_path / "seeds", Layout(tmp_path / "datasets")
    seeds.mkdir()
    body = "The quay will open in May, said Ann Quill, the mayor. The town board met on Monday to hear her plans. " * 3

    def build(text):
        (seeds / "a.txt").write_text(text, encoding="utf-8")
        for batch in ingest([seeds], layout).pending:
            extract_batch(batch, layout)
        assemble(layout, models.codebook, [tmp_path / "corrections"])
        return duckdb.sql(f"SELECT quote_id FROM '{layout.build}/quotes.parquet' ORDER BY quote_id").fetchall()

    row = build(body)[0][0]
    (tmp_path / "corrections").mkdir()
    add_correction(tmp_path / "corrections" / "a.yml", {"row": row, "set": {"speaker_actor_id": None}})
    build(body)
    assert duckdb.sql(f"SELECT outcome FROM '{layout.build}/corrections.parquet'").fetchall() == [("applied",)]
    build(body + "A vote follows in June.")
    assert duckdb.sql(f"SELECT outcome FROM '{layout.build}/corrections.parquet'").fetchall() == [("outdated",)]


# ---------------------------------------------------------------- contradictions, and what is no correction


def test_two_people_who_contradict_each_other_change_nothing(built, quote):
    told = built(
        {"row": quote.id, "set": {"speaker_actor_id": quote.other}, "who": "anna"},
        {"row": quote.id, "set": {"speaker_actor_id": None}, "who": "ben"},
    )
    assert one(told, "SELECT speaker_actor_id FROM quotes WHERE quote_id = ?", quote.id) == quote.speaker
    assert [reason for reason, _ in refused(told)] == ["correction_contradicted"] * 2
    assert outcomes(told) == []


def test_two_people_who_agree_that_a_row_is_none_both_count(built, quote):
    told = built(
        {"row": quote.id, "action": "remove", "who": "anna"}, {"row": quote.id, "action": "remove", "who": "b"}
    )
    assert (sorted(outcomes(told)), refused(told)) == ([("applied",), ("needless",)], [])
    assert one(told, "SELECT count(*) FROM quotes WHERE quote_id = ?", quote.id) == 0


def test_two_people_who_agree_both_count(built, quote):
    right = {"row": quote.id, "set": {"speaker_actor_id": quote.other}}
    told = built({**right, "who": "anna"}, {**right, "who": "ben"})
    assert sorted(outcomes(told)) == [("applied",), ("needless",)]
    assert one(told, "SELECT speaker_actor_id FROM quotes WHERE quote_id = ?", quote.id) == quote.other


@pytest.mark.parametrize(
    "entries",
    [
        ({"row": "{q}", "action": "remove"}, {"row": "{q}", "set": {"kind": "mixed"}}),
        ({"action": "merge", "from": "x:1", "into": "x:2"}, {"action": "merge", "from": "x:1", "into": "x:3"}),
        ({"action": "split", "actor": "x:1", "articles": ["{a}"], "into": "x:2"},
         {"action": "split", "actor": "x:1", "articles": ["{a}"], "into": "x:3"}),
    ],
)  # fmt: skip
def test_corrections_that_cannot_both_hold_contradict(entries):
    def filled(entry):
        text = yaml.safe_dump(entry).replace("{q}", "0123456789abcdef:q:1-9").replace("{a}", "0123456789abcdef")
        return yaml.safe_load(
            text.replace("x:1", "x:" + "1" * 16).replace("x:2", "x:" + "2" * 16).replace("x:3", "x:" + "3" * 16)
        )

    both = [to_correction(filled(entry), "f") for entry in entries]
    assert contradicted((c, c.row, None) for c in both).keys() == {c.correction_id for c in both}
    assert contradicted((c, c.row, None) for c in both[:1]) == {}


def test_two_former_ids_of_one_actor_are_that_actor_in_corrections(built, plain):
    """Whoever writes an id that the corpus has joined with another one means what it is called now."""
    query = "SELECT actor_id FROM actors WHERE actor_id LIKE 'x:%' AND mention_count > 0 ORDER BY actor_id LIMIT 3"
    (gone,), (kept,), (third,) = plain.execute(query).fetchall()
    article = one(plain, "SELECT min(article_id) FROM mentions WHERE actor_id = ?", gone)
    told = built(
        {"action": "merge", "from": gone, "into": kept},
        {"action": "split", "actor": gone, "articles": [article], "into": third},
    )
    assert refused(told) == []
    assert one(told, "SELECT row_id, row_now FROM corrections WHERE action = 'split'") == (gone, third)
    assert one(told, "SELECT count(*) FROM mentions WHERE article_id = ? AND actor_id = ?", article, kept) == 0
    told = built(  # of one actor two things are said, by two of its ids
        {"action": "merge", "from": gone, "into": kept},
        {"action": "split", "actor": gone, "articles": [article], "into": third},
        {"action": "split", "actor": kept, "articles": [article], "new": {"name": "B", "type": "person"}},
    )
    assert [reason for reason, _ in refused(told)] == ["correction_contradicted"] * 2


def test_merges_of_one_actor_by_two_of_its_ids_contradict():
    from onrecord.assemble.corrections import _merge

    ids = [f"x:{digit * 16}" for digit in "1234"]
    entries = [("merge", ids[0], ids[2]), ("merge", ids[1], ids[3])]
    merges = [to_correction({"action": a, "from": f, "into": i}, "f") for a, f, i in entries]
    told, applied = [], []
    current = {ids[0]: ids[1], ids[1]: ids[1], ids[2]: ids[2], ids[3]: ids[3]}
    assert _merge(merges, None, current, applied, told) is False
    assert ([each.reason for each in told], applied) == (["correction_contradicted"] * 2, [])


def test_actors_are_merged_in_no_circle(built, plain):
    query = "SELECT actor_id FROM actors WHERE actor_id LIKE 'x:%' AND mention_count > 0 ORDER BY actor_id LIMIT 2"
    (one_,), (other,) = plain.execute(query).fetchall()
    told = built({"action": "merge", "from": one_, "into": other}, {"action": "merge", "from": other, "into": one_})
    assert [reason for reason, _ in refused(told)] == ["correction_contradicted"] * 2


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "sung"},
        {"start": 5, "end": 2},
        {"end": 10_000_000},
        {"said_earliest": "May"},
        {"quote_id": "x"},
        {"colour": "red"},
        {"speaker_actor_id": "wd:Q999999999"},
        {"kind": ["direct"]},
    ],
)
def test_what_a_row_cannot_be_is_refused_and_the_row_stays(built, plain, quote, values):
    told = built({"row": quote.id, "set": values})
    assert [reason for reason, _ in refused(told)] == ["bad_correction"]
    row = "SELECT * EXCLUDE (corrected_by) FROM quotes WHERE quote_id = ?"
    assert one(told, row, quote.id) == one(plain, row, quote.id)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"[",
        b"a: 1",
        b"- 7",
        b"- {row: x, set: {kind: direct}}",
        b"- {row: '0123456789abcdef:q:1-2'",
        b"- {row: '0123456789abcdef:q:1-2', set: {}}",
        b"- {row: '0123456789abcdef:q:1-2', set: {kind: {a: 1}}}",
        b"- {row: '0123456789abcdef:q:1-2', colour: red}",
        b"- {action: fly}",
        b"- {action: merge, from: x, into: y}",
        b"- {action: merge, from: 'wd:Q1', into: 'wd:Q1'}",
        b"- {action: split, actor: 'wd:Q1', articles: [], into: 'wd:Q2'}",
        b"- {action: add, table: articles, article: '0123456789abcdef', start: 0, end: 1}",
        b"- {action: add, table: quotes, article: '0123456789abcdef', start: -1, end: 1}",
        b"- &a [*a]",
        b"- {row: '0123456789abcdef:q:1-2', set: {kind: direct}, when: yesterday}",
        b"[" * 50_000,
    ],
)
def test_a_file_or_entry_that_is_no_correction_is_refused_and_the_others_count(tmp_path, content):
    (tmp_path / "bad.yml").write_bytes(content)
    add_correction(tmp_path / "good.yml", {"row": "0123456789abcdef:q:1-9", "action": "remove"})
    found, (bad,) = read_corrections([tmp_path])
    assert (len(found), bad.reason, bad.stage) == (1, "bad_correction", "correct")
    assert bad.source_file.startswith("corrections/bad.yml")


def test_both_endings_of_yaml_are_read(tmp_path):
    for name, row in (("a.yml", "0123456789abcdef:q:1-9"), ("b.yaml", "0123456789abcdef:q:1-8")):
        add_correction(tmp_path / name, {"row": row, "action": "remove"})
    assert len(read_corrections([tmp_path])[0]) == 2
    before = digest([tmp_path])
    (tmp_path / "b.yaml").unlink()
    assert digest([tmp_path]) != before


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert read_corrections([tmp_path / "none"]) == ((), ())
    assert digest([tmp_path / "none"]) == ""


def test_the_digest_changes_with_any_file(tmp_path):
    add_correction(tmp_path / "a.yml", {"row": "0123456789abcdef:q:1-9", "action": "remove"})
    before = digest([tmp_path])
    add_correction(tmp_path / "a.yml", {"row": "0123456789abcdef:q:1-8", "action": "remove"})
    assert digest([tmp_path]) != before != ""


def test_the_order_of_files_and_entries_changes_no_byte(datasets, tmp_path, codebook, plain, quote, proposal):
    query = """
        SELECT actor_id FROM actors WHERE actor_id LIKE 'x:%' AND mention_count > 0 AND actor_id NOT IN (?, ?)
        ORDER BY actor_id LIMIT 2
    """
    (gone,), (kept,) = plain.execute(query, [quote.speaker, quote.other]).fetchall()
    entries = [
        {"row": quote.id, "set": {"speaker_actor_id": quote.other}, "who": "anna"},
        {"row": proposal.id, "action": "remove"},
        {"row": quote.id, "set": {"kind": "mixed"}},
        {"row": "ffffffffffffffff:q:1-9", "action": "remove"},
        {"row": quote.id, "set": {"attitude": "belief"}},
        {"row": quote.id, "set": {"attitude": "knowledge"}},
        {"action": "split", "actor": quote.other, "articles": [quote.article], "new": {"name": "B", "type": "person"}},
        {"action": "add", "table": "quotes", "article": quote.article, "start": 0, "end": 9},
        {"action": "merge", "from": gone, "into": kept},
    ]
    shutil.copytree(datasets, tmp_path / "datasets")
    layout, folder = Layout(tmp_path / "datasets"), tmp_path / "corrections"
    folder.mkdir()
    found = []
    for seed in range(3):
        random.Random(seed).shuffle(entries)
        (folder / "a.yml").write_text(yaml.safe_dump(entries), encoding="utf-8")
        assemble(layout, codebook, [folder])
        found.append({name: (layout.build / f"{name}.parquet").read_bytes() for name in load_package().tables})
    assert found[0] == found[1] == found[2]


def test_a_build_takes_the_folder_beside_the_seeds_and_makes_a_new_release_when_it_changes(run, tmp_path, quote):
    from conftest import SEEDS

    shutil.copytree(SEEDS, tmp_path / "seeds")
    build = ("build", "--seeds", tmp_path / "seeds", "--datasets", tmp_path / "datasets")
    assert run(*build, "--version", "a")[0] == 0
    (tmp_path / "corrections").mkdir()
    add_correction(tmp_path / "corrections" / "anna.yml", {"row": quote.id, "set": {"speaker_actor_id": quote.other}})
    code, printed, complained = run(*build)
    assert (code, complained) == (0, "")
    assert "1 corrections" in printed and "new release" in printed
    assert "nothing has changed" in run(*build)[1]


# ---------------------------------------------------------------- the commands


@pytest.fixture
def write(run, own_release, tmp_path):
    """write(*arguments) -> the entries that `onrecord correct` wrote, or what it complained about."""

    def call(*arguments):
        folder = tmp_path / "corrections"
        code, _, complained = run("correct", *arguments, "--release", own_release, "--corrections", folder)
        files = list(folder.glob("*.yml")) if folder.is_dir() else []
        entries = [each for file in files for each in yaml.safe_load(file.read_text(encoding="utf-8"))]
        return entries if code == 0 else complained

    return call


def test_a_speaker_is_corrected_by_name(write, quote, plain):
    name = one(plain, "SELECT name FROM actors WHERE actor_id = ?", quote.other)
    (entry,) = write(quote.id, "--speaker", name, "--reason", "see the text", "--who", "anna")
    assert entry["set"] == {"speaker_actor_id": quote.other}
    assert entry["was"] == {"speaker_actor_id": quote.speaker}
    assert (entry["text"], entry["who"]) == (quote.text, "anna")
    to_correction(entry, "f")


@pytest.mark.parametrize(
    "options, expected",
    [
        (("--speaker", "-"), {"set": {"speaker_actor_id": None}}),
        (("--remove",), {"action": "remove"}),
        (("--set", "kind=mixed", "--set", "end=9"), {"set": {"kind": "mixed", "end": 9}}),
    ],
)
def test_a_row_is_corrected(write, quote, options, expected):
    (entry,) = write(quote.id, *options)
    assert {name: entry[name] for name in expected} == expected
    to_correction(entry, "f")


def test_a_missed_row_is_added_and_actors_are_merged_and_split(write, quote):
    assert write(quote.article, "--add", "quotes", "0", "9")[-1]["action"] == "add"
    assert write(quote.speaker, "--into", quote.other)[-1]["action"] == "merge"
    assert write(quote.speaker, "--into", quote.other, "--in-article", quote.article)[-1]["action"] == "split"


@pytest.mark.parametrize(
    "arguments, told",
    [
        (("ffffffffffffffff:q:1-2", "--remove"), "OR141"),
        (("wd:Q1", "--into", "nobody at all"), "OR141"),
        (("{row}",), "say what is right"),
        (("{row}", "--set", "kind"), "COLUMN=VALUE"),
        (("{row}", "--speaker", "nobody at all"), "no actor nobody"),
        ((), "name a row"),
    ],
)
def test_what_cannot_be_corrected_is_told(write, quote, arguments, told):
    assert told in write(*(quote.id if each == "{row}" else each for each in arguments))


def test_judgments_become_corrections_as_far_as_they_say_what_is_right(write, own_release, quote, proposal, plain):
    from onrecord.audit.judged import Judgment, add_judgments

    shared = {"release": "test", "verdict": "wrong", "who": "ben", "at": "2026-11-30T10:00:00Z"}
    add_judgments(
        own_release.parent / "test.judgments.jsonl",
        [
            Judgment(row_id=quote.id, wrong=("speaker",), value=quote.other, **shared),
            Judgment(row_id=proposal.id, wrong=("none",), **shared),
            Judgment(row_id=quote.id, wrong=("words",), **{**shared, "who": "cy"}),
        ],
    )
    changed, removed = sorted(write("--from-judgments"), key=lambda entry: "action" in entry)
    assert (changed["set"], removed["action"]) == ({"speaker_actor_id": quote.other}, "remove")
    assert changed["who"] == "ben" and str(changed["when"]) == "2026-11-30"


def test_of_several_judges_the_verdict_of_most_is_corrected(write, quote, proposal, plain, tmp_path):
    from onrecord.audit.judged import Judgment, add_judgments

    party = one(plain, "SELECT min(actor_id) FROM mentions WHERE article_id = ?", proposal.article)
    shared = {"release": "test", "at": "2026-11-30T10:00:00Z"}
    for who, verdict in (("anna", "wrong"), ("ben", "right")):
        file = tmp_path / f"{who}.jsonl"
        wrong, value = (("actor",), party)
        add_judgments(
            file,
            [
                Judgment(row_id=quote.id, verdict=verdict, wrong=("none",), who=who, **shared),
                Judgment(row_id=proposal.id, verdict="wrong", wrong=wrong, value=value, who=who, **shared),
            ],
        )
    found = write("--from-judgments", "--judgments", tmp_path / "anna.jsonl", "--judgments", tmp_path / "ben.jsonl")
    assert [(entry["row"], entry["set"]) for entry in found] == [(proposal.id, {"proposer": [party]})] * 2
    assert all(to_correction(entry, "f") for entry in found)


def test_corrections_go_to_others_without_names(run, write, own_release, quote, tmp_path):
    write(quote.id, "--remove", "--who", "anna")
    export = ("export", "corrections", "--release", own_release)
    code, printed, told = run(*export, "--corrections", tmp_path / "corrections")
    (entry,) = yaml.safe_load(printed)
    assert (code, entry["row"], entry["release"], entry["action"]) == (0, quote.id, "test", "remove")
    assert "anna" not in printed and "1" in told
    _, form, _ = run(*export, "--row", quote.id)
    assert f"Row id: {quote.id}" in form and "What the article says" in form
