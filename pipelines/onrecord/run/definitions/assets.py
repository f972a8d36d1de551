"""The assets and their checks: listing -> batches -> tables -> checks -> release."""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from onrecord.assemble import assemble
from onrecord.audit.drift import find_drift
from onrecord.batches import batch as batch_files
from onrecord.batches.fingerprints import fingerprint, program
from onrecord.batches.ingest import ingest
from onrecord.batches.models import load_chosen_codebook
from onrecord.batches.spark import extract_waiting
from onrecord.batches.stale import remove_stale
from onrecord.checks import CheckResult, check_build, load_expectations, write_report
from onrecord.release import choose_version, is_unchanged, write_release
from onrecord.run.definitions import shown
from onrecord.run.definitions.settings import Settings
from onrecord.run.logs import step
from onrecord.run.state import mark_assembled, mark_released, state_of
from onrecord.schema import Table, load_package
from onrecord.storage.parts import files_of
from onrecord.storage.releases import ReleaseError, find_latest, whole_releases
from onrecord.storage.store import locked

BATCHES = dg.DynamicPartitionsDefinition(name="batches")
_SEVERITY = {"critical": dg.AssetCheckSeverity.ERROR, "warning": dg.AssetCheckSeverity.WARN}


@dg.asset(group_name="ingest", kinds={"parquet"}, code_version=program())
def listing(context: dg.AssetExecutionContext, settings: Settings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """What the seeds folders hold now; new articles are set aside in batches, each a partition."""
    with locked(settings.layout.datasets), step("ingest") as facts:
        found = ingest(settings.roots, settings.layout, reread=settings.reread)
        counts = {
            "inputs": found.inputs,
            "new": found.new,
            "refused": found.refused,
            "names arrived": found.arrived,
            "names changed": found.changed,
            "names vanished": found.vanished,
            "files read": found.files_read,
            "files unchanged": found.files_unchanged,
            "pending": len(found.pending),
        }
        facts.update({name.replace(" ", "_"): count for name, count in counts.items()})
    name, kept = str(BATCHES.name), {*found.pending, *batch_files.finished(settings.layout)}
    context.instance.add_dynamic_partitions(name, list(found.pending))
    for gone in set(context.instance.get_dynamic_partitions(name)) - kept:  # of earlier code: nothing can make them now
        context.instance.delete_dynamic_partition(name, gone)
    return dg.MaterializeResult(metadata=counts)


@dg.asset(
    group_name="extract", kinds={"spacy", "parquet"}, partitions_def=BATCHES, deps=[listing], code_version=fingerprint()
)
def batch(context: dg.AssetExecutionContext, settings: Settings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Parsed and annotated articles of one batch: the only expensive step."""
    with step("extract", batch=context.partition_key) as facts:
        if settings.engine == "spark":  # all that wait, in one job; the runs of the others find theirs finished
            extract_waiting(settings.layout, settings.exchange)
        rows = batch_files.extract_batch(context.partition_key, settings.layout, workers=settings.workers)
        facts.update(rows)
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
        code_version=program(),
    )


@dg.multi_asset(specs=[_spec(t) for t in load_package().tables.values()], name="assemble")
def tables(settings: Settings) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """All batches, verified and joined into the tables of a build."""
    layout = settings.layout
    with locked(layout.datasets):
        with step("verify"):
            if damaged := batch_files.verify(layout, thorough=True):
                raise batch_files.DamagedBatches(
                    f"damaged on disk and removed: {', '.join(damaged)}; the next build receives or extracts them again"
                )
        with step("assemble") as facts:
            state = state_of(layout, settings.corrections_folders)
            written = assemble(layout, load_chosen_codebook(), settings.corrections_folders)
            mark_assembled(layout, state)
            facts.update(written)
    for name, rows in written.items():
        path = files_of(layout.build, name)[0]
        metadata: dict[str, dg.RawMetadataValue] = {
            "dagster/row_count": rows,
            "dagster/uri": path.as_uri(),
            "sample": shown.sample(path),
        }
        if name == "rejections":
            metadata["by reason"] = shown.reasons(path)
        yield dg.MaterializeResult(name, metadata=metadata)


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
        for rule in load_expectations()
    ],
)
def checks(settings: Settings) -> Iterator[dg.AssetCheckResult]:
    """Schema constraints, expectations and cross-table rules, run by Great Expectations."""
    with locked(settings.layout.datasets), step("check") as facts:
        results, kept = check_build(settings.layout.build, program())
        write_report(settings.layout.build, results)
        facts.update(rules=len(results), months=len(kept.run), failed=[str(r) for r in results if not r.passed])
    yield from map(_check_result, results)


@dg.asset_check(
    asset="articles", description="Articles of an outlet are like those before; of another layout they are not."
)
def drift(settings: Settings) -> dg.AssetCheckResult:
    """Outlets whose new articles differ from those before; a warning, since it may be the news that differ."""
    with step("drift") as facts:
        found = find_drift(settings.layout.build, whole_releases(settings.layout.releases))
        facts.update(outlets=sorted({each.outlet for each in found}))
    told = "; ".join(str(each) for each in found)
    return dg.AssetCheckResult(
        passed=not found,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"articles.drift: {told}" if found else None,
        metadata={"count": len(found)},
    )


def _check_result(result: CheckResult) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=result.rule.table,
        check_name=result.rule.name,
        passed=result.passed,
        severity=_SEVERITY[result.rule.severity],
        description=None if result.passed else str(result),
        metadata={"count": result.count, "sample": list(result.sample)},
    )


class NoArticleLeftError(ReleaseError):
    """A build without any article, after a release that had some."""

    code = "OR124"


@dg.asset(group_name="release", kinds={"parquet", "duckdb"}, deps=list(load_package().tables), code_version=program())
def release(settings: Settings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The checked build, frozen under a version; nothing to do if the latest release holds the same tables."""
    layout = settings.layout
    with locked(layout.datasets), step("release") as facts:
        former = find_latest(layout.releases)
        before = shown.count_rows(former) if former else {}
        rows = shown.count_rows(layout.build)
        is_new = settings.version is not None or former is None or not is_unchanged(layout.build, former)
        if former is not None and settings.version is None and before["articles"] and not rows["articles"]:
            raise NoArticleLeftError(
                f"no article is left, and release {former.name} has {before['articles']:,}: nothing was released; put "
                "the articles back, or, if this is meant, give the release a --version"
            )
        if former is None or is_new:
            version = settings.version or choose_version(layout.build, layout.releases, date.today())
            folder = write_release(layout.build, layout.releases, version)
        else:
            folder = former
        remove_stale(layout)
        mark_released(layout, folder)
        facts.update(release=folder.name, new=is_new)
    told = shown.notes(folder, rows, before, layout.build)
    return dg.MaterializeResult(metadata={"folder": str(folder), "new": is_new, "notes": told})
