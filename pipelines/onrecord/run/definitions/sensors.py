"""What starts runs, and what tells of failures: a look at the seeds, what follows from it, the night, and alerts."""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from onrecord.batches.batch import pending
from onrecord.batches.fingerprints import fingerprint
from onrecord.document import Rejected
from onrecord.read import walk_seeds
from onrecord.run.alerts import send_alert
from onrecord.run.definitions import shown
from onrecord.run.definitions.assets import BATCHES, batch, checks, drift, listing, release, tables
from onrecord.run.definitions.settings import Settings, Watch
from onrecord.run.failures import message_of
from onrecord.run.state import find_released, state_of
from onrecord.storage.layout import Layout, received_files
from onrecord.storage.releases import find_latest

# Runs that were killed, not those that failed by themselves, start again: see run_retries in dagster.yaml.
_RETRIES = {"dagster/max_retries": "2"}
ingest_job = dg.define_asset_job("ingest", selection=[listing], run_tags=_RETRIES)
extract_job = dg.define_asset_job("extract", selection=[batch], run_tags={**_RETRIES, "onrecord/step": "extract"})
release_job = dg.define_asset_job(
    "publish",
    selection=dg.AssetSelection.assets(tables, release) | dg.AssetSelection.checks(checks, drift),
    run_tags=_RETRIES,
)
PATIENCE = 10  # looks at seeds that never stand still, until they are read all the same
MOST_REQUESTS = 100  # batches a tick
_GOING_ON = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def make_sensors(watch: Watch) -> list[dg.SensorDefinition]:
    told = dg.DefaultSensorStatus.RUNNING if watch.alerts else dg.DefaultSensorStatus.STOPPED

    @dg.sensor(
        job=ingest_job, minimum_interval_seconds=watch.look_seconds, default_status=dg.DefaultSensorStatus.RUNNING
    )
    def arrivals(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
        """Lists the seeds, without reading them, and starts an ingest when they have changed and stand still."""
        return look(context, settings)

    @dg.sensor(
        jobs=[extract_job, release_job], minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING
    )
    def follow_up(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
        """Extracts the batches that wait, each in a run of its own; then assembles, checks and releases."""
        return follow(context, settings.layout, settings.corrections_folders)

    @dg.run_failure_sensor(default_status=told, minimum_interval_seconds=30)
    def run_failed(context: dg.RunFailureSensorContext) -> None:
        """Tells the targets in ONRECORD_ALERTS which run failed, and why."""
        run = context.dagster_run
        send_alert(watch.alerts, f"On Record: run {run.job_name} failed", _failure(context))

    @dg.run_status_sensor(
        run_status=dg.DagsterRunStatus.SUCCESS,
        monitored_jobs=[release_job],
        default_status=told,
        minimum_interval_seconds=30,
    )
    def drifted(context: dg.RunStatusSensorContext) -> None:
        """Tells the targets in ONRECORD_ALERTS of outlets whose articles have changed in a build."""
        if lines := _evaluations(context.instance, context.dagster_run.run_id, "drift"):
            send_alert(watch.alerts, "On Record: the articles of an outlet have changed", "\n".join(lines))

    @dg.sensor(default_status=told, minimum_interval_seconds=3600)
    def quiet(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
        """Tells the targets in ONRECORD_ALERTS when no new article came for ONRECORD_QUIET_DAYS days."""
        return listen(context, settings.layout, watch, time.time())

    return [arrivals, follow_up, run_failed, drifted, quiet]


def look(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SensorResult | dg.SkipReason:
    """One look at the seeds. The cursor holds their digests: `read`, of the last ingest, and `seen`, of the last look.

    Files that still arrive when they are found would be read in half; so they have to look the same twice.
    """
    if _going_on(context.instance, "ingest", "extract", "publish"):
        return dg.SkipReason("a build is going on")
    digest, files = _glance(settings)
    cursor = json.loads(context.cursor or "{}")
    if digest == cursor.get("read"):
        return dg.SkipReason(f"{files:,} files, none of them new, changed or gone")
    waited = cursor.get("waited", 0) + 1
    if digest != cursor.get("seen") and waited < PATIENCE:
        waiting = {"read": cursor.get("read"), "seen": digest, "waited": waited}
        return dg.SensorResult(
            skip_reason="the seeds have changed; ingest starts when they stand still", cursor=json.dumps(waiting)
        )
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=json.dumps({"read": digest}))


def _glance(settings: Settings) -> tuple[str, int]:
    """A digest over names, dates and sizes of all files, and how many there are. No file is read.

    A file that an address lists without any of these counts by its name; the nightly build reads it.
    """
    digest, files = hashlib.sha256(), 0
    for root in settings.roots:
        for place in walk_seeds(root):
            if isinstance(place, Rejected):
                facts = f"{place.source_file}\0{place.detail}"
            else:
                facts, files = f"{place.name}\0{place.given}\0{place.stamp and place.stamp.text}", files + 1
            digest.update(facts.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:32], files


def follow(
    context: dg.SensorEvaluationContext, layout: Layout, corrections: Sequence[Path] = ()
) -> dg.SensorResult | dg.SkipReason:
    """What is to be done, known from the files alone. A run that failed is tried again after the next ingest."""
    if _going_on(context.instance, "ingest", "publish"):
        return dg.SkipReason("listing or release is going on")
    if context.instance.get_latest_materialization_event(release.key) is None and (
        latest := find_latest(layout.releases)
    ):
        told = f"told Dagster of release {latest.name}, which was made elsewhere"
        return dg.SensorResult(skip_reason=told, asset_events=list(_made_elsewhere(latest)))
    if not layout.listing.exists():
        return dg.SkipReason("nothing was listed yet")
    last = context.instance.get_latest_materialization_event(listing.key)
    attempt = last.run_id if last else ""
    running = _going_on(context.instance, "extract")
    if waiting := pending(layout):
        busy = {run.tags.get("dagster/partition") for run in running}
        # A batch that was finished and was damaged since is tried again at once.
        made = context.instance.get_latest_storage_id_by_partition(
            batch.key, dg.DagsterEventType.ASSET_MATERIALIZATION, set(waiting)
        )
        requests = [
            dg.RunRequest(f"{b} {fingerprint()} {attempt} {made.get(b)}", job_name="extract", partition_key=b)
            for b in waiting
            if b not in busy
        ]
        return dg.SensorResult(
            run_requests=requests[:MOST_REQUESTS],
            dynamic_partitions_requests=[BATCHES.build_add_request(list(waiting))],
        )
    if running:
        return dg.SkipReason("batches are being extracted")
    if found := find_released(layout, corrections):
        return dg.SkipReason(f"release {found.name} holds everything")
    state = state_of(layout, corrections)
    return dg.SensorResult(run_requests=[dg.RunRequest(f"{state} {attempt}", job_name="publish")])


def _made_elsewhere(made: Path) -> Iterator[dg.AssetMaterialization]:
    """A release that came with the checkout, or that `onrecord build` made without Dagster's history, as its assets."""
    for name, rows in shown.count_rows(made).items():
        told: dict[str, dg.RawMetadataValue] = {"dagster/row_count": rows, "release": made.name}
        if (sample := made / f"{name}.parquet").is_file():
            told["sample"] = shown.sample(sample)
        yield dg.AssetMaterialization(name, metadata=told)
    yield dg.AssetMaterialization(release.key, metadata={"folder": str(made), "new": False})


def listen(
    context: dg.SensorEvaluationContext, layout: Layout, watch: Watch, now: float
) -> dg.SensorResult | dg.SkipReason:
    """Alerts once for each quiet spell of `watch.quiet_days`; the cursor holds when that was."""
    arrived = max((path.stat().st_mtime for path in received_files(layout)), default=None)
    if arrived is None:
        return dg.SkipReason("no article came yet")
    days = (now - max(arrived, float(context.cursor or 0))) / 86_400
    if days < watch.quiet_days:
        return dg.SkipReason(f"the last new article came {datetime.fromtimestamp(arrived, UTC):%Y-%m-%d %H:%M} UTC")
    text = f"No new article since {datetime.fromtimestamp(arrived, UTC):%Y-%m-%d %H:%M} UTC."
    send_alert(watch.alerts, f"On Record: nothing new for {(now - arrived) / 86_400:.0f} days", text)
    return dg.SensorResult(skip_reason=text, cursor=str(now))


def _failure(context: dg.RunFailureSensorContext) -> str:
    """Why a run failed: the first errors of its steps, the critical checks that stopped it, and its id."""
    lines = []
    for event in context.get_step_failure_events():
        lines.append(f"step {event.step_key}: {message_of(event)}")
    evaluations = context.instance.get_records_for_run(
        context.dagster_run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION
    )
    for record in evaluations.records:
        found = record.event_log_entry.dagster_event
        outcome = found.asset_check_evaluation_data if found else None
        if outcome and not outcome.passed and outcome.severity == dg.AssetCheckSeverity.ERROR:
            lines.append(f"check {outcome.description}")
    return "\n".join([*(lines or [context.failure_event.message or ""]), f"run {context.dagster_run.run_id}"])


def _evaluations(instance: dg.DagsterInstance, run_id: str, check: str) -> list[str]:
    """What a check of a run found, where it did not pass."""
    records = instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION).records
    events = [record.event_log_entry.dagster_event for record in records]
    found = [event.asset_check_evaluation_data for event in events if event]
    return [str(each.description) for each in found if each.check_name == check and not each.passed]


def _going_on(instance: dg.DagsterInstance, *jobs: str) -> list[dg.DagsterRun]:
    return [run for job in jobs for run in instance.get_runs(dg.RunsFilter(job_name=job, statuses=_GOING_ON))]
