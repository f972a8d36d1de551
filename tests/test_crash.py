"""Some of what `make crash` does by the hundred: runs that are killed, find no room, meet damage or each other."""

import json
import os
import shutil
import time
from pathlib import Path
from random import Random

import pytest

from crash import damage, kills
from crash.full_disk import try_limit
from crash.victims import Fate, build_in_steps, build_with_dagster, extract_one, start
from crash.victims import run as run_victim
from onrecord.batches.batch import finished
from onrecord.batches.fingerprints import extracted_folder
from onrecord.storage.layout import Layout
from onrecord.storage.releases import point_latest


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    return kills.make_scenes(tmp_path_factory.mktemp("scenes") / "scenes")


@pytest.mark.parametrize("which, changes", [(0, (20, 90, 60, 40)), (1, (30, 70, 50, 30))], ids=["first", "second"])
def test_builds_that_are_killed_one_after_the_other_lose_nothing_and_leave_nothing_half_there(
    scenes, tmp_path, which, changes
):
    trial = kills.try_build(scenes[which], [Fate(change=n) for n in changes], tmp_path)
    assert trial.wrong == ()
    assert [end.was_killed for end in trial.ends[:3]] == [True] * 3


@pytest.mark.parametrize("change", [3, 20, 40, 57, 75, 95])
def test_a_publishing_to_a_folder_that_is_killed_leaves_latest_in_force(scenes, tmp_path, change):
    trial = kills.try_publish(scenes[1], Fate(change=change), tmp_path)
    assert trial.wrong == ()
    assert trial.ends[0].was_killed


def test_a_run_that_waits_for_one_that_is_killed_takes_over(scenes, tmp_path):
    arguments = (scenes[0].seeds, tmp_path / "datasets")
    first = start(build_in_steps, *arguments, log=tmp_path / "first.log")
    while "phase extract" not in (tmp_path / "first.log").read_text() if (tmp_path / "first.log").exists() else True:
        time.sleep(0.01)
    second = start(build_in_steps, *arguments, log=tmp_path / "second.log")
    time.sleep(0.3)
    assert "phase" not in (tmp_path / "second.log").read_text()
    first.kill()
    second.join()
    assert second.exitcode == 0
    assert list(kills.differences(scenes[0].after, tmp_path / "datasets")) == []


def test_two_builds_at_once_make_one_release_each_or_wait(scenes, tmp_path, run):
    seeds, datasets = scenes[0].seeds, tmp_path / "datasets"
    other = start(build_with_dagster, seeds, datasets, "one", log=tmp_path / "log")
    while not (datasets / "ingest").exists() and other.is_alive():
        time.sleep(0.01)
    code, _, told = run("build", "--seeds", seeds, "--datasets", datasets, "--version", "two")
    other.join()
    assert (other.exitcode, code) == (0, 0)
    assert "waiting for it to end" in told
    assert {path.name for path in (datasets / "releases").iterdir()} == {"one", "two", "latest"}
    assert os.readlink(datasets / "releases" / "latest") == "two"


def test_two_runs_for_one_batch_extract_it_once(scenes, tmp_path):
    layout = Layout(Path(shutil.copytree(scenes[0].after, tmp_path / "datasets", symlinks=True)))
    batch = finished(layout)[0]
    shutil.rmtree(extracted_folder(layout, batch))
    places = [tmp_path / f"told-{n}" for n in range(2)]
    both = [start(extract_one, layout.datasets, batch, told, log=told.with_suffix(".log")) for told in places]
    for one in both:
        one.join()
    assert [one.exitcode for one in both] == [0, 0]
    lines = [[json.loads(line) for line in told.read_text().splitlines()] for told in places]
    assert sorted(sum(line["step"] == "article" for line in found) for found in lines) == [0, 1]


@pytest.mark.parametrize("limit", [5_000, 20_000])
def test_a_run_without_room_says_so_and_the_next_one_goes_on(scenes, tmp_path, limit):
    phase, wrong = try_limit(scenes[0], limit, tmp_path)
    assert phase != "none"
    assert wrong == []


def test_a_release_that_a_killed_run_left_before_it_moved_latest_is_taken_up(scenes, tmp_path):
    releases = Path(shutil.copytree(scenes[1].after, tmp_path / "datasets", symlinks=True)) / "releases"
    (first,) = (scenes[0].after / "releases").glob("2*")
    newest = (releases / "latest").resolve()
    point_latest(releases, first.name)
    assert run_victim(build_in_steps, scenes[1].seeds, tmp_path / "datasets", log=tmp_path / "log").exit_code == 0
    assert (releases / "latest").resolve() == newest
    assert len(list(releases.glob("2*"))) == 2


@pytest.mark.parametrize(
    "pattern, name",
    [
        ("batches/*/received/inputs.parquet", "a flipped bit"),
        ("batches/*/????????????????/quotes.parquet", "cut"),
        ("ingest/listing.parquet", "cut"),
        ("releases/latest", "lost"),
        ("releases/2*/quotes.parquet", "a flipped bit"),
    ],
)
def test_damage_is_mended_or_told(scenes, tmp_path, pattern, name):
    path = sorted(scenes[1].before.glob(pattern))[0].relative_to(scenes[1].before).as_posix()
    outcome = damage.try_damage(scenes[1], path, name, tmp_path, Random(0))
    assert outcome.result in ("mended", "told")


def test_a_victim_that_nobody_kills_changes_the_disk_as_often_each_time(scenes, tmp_path):
    again = run_victim(build_in_steps, scenes[0].seeds, tmp_path / "datasets", log=tmp_path / "log")
    assert abs(again.changes - scenes[0].undisturbed.changes) <= 2  # so "before change n" means the same moment
