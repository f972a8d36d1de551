"""One build: the jobs of the Dagster graph, one after the other, in this process.

With DAGSTER_HOME set the runs are recorded there and show in `dagster dev`; without, they leave no trace but the data.
"""

import os
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import store
from onrecord.batches import Layout
from onrecord.errors import UserError
from onrecord.schema import load_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    import dagster as dg


class BuildFailed(UserError):
    """A build that made no release; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    inputs: int
    new: int
    refused: int
    batches: int  # extracted in this run
    rows: Mapping[str, int]
    checks: int
    warnings: tuple[str, ...]
    folder: Path
    is_new: bool  # False: the latest release holds the same tables already


def build(settings: Mapping[str, Any], layout: Layout) -> Built:
    """Ingest, extract what is new, assemble, check, release. `settings` are those of `definitions.Settings`.

    BuildFailed if a critical check fails; the errors of the steps as they are. The last release stays as it was.
    """
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    from onrecord.definitions import Settings, defs

    resources = {"settings": Settings(**settings)}
    with store.locked(layout.datasets), _instance() as instance:

        def run(job: str, **options: Any) -> "dg.ExecuteInProcessResult":
            resolved = defs.get_repository_def().get_job(job)
            return resolved.execute_in_process(instance=instance, resources=resources, raise_on_error=False, **options)

        for folder in (layout.ingest, layout.batches, layout.build, layout.releases):
            store.remove_leftovers(folder)
        listed = _metadata(_succeeded(run("ingest")), "listing")
        batches = instance.get_dynamic_partitions("batches")
        for key in batches:
            _succeeded(run("extract", partition_key=key))
        result = run("publish")
        failed = [e for e in result.get_asset_check_evaluations() if not e.passed]
        if stopping := [str(e.description) for e in failed if e.severity.value == "ERROR"]:
            raise BuildFailed("\n".join([f"no release: {len(stopping)} critical checks failed", *stopping]))
        released = _metadata(_succeeded(result), "release")
        rows = {name: _metadata(result, name)["dagster/row_count"] for name in load_package().tables}
        return Built(
            inputs=listed["inputs"],
            new=listed["new"],
            refused=listed["refused"],
            batches=len(batches),
            rows=rows,
            checks=len(result.get_asset_check_evaluations()),
            warnings=tuple(str(e.description) for e in failed),
            folder=Path(released["folder"]),
            is_new=released["new"],
        )


@contextmanager
def _instance() -> "Iterator[dg.DagsterInstance]":
    import dagster as dg

    quiet = {"telemetry": {"enabled": False}, "python_logs": {"python_log_level": "ERROR"}}
    if os.environ.get("DAGSTER_HOME"):
        with dg.DagsterInstance.get() as instance:
            yield instance
    else:
        with dg.DagsterInstance.ephemeral(settings=quiet) as instance:
            yield instance


def _succeeded(result: "dg.ExecuteInProcessResult") -> "dg.ExecuteInProcessResult":
    """`result`, or the error of its first failed step as the step raised it."""
    if not result.success:
        failure = next(e for e in result.all_events if e.is_step_failure)
        error = failure.step_failure_data.error
        cause = error and (error.cause or error)
        raise BuildFailed(f"step {failure.step_key} failed: {cause.message.strip() if cause else 'no error was given'}")
    return result


def _metadata(result: "dg.ExecuteInProcessResult", asset: str) -> dict[str, Any]:
    events = [e.materialization for e in result.get_asset_materialization_events()]
    (event,) = [e for e in events if e.asset_key.path[-1] == asset]
    return {name: value.value for name, value in event.metadata.items()}
