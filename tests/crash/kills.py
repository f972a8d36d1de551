"""Kills at random, and what must hold after each: nothing half there, nothing finished done again, nothing lost.

A trial copies a datasets folder, lets a victim die on it, looks at what is left, and lets the next run finish. In the
end the tables must be those of a run that nobody disturbed, byte for byte.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from crash.victims import End, Fate, build_in_steps, publish, run
from onrecord.parse import parse
from onrecord.read import read_seeds
from onrecord.storage import store
from onrecord.storage.layout import Layout

Work = Callable[..., None]
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a run finds and what it must leave, measured without a kill."""

    name: str
    seeds: Path
    before: Path  # a datasets folder
    after: Path  # the same after the run
    undisturbed: End


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    scene: str
    ends: tuple[End, ...]  # of the victims, and of the run that was let finish
    wrong: tuple[str, ...]


def make_scenes(folder: Path, work: Work = build_in_steps) -> tuple[Scene, Scene]:
    """Three short articles that arrive in an empty folder; then one is new, one has changed and one is away."""
    texts = ["\n\n".join(parse(s)[0].text.split("\n\n")[:3]) for s in list(read_seeds(SEEDS))[:4]]  # type: ignore[union-attr, arg-type]
    first, second = folder / "first" / "news", folder / "second" / "news"
    for place, news in (
        (first, {"a": texts[0], "b": texts[1], "c": texts[2]}),
        (second, {"a": texts[0] + "\n\nThat was all, they said.", "b": texts[1], "d": texts[3]}),
    ):
        place.mkdir(parents=True)
        for name, text in news.items():
            (place / f"{name}.txt").write_text(text)
    nothing = folder / "nothing"
    nothing.mkdir()
    arrival = _scene("first arrival", first, nothing, folder / "one", work)
    return arrival, _scene("second arrival", second, arrival.after, folder / "two", work)


def _scene(name: str, seeds: Path, before: Path, after: Path, work: Work) -> Scene:
    shutil.copytree(before, after, symlinks=True)
    undisturbed = run(work, seeds, after, log=after.with_suffix(".log"))
    assert undisturbed.exit_code == 0, f"the undisturbed run failed in {undisturbed.phase}"
    return Scene(name=name, seeds=seeds, before=before, after=after, undisturbed=undisturbed)


def try_build(scene: Scene, some: Iterable[Fate], folder: Path, work: Work = build_in_steps) -> Trial:
    """Kill a build of a scene, the one after it and so on, then let the next one finish."""
    datasets, log = folder / "datasets", folder / "log"
    shutil.rmtree(datasets, ignore_errors=True)
    shutil.copytree(scene.before, datasets, symlinks=True)
    layout, ends, wrong = Layout(datasets), [], []
    done: dict[str, tuple[int, int]] = {}
    for fate in (*some, None):
        end = run(work, scene.seeds, datasets, log=log, fate=fate)
        if not end.was_killed and end.exit_code:
            wrong.append(f"a run ended with {end.exit_code} in {end.phase}")
        now = _finished(layout)
        wrong += [f"{name} was made again" for name, made in done.items() if now.get(name, made) != made]
        wrong += broken_releases(layout)
        done = now
        ends.append(end)
    wrong += [*_leftovers(datasets), *differences(scene.after, datasets, tables_only=work is not build_in_steps)]
    return Trial(scene=scene.name, ends=tuple(ends), wrong=tuple(wrong))


def try_publish(scene: Scene, fate: Fate, folder: Path) -> Trial:
    """Kill the publishing of a scene's release over that of the scene before it, then let the next one finish."""
    target, log = folder / "public", folder / "log"
    shutil.rmtree(target, ignore_errors=True)
    earlier, release = scene.before / "releases" / "latest", scene.after / "releases" / "latest"
    if earlier.exists():
        run(publish, earlier, target, {}, log=log)
    before = _pointer(target)
    end = run(publish, release, target, {}, log=log, fate=fate)
    wrong = [*_broken_publication(target)]
    if _pointer(target) not in (before, {**_pointer(target), "version": release.resolve().name}):
        wrong.append(f"{_pointer(target)} is neither the earlier nor the new version")
    if run(publish, release, target, {}, log=log).exit_code:
        wrong.append("the next publishing failed")
    wrong += [*_broken_publication(target), *_leftovers(target)]
    if _pointer(target).get("version") != release.resolve().name:
        wrong.append("latest.json does not name the new version")
    if not store.is_whole(target / "latest"):
        wrong.append("latest/ is no whole release")
    return Trial(scene=f"publishing of {scene.name}", ends=(end,), wrong=tuple(wrong))


def draw_fates(undisturbed: End, length: int, random: Random) -> Iterator[Fate]:
    """For victims in a row: before some change of the disk or at some moment, the first anywhere in the run.

    The others have less to do, for what the first ones finished is kept.
    """
    for number in range(length):
        reach = 1.0 if number == 0 else 0.35
        if random.random() < 0.6:
            yield Fate(change=random.randint(1, int(undisturbed.changes * reach)))
        else:
            yield Fate(seconds=random.uniform(0.001, undisturbed.seconds * reach))


def broken_releases(layout: Layout) -> Iterator[str]:
    for path in layout.releases.glob("*"):
        if not path.name.startswith(".") and not store.is_whole(path.resolve()):
            yield f"{path.name} is no whole release"


def _finished(layout: Layout) -> dict[str, tuple[int, int]]:
    """Folders that batches were written to, each with what tells whether it was written again."""
    made = {}
    for path in layout.batches.glob("*/*"):
        if not path.name.startswith("."):
            files = [f.stat() for f in sorted(path.iterdir())]
            made[str(path.relative_to(layout.batches))] = (
                path.stat().st_ino,
                hash(tuple(f.st_mtime_ns for f in files)),
            )
    return made


def _leftovers(folder: Path) -> Iterator[str]:
    for path in folder.rglob(".*"):
        if path.name != ".lock":
            yield f"{path.relative_to(folder)} was left behind"


def differences(expected: Path, found: Path, *, tables_only: bool = False) -> Iterator[str]:
    """Where the newest release differs: its tables, and all of it if it bears the same name, which is the day's."""
    one, other = ((folder / "releases" / "latest").resolve() for folder in (expected, found))
    tables_only = tables_only or one.name != other.name
    for path in sorted(one.rglob("*")):
        if path.is_file() and (path.suffix == ".parquet" or not tables_only):
            there = other / path.relative_to(one)
            if not there.is_file() or there.read_bytes() != path.read_bytes():
                yield f"{path.relative_to(one)} differs from that of the undisturbed run"
    versions = [{p.name for p in (f / "releases").glob("*") if p.name != "latest"} for f in (expected, found)]
    if len(versions[0]) != len(versions[1]):
        yield f"there are releases {sorted(versions[1])}"


def _pointer(target: Path) -> dict[str, str]:
    path = target / "latest.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _broken_publication(target: Path) -> Iterator[str]:
    pointer = _pointer(target)
    if pointer and not store.is_whole(target / pointer["version"]):
        yield f"latest.json names {pointer['version']}, which is not whole"
    for path in target.glob("*/" + store.SUMS):
        names = [line.split("  ", 1)[1] for line in path.read_text().splitlines()]
        if any(not (path.parent / name).is_file() for name in names):
            yield f"{path.parent.name} has {store.SUMS} but not all files"
