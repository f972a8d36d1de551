"""Finished work is kept, damaged work is done again, and a stopped run leaves nothing in the way of the next."""

import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from conftest import SEEDS
from onrecord.batches import Layout, extract_batch, fingerprint, finished, ingest, pending
from onrecord.build import BuildFailed


@pytest.fixture
def own(datasets, tmp_path):
    """A copy of the datasets folder of the seeds, to be damaged."""
    return Layout(Path(shutil.copytree(datasets, tmp_path / "datasets", symlinks=True)))


def _flip(path):
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: _flip(folder / "quotes.parquet"),
        lambda folder: (folder / "inputs.parquet").write_bytes(b"PAR1"),
        lambda folder: (folder / "dates.parquet").unlink(),
        lambda folder: (folder / "SHA256SUMS").unlink(),
    ],
    ids=["a flipped bit", "a truncated file", "a lost file", "lost checksums"],
)
def test_a_damaged_batch_is_extracted_again(own, release, run_build, damage):
    (batch,) = finished(own)
    damage(own.batches / batch)
    built = run_build(own.datasets, version="again")
    assert (built.new, built.extracted) == (5, 5)
    assert (own.releases / "again" / "quotes.parquet").read_bytes() == (release / "quotes.parquet").read_bytes()


def test_a_damaged_spool_is_read_again(tmp_path):
    layout = Layout(tmp_path)
    ingest([SEEDS], layout)
    (spool,) = layout.ingest.glob(f"{fingerprint()}-*.parquet")
    _flip(spool)
    assert ingest([SEEDS], layout).new == 5


def test_a_spool_whose_batch_is_finished_is_tidied_up(tmp_path):
    layout = Layout(tmp_path)
    (batch,) = ingest([SEEDS], layout).pending
    spool = layout.ingest / f"{batch}.parquet"
    kept = spool.read_bytes()
    extract_batch(batch, layout)
    spool.write_bytes(kept)  # as if the run had been stopped right after the batch was there
    assert ingest([SEEDS], layout).new == 0
    assert not spool.exists()
    assert pending(layout) == ()


def test_a_batch_that_was_set_aside_by_a_stopped_run_is_extracted_by_the_next(tmp_path, run_build, release):
    ingest([SEEDS], Layout(tmp_path))
    built = run_build(tmp_path)
    assert (built.new, built.extracted) == (0, 5)
    assert (tmp_path / "releases" / "test" / "SHA256SUMS").read_bytes() == (release / "SHA256SUMS").read_bytes()


def test_a_recorded_instance_survives_a_change_of_the_code(tmp_path, run_build, monkeypatch):
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    run_build(tmp_path / "datasets", version="one")
    monkeypatch.setattr("onrecord.batches.fingerprint", lambda: "0" * 16)
    assert run_build(tmp_path / "datasets", version="two").extracted == 5
    assert run_build(tmp_path / "datasets", version="three").extracted == 0
    assert not (tmp_path / "home" / ".telemetry").exists()


def test_a_missing_dagster_home_is_one_clear_error(tmp_path, run_build, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(BuildFailed, match="no such folder"):
        run_build(tmp_path / "datasets")


def test_an_empty_seeds_folder_is_nothing_to_build(tmp_path, run_build):
    (tmp_path / "seeds").mkdir()
    with pytest.raises(BuildFailed, match="nothing to build"):
        run_build(tmp_path / "datasets", tmp_path / "seeds")


def test_two_roots_of_one_name_with_refusals_of_one_name_build_in_either_order(tmp_path, run_build):
    roots = []
    for number in "12":
        root = tmp_path / number / "news"
        root.mkdir(parents=True)
        (root / "e.txt").write_text(" " * int(number))
        (root / "n.png").write_text(number)
        roots.append(root)
    sums = []
    for order, root in (("there", roots), ("back", roots[::-1])):
        run_build(tmp_path / order, *root)
        sums.append((tmp_path / order / "releases" / "test" / "SHA256SUMS").read_bytes())
    assert sums[0] == sums[1]


@pytest.mark.parametrize("name", ["p[q]", "p*", "p?", "it's", "two words"])
def test_a_folder_name_is_no_pattern(tmp_path, datasets, run_build, name):
    shutil.copytree(datasets, tmp_path / "pq", symlinks=True)
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    shutil.copy(sorted(SEEDS.glob("003*"))[0], seeds)
    built = run_build(tmp_path / name, seeds)
    assert built.rows["articles"] == 1
    release = tmp_path / name / "releases" / "test"
    assert pq.read_metadata(release / "articles.parquet").num_rows == 1
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE onrecord_dir = ?", [str(release)])
        connection.execute((release / "load.sql").read_text())
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)
