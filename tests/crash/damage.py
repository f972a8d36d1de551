"""Files of a datasets folder that went bad: the next run must mend it or say so, and never release what is not so."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from crash.kills import Scene, differences
from crash.victims import End, build_in_steps, run
from onrecord.release import check_release
from onrecord.storage import store
from onrecord.storage.layout import Layout


def _flip(path: Path, random: Random) -> None:
    raw = bytearray(path.read_bytes())
    raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
    path.write_bytes(raw)


def _cut(path: Path, random: Random) -> None:
    path.write_bytes(path.read_bytes()[: random.randrange(path.stat().st_size)])


def _remove(path: Path, random: Random) -> None:
    path.unlink()


DAMAGES: dict[str, Callable[[Path, Random], None]] = {
    "a flipped bit": _flip,
    "cut": _cut,
    "lost": _remove,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    kind: str  # of file
    damage: str
    file: str
    result: str  # mended, told, or what is wrong


def kind_of(name: str) -> str:
    """Which files are alike, by path below the datasets folder."""
    parts = name.split("/")
    if parts[0] == "batches":
        return f"batch: {'received' if parts[2] == 'received' else 'extracted'}"
    if parts[0] == "ingest":
        return "listing and its copy" if parts[1].startswith("listing") else "ingest: other"
    if parts[0] == "releases":
        return "link to the latest release" if len(parts) == 2 else "latest release"
    return parts[0]


def files_to_damage(scene: Scene) -> list[str]:
    """All files that a run finds, by path below the datasets folder."""
    found = [p for p in scene.before.rglob("*") if (p.is_symlink() or p.is_file()) and p.name != ".lock"]
    return sorted(p.relative_to(scene.before).as_posix() for p in found)


def try_damage(scene: Scene, name: str, damage: str, folder: Path, random: Random) -> Outcome:
    """Damage one file of what a scene's run finds, and compare what it makes of it with what it makes otherwise."""
    datasets = folder / "datasets"
    shutil.rmtree(datasets, ignore_errors=True)
    shutil.copytree(scene.before, datasets, symlinks=True)
    path = datasets / name
    DAMAGES["lost" if path.is_symlink() else damage](path, random)
    end = run(build_in_steps, scene.seeds, datasets, log=folder / "log")
    return Outcome(kind=kind_of(name), damage=damage, file=name, result=_result(scene, datasets, name, end))


def _result(scene: Scene, datasets: Path, name: str, end: End) -> str:
    if end.exit_code:
        return "told" if any(part in end.told for part in name.split("/")[1:]) else f"ended with {end.exit_code}"
    wrong = list(differences(scene.after, datasets))
    latest = (Layout(datasets).releases / "latest").resolve()
    if not store.is_whole(latest):
        wrong.append("the latest release is not whole")
    if wrong:
        return "; ".join(wrong)
    damaged = [p for p in Layout(datasets).releases.glob("*") if p.name != "latest" and not store.is_whole(p)]
    told = [line for p in damaged for line in check_release(p)[0] if line.startswith(Path(name).name)]
    return (
        "mended" if not damaged else "told" if told else f"{damaged[0].name} is damaged, and onrecord check is silent"
    )
