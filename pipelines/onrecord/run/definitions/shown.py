"""What the graph shows beside its assets. Article text is hostile: its marks are escaped, its length is cut."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import dagster as dg
import pyarrow.parquet as pq

from onrecord.checks import REPORT
from onrecord.release.markdown import to_cell
from onrecord.schema import load_package
from onrecord.storage.releases import schema_version_of

_TABLES = tuple(load_package().tables)


def sample(path: Path) -> dg.MarkdownMetadataValue:
    """The first rows of a table."""
    batches = pq.ParquetFile(path).iter_batches(batch_size=5)
    rows: list[dict[str, object]] = next((b.to_pylist() for b in batches), [])
    return _markdown(rows) if rows else dg.MetadataValue.md("no rows")


def reasons(path: Path) -> dg.MarkdownMetadataValue:
    """Rejections by reason, the commonest first."""
    counts = count_reasons(path)
    if not counts:
        return dg.MetadataValue.md("nothing was rejected")
    return _markdown([{"reason": reason, "rows": count} for reason, count in counts.items()])


def count_reasons(path: Path) -> dict[str, int]:
    counts = pq.read_table(path, columns=["reason"]).column(0).value_counts().to_pylist()
    return {c["values"]: c["counts"] for c in sorted(counts, key=lambda c: (-c["counts"], c["values"]))}


def count_rows(folder: Path) -> dict[str, int]:
    """Rows of each table of a build or release, in one file or several; an earlier schema had fewer tables."""
    files = {name: [*folder.glob(f"{name}.parquet"), *folder.glob(f"{name}/**/*.parquet")] for name in _TABLES}
    return {name: sum(pq.read_metadata(path).num_rows for path in found) for name, found in files.items() if found}


def notes(release: Path, rows: Mapping[str, int], before: Mapping[str, int], build: Path) -> dg.MarkdownMetadataValue:
    """A release in short: rows against the one before, warnings, rejections."""
    table = [
        {"table": n, "rows": f"{count:,}", "change": f"{count - before.get(n, 0):+,}"} for n, count in rows.items()
    ]
    report = json.loads((build / REPORT).read_text(encoding="utf-8"))
    warnings = [f"- {c['table']}.{c['rule']}: {to_cell(c['why'], 400)}" for c in report["checks"] if not c["passed"]]
    parts = [
        f"**{release.name}**, schema {schema_version_of(release)}",
        _rows_of(table),
        "Warnings:\n\n" + "\n".join(warnings) if warnings else "No warnings.",
        "Rejections:\n\n" + reasons(build / "rejections.parquet").value,
    ]
    return dg.MetadataValue.md("\n\n".join(parts))


def _markdown(rows: Sequence[Mapping[str, object]]) -> dg.MarkdownMetadataValue:
    return dg.MetadataValue.md(_rows_of(rows))


def _rows_of(rows: Sequence[Mapping[str, object]]) -> str:
    lines = [" | ".join(rows[0]), " | ".join("---" for _ in rows[0])]
    lines += [" | ".join(to_cell(value) for value in row.values()) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)
