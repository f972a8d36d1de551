"""Checks and comparisons of large tables stay within the memory that they are given."""

import os
import shutil
import subprocess
import sys

import duckdb
import pytest

from onrecord.assemble import assemble
from onrecord.assemble.issues import discover_issues
from onrecord.assemble.slices import _OF_ARTICLE, by_batch, create_in_slices
from onrecord.checks.table_views import TableViews
from onrecord.storage.database import (
    MEMORY,
    MemoryLimitError,
    MemoryNeededError,
    connect,
    fitting,
    memory_of,
    opened,
    to_bytes,
)
from onrecord.storage.layout import Layout
from onrecord.storage.store import SUMS, sums_of

ROWS = 1_000_000
LIMIT = "200MB"
CHECK = """
import resource, sys
from pathlib import Path
from onrecord.checks import check_tables, load_expectations
asked = ("quote_id__values_to_be_unique", "kind__values_to_be_in_set", "text__value_lengths_to_be_between")
rules = [r for r in load_expectations() if r.table == "quotes" and r.name in asked]
assert len(rules) == 3 and all(r.passed for r in check_tables(Path(sys.argv[1]), rules))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
DIFF = """
import resource, sys
from pathlib import Path
from onrecord.release import diff_releases
(found,) = [t for t in diff_releases(Path(sys.argv[1]), Path(sys.argv[1])).tables if t.table == "quotes"]
assert (found.added, found.removed, found.changed) == (0, 0, 0)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.fixture(scope="module")
def large(release, tmp_path_factory):
    """The release of the seeds with a million quotes, each in many copies of other ids."""
    folder = tmp_path_factory.mktemp("large") / "test"
    shutil.copytree(release, folder)
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT t.* REPLACE (quote_id || '-' || n AS quote_id) FROM '{release}/quotes.parquet' t, "
            f"range({ROWS} // (SELECT count(*) FROM '{release}/quotes.parquet') + 1) r(n)) "
            f"TO '{folder}/quotes.parquet' (FORMAT parquet)"
        )
    (folder / SUMS).write_text(sums_of(folder))
    return folder


def test_assembly_forgets_what_it_needed_on_the_way_before_it_writes(datasets, codebook, tmp_path, monkeypatch):
    for name in ("batches", "ingest"):
        shutil.copytree(datasets / name, tmp_path / name)
    there = set()

    def discover(connection):
        discover_issues(connection)
        there.update(name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall())

    monkeypatch.setattr("onrecord.assemble.discover_issues", discover)
    assemble(Layout(tmp_path), codebook)
    assert {"found", "standing", "relations", "merges", "grouped"} <= there
    assert there.isdisjoint({"everything", "aged", "neighbours", "alike", "ranked", "marks", "pairs", "known", "held"})


def test_what_is_gathered_some_at_a_time_has_the_same_bytes(datasets, codebook, tmp_path, monkeypatch):
    for name in ("batches", "ingest"):
        shutil.copytree(datasets / name, tmp_path / name)
    monkeypatch.setattr("onrecord.assemble.slices._OF_ARTICLE", 10**12)
    for place in ("actor_rows._OF_ACTOR", "across.candidates._OF_REPORT", "across.row_queries._OF_ROW"):
        monkeypatch.setattr(f"onrecord.assemble.{place}", 25_000_000)
    assemble(Layout(tmp_path), codebook)
    tables = {path.name: path.read_bytes() for path in (tmp_path / "build").glob("*.parquet")}
    assert tables == {path.name: path.read_bytes() for path in (datasets / "build").glob("*.parquet")}


def test_slices_hold_each_article_once():
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '300MB'")
        articles = 3 * fitting(connection, _OF_ARTICLE)
        connection.execute(
            "CREATE TABLE batch_inputs AS "
            f"SELECT 'b' || 1000 + i // 256 AS batch, i AS input_id FROM range({articles}) t(i)"
        )
        connection.execute("CREATE TABLE kept AS FROM batch_inputs")
        slices = by_batch(connection)
        create_in_slices(connection, "told", "SELECT input_id FROM kept WHERE {these}", slices)
        assert len(slices) == 3
        counts = connection.execute("SELECT count(*), count(DISTINCT input_id) FROM told").fetchall()
        assert counts == [(articles, articles)]
        connection.execute("DELETE FROM kept WHERE input_id % 256 > 0")
        assert by_batch(connection) == slices  # one of each batch: all of each is read
        connection.execute("DELETE FROM kept WHERE batch <> 'b1000'")
        assert by_batch(connection) == ["batch IN ('b1000')"]


def test_nothing_that_is_kept_gives_an_empty_table():
    with duckdb.connect() as connection:
        for table in ("batch_inputs", "kept"):
            connection.execute(f"CREATE TABLE {table} (batch VARCHAR, input_id VARCHAR)")
        create_in_slices(connection, "told", "SELECT input_id FROM kept WHERE {these}", by_batch(connection))
        assert connection.sql("FROM told").columns == ["input_id"]


def test_what_does_not_fit_is_spilled_to_a_folder_whose_parent_is_not_there_yet(monkeypatch, tmp_path):
    monkeypatch.setenv(MEMORY, "60MB")
    with connect(tmp_path / "build" / "spilled") as connection:
        connection.execute("CREATE TABLE many AS SELECT md5(i::VARCHAR) AS id FROM range(2_000_000) t(i)")
        ((spilled,),) = connection.execute("SELECT sum(temporary_storage_bytes) FROM duckdb_memory()").fetchall()
    assert spilled > 0


def test_who_lacks_memory_is_told_which_variable_gives_more(monkeypatch, datasets, codebook, tmp_path):
    for name in ("batches", "ingest"):
        shutil.copytree(datasets / name, tmp_path / name)
    monkeypatch.setenv(MEMORY, "1MB")
    with pytest.raises(MemoryNeededError, match=f"OR036: .* set {MEMORY} to more, such as {MEMORY}=2GB"):
        assemble(Layout(tmp_path), codebook)
    with pytest.raises(MemoryNeededError, match="kept"), opened() as connection:
        connection.execute("SELECT list(i) FROM range(5_000_000) t(i)").fetchall()


def test_without_a_word_the_limit_grows_with_the_threads(monkeypatch, tmp_path):
    monkeypatch.delenv(MEMORY, raising=False)
    with connect(tmp_path / "spilled") as connection:
        ((limit, threads),) = connection.execute(
            "SELECT current_setting('memory_limit'), current_setting('threads')"
        ).fetchall()
    assert to_bytes(limit) <= max(2, threads) * 151_000_000
    with connect(tmp_path / "spilled", articles=10**9) as connection:
        assert memory_of(connection) > to_bytes(limit) or to_bytes(limit) > 2_900_000_000
    with connect(tmp_path / "spilled", articles=1) as connection:
        assert memory_of(connection) < to_bytes(limit) or to_bytes(limit) > 2_900_000_000


def test_arrow_gives_back_what_it_has_freed():
    asked = "import onrecord, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    environment = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout == "system\n"


def test_a_rule_that_cannot_do_with_half_of_the_memory_gets_all_of_it():
    gathered = "SELECT sum(len(all_of_it)) FROM (SELECT list(i) AS all_of_it FROM range(5_000_000) t(i))"
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '30MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            TableViews(connection).value(gathered)
        assert TableViews(connection, larger=["600MB"]).value(gathered) == 5_000_000


@pytest.mark.parametrize("program", [CHECK, DIFF], ids=["check", "diff"])
def test_a_million_rows_need_no_more_memory_than_the_limit(program, release, large):
    def peak(folder):
        environment = {**os.environ, MEMORY: LIMIT}
        done = subprocess.run(
            [sys.executable, "-c", program, str(folder)], env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return int(done.stdout.splitlines()[-1])

    assert peak(large) - peak(release) < 350  # MB; beside DuckDB's there are what it reads and decodes


@pytest.mark.parametrize(
    ("text", "size"),
    [("2GB", 2_000_000_000), ("1.5 GiB", 1_610_612_736), ("800 mb", 800_000_000), ("512B", 512), (" ", 0)],
)
def test_an_amount_of_memory_is_read_as_people_write_it(text, size):
    assert to_bytes(text) == size


def test_something_else_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv(MEMORY, "a lot")
    with pytest.raises(MemoryLimitError, match="write it as 2GB"):
        connect(tmp_path)
