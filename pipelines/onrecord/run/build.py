"""One build: the jobs of the Dagster graph, one after the other, in this process.

With DAGSTER_HOME set the runs are recorded there and show in `dagster dev`; without, they leave no trace but the data.
"""

import os
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.batches.batch import DamagedBatches, pending
from onrecord.release import check_free
from onrecord.run.failures import BuildFailed, error_of
from onrecord.run.state import find_released
from onrecord.storage import store
from onrecord.storage.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import dagster as dg

    from onrecord.run.definitions import Settings


class NothingToBuildError(BuildFailed):
    """The seeds hold no files."""

    code = "OR120"


class ChecksFailedError(BuildFailed):
    """Critical checks failed; the message has each with the rows that broke it."""

    code = "OR121"


class HomeError(BuildFailed):
    """DAGSTER_HOME names no folder."""

    code = "OR122"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    inputs: int
    new: int
    refused: int
    files_read: int
    files_unchanged: int
    vanished: int  # names that the last listing had
    extracted: int  # articles, in this run; some may be left over from a run that was stopped
    batches: int  # that hold them
    rows: Mapping[str, int]
    checks: int  # 0: nothing has changed since they passed
    warnings: tuple[str, ...]
    reasons: Mapping[str, int]  # rejections of the release by reason, the commonest first
    folder: Path
    is_new: bool  # False: the latest release holds the same tables already


def build(settings: Mapping[str, Any], layout: Layout) -> Built:
    """Ingest, extract what is new, assemble, check, release. `settings` are those of `definitions.Settings`.

    If nothing has changed since the latest release, that is all: nothing is assembled. ChecksFailedError if a critical
    check fails; the errors of the steps as they are. The last release stays as it was.
    """
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    from onrecord.run.definitions import Settings, defs

    chosen = Settings(**settings)
    resources = {"settings": chosen}
    with store.locked(layout.datasets), _instance() as instance:

        def run(job: str, **options: Any) -> "dg.ExecuteInProcessResult":
            resolved = defs.get_repository_def().get_job(job)
            return resolved.execute_in_process(instance=instance, resources=resources, raise_on_error=False, **options)

        for folder in (layout.ingest, layout.batches, layout.build, layout.releases):
            store.remove_leftovers(folder)
        if settings["version"] is not None:
            check_free(layout.releases, settings["version"])
        try:
            return _built(chosen, layout, run)
        except DamagedBatches:  # they were removed, so this time they are made anew
            return _built(chosen, layout, run)


def _built(settings: "Settings", layout: Layout, run: "Callable[..., dg.ExecuteInProcessResult]") -> Built:
    from onrecord.run.definitions.shown import count_reasons, count_rows

    listed = _metadata(_succeeded(run("ingest")), "listing")
    if not listed["inputs"] and not listed["refused"]:
        raise NothingToBuildError(f"nothing to build: no files in {', '.join(settings.seeds)}")
    waiting = pending(layout)
    extracted = [_metadata(_succeeded(run("extract", partition_key=b)), "batch")["inputs"] for b in waiting]
    folder = find_released(layout, settings.corrections_folders) if settings.version is None else None
    is_new, checks, warnings = False, 0, []
    if folder is None:
        result = run("publish")
        evaluations = result.get_asset_check_evaluations()
        failed = [e for e in evaluations if not e.passed]
        if stopping := [str(e.description) for e in failed if e.severity.value == "ERROR"]:
            raise ChecksFailedError("\n".join([f"no release: {len(stopping)} critical checks failed", *stopping]))
        released = _metadata(_succeeded(result), "release")
        folder, is_new = Path(released["folder"]), released["new"]
        checks, warnings = len(evaluations), [str(e.description) for e in failed]
    return Built(
        inputs=listed["inputs"],
        new=listed["new"],
        refused=listed["refused"],
        files_read=listed["files read"],
        files_unchanged=listed["files unchanged"],
        vanished=listed["names vanished"],
        extracted=sum(extracted),
        batches=len(waiting),
        rows=count_rows(layout.build),
        checks=checks,
        warnings=tuple(warnings),
        reasons=count_reasons(layout.build / "rejections.parquet"),
        folder=folder,
        is_new=is_new,
    )


@contextmanager
def _instance() -> "Iterator[dg.DagsterInstance]":
    import dagster as dg

    # Nothing from Dagster's own log on the terminal: a failed step comes back as one line through `_succeeded`.
    quiet = {"telemetry": {"enabled": False}, "python_logs": {"python_log_level": "CRITICAL"}}
    home = os.environ.get("DAGSTER_HOME")
    if home and not Path(home).is_dir():
        raise HomeError(f"DAGSTER_HOME is {home}, and there is no such folder: make it, or unset DAGSTER_HOME")
    if home:
        opened = dg.DagsterInstance.local_temp(home, overrides=quiet)  # its dagster.yaml, and what must hold here
    else:
        opened = dg.DagsterInstance.ephemeral(settings=quiet)
    with opened as instance:
        yield instance


def _succeeded(result: "dg.ExecuteInProcessResult") -> "dg.ExecuteInProcessResult":
    """`result`, or the error of its first failed step as the step raised it."""
    if not result.success:
        raise error_of(next(e for e in result.all_events if e.is_step_failure))
    return result


def _metadata(result: "dg.ExecuteInProcessResult", asset: str) -> dict[str, Any]:
    events = [e.materialization for e in result.get_asset_materialization_events()]
    (event,) = [e for e in events if e.asset_key.path[-1] == asset]
    return {name: value.value for name, value in event.metadata.items()}
