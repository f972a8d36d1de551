"""Runs that find no room: they must say so, leave what was there, and go on when there is room again."""

import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from crash.kills import Scene, broken_releases, differences
from crash.victims import build_in_steps, run
from onrecord.storage.layout import Layout


def build_without_room(mark: Callable[[str], None], seeds: Path, datasets: Path, limit: int | None = None) -> None:
    """A build whose files may have no more than `limit` bytes."""
    if limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    build_in_steps(mark, seeds, datasets)


def try_limit(scene: Scene, limit: int, folder: Path) -> tuple[str, list[str]]:
    """The phase in which a build meets a limit to the size of files ("none": in no one), and what is wrong then."""
    datasets = folder / "datasets"
    shutil.rmtree(datasets, ignore_errors=True)
    shutil.copytree(scene.before, datasets, symlinks=True)
    return _try(scene, datasets, folder / "log", limit)


def try_full_disks(scene: Scene, folder: Path) -> Iterator[str]:
    """Small disks of growing size, if this process may mount them, and limits to the size of files."""
    folder.mkdir()
    for limit in (2_000, 5_000, 10_000, 20_000, 40_000):
        phase, wrong = try_limit(scene, limit, folder)
        yield f"files of {limit:6} bytes at most: stopped in {phase}; {_told(wrong)}"
    disk = folder / "disk"
    disk.mkdir()
    for size in (16, 64, 128, 256, 384, 512, 640, 768):
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], capture_output=True
        ).returncode:
            yield "no small disks: mounting them needs root"
            return
        try:
            phase, wrong = _try(scene, disk / "datasets", folder / "log", None, enlarge=disk)
        finally:
            subprocess.run(["umount", disk], check=True)
        yield f"a disk of {size:6} kB: stopped in {phase}; {_told(wrong)}"


def _try(
    scene: Scene, datasets: Path, log: Path, limit: int | None, enlarge: Path | None = None
) -> tuple[str, list[str]]:
    end = run(build_without_room, scene.seeds, datasets, limit, log=log)
    is_clear = end.exit_code == 0 or "make room and run again" in end.told
    wrong = [] if is_clear else [f"it ended with {end.exit_code} in {end.phase}"]
    wrong += broken_releases(Layout(datasets))
    if enlarge:
        subprocess.run(["mount", "-o", "remount,size=64m", enlarge], check=True)
    again = run(build_in_steps, scene.seeds, datasets, log=log)
    wrong += [f"the next run ended with {again.exit_code} in {again.phase}"] if again.exit_code else []
    wrong += differences(scene.after, datasets)
    return (end.phase if end.exit_code else "none"), wrong


def _told(wrong: list[str]) -> str:
    return f"WRONG: {'; '.join(wrong)}" if wrong else "told, and then done"
