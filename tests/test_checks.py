"""Every rule catches what it is for, and a critical one stops the release."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date

import duckdb
import pyarrow.parquet as pq
import pytest

from onrecord.checks import ExpectationError, check_tables, load_expectations, write_report
from onrecord.checks.by_month import ByMonth
from onrecord.checks.conditions import KNOWN
from onrecord.checks.engine import judge
from onrecord.checks.expectations import Expectation
from onrecord.checks.queries import Queries
from onrecord.checks.table_views import TableViews
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


ROWS = {
    "id": ["a", "b", "b", None, "c", "c"],
    "word": ["on", "off", None, "", "Ünder", "on"],
    "low": [1, 2, None, 4, 5, 6],
    "high": [2, 2, 3, None, 4, 9],
}
ASKED = [
    ("expect_column_values_to_not_be_null", {"column": "low"}),
    ("expect_column_values_to_not_be_null", {"column": "low", "mostly": 0.8}),
    ("expect_column_values_to_be_null", {"column": "low"}),
    ("expect_column_values_to_be_in_set", {"column": "word", "value_set": ["on", "off"]}),
    ("expect_column_values_to_be_in_set", {"column": "word", "value_set": ["on", "off"], "mostly": 0.6}),
    ("expect_column_values_to_be_in_set", {"column": "low", "value_set": [1, 2, 4]}),
    ("expect_column_values_to_not_be_in_set", {"column": "word", "value_set": ["on"]}),
    ("expect_column_values_to_match_regex", {"column": "word", "regex": "^o"}),
    ("expect_column_values_to_match_regex", {"column": "word", "regex": "n$", "mostly": 0.5}),
    ("expect_column_values_to_not_match_regex", {"column": "word", "regex": "n"}),
    ("expect_column_values_to_be_between", {"column": "low", "min_value": 2, "max_value": 5}),
    ("expect_column_values_to_be_between", {"column": "low", "min_value": 2, "strict_min": True}),
    ("expect_column_values_to_be_between", {"column": "low", "max_value": 5, "strict_max": True, "mostly": 0.5}),
    ("expect_column_value_lengths_to_be_between", {"column": "word", "min_value": 1, "max_value": 4}),
    ("expect_column_values_to_be_unique", {"column": "id"}),
    ("expect_column_values_to_be_unique", {"column": "id", "mostly": 0.2}),
    ("expect_compound_columns_to_be_unique", {"column_list": ["id", "word"]}),
    ("expect_compound_columns_to_be_unique", {"column_list": ["low", "id"]}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "high", "column_B": "low"}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "high", "column_B": "low", "or_equal": True}),
    ("expect_column_pair_values_to_be_equal", {"column_A": "low", "column_B": "high"}),
    ("expect_table_row_count_to_be_between", {"min_value": 7}),
    ("expect_table_row_count_to_equal", {"value": 6}),
    ("expect_table_columns_to_match_ordered_list", {"column_list": ["id", "word", "low"]}),
    ("expect_table_columns_to_match_ordered_list", {"column_list": ["id", "word", "low", "high"]}),
    ("expect_column_min_to_be_between", {"column": "low", "min_value": 2}),
    ("expect_column_max_to_be_between", {"column": "low", "max_value": 6}),
    ("expect_column_mean_to_be_between", {"column": "low", "min_value": 3, "max_value": 4}),
    ("expect_column_sum_to_be_between", {"column": "low", "max_value": 17}),
    ("expect_column_unique_value_count_to_be_between", {"column": "id", "min_value": 3, "max_value": 3}),
]


@pytest.fixture(scope="module")
def by_pandas():
    """What Great Expectations finds in ROWS by itself, as (passed, rows that break the rule), in the order of ASKED."""
    gx = pytest.importorskip("great_expectations")
    import pandas as pd

    frame = pd.DataFrame({c: pd.Series(v, dtype=object if c in ("id", "word") else float) for c, v in ROWS.items()})
    context = gx.get_context(mode="ephemeral")
    batches = context.data_sources.add_pandas("frames").add_dataframe_asset("rows")
    batch = batches.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": frame})
    found = []
    for kind, kwargs in ASKED:
        suite = gx.ExpectationSuite(name=f"s{len(found)}", expectations=[{"type": kind, "kwargs": kwargs}])
        (outcome,) = batch.validate(suite).results
        assert "raised_exception': True" not in str(outcome.exception_info)
        found.append((outcome.success, outcome.result.get("unexpected_count", 0)))
    return found


@pytest.mark.parametrize("number", range(len(ASKED)), ids=lambda n: f"{n}-{ASKED[n][0]}")
def test_a_rule_says_in_duckdb_what_great_expectations_says_of_the_frame(by_pandas, number):
    kind, kwargs = ASKED[number]
    rule = Expectation(table="rows", name="rule", type=kind, kwargs=kwargs, severity="critical", why="a test")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE rows (id VARCHAR, word VARCHAR, low BIGINT, high BIGINT)")
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", list(zip(*ROWS.values(), strict=True)))
        views = TableViews(connection)
        outcome = judge(Queries(views, ByMonth(views)), "rows", [rule])["rule"]
    assert (outcome.success, outcome.result.get("unexpected_count", 0)) == by_pandas[number]


def test_every_kind_of_rule_that_can_be_declared_is_compared_with_great_expectations():
    assert {kind for kind, _ in ASKED} == KNOWN


def test_a_rule_that_would_need_the_table_in_memory_is_refused(tmp_path):
    (tmp_path / "quotes.yml").write_text(
        "- {type: expect_column_kl_divergence_to_be_less_than, kwargs: {column: kind}, severity: warning, why: x}"
    )
    with pytest.raises(ExpectationError, match="write it as a rule in SQL"):
        load_expectations(tmp_path)


def test_a_rule_that_cannot_run_is_told_and_the_others_are_judged(own_release):
    broken = Expectation(
        table="quotes",
        name="broken",
        type="expect_column_values_to_match_regex",
        kwargs={"column": "kind", "regex": "(?=lookahead)"},
        severity="critical",
        why="a test",
    )
    first, second = check_tables(own_release, [broken, RULES["quotes", "kind__values_to_be_in_set"]])
    assert not first.passed and "could not run" in first.sample[0]
    assert second.passed


def test_rules_that_cannot_run_are_told_with_a_reason_each(own_release):
    def broken(name):
        sql = {"sql": f"SELECT {name} FROM quotes"}
        return Expectation(
            table="quotes", name=name, type="unexpected_rows_expectation", kwargs=sql, severity="critical", why="a test"
        )

    good = RULES["quotes", "kind__values_to_be_in_set"]
    first, second, third = check_tables(own_release, [broken("one"), broken("other"), good])
    assert "one" in first.sample[0] and "other" not in first.sample[0]
    assert "other" in second.sample[0] and '"one"' not in second.sample[0]
    assert third.passed


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
        ("rule.sql", "-- table: quotes\n-- severity: critical\n-- scope: month\n-- x\nSELECT 1", "neither article nor"),
        ("rule.sql", "-- table: quotes\n-- severity: critical\n-- scope: article\n-- x\nFROM Actors", "rows of actors"),
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


CHECKED_IN_A_LINE = """
import duckdb
from onrecord.checks.by_month import ByMonth
from onrecord.checks.engine import judge
from onrecord.checks.expectations import Expectation
from onrecord.checks.queries import Queries
from onrecord.checks.table_views import TableViews
with duckdb.connect() as connection:
    connection.execute("CREATE TABLE articles AS SELECT 'a' AS title")
    rule = Expectation(table="articles", name="titled", type="expect_column_values_to_not_be_null",
                       kwargs={"column": "title"}, severity="critical", why="a test")
    views = TableViews(connection)
    print(judge(Queries(views, ByMonth(views)), "articles", [rule])["titled"].success)
"""


def test_pyspark_beside_great_expectations_ends_no_process(tmp_path):
    """pyspark calls sys.exit where the main module is no file, as that of `python -c` is."""
    (tmp_path / "pyspark").mkdir()
    (tmp_path / "pyspark" / "__init__.py").write_text("raise SystemExit(0)\n")
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    run = subprocess.run(
        [sys.executable, "-c", CHECKED_IN_A_LINE],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == "True", run.stderr
