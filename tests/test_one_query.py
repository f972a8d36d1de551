"""What is opened for one query holds what it reads and no more, and nobody can tell but by the clock."""

import io
import subprocess
import sys

import pytest

from onrecord.cli import main
from onrecord.explore.query import QueryError, open_for, open_release, run_query
from onrecord.schema import load_package
from onrecord.schema.views import load_views, with_what_they_read

TABLES, VIEWS = load_package().tables, {view.name: view for view in load_views()}
EVERYTHING = {*TABLES, *VIEWS}
ARGUMENTS = {"find": "'sanctions'", "context": "'x', 60", "ties": "'congruence'"}  # of macros that need some


@pytest.fixture(scope="module")
def whole(release):
    """The release with all that it has."""
    with open_release(release) as connection:
        yield connection


def answer(connection, query):
    """The rows of a query, which come in any order, or what is wrong with it."""
    try:
        rows = run_query(connection, query)
        return rows.schema, sorted(str(row) for batch in rows.batches for row in batch.to_pylist())
    except QueryError as error:
        return str(error)


def made(connection):
    """The tables, views and macros that are there."""
    connection.execute("ROLLBACK")
    found = connection.sql(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal "
        "UNION SELECT function_name FROM duckdb_functions() WHERE NOT internal"
    )
    return {name for (name,) in found.fetchall()}


@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_a_table_view_or_macro_is_there_with_what_it_reads_alone(whole, release, name):
    called = name if name in TABLES or VIEWS[name].parameters is None else f"{name}({ARGUMENTS.get(name, '')})"
    with open_for(release, f"FROM {called}") as connection:
        assert made(connection) < EVERYTHING
        assert answer(connection, f"FROM {called}") == answer(whole, f"FROM {called}")


@pytest.mark.parametrize(
    "query, names",
    [
        ("FROM issues", {"issues"}),
        ("SELECT * FROM Issues", {"issues"}),
        ('SELECT * FROM main."ISSUES" AS "Quotes"', {"issues"}),
        ("TABLE issues -- of quotes", {"issues"}),
        ("SELECT 'FROM quotes' AS quotes, issues.* FROM issues", {"issues"}),
        ("WITH issues AS (FROM issues) FROM issues", {"issues"}),
        ("WITH quotes AS MATERIALIZED (SELECT 1 AS a) FROM QUOTES", {"quotes"}),  # more than it needs, which is no harm
        ("WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 3) FROM r, issues", {"issues"}),
        ("SELECT (SELECT count(*) FROM issues) WHERE EXISTS (FROM actors)", {"issues", "actors"}),
        ("FROM issues UNION ALL BY NAME FROM actors", {"issues", "actors"}),
        ("FROM issues i, LATERAL (FROM actors a WHERE a.actor_id = i.issue_id)", {"issues", "actors"}),
        ("FROM issues SEMI JOIN actors ON issue_id = actor_id", {"issues", "actors"}),
        ("FROM (PIVOT issues ON origin IN ('codebook') USING count(*))", {"issues"}),
        ("FROM issues TABLESAMPLE 50% (system, 1)", {"issues"}),
        ("FROM current_quotes", {"current_quotes", "quotes", "articles"}),
        ("VALUES (1)", set()),
        ("SELECT find FROM (SELECT 1 AS find)", set()),
    ],
)
def test_only_what_a_query_reads_is_there(whole, release, query, names):
    with open_for(release, query) as connection:
        assert answer(connection, query) == answer(whole, query)
        assert made(connection) == with_what_they_read(load_views(), names) & EVERYTHING


@pytest.mark.parametrize(
    "query",
    [
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "DESCRIBE",
        "DESCRIBE issues",
        "SUMMARIZE issues",
        "FROM (SHOW TABLES)",
        "FROM (DESCRIBE demands)",
        "SELECT * FROM issues, (SHOW TABLES)",
        "SELECT table_name FROM information_schema.tables ORDER BY ALL",
        "SELECT viewname FROM pg_catalog.pg_views ORDER BY ALL",
        "SELECT viewname FROM pg_views ORDER BY ALL",
        "SELECT name FROM sqlite_master ORDER BY ALL",
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
        "SELECT column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
        "SELECT (SELECT count(*) FROM duckdb_functions() WHERE NOT internal), count(*) FROM issues",
        "FROM query('FROM issues')",
        "FROM query_table('issu' || 'es')",
        "PIVOT issues ON origin USING count(*)",
        "EXPLAIN FROM issues",
        "FROM range(3)",
        # what is wrong is told with the names of all
        "FROM qoutes",
        "FROM quotes JOIN artcles USING (article_id)",
        "SELECT quot FROM quotes",
        "SELECT finde('x')",
        "SELECT find('x')",
        "SELECT statement_between()",
        "FROM finde('x')",
        "FROM find('x', min_confidense := 1)",
        "FROM find",
        "FROM quotes('x')",
        "FROM context('x')",
        "SELECT statements.text FROM quotes",
        "FROM other.quotes",
        "FROM 'quotes.parquet'",
        "SELECT * FORM quotes",
        "",
        "FROM issues; FROM quotes",
        "DROP VIEW issues",
        "WITH x AS (COPY (SELECT 1) TO 'x.csv') FROM x",
        "SELECT " + "(" * 400 + "1" + ")" * 400,
        "SELECT " + "-".join(["1"] * 900),
    ],
)
def test_what_reads_the_catalog_or_fails_is_told_of_everything(whole, release, query):
    with open_for(release, query) as connection:
        assert answer(connection, query) == answer(whole, query)


def test_a_release_of_an_earlier_schema_lacks_the_same(own_release):
    listed = (own_release / "SHA256SUMS").read_text().splitlines(keepends=True)
    (own_release / "SHA256SUMS").write_text("".join(line for line in listed if "initiatives" not in line))
    (own_release / "initiatives.parquet").unlink()
    with open_release(own_release) as everything:
        for query in ("FROM initiatives", "FROM initiative_status", "SELECT count(*) FROM demands"):
            with open_for(own_release, query) as connection:
                assert answer(connection, query) == answer(everything, query)


@pytest.mark.parametrize("given", ["argument", "pipe"])
def test_one_query_may_be_an_argument_or_come_from_a_file(release, monkeypatch, capfd, given):
    query = "SELECT count(*) > 0 AS there\nFROM statements -- of all;\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO("" if given == "argument" else query))
    main(["sql", *([query] if given == "argument" else []), "--format", "csv", "--release", str(release)])
    assert capfd.readouterr().out == "there\r\nTrue\r\n"


def test_reading_loads_nothing_that_only_writing_needs(release):
    code = "import sys; from onrecord.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    arguments = ["sql", "SELECT 1 FROM issues", "--format", "csv", "--release", str(release)]
    ran = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    assert {"pyarrow.compute", "pandas", "polars", "spacy", "dagster"} & set(ran.stdout.split()) == set()
