"""A release is whole or absent, explains itself, opens anywhere, and is the same bytes wherever it is built."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from conftest import ROOT, SEEDS
from onrecord.release import check_release, write_release
from onrecord.release.freeze import LatestLinkError, UncheckedError, VersionTakenError
from onrecord.release.load_sql import CATALOG
from onrecord.schema import load_package
from onrecord.storage import store
from onrecord.storage.releases import LATEST, VersionNameError, find_release, next_version, read_sums


def _bytes(folder):
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def _tables(folder):
    """The tables but the one that tells which ids have moved since the release before."""
    return {
        name: content
        for name, content in _bytes(folder).items()
        if name.endswith(".parquet") and "redirects" not in name
    }


def test_shuffled_arrival_other_batches_and_workers_give_the_same_bytes(
    tmp_path, datasets, release, run_steps, monkeypatch
):
    monkeypatch.setattr("onrecord.batches.ingest.BATCH_SEEDS", 2)
    monkeypatch.setattr("onrecord.batches.batch.CHUNK", 1)
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    names = sorted(p.name for p in SEEDS.glob("*.txt"))
    random.Random(7).shuffle(names)
    for number, arrival in enumerate((names[:1], names[1:3], names[3:])):
        for name in arrival:
            shutil.copy(SEEDS / name, seeds)
        version, is_last = ("test", True) if number == 2 else (f"arrival-{number}", False)
        run_steps(tmp_path / "datasets", seeds, version=version, workers=2 if is_last else 1, all_rules=is_last)
    arrived = tmp_path / "datasets" / "releases"
    assert _tables(arrived / "test") == _tables(release)
    at_once = tmp_path / "at once"  # after the same release, what is new and what has moved is the same, too
    shutil.copytree(arrived / "arrival-1", at_once / "releases" / "arrival-1")
    shutil.copytree(datasets / "batches", at_once / "batches")
    run_steps(at_once, all_rules=True)
    assert _bytes(at_once / "releases" / "test") == _bytes(arrived / "test")


def test_another_checkout_gives_the_same_bytes(tmp_path, release):
    checkout = tmp_path / "elsewhere" / "clone"
    for name in ("pipelines", "schemas", "expectations", "seeds"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    environment = {**os.environ, "PYTHONPATH": str(checkout / "pipelines"), "PYTHONHASHSEED": "77", "TZ": "Asia/Seoul"}
    command = [sys.executable, "-m", "onrecord.cli", "build", "--version", "test"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert _bytes(checkout / "datasets" / "releases" / "test") == _bytes(release)


def test_a_second_build_with_nothing_new_extracts_nothing_and_makes_no_release(tmp_path, datasets, run_build):
    own = Path(shutil.copytree(datasets, tmp_path / "datasets", symlinks=True))
    before = {p: p.stat().st_mtime_ns for p in (own / "batches").rglob("*")}
    built = run_build(own, version=None)
    assert (built.new, built.batches, built.is_new, built.folder.name) == (0, 0, False, "test")
    assert {p: p.stat().st_mtime_ns for p in (own / "batches").rglob("*")} == before


def test_an_article_that_left_the_seeds_leaves_the_next_release(tmp_path, datasets, run_steps):
    own = Path(shutil.copytree(datasets, tmp_path / "datasets", symlinks=True))
    seeds = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    sorted(seeds.glob("*.txt"))[0].unlink()
    before = sorted((own / "batches").iterdir())
    articles = pq.read_table(run_steps(own, seeds, version="fewer") / "articles.parquet")
    assert sorted((own / "batches").iterdir()) == before  # nothing was new
    assert len(articles) == len(list(SEEDS.glob("*.txt"))) - 1


def test_a_version_is_never_overwritten(datasets, tmp_path):
    releases = Path(shutil.copytree(datasets / "releases", tmp_path / "releases", symlinks=True))
    before = _bytes(releases / "test")
    with pytest.raises(VersionTakenError, match="never changed"):
        write_release(datasets / "build", releases, "test")
    assert _bytes(releases / "test") == before


def test_a_build_that_changed_after_its_checks_is_not_released(datasets, tmp_path):
    build = Path(shutil.copytree(datasets / "build", tmp_path / "build"))
    shutil.copy(build / "dates.parquet", build / "quotes.parquet")
    with pytest.raises(UncheckedError, match="changed after its checks"):
        write_release(build, tmp_path / "releases", "next")
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize("version", ["../up", "a/b", ".hidden", "", "latest", "x" * 65, "a b"])
def test_a_version_that_is_no_folder_name_is_refused(tmp_path, version):
    with pytest.raises(VersionNameError, match="cannot name a release"):
        write_release(tmp_path, tmp_path, version)


def test_versions_are_the_day_then_the_day_and_a_number(tmp_path):
    day = date(2026, 11, 21)
    for expected in ("2026.11.21", "2026.11.21.1", "2026.11.21.2"):
        assert next_version(tmp_path, day) == expected
        (tmp_path / expected).mkdir()


def test_a_killed_release_leaves_the_last_one_and_latest_untouched(tmp_path, datasets):
    releases = Path(shutil.copytree(datasets / "releases", tmp_path / "releases", symlinks=True))
    script = (
        "import sys, time; from pathlib import Path\n"
        "from onrecord import release; from onrecord.storage import store\n"
        "def slow(path):\n    Path(sys.argv[3]).touch(); time.sleep(30)\n"
        "store._sync = slow; release.write_release(Path(sys.argv[1]), Path(sys.argv[2]), 'next')"
    )
    mark = tmp_path / "started"
    arguments = [sys.executable, "-c", script, str(datasets / "build"), str(releases), str(mark)]
    process = subprocess.Popen(arguments)
    while not mark.exists():
        time.sleep(0.02)
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert find_release(releases).name == "test"
    assert not (releases / "next").exists()
    assert store.remove_leftovers(releases) == 1
    assert write_release(datasets / "build", releases, "next").name == "next"
    assert find_release(releases).name == "next"


def test_a_run_that_stopped_before_it_moved_latest_is_finished_by_the_next(datasets, tmp_path):
    releases = Path(shutil.copytree(datasets / "releases", tmp_path / "releases", symlinks=True))
    (releases / LATEST).unlink()
    assert write_release(datasets / "build", releases, "test") == releases / "test"
    assert find_release(releases).name == "test"


def test_a_latest_that_is_not_ours_is_left_alone(datasets, tmp_path):
    (tmp_path / LATEST).mkdir()
    with pytest.raises(LatestLinkError, match="rename it"):
        write_release(datasets / "build", tmp_path, "next")
    assert [p.name for p in tmp_path.iterdir()] == [LATEST]


@pytest.mark.parametrize("name", ["quotes.parquet", "README.md", "datapackage.json"])
def test_a_flipped_bit_is_found_and_the_file_named(own_release, name):
    raw = bytearray((own_release / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (own_release / name).write_bytes(raw)
    wrong, _ = check_release(own_release)
    assert [w.split(":")[0] for w in wrong] == [name]


def test_a_missing_and_a_foreign_file_are_named(own_release):
    (own_release / "dates.parquet").unlink()
    (own_release / "notes.txt").write_text("mine")
    wrong, _ = check_release(own_release)
    assert wrong == ["dates.parquet: missing", "notes.txt: not part of the release"]


def test_checksums_cover_every_file_and_sha256sum_agrees(release):
    assert set(read_sums(release)) == {p.name for p in release.iterdir()} - {"SHA256SUMS"}
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=release, check=True)


def test_latest_is_a_relative_link_so_that_the_folder_can_move(datasets):
    assert os.readlink(datasets / "releases" / LATEST) == "test"


LOAD = "SELECT (SELECT count(*) FROM quotes) + (SELECT count(*) FROM articles) AS n"


@pytest.mark.parametrize("place", ["inside", "parent", "grandparent", "variable"])
def test_load_sql_works_wherever_the_folder_is_held(release, tmp_path, monkeypatch, place):
    script = (release / "load.sql").read_text()
    with duckdb.connect() as connection:
        if place == "variable":
            monkeypatch.chdir(tmp_path)
            connection.execute(f"SET VARIABLE onrecord_dir = '{release}'")
        else:
            monkeypatch.chdir({"inside": release, "parent": release.parent, "grandparent": release.parents[1]}[place])
        connection.execute(script)
        (count,) = connection.execute(LOAD).fetchone()
        comments = connection.execute("SELECT count(*) FROM duckdb_columns() WHERE comment IS NOT NULL").fetchone()
    assert count > 5
    assert comments == (sum(len(t.columns) for t in load_package().tables.values()),)


def test_a_second_load_sql_in_one_session_shows_its_own_release(datasets, tmp_path, monkeypatch):
    releases = Path(shutil.copytree(datasets / "releases", tmp_path / "releases", symlinks=True))
    write_release(datasets / "build", releases, "other")
    monkeypatch.chdir(releases)
    with duckdb.connect() as connection:
        for version in ("test", "other"):
            connection.execute((releases / version / "load.sql").read_text())
            assert connection.execute("SELECT getvariable('onrecord_found')").fetchone() == (version,)


def test_load_sql_without_its_folder_says_what_to_do(release, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection, pytest.raises(duckdb.Error, match="SET VARIABLE onrecord_dir"):
        connection.execute((release / "load.sql").read_text())


def test_the_catalog_finds_its_tables_in_its_folder_and_by_the_variable(release, tmp_path, monkeypatch):
    with duckdb.connect(str(release / CATALOG), read_only=True) as connection:
        monkeypatch.chdir(release)
        (inside,) = connection.execute(LOAD).fetchone()
        monkeypatch.chdir(tmp_path)
        connection.execute(f"SET VARIABLE onrecord_dir = '{release}'")
        assert connection.execute(LOAD).fetchone() == (inside,) and inside > 5


@pytest.mark.parametrize("query", ["FROM quotes", "FROM statements", "FROM find('sanctions')"])
def test_the_catalog_opened_from_elsewhere_says_what_to_do(release, tmp_path, monkeypatch, query):
    monkeypatch.chdir(tmp_path)
    with (
        duckdb.connect(str(release / CATALOG), read_only=True) as connection,
        pytest.raises(duckdb.Error, match="first SET VARIABLE onrecord_dir to the folder of this database"),
    ):
        connection.execute(query)


def test_the_rows_fit_the_constrained_tables_of_schema_sql(release):
    with duckdb.connect() as connection:
        connection.execute((release / "schema.sql").read_text())
        for name in load_package().tables:
            connection.execute(f"INSERT INTO {name} SELECT * FROM read_parquet('{release / name}.parquet')")
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() != (0,) or name in (
                "corrections",
                "rejections",
                "actor_redirects",
                "redirects",
            )


def test_no_path_of_the_building_machine_is_in_a_release(release):
    for path in release.iterdir():
        assert str(ROOT).encode() not in path.read_bytes()
    assert json.loads((release / "datapackage.json").read_text())["version"] == "test"
