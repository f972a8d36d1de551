"""Months that were checked are not checked again, and what comes of it is what a check of everything finds."""

import re
import shutil
from dataclasses import replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from onrecord.checks import by_month, check_build, check_tables, load_expectations, run
from onrecord.checks.checked_months import CHECKED, read_checked
from onrecord.checks.queries import opened
from onrecord.schema import load_package
from onrecord.storage import parts
from onrecord.storage.parts import files_of, part_of

TABLES = load_package().tables
PROGRAM = "this program"
MONTHS = [*((2019, month) for month in range(1, 5)), parts.UNKNOWN]
CHANGED = MONTHS[2]
ASKED = {
    *("mentions.mention_is_slice", "mentions.article_id__foreign_key", "proposal_actors.actor_id__foreign_key"),
    *("quotes.kind__values_to_be_in_set", "quotes.quote_id__values_to_be_unique", "quotes.quote_is_slice"),
    *("dates.text_is_clean", "dates.date_granularity_matches_value", "dates.date_is_slice"),
    *("articles.article_word_count_is_right", "articles.article_id__values_to_be_unique"),
    *("articles.title__value_lengths_to_be_between__declared", "issues.issue_id__values_to_be_unique"),
}
FEW = tuple(rule for rule in load_expectations() if f"{rule.table}.{rule.name}" in ASKED)


@pytest.fixture(scope="module")
def cut(release, tmp_path_factory):
    """A build with the rows of the release in five months: each article with all its rows in one of them."""
    folder = tmp_path_factory.mktemp("cut") / "build"
    with duckdb.connect() as connection:
        for table in TABLES.values():
            connection.execute(f"CREATE VIEW {table.name} AS FROM read_parquet('{release}/{table.name}.parquet')")
        connection.execute(
            "CREATE TABLE lies AS "
            f"SELECT article_id, (row_number() OVER (ORDER BY article_id) - 1) % {len(MONTHS)} AS part FROM articles"
        )
        for table in TABLES.values():
            if not table.article:
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy(release / f"{table.name}.parquet", folder)
                continue
            for part, month in enumerate(MONTHS):
                rows = connection.sql(
                    f"SELECT t.* FROM {table.name} t WHERE {table.article} IN "
                    f"(SELECT article_id FROM lies WHERE part = {part})"
                )
                path = part_of(folder, table.name, month)
                parts.write_part(path, iter(rows.to_arrow_table().to_batches()), table)
    return folder


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Some rules of each kind: all take a second and a half."""
    monkeypatch.setattr(run, "load_expectations", lambda: FEW)


@pytest.fixture
def build(cut, tmp_path):
    return shutil.copytree(cut, tmp_path / "build")


def outcomes(results):
    return [(r.rule.table, r.rule.name, r.passed, r.count, r.sample) for r in results]


def change(path, **columns):
    """Other values in columns of a file, made from those that are there."""
    table = pq.read_table(path, partitioning=None)
    for name, values in columns.items():
        field = table.schema.field(name)
        table = table.set_column(table.column_names.index(name), field, pa.array(values(table[name]), field.type))
    pq.write_table(table, path)


@pytest.fixture(scope="module")
def once(cut, tmp_path_factory):
    """The build, checked once: what was found of its months is kept."""
    build = shutil.copytree(cut, tmp_path_factory.mktemp("once") / "build")
    kept = read_checked(build, PROGRAM)
    assert all(result.passed for result in check_tables(build, FEW, kept=kept))
    assert kept.run == set(MONTHS)
    kept.write()
    return build


@pytest.fixture
def checked(once, tmp_path):
    return shutil.copytree(once, tmp_path / "build")


def test_months_that_did_not_change_are_not_looked_at_again_and_the_results_are_the_same(build, monkeypatch):
    monkeypatch.setattr(run, "load_expectations", load_expectations)
    first, of_all = check_build(build, PROGRAM)
    again, of_none = check_build(build, PROGRAM)
    assert (of_all.run, of_none.run) == (set(MONTHS), set())
    assert outcomes(first) == outcomes(again) == outcomes(check_tables(build))
    assert len(first) > 300


def test_of_a_month_that_changed_only_what_reads_the_table_is_run_again(checked):
    path = part_of(checked, "dates", CHANGED)
    pq.write_table(pq.read_table(path, partitioning=None), path)  # other bytes, the same rows
    before = read_checked(checked, PROGRAM).before
    results, kept = check_build(checked, PROGRAM)
    assert kept.run == {CHANGED}
    assert outcomes(results) == outcomes(check_tables(checked))
    assert 0 < len(kept.now.keys() - before.keys()) < len(before) / len(MONTHS) / 2


def up(values):
    return pc.add(values, 1)


DAMAGE = {
    "offsets": {"table": "mentions", "start": up, "end": up},
    "a value that is none": {"table": "quotes", "kind": lambda values: ["sung"] * len(values)},
    "another place": {"table": "dates", "start": up, "text": lambda values: [f"{v} " for v in values.to_pylist()]},
    "an actor who is not there": {"table": "proposal_actors", "actor_id": lambda values: ["x:gone"] * len(values)},
    "an article that is not there": {"table": "mentions", "article_id": lambda values: ["gone"] * len(values)},
    "a key twice": {"table": "quotes", "quote_id": lambda values: [values[0].as_py()] * len(values)},
    "another text": {"table": "articles", "text": lambda values: ["Something else."] * len(values)},
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_in_a_month_that_was_checked_is_found_as_by_a_check_of_everything_and_mended_is_gone(checked, what):
    columns = dict(DAMAGE[what])
    path = part_of(checked, columns.pop("table"), CHANGED)
    whole, kept_before = path.read_bytes(), (checked / CHECKED).read_bytes()
    change(path, **columns)
    results, kept = check_build(checked, PROGRAM)
    assert outcomes(results) == outcomes(check_tables(checked))
    assert any(r.stops and r.sample for r in results)
    assert CHANGED in kept.run
    assert (checked / CHECKED).read_bytes() == kept_before  # a build that fails keeps nothing
    path.write_bytes(whole)
    results, kept = check_build(checked, PROGRAM)
    assert kept.run == set() and not any(r.stops for r in results)


def test_a_warning_is_told_with_its_rows_each_time_and_its_months_are_not_counted_again(build):
    change(part_of(build, "dates", CHANGED), granularity=lambda values: [v and "century" for v in values.to_pylist()])
    first, _ = check_build(build, PROGRAM)
    again, kept = check_build(build, PROGRAM)
    assert kept.run == set()
    assert outcomes(first) == outcomes(again) == outcomes(check_tables(build))
    (told,) = [r for r in again if not r.passed]
    assert told.rule.severity == "warning" and told.count > len(told.sample) == 5


def test_a_rule_that_changed_is_run_again_for_all_months(checked):
    (rule,) = [r for r in load_expectations() if r.name == "mention_is_slice"]
    kept = read_checked(checked, PROGRAM)
    assert check_tables(checked, [rule], kept=kept)[0].passed and kept.run == set()
    stricter = replace(rule, kwargs={"sql": rule.kwargs["sql"].replace("WHERE", "WHERE true OR")})
    kept = read_checked(checked, PROGRAM)
    (result,) = check_tables(checked, [stricter], kept=kept)
    assert kept.run == set(MONTHS)
    assert result.count == parts.count_rows(checked, "mentions")


@pytest.mark.parametrize("harm", ["gone", "cut off", "a number changed", "no text", "of another program"])
def test_nothing_is_taken_from_a_file_that_is_not_as_it_was_written(checked, harm):
    path = checked / CHECKED
    text = path.read_text()
    harmed = {
        "gone": None,
        "cut off": text[: len(text) // 2],
        "a number changed": re.sub(r"\n[1-9]", "\n0", text, count=1),
        "no text": b"\xff\xfe\n\x00",
        "of another program": text,
    }[harm]
    path.unlink()
    if harmed is not None:
        path.write_bytes(harmed if isinstance(harmed, bytes) else harmed.encode())
    assert harm == "of another program" or harmed != text
    results, kept = check_build(checked, "another" if harm == "of another program" else PROGRAM)
    assert kept.run == set(MONTHS)
    assert outcomes(results) == outcomes(check_tables(checked))


def test_a_row_in_another_month_than_its_article_is_checked_with_its_article(build, monkeypatch):
    (rule,) = (r for r in load_expectations() if r.name == "mention_is_slice")
    here, there = (part_of(build, "mentions", month) for month in MONTHS[:2])
    change(here, start=up)
    moved = pq.read_table(here, partitioning=None)
    pq.write_table(pa.concat_tables([pq.read_table(there, partitioning=None), moved]), there)
    pq.write_table(moved.slice(0, 0), here)
    monkeypatch.setattr(by_month, "_ARTICLES", 1)
    (result,) = check_tables(build, [rule])
    assert result.count == len(moved)


@pytest.mark.parametrize("harm", ["a month of one table is gone", "one table is whole", "an article twice"])
def test_what_does_not_lie_in_months_is_checked_at_once(build, harm):
    path = part_of(build, "mentions", CHANGED)
    if harm == "a month of one table is gone":
        shutil.rmtree(path.parent)
    elif harm == "one table is whole":
        rows = pa.concat_tables([pq.read_table(p, partitioning=None) for p in files_of(build, "mentions")])
        shutil.rmtree(build / "mentions")
        pq.write_table(rows, build / "mentions.parquet")
    else:
        path = part_of(build, "articles", CHANGED)
        rows = [pq.read_table(p, partitioning=None) for p in (path, part_of(build, "articles", MONTHS[0]))]
        pq.write_table(pa.concat_tables(rows), path)
    with opened(build) as queries:
        assert not queries.months.articles


def test_rules_about_each_article_find_the_same_rows_some_months_at_a_time(build, monkeypatch):
    (rule,) = (r for r in load_expectations() if r.name == "mention_is_slice")
    for month in MONTHS[1:]:
        change(part_of(build, "mentions", month), start=up)
    (whole,) = check_tables(build, [rule])
    monkeypatch.setattr(by_month, "_ARTICLES", 1)
    (in_parts,) = check_tables(build, [rule])
    (by_build,) = check_tables(build, [rule], kept=read_checked(build, PROGRAM))
    assert whole.count > 10
    assert outcomes([in_parts]) == outcomes([by_build]) == outcomes([whole])
    with opened(build) as queries:
        queries.count_by_month([rule])
        assert queries.value("SELECT count(*) FROM mentions") == parts.count_rows(
            build, "mentions"
        )  # all are there again


def test_of_whole_tables_nothing_is_kept(release, tmp_path):
    folder = shutil.copytree(release, tmp_path / "build")
    (folder / CHECKED).write_text("of a build that was larger")
    results, _ = check_build(folder, PROGRAM)
    assert outcomes(results) == outcomes(check_tables(folder))
    assert not (folder / CHECKED).exists()
