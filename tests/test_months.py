"""A large build is written month by month: only what changed, and the same bytes as from the beginning."""

import json
import shutil

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml

from onrecord.assemble import assemble, months
from onrecord.batches.batch import extract_batch
from onrecord.batches.ingest import ingest
from onrecord.checks import check_tables, load_expectations, write_report
from onrecord.checks.checked_months import read_checked
from onrecord.checks.expectations import ARTICLE
from onrecord.release import check_release, write_release
from onrecord.schema import load_package
from onrecord.storage import parts, store
from onrecord.storage.layout import Layout
from onrecord.storage.parts import files_of

TALKS = (
    "Talks in the harbour town went on for a third day. “We will open the quay by May,” said {who}. The council "
    "called on the government to pay for the new bridge. The minister promised that the money would be there soon. "
    "Nobody else spoke at the meeting in {town}, which ended late in the evening after a long debate about {topic}."
)
ARTICLES = {
    "january": ("2019-01-14", TALKS.format(who="Orla Brennock", town="Harwick", topic="fishing")),
    "february": ("2019-02-03", TALKS.format(who="the Irish minister Orla Brennock", town="Galway", topic="tolls")),
    "march": ("2019-03-20", TALKS.format(who="Mayor Tom Hask", town="Leeds", topic="a school, and about nothing else")),
    "later": (
        "2019-03-21",
        "A copy was printed a day later. " + TALKS.format(who="Tom Hask", town="York", topic="rain"),
    ),
    "undated": (None, TALKS.format(who="Rana Okafor of the port authority", town="Hull", topic="the price of salt")),
}


@pytest.fixture(autouse=True)
def large(monkeypatch):
    monkeypatch.setattr(parts, "CUT_FROM", 3)


@pytest.fixture
def build(tmp_path, codebook):
    """build(name, articles...) -> the layout of a datasets folder whose build holds these articles, corrected."""

    def run(name, *articles, corrections=()):
        seeds, layout = tmp_path / name / "seeds", Layout(tmp_path / name / "datasets")
        shutil.rmtree(seeds, ignore_errors=True)
        seeds.mkdir(parents=True)
        for article in articles:
            day, text = ARTICLES[article]
            record = {"title": f"Talks in {article}", "text": text} | ({"published": day} if day else {})
            (seeds / f"{article}.json").write_text(json.dumps(record))
        for batch in ingest([str(seeds)], layout).pending:
            extract_batch(batch, layout)
        folder = tmp_path / name / "corrections"
        folder.mkdir(exist_ok=True)
        (folder / "anna.yml").write_text(yaml.safe_dump(list(corrections)))
        assemble(layout, codebook, [folder])
        return layout

    return run


def _tables(layout):
    """The bytes of all tables, by their paths."""
    return {
        path.relative_to(layout.build).as_posix(): path.read_bytes()
        for name in load_package().tables
        for path in files_of(layout.build, name)
    }


def _stamps(layout):
    return {p.relative_to(layout.build).as_posix(): p.stat().st_ino for p in layout.build.rglob("*=*/*.parquet")}


def test_added_articles_give_the_bytes_of_a_build_from_the_beginning(build):
    build("grown", "january", "march", "undated")
    grown = build("grown", *ARTICLES)
    assert _tables(grown) == _tables(build("whole", *ARTICLES))


def test_little_memory_writes_some_articles_after_others_with_the_same_bytes(build, monkeypatch):
    whole = _tables(build("whole", *ARTICLES))
    monkeypatch.setattr(months, "_OF_ARTICLE", 10**12)
    assert _tables(build("in parts", *ARTICLES)) == whole


def test_a_month_in_which_nothing_changed_is_not_written_again(build):
    before = _stamps(build("grown", "january", "march", "undated"))
    after = _stamps(build("grown", "january", "march", "undated", "later"))
    changed = {path for path in before if before[path] != after[path]}
    assert changed and all("published_month=3" in path for path in changed)
    assert before.keys() == after.keys()


def test_an_actor_whose_id_changes_changes_the_months_that_name_it(build):
    first = build("grown", "january", "march", "undated")
    (path,) = first.build.glob("quotes/*=2019/*=1/quotes.parquet")
    (before,) = {q["speaker_actor_id"] for q in pq.read_table(path).to_pylist() if "quay" in q["text"]}
    build("grown", *ARTICLES)
    (after,) = {q["speaker_actor_id"] for q in pq.read_table(path).to_pylist() if "quay" in q["text"]}
    assert before != after  # her country is told in February


def test_of_a_month_only_tables_are_written_again_in_which_something_changed(build):
    before = _stamps(build("grown", "january", "march", "undated"))
    after = _stamps(build("grown", *ARTICLES))  # of January, whose id and initiatives it changes
    changed = {path.split("/")[0] for path in before if before[path] != after[path] and "published_month=1" in path}
    assert changed >= {"mentions", "quotes", "quote_speakers"}
    assert changed.isdisjoint({"articles", "dates"})


def _corrections(layout):
    """Corrections of one quote in January, then the same otherwise, a row of March added, and two actors made one."""
    files = {table: parts.scan(files_of(layout.build, table)) for table in ("quotes", "articles", "actors")}
    with duckdb.connect() as connection:
        ((quote, march, gone, kept),) = connection.execute(
            f"SELECT (SELECT quote_id FROM {files['quotes']} WHERE published_month = 1 ORDER BY ALL LIMIT 1), "
            f"(SELECT min(article_id) FROM {files['articles']} WHERE published_month = 3), "
            f"(SELECT actor_id FROM {files['actors']} WHERE name LIKE '%Okafor'), "
            f"(SELECT actor_id FROM {files['actors']} WHERE name LIKE '%Brennock')"
        ).fetchall()
    return {
        "changed": ([{"row": quote, "set": {"attitude": "belief"}}], {1}),
        "changed otherwise": ([{"row": quote, "set": {"attitude": "knowledge"}}], {1}),
        "removed": ([{"row": quote, "action": "remove"}], {1}),
        "added": ([{"action": "add", "table": "dates", "article": march, "start": 0, "end": 9,
                    "set": {"value": "2019-03", "type": "DATE"}}], {1, 3}),
        # What both said is one utterance now, in January, too.
        "merged": ([{"action": "merge", "from": gone, "into": kept}], {3, 1, 0}),
        "merged and changed": ([{"action": "merge", "from": gone, "into": kept},
                                {"row": quote, "set": {"attitude": "belief"}}], {1}),
        "nothing": ([], {1, 0}),
    }  # fmt: skip


def test_corrections_change_the_months_that_they_are_about_and_no_other(build):
    layout = build("grown", *ARTICLES)
    plain, stamps = _tables(layout), _stamps(layout)
    for told, (corrections, months_changed) in _corrections(layout).items():
        build("grown", *ARTICLES, corrections=corrections)
        after = _stamps(layout)
        changed = {
            int(path.split("published_month=")[1].split("/")[0]) for path in stamps if stamps[path] != after[path]
        }
        assert (told, changed) == (told, months_changed)
        stamps = after
        assert len(pq.read_table(layout.build / "corrections.parquet")) == len(corrections)
        shutil.rmtree(layout.datasets.parent.parent / "whole", ignore_errors=True)
        whole = _tables(build("whole", *ARTICLES, corrections=corrections))
        assert (told, _tables(layout) == whole) == (told, True)
        assert (told, whole == plain) == (told, not corrections)


def test_articles_that_vanish_take_their_month_with_them(build):
    build("shrunk", *ARTICLES)
    shrunk = build("shrunk", "february", "later", "undated")
    assert _tables(shrunk) == _tables(build("whole", "february", "later", "undated"))
    assert not list(shrunk.build.glob("*/*=2019/*=1"))


def test_a_build_that_is_large_no_more_is_whole_files_again(build, monkeypatch):
    build("one", *ARTICLES)
    monkeypatch.setattr(parts, "CUT_FROM", 100)
    one = build("one", *ARTICLES)
    assert not list(one.build.rglob("*=*"))
    assert _tables(one) == _tables(build("whole", *ARTICLES))
    monkeypatch.setattr(parts, "CUT_FROM", 3)
    assert files_of(build("one", *ARTICLES).build, "quotes")[0].parent != one.build
    assert not list(one.build.glob("quotes.parquet"))


@pytest.mark.parametrize("harm", ["damaged", "gone", "other program"])
def test_what_cannot_be_kept_is_written_again(build, harm, monkeypatch):
    layout = build("harmed", *ARTICLES)
    whole = _tables(layout)
    (path,) = layout.build.glob("mentions/*=2019/*=1/mentions.parquet")
    stamps = _stamps(layout)
    if harm == "damaged":
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw)
    elif harm == "gone":
        path.unlink()
    else:
        monkeypatch.setattr(months, "program", lambda: "another")
    again = _stamps(build("harmed", *ARTICLES))
    assert _tables(layout) == whole
    kept = {p for p in stamps if stamps[p] == again[p]}
    harmed = stamps.keys() if harm == "other program" else {path.relative_to(layout.build).as_posix()}
    assert kept == stamps.keys() - harmed


def test_a_release_links_to_the_months_of_the_one_before_and_is_whole_by_itself(build):
    layout = build("released", "january", "march", "undated")
    folders = []
    for version, articles in (("a", None), ("b", ("january", "march", "undated", "later"))):
        if articles:
            build("released", *articles)
        write_report(layout.build, check_tables(layout.build))
        folders.append(write_release(layout.build, layout.releases, version))
    first, second = folders
    linked = [p for p in store.files_in(first).values() if p.stat().st_nlink == 2]
    # A copy changes the rows of its month, but no utterance: it counts for nothing.
    assert {p.parent.name for p in linked if p.stem == "quotes"} == {"published_month=1", "published_month=0"}
    assert {p.parent.name for p in linked} >= {"published_month=1", "published_month=0"}
    assert all((second / p.relative_to(first)).samefile(p) for p in linked)
    shutil.rmtree(first)
    assert check_release(second)[0] == []


def test_rows_of_quotes_and_of_their_speakers_lie_in_the_month_of_their_article(build):
    layout = build("one", *ARTICLES)
    with duckdb.connect() as connection:
        for table, article in (("quote_speakers", "split_part(t.quote_id, ':', 1)"), ("quotes", "t.article_id")):
            strays = connection.execute(
                f"SELECT count(*) FROM {parts.scan(files_of(layout.build, table))} t "
                f"JOIN {parts.scan(files_of(layout.build, 'articles'))} a ON a.article_id = {article} "
                "WHERE (t.published_year, t.published_month) <> (a.published_year, a.published_month) "
                "OR t.published_year <> coalesce(year(a.published), 0)"
            ).fetchall()
            assert strays == [(0,)]


def test_what_is_kept_of_checks_and_asked_of_the_months_that_changed_is_what_a_check_of_all_finds(build):
    rules = [r for r in load_expectations() if r.scope == ARTICLE and r.name.endswith(("text_is_clean", "is_slice"))]
    files = {}
    for articles in (("january", "march", "undated"), ARTICLES, ("february", "later", "undated")):
        layout = build("grown", *articles)
        kept = read_checked(layout.build, "a program")
        found = check_tables(layout.build, rules, kept=kept)
        kept.write()
        before, files = files, _tables(layout)
        changed = {path for path in files if "=" in path and files[path] != before.get(path)}
        assert kept.run == {parts.month_of(layout.build / path) for path in changed}
        assert [(r.rule, r.passed, r.count, r.sample) for r in found] == [
            (r.rule, r.passed, r.count, r.sample) for r in check_tables(layout.build, rules)
        ]
