"""Every rule catches what it is for, and a critical one stops the release."""

import json
import shutil
from datetime import date

import duckdb
import pyarrow.parquet as pq
import pytest

from onrecord.checks import ExpectationError, check_tables, load_expectations, write_report
from onrecord.checks.dataframes import to_frame
from onrecord.checks.queries import opened
from onrecord.release import write_release
from onrecord.release.freeze import UncheckedError
from onrecord.schema import load_package

RULES = {(r.table, r.name): r for r in load_expectations()}
SQL_RULES = [r for r in RULES.values() if "sql" in r.kwargs]


def _in_memory(release):
    connection = duckdb.connect()
    for name in load_package().tables:
        connection.execute(f"CREATE TABLE {name} AS FROM read_parquet('{release / name}.parquet')")
    return connection


@pytest.mark.parametrize(
    "rule", [r for r in SQL_RULES if r.name.endswith("foreign_key")], ids=lambda r: f"{r.table}-{r.name}"
)
def test_a_foreign_key_rule_returns_the_rows_whose_reference_is_missing(release, rule):
    column = rule.name.removesuffix("__foreign_key")
    with _in_memory(release) as connection:
        assert connection.execute(rule.kwargs["sql"]).fetchall() == []
        connection.execute(f"INSERT INTO {rule.table} BY NAME SELECT 'missing' AS {column}")
        assert connection.execute(rule.kwargs["sql"]).fetchall() != []


def test_great_expectations_names_rule_count_and_rows_of_a_break(own_release):
    table = pq.read_table(own_release / "quotes.parquet")
    rows = table.to_pylist()
    rows[0] |= {"kind": "sung", "quote_id": rows[1]["quote_id"]}
    rows[2]["speaker_actor_id"] = "wd:Q0"
    pq.write_table(table.from_pylist(rows, schema=table.schema), own_release / "quotes.parquet")
    failed = {r.rule.name: r for r in check_tables(own_release) if not r.passed}
    assert failed["kind__values_to_be_in_set"].count == 1
    assert "sung" in str(failed["kind__values_to_be_in_set"])
    assert failed["quote_id__values_to_be_unique"].count == 2
    assert "wd:Q0" in failed["speaker_actor_id__foreign_key"].sample[0]
    write_report(own_release, tuple(failed.values()))
    shutil.copytree(own_release, own_release.parent / "build")
    with pytest.raises(UncheckedError, match="failed its checks"):
        write_release(own_release.parent / "build", own_release.parent, "next")


def test_the_report_lists_every_rule_with_its_reason(release):
    report = json.loads((release / "checks.json").read_text())
    assert report["passed"] is True
    assert {(c["table"], c["rule"]) for c in report["checks"]} == set(RULES)
    assert all(len(c["why"]) > 10 for c in report["checks"])


def test_a_rule_that_all_rows_break_shows_the_first_few_by_their_keys(own_release):
    table = pq.read_table(own_release / "quotes.parquet")
    rows = [row | {"kind": "sung"} for row in table.to_pylist()]
    pq.write_table(table.from_pylist(rows, schema=table.schema), own_release / "quotes.parquet")
    (found,) = check_tables(own_release, [RULES["quotes", "kind__values_to_be_in_set"]])
    assert found.count == len(rows)
    assert found.sample == tuple(f"kind='sung', quote_id='{row['quote_id']}'" for row in rows[:5])


def test_great_expectations_gets_no_bodies_and_no_column_that_no_rule_looks_into(release):
    rules = [r for r in load_expectations() if r.table == "articles"]
    with opened(release) as queries:
        frame = to_frame(queries.connection, release, "articles", rules)
    whole = pq.read_table(release / "articles.parquet").to_pandas()
    assert list(frame.columns) == list(whole.columns)
    assert [text in body for text, body in zip(frame["text"], whole["text"], strict=True)] == [True] * len(whole)
    assert frame["text"].str.len().max() < whole["text"].str.len().min()
    assert frame["title"].equals(whole["title"])
    assert frame["dateline"].isna().all() and whole["dateline"].notna().any()


@pytest.mark.parametrize("words, broken", [(3000, False), (3001, True)])
def test_a_text_is_cut_only_where_its_length_no_longer_matters(own_release, words, broken):
    table = pq.read_table(own_release / "quotes.parquet")
    rows = [row | {"text": "é" * words} for row in table.to_pylist()]
    pq.write_table(table.from_pylist(rows, schema=table.schema), own_release / "quotes.parquet")
    (found,) = check_tables(own_release, [RULES["quotes", "text__value_lengths_to_be_between__declared"]])
    assert (not found.passed, found.count) == (broken, len(rows) if broken else 0)


@pytest.mark.parametrize(
    "name, content, complaint",
    [
        ("quotez.yml", "[]", "no table 'quotez'"),
        ("quotes.yml", "- {type: expect_x, kwargs: {column: a}, severity: fatal, why: x}", "severity"),
        ("quotes.yml", "- {type: expect_x, kwargs: {column: a}, severity: critical}", "why"),
        ("rule.sql", "SELECT 1", "needs comment lines"),
        ("rule.sql", "-- table: quotes\n-- severity: critical\nSELECT 1", "needs comment lines"),
    ],
)
def test_a_rule_that_is_declared_wrongly_is_named(tmp_path, name, content, complaint):
    (tmp_path / name).write_text(content)
    with pytest.raises(ExpectationError, match=f"{name}.*{complaint}"):
        load_expectations(tmp_path)


NEWS = [date(2017 + n % 3, 1 + n % 12, 5) for n in range(19)]


@pytest.mark.parametrize(
    "days, broken",
    [
        ([*NEWS, date(2099, 1, 1)], [date(2099, 1, 1)]),
        ([*NEWS, *NEWS, date(2098, 1, 1), date(2099, 1, 1)], [date(2098, 1, 1), date(2099, 1, 1)]),
        ([*NEWS, date(2021, 1, 1), None], []),
        ([date(1900 + n, 1, 1) for n in range(120)], []),
        ([*NEWS[:5], date(2099, 1, 1)], []),
        ([None] * 30, []),
    ],
    ids=["one", "two", "a year later", "a sparse archive", "too few to tell", "none dated"],
)
def test_articles_dated_years_after_all_others_are_warned_of(days, broken):
    (rule,) = (rule for rule in load_expectations() if rule.name == "article_published_among_others")
    with duckdb.connect() as connection:
        rows = [(str(n), day) for n, day in enumerate(days)]
        connection.execute("CREATE TABLE articles (article_id VARCHAR, published DATE)")
        connection.executemany("INSERT INTO articles VALUES (?, ?)", rows)
        connection.execute("ALTER TABLE articles ADD COLUMN source_file VARCHAR DEFAULT 'a'")
        connection.execute("ALTER TABLE articles ADD COLUMN published_basis VARCHAR DEFAULT 'given'")
        found = [day for _, _, day, _ in connection.execute(rule.kwargs["sql"]).fetchall()]
    assert (rule.severity, sorted(found)) == ("warning", broken)
