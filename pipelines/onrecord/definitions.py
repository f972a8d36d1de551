"""The asset graph: listing -> batches -> tables -> checks -> release.

A thin shell: each asset calls one function of the core. `dagster dev` finds `defs` through pyproject.toml; `onrecord
build` runs the same jobs in its own process.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import dagster as dg
import pyarrow.parquet as pq

from onrecord import batches as batch_files
from onrecord.assemble import assemble
from onrecord.batches import Layout
from onrecord.checks import CheckResult, check_tables, load_rules, write_report
from onrecord.engine import load_models
from onrecord.readers import is_address, local_path
from onrecord.release import find_latest, is_unchanged, next_version, write_release
from onrecord.schema import Table, load_package
from onrecord.store import locked

ROOT = Path(__file__).resolve().parents[2]
BATCHES = dg.DynamicPartitionsDefinition(name="batches")
_SEVERITY = {"critical": dg.AssetCheckSeverity.ERROR, "warning": dg.AssetCheckSeverity.WARN}


class Settings(dg.ConfigurableResource):  # type: ignore[type-arg]
    """What a run reads, local or at an address for fsspec, and where it writes.

    Relative paths count from the repository's root.
    """

    seeds: list[str] = ["seeds"]  # noqa: RUF012 pydantic copies defaults
    datasets: str = "datasets"
    workers: int = 1
    version: str | None = None  # of the release; by default the day's date

    @property
    def layout(self) -> Layout:
        return Layout(ROOT / self.datasets)

    @property
    def roots(self) -> list[Path | str]:
        return [seeds if is_address(seeds) else ROOT / local_path(seeds) for seeds in self.seeds]


@dg.asset(group_name="ingest", kinds={"parquet"}, code_version=batch_files.fingerprint())
def listing(context: dg.AssetExecutionContext, settings: Settings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """What the seeds folders hold now; new articles are set aside in batches, each a partition."""
    with locked(settings.layout.datasets):
        found = batch_files.ingest(settings.roots, settings.layout)
    name, kept = str(BATCHES.name), {*found.pending, *batch_files.finished(settings.layout)}
    context.instance.add_dynamic_partitions(name, list(found.pending))
    for gone in set(context.instance.get_dynamic_partitions(name)) - kept:  # of earlier code: nothing can make them now
        context.instance.delete_dynamic_partition(name, gone)
    return dg.MaterializeResult(
        metadata={"inputs": found.inputs, "new": found.new, "refused": found.refused, "pending": len(found.pending)}
    )


@dg.asset(
    group_name="extract",
    kinds={"spacy", "parquet"},
    partitions_def=BATCHES,
    deps=[listing],
    code_version=batch_files.fingerprint(),
    automation_condition=dg.AutomationCondition.eager(),
)
def batch(context: dg.AssetExecutionContext, settings: Settings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Parsed and annotated articles of one batch: the only expensive step."""
    rows = batch_files.extract_batch(context.partition_key, settings.layout, workers=settings.workers)
    return dg.MaterializeResult(metadata=rows)


def _spec(table: Table) -> dg.AssetSpec:
    columns = [
        dg.TableColumn(
            c.name,
            c.to_duckdb(),
            description=c.description,
            constraints=dg.TableColumnConstraints(nullable=not c.required, unique=c.unique),
        )
        for c in table.columns
    ]
    return dg.AssetSpec(
        table.name,
        description=table.description,
        group_name="tables",
        kinds={"duckdb", "parquet"},
        deps=[batch],
        metadata={"dagster/column_schema": dg.TableSchema(columns=columns)},
        automation_condition=dg.AutomationCondition.eager(),
    )


@dg.multi_asset(specs=[_spec(t) for t in load_package().tables.values()], name="assemble")
def tables(settings: Settings) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """All batches joined into the tables of a build."""
    with locked(settings.layout.datasets):
        written = assemble(settings.layout, load_models().codebook)
    for name, rows in written.items():
        path = settings.layout.build / f"{name}.parquet"
        yield dg.MaterializeResult(
            name, metadata={"dagster/row_count": rows, "dagster/uri": path.as_uri(), "sample": _sample(path)}
        )


def _sample(path: Path) -> dg.MarkdownMetadataValue:
    """The first rows as a Markdown table; article text is hostile, so its marks are escaped and its length cut."""
    batches = pq.ParquetFile(path).iter_batches(batch_size=5)
    rows: list[dict[str, object]] = next((b.to_pylist() for b in batches), [])
    if not rows:
        return dg.MetadataValue.md("no rows")
    lines = [" | ".join(rows[0]), " | ".join("---" for _ in rows[0])]
    lines += [" | ".join(_cell(value) for value in row.values()) for row in rows]
    return dg.MetadataValue.md("\n".join(f"| {line} |" for line in lines))


def _cell(value: object) -> str:
    text = " ".join(str("" if value is None else value).split())[:80]
    return "".join(f"&#{ord(c)};" if c in "|<>[]`*_&\\" else c for c in text)


@dg.multi_asset_check(
    name="expectations",
    specs=[
        dg.AssetCheckSpec(
            rule.name,
            asset=rule.table,
            description=rule.why,
            blocking=rule.severity == "critical",
            metadata={"type": rule.type},
        )
        for rule in load_rules()
    ],
)
def checks(settings: Settings) -> Iterator[dg.AssetCheckResult]:
    """Schema constraints, expectations and cross-table rules, run by Great Expectations."""
    with locked(settings.layout.datasets):
        results = check_tables(settings.layout.build)
        write_report(settings.layout.build, results)
    yield from map(_check_result, results)


def _check_result(result: CheckResult) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=result.rule.table,
        check_name=result.rule.name,
        passed=result.passed,
        severity=_SEVERITY[result.rule.severity],
        description=None if result.passed else str(result),
        metadata={"count": result.count, "sample": list(result.sample)},
    )


@dg.asset(
    group_name="release",
    kinds={"parquet", "duckdb"},
    deps=list(load_package().tables),
    automation_condition=dg.AutomationCondition.eager(),
)
def release(settings: Settings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The checked build, frozen under a version; nothing to do if the latest release holds the same tables."""
    layout = settings.layout
    with locked(layout.datasets):
        folder = find_latest(layout.releases)
        is_new = settings.version is not None or folder is None or not is_unchanged(layout.build, folder)
        if folder is None or is_new:
            version = settings.version or next_version(layout.releases, date.today())
            folder = write_release(layout.build, layout.releases, version)
        batch_files.remove_stale(layout)
    return dg.MaterializeResult(metadata={"folder": str(folder), "new": is_new})


ingest_job = dg.define_asset_job("ingest", selection=[listing])
extract_job = dg.define_asset_job("extract", selection=[batch])
release_job = dg.define_asset_job(
    "publish", selection=dg.AssetSelection.assets(tables, release) | dg.AssetSelection.checks(checks)
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=ingest_job,
    cron_schedule="30 2 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Looks for new articles; the sensor follow_up does what follows from them.",
)

follow_up = dg.AutomationConditionSensorDefinition(
    "follow_up",
    target=dg.AssetSelection.all(),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Extracts new batches, then assembles, checks and releases, whenever a listing brought something new.",
)

defs = dg.Definitions(
    assets=[listing, batch, tables, release],
    asset_checks=[checks],
    jobs=[ingest_job, extract_job, release_job],
    schedules=[nightly],
    sensors=[follow_up],
    resources={"settings": Settings()},
    executor=dg.in_process_executor,  # few coarse steps: a process per step would repeat every import
)
