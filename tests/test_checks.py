"""Every rule catches what it is for, and a critical one stops the release."""

import json
import shutil

import duckdb
import pyarrow.parquet as pq
import pytest

from onrecord.checks import ExpectationError, check_tables, load_rules, write_report
from onrecord.release import ReleaseError, write_release
from onrecord.schema import load_package

RULES = {(r.table, r.name): r for r in load_rules()}
SQL_RULES = [r for r in RULES.values() if "sql" in r.kwargs]

# One change of the tables per SQL rule of expectations/ that the rule must catch.
BROKEN = {
    "mention_is_slice": "UPDATE mentions SET text = 'forged' WHERE mention_id = (SELECT min(mention_id) FROM mentions)",
    "date_is_slice": "UPDATE dates SET start = start + 1",
    "quote_is_slice": 'UPDATE quotes SET "end" = "end" - 1',
    "proposal_is_slice": "UPDATE proposals SET text = upper(text)",
    "quote_cue_is_slice": "UPDATE quotes SET cue = 'whispered' WHERE cue IS NOT NULL",
    "proposal_cue_is_slice": "UPDATE proposals SET cue_start = NULL WHERE cue IS NOT NULL",
    "quote_speaker_is_slice": "UPDATE quotes SET speaker_text = 'nobody' WHERE speaker_text IS NOT NULL",
    "quote_speaker_is_mentioned": "DELETE FROM mentions",
    "quote_attribution_has_evidence": "UPDATE quotes SET attribution = 'none' WHERE speaker_actor_id IS NOT NULL",
    "quote_group_is_one_utterance": "UPDATE quotes SET group_id = 'elsewhere'",
    "quote_speakers_agree_in_group": "UPDATE quotes SET group_id = 'one'",
    "quote_said_in_order": "UPDATE quotes SET said_earliest = DATE '2019-01-02', said_latest = DATE '2019-01-01'",
    "date_bounds_in_order": "UPDATE dates SET earliest = DATE '2019-01-02', latest = DATE '2019-01-01'",
    "date_bounds_match_value": "UPDATE dates SET type = 'DATE', mod = NULL, value = '2019', "
    "earliest = DATE '2019-01-01', latest = DATE '2019-06-30'",
    "date_unanchored_has_no_bounds": "UPDATE dates SET value = 'XXXX-05', earliest = DATE '2019-05-01'",
    "article_published_in_bounds": "UPDATE articles SET published = DATE '2019-01-01', published_earliest = NULL",
    "article_published_has_basis": "UPDATE articles SET published_basis = 'stated', published_evidence = NULL",
    "article_paragraphs_are_clean": "UPDATE articles SET text = text || E'\\n'",
    "article_duplicate_points_to_first": "UPDATE articles SET duplicate_of = article_id",
    "article_versions_form_a_chain": "UPDATE articles SET supersedes = (SELECT min(article_id) FROM articles)",
    "article_versions_are_no_duplicates": "UPDATE articles SET duplicate_of = (SELECT min(article_id) FROM articles), "
    "supersedes = (SELECT min(article_id) FROM articles) WHERE article_id = (SELECT max(article_id) FROM articles)",
    "article_leads_to_one_that_counts": "UPDATE articles SET duplicate_of = article_id",
    "proposal_has_proposer": "DELETE FROM proposal_actors",
    "proposal_stance_has_issue": "UPDATE proposals SET issue_id = NULL, stance = 'support'",
    "proposal_links_stay_in_article": "UPDATE proposals SET date_id = (SELECT max(date_id) FROM dates d WHERE "
    "d.article_id <> proposals.article_id)",
    "actor_is_mentioned_or_parent": "UPDATE actors SET mention_count = 0",
    "actor_state_has_country": "UPDATE actors SET country = 'XYZ' WHERE type = 'state'",
    "actor_redirect_is_retired": "INSERT INTO actor_redirects BY NAME SELECT min(actor_id) AS old_id FROM actors",
    "rejection_is_not_our_failure": "INSERT INTO rejections VALUES ('a.txt', NULL, 'parse', 'internal_error', 'boom')",
}


def _in_memory(release):
    connection = duckdb.connect()
    for name in load_package().tables:
        connection.execute(f"CREATE TABLE {name} AS FROM read_parquet('{release / name}.parquet')")
    return connection


@pytest.mark.parametrize("rule", [r for r in SQL_RULES if not r.name.startswith("foreign_key")], ids=lambda r: r.name)
def test_an_sql_rule_returns_the_rows_that_break_it_and_no_others(release, rule):
    with _in_memory(release) as connection:
        if rule.severity == "critical":
            assert connection.execute(rule.kwargs["sql"]).fetchall() == []
        connection.execute(BROKEN[rule.name])
        assert connection.execute(rule.kwargs["sql"]).fetchall() != []


@pytest.mark.parametrize(
    "rule", [r for r in SQL_RULES if r.name.startswith("foreign_key")], ids=lambda r: f"{r.table}-{r.name}"
)
def test_a_foreign_key_rule_returns_the_rows_whose_reference_is_missing(release, rule):
    column = rule.name.removeprefix("foreign_key__")
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
    assert failed["column_values_to_be_in_set__kind"].count == 1
    assert "sung" in str(failed["column_values_to_be_in_set__kind"])
    assert failed["column_values_to_be_unique__quote_id"].count == 2
    assert "wd:Q0" in failed["foreign_key__speaker_actor_id"].sample[0]
    write_report(own_release, tuple(failed.values()))
    shutil.copytree(own_release, own_release.parent / "build")
    with pytest.raises(ReleaseError, match="failed its checks"):
        write_release(own_release.parent / "build", own_release.parent, "next")


def test_the_report_lists_every_rule_with_its_reason(release):
    report = json.loads((release / "checks.json").read_text())
    assert report["passed"] is True
    assert {(c["table"], c["rule"]) for c in report["checks"]} == set(RULES)
    assert all(len(c["why"]) > 10 for c in report["checks"])


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
        load_rules(tmp_path)
