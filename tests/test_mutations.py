"""Damage of every kind, planted in the tables of a built release, is caught by the rule that is meant for it."""

import contextlib
import shutil
from dataclasses import dataclass

import duckdb
import pytest
import yaml

from conftest import ROOT
from onrecord.checks import check_tables, load_expectations
from onrecord.checks.expectations import ARTICLE
from onrecord.schema import load_package
from onrecord.storage.parts import files_of

RULES = {f"{r.table}.{r.name}": r for r in load_expectations()}


@dataclass(frozen=True)
class Damage:
    what: str
    rule: str  # that must catch it: <table>.<rule>
    sql: str  # plants it


def _damage(raw):
    table = RULES[raw["rule"]].table
    key = ", ".join(load_package().tables[table].primary_key)
    first = f"SELECT rowid FROM {table} WHERE {raw.get('where', 'true')} ORDER BY {key} LIMIT 1"
    sql = f"UPDATE {table} SET {raw['set']} WHERE rowid = ({first})" if "set" in raw else raw["sql"]
    return Damage(raw["what"], raw["rule"], sql)


DAMAGE = [_damage(raw) for raw in yaml.safe_load((ROOT / "tests" / "damage.yml").read_text(encoding="utf-8"))]
IN_SQL = [d for d in DAMAGE if "sql" in RULES[d.rule].kwargs]
IN_COLUMNS = [d for d in DAMAGE if "sql" not in RULES[d.rule].kwargs]


@pytest.fixture(scope="module")
def whole(release):
    """The tables of the release, in a database of their own."""
    with duckdb.connect() as connection:
        for name in load_package().tables:
            files = ", ".join(f"'{path}'" for path in files_of(release, name))
            connection.execute(f"CREATE TABLE {name} AS FROM read_parquet([{files}])")
        yield connection


@contextlib.contextmanager
def planted(connection, damage):
    """The damage is there in this block, and gone after it."""
    connection.execute("BEGIN")
    try:
        connection.execute(damage.sql)
        yield
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("damage", IN_SQL, ids=lambda d: d.what)
def test_a_rule_in_sql_returns_the_rows_that_are_damaged_and_no_others(whole, damage):
    rule = RULES[damage.rule]
    assert whole.execute(rule.kwargs["sql"]).fetchall() == []
    with planted(whole, damage):
        assert whole.execute(rule.kwargs["sql"]).fetchall() != []


@pytest.fixture(scope="module")
def outcomes(release, whole, tmp_path_factory):
    """What Great Expectations found of each damage. It takes a second to run, so a run has one damage in each table."""
    rounds = []
    for damage in IN_COLUMNS:
        table = RULES[damage.rule].table
        free = next((r for r in rounds if table not in r), None)
        if free is None:
            rounds.append(free := {})
        free[table] = damage
    found = {}
    for together in rounds:
        folder = tmp_path_factory.mktemp("damaged") / "release"
        shutil.copytree(release, folder)
        for table, damage in together.items():
            with planted(whole, damage):
                whole.execute(f"COPY {table} TO '{folder}/{table}.parquet'")
        rules = [RULES[d.rule] for d in together.values()]
        found |= {d.what: r for d in together.values() for r in check_tables(folder, rules) if r.rule == RULES[d.rule]}
    return found


@pytest.mark.parametrize("damage", IN_COLUMNS, ids=lambda d: d.what)
def test_a_rule_on_a_column_names_what_is_damaged(outcomes, damage):
    outcome = outcomes[damage.what]
    assert not outcome.passed
    assert outcome.sample


def test_every_rule_of_ours_has_damage_that_it_catches():
    declared = {f"{r.table}.{r.name}" for r in RULES.values() if "sql" in r.kwargs and "foreign_key" not in r.name}
    generic = {name for name in declared if name.endswith(".text_is_clean")}
    assert declared - generic <= {d.rule for d in DAMAGE}


def test_no_damage_is_planted_twice():
    assert len({d.what for d in DAMAGE}) == len(DAMAGE) > 100


@pytest.mark.parametrize(
    "damage", [d for d in IN_SQL if RULES[d.rule].scope == ARTICLE], ids=lambda d: f"{d.rule}: {d.what}"
)
def test_a_rule_whose_scope_is_an_article_finds_in_each_by_itself_what_it_finds_in_all(whole, damage):
    """So that a month that did not change need not be looked at again."""
    rule, tables = RULES[damage.rule], load_package().tables
    with planted(whole, damage):
        query = f"SELECT count(*) FROM ({rule.kwargs['sql']})"
        ((together,),) = whole.execute(query).fetchall()
        belongs = " UNION ".join(f"SELECT DISTINCT {tables[t].article} AS article FROM {t}" for t in rule.tables)
        by_article = 0
        for (article,) in whole.execute(belongs).fetchall():
            rows = [f"{t} AS (FROM main.{t} WHERE {tables[t].article} = '{article}')" for t in rule.tables]
            ((count,),) = whole.execute(f"WITH {', '.join(rows)} {query}").fetchall()
            by_article += count
    assert by_article == together > 0
