"""Processes that are made to be killed: a build, step by step or as Dagster runs it, and a publishing.

They are forked from a server that has everything loaded, so that one costs a second or two. A victim dies by SIGKILL,
at a moment or right before its n-th change of the disk. What it did is in its log, one line a phase or change. Syncing
is no change: what a killed process wrote stays, synced or not, and there is a rename right after it.
"""

import itertools
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from onrecord.errors import UserError

TESTS = Path(__file__).resolve().parents[1]
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.link"}
PHASE, TOLD = "phase ", "told "
WAS_TOLD = 41  # exit code of a victim that ended with an error of ours, which says what to do
PATIENCE = 600  # seconds after which a victim counts as hanging


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """How a victim ends: right before its n-th change of the disk, some seconds after its start, or by itself."""

    change: int | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        return f"before change {self.change}" if self.change else f"after {self.seconds:.2f} s"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    fate: Fate | None
    exit_code: int
    phase: str  # that it was in
    changes: int  # of the disk, in all
    seconds: float
    told: str  # the error of ours that ended it
    log: tuple[str, ...]

    @property
    def was_killed(self) -> bool:
        return self.exit_code == -signal.SIGKILL


def run(work: Callable[..., None], *arguments: Any, log: Path, fate: Fate | None = None) -> End:
    """Run `work` in a process of its own until it ends or meets its fate."""
    started = time.monotonic()
    process = start(work, *arguments, log=log, fate=fate)
    process.join(fate.seconds if fate and fate.seconds else PATIENCE)
    if process.is_alive():
        process.kill()
    process.join()
    lines = log.read_text().splitlines() if log.exists() else []
    phases = [line.removeprefix(PHASE) for line in lines if line.startswith(PHASE)]
    told = [line.removeprefix(TOLD) for line in lines if line.startswith(TOLD)]
    assert process.exitcode is not None
    return End(
        fate=fate,
        exit_code=process.exitcode,
        phase=phases[-1] if phases else "start",
        changes=len(lines) - len(phases) - len(told),
        told="".join(told),
        seconds=time.monotonic() - started,
        log=tuple(lines),
    )


def start(work: Callable[..., None], *arguments: Any, log: Path, fate: Fate | None = None) -> BaseProcess:
    """A process that has begun with `work(mark, *arguments)`; `mark` notes the phase that begins."""
    log.unlink(missing_ok=True)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crash.preloaded"])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(TESTS), before]))  # the server starts with it
    try:
        process = context.Process(target=_live, args=(work, arguments, str(log), fate))
        process.start()
    finally:
        os.environ.pop("PYTHONPATH") if before is None else os.environ.update(PYTHONPATH=before)
    return process


def _live(work: Callable[..., None], arguments: tuple[Any, ...], log: str, fate: Fate | None) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    watched = tuple(str(a) for a in arguments if isinstance(a, Path))
    count = itertools.count(1)

    def note(line: str) -> None:
        os.write(descriptor, f"{line}\n".encode(errors="replace"))

    def watch(event: str, details: tuple[Any, ...]) -> None:
        if event == "open":
            if not isinstance(details[2], int) or not details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                return
        elif event not in CHANGES:
            return
        if not isinstance(details[0], str | os.PathLike) or not os.fspath(details[0]).startswith(watched):
            return
        if fate and next(count) == fate.change:
            os.kill(os.getpid(), signal.SIGKILL)
        note(".")  # short, for some victims may write small files only

    sys.addaudithook(watch)
    try:
        work(lambda phase: note(PHASE + phase), *arguments)
    except UserError as error:
        note(TOLD + " ".join(str(error).split()))
        os._exit(WAS_TOLD)


def build_in_steps(mark: Callable[[str], None], seeds: Path, datasets: Path) -> None:
    """What a build and its assets do, in their order, without Dagster, with one rule and an article a batch."""
    from datetime import date

    from onrecord import checks, release
    from onrecord.assemble import assemble
    from onrecord.batches import ingest
    from onrecord.batches.batch import extract_batch, verify
    from onrecord.batches.models import load_models
    from onrecord.batches.stale import remove_stale
    from onrecord.run import state
    from onrecord.storage import store
    from onrecord.storage.layout import Layout
    from onrecord.storage.releases import find_latest

    ingest.BATCH_SEEDS = 1
    layout = Layout(datasets)
    with store.locked(datasets):
        mark("ingest")
        for folder in (layout.ingest, layout.batches, layout.build, layout.releases):
            store.remove_leftovers(folder)
        for _ in range(2):  # damaged batches are removed, so the second time they are made anew
            mark("ingest")
            found = ingest.ingest([seeds], layout)
            mark("extract")
            for batch in found.pending:
                extract_batch(batch, layout)
            if state.find_released(layout):
                return
            mark("assemble")
            if not verify(layout, thorough=True):
                break
        now = state.state_of(layout)
        assemble(layout, load_models().codebook)
        state.mark_assembled(layout, now)
        mark("check")
        rules = [rule for rule in checks.load_expectations() if rule.name == "quote_is_slice"]
        checks.write_report(layout.build, checks.check_tables(layout.build, rules))
        mark("release")
        last = find_latest(layout.releases)
        if last is None or not release.is_unchanged(layout.build, last):
            version = release.choose_version(layout.build, layout.releases, date.today())
            last = release.write_release(layout.build, layout.releases, version)
        remove_stale(layout)
        state.mark_released(layout, last)


def build_with_dagster(mark: Callable[[str], None], seeds: Path, datasets: Path, version: str | None = None) -> None:
    from onrecord.batches import ingest
    from onrecord.run.build import build
    from onrecord.storage.layout import Layout

    ingest.BATCH_SEEDS = 1
    mark("a whole build")
    settings: Mapping[str, Any] = {"seeds": [str(seeds)], "datasets": str(datasets), "version": version, "workers": 1}
    build(settings, Layout(datasets))


def extract_one(mark: Callable[[str], None], datasets: Path, batch: str, told: Path) -> None:
    """Extract a batch; `told` gets a line of JSON for each of its articles that this process extracts."""
    import logging

    from onrecord.batches.batch import extract_batch
    from onrecord.run.logs import send_to
    from onrecord.storage.layout import Layout

    mark("extract")
    with told.open("w") as lines:
        send_to(lines, as_json=True, level=logging.DEBUG)
        extract_batch(batch, Layout(datasets))


def publish(mark: Callable[[str], None], release: Path, target: Path | str, settings: Mapping[str, str]) -> None:
    """`settings` are for the environment, which is that of the server otherwise."""
    from onrecord.release.publish import publish as run_publish

    mark("publish")
    os.environ.update(settings)
    run_publish(release.resolve(), str(target))
