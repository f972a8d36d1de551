"""The asset graph: listing -> batches -> tables -> checks -> release, and what starts its runs.

A thin shell: each asset calls functions of the core. `dagster dev` finds `defs` through pyproject.toml; `onrecord
build` runs the same jobs in its own process.
"""

import os

import dagster as dg

from onrecord.annotate.proposals.coding.embedder import load_embedder
from onrecord.batches import supplied
from onrecord.batches.spark import check_installed
from onrecord.run.definitions.assets import batch, checks, drift, listing, release, tables
from onrecord.run.definitions.publishing import make_publisher, publication, send_job
from onrecord.run.definitions.sensors import extract_job, ingest_job, make_sensors, release_job
from onrecord.run.definitions.settings import Settings, Watch, settings_of

__all__ = ["Settings", "Watch", "defs", "make_definitions"]


def make_definitions(settings: Settings, watch: Watch) -> dg.Definitions:
    """The graph with these settings."""
    nightly = dg.ScheduleDefinition(
        name="nightly",
        job=ingest_job,
        cron_schedule=watch.nightly,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Looks for new articles; the sensor follow_up does what follows from them.",
    )
    return dg.Definitions(
        assets=[listing, batch, tables, release, publication],
        asset_checks=[checks, drift],
        jobs=[ingest_job, extract_job, release_job, send_job],
        schedules=[nightly],
        sensors=[*make_sensors(watch), make_publisher(settings)],
        resources={"settings": settings},
        executor=dg.in_process_executor,  # few coarse steps: a process per step would repeat every import
    )


if supplied.embeddings():
    load_embedder()  # a missing model is told here, once, and not by every batch
_settings, _watch = settings_of(os.environ)
if _settings.engine == "spark":
    check_installed()
defs = make_definitions(_settings, _watch)
