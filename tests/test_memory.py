"""Checks and comparisons of large tables stay within the memory that they are given."""

import os
import shutil
import subprocess
import sys

import duckdb
import pytest

from onrecord.assemble import assemble
from onrecord.assemble.issues import discover_issues
from onrecord.storage.database import MEMORY, MemoryLimitError, connect, to_bytes
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
