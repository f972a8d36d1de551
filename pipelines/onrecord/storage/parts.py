"""The Parquet files of a release: one a table, and for a large table of article rows one for each year.

<table>.parquet                                       rows by their article's day of publication, then by their order
<table>/published_year=<year>/<table>.parquet         the same rows, cut by year (Hive partitions), 0 where it is not
                                                      known; who filters by published_year opens no other file
"""

import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.schema import Table
from onrecord.storage import store

# A table is cut above this many bytes: one request to a store fetches tens of MB in the time that it takes to ask for
# them, so smaller tables are better whole. It depends on the rows only, hence so does the layout.
_CUT_ABOVE = 256 * 2**20
YEAR = "published_year"
_UNKNOWN = 0  # the year of articles without a day of publication; pandas cannot read the null that Hive has


def files_of(folder: Path, table: str) -> tuple[Path, ...]:
    """The Parquet files of a table, in the order of its rows; none if the folder does not have it."""
    whole = folder / f"{table}.parquet"
    return (
        (whole,) if whole.is_file() else tuple(sorted((folder / table).glob(f"{YEAR}=*/{table}.parquet"), key=_place))
    )


def _place(part: Path) -> tuple[bool, str]:
    year = part.parent.name
    return year == f"{YEAR}={_UNKNOWN}", year


def is_cut(files: Sequence[Path]) -> bool:
    return any(path.parent.name.startswith(f"{YEAR}=") for path in files)


def scan(files: Sequence[Path]) -> str:
    """The table function by which DuckDB reads the files, with the column published_year if they are cut by it."""
    names = ", ".join("'" + store.literal(path).replace("'", "''") + "'" for path in files)
    return f"read_parquet([{names}], hive_partitioning = {str(is_cut(files)).lower()})"


def count_rows(folder: Path, table: str) -> int:
    return sum(pq.read_metadata(path).num_rows for path in files_of(folder, table))


def copy_table(source: Path, folder: Path, table: Table) -> None:
    """Write a table of `source`, a build or a release, into `folder`: as it is, without what the table lacks here, and
    cut by year if it is large."""
    files = files_of(source, table.name)
    names = [c.name for c in table.columns]
    as_it_is = all(pq.read_schema(path).names == names for path in files)
    if not is_cut(files) and table.of_article and files[0].stat().st_size > _CUT_ABOVE:
        _cut(source, folder, table)
        return
    for path in files:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if as_it_is:
            shutil.copyfile(path, target)
        else:
            with pq.ParquetFile(path) as file:
                _write(target, file.iter_batches(batch_size=table.group_rows, columns=names), table)


def _cut(source: Path, folder: Path, table: Table) -> None:
    names = ", ".join(f't."{c.name}"' for c in table.columns)
    order = ", ".join(f't."{c}"' for c in table.order)
    with duckdb.connect() as connection:
        connection.execute("SET temp_directory = ?", [str(folder / ".tmp-duckdb")])
        rows = connection.sql(
            f"SELECT {names}, coalesce(year(a.published), {_UNKNOWN}) AS {YEAR} "
            f"FROM {scan(files_of(source, table.name))} t "
            f"JOIN {scan(files_of(source, 'articles'))} a USING (article_id) ORDER BY a.published NULLS LAST, {order}"
        ).to_arrow_reader(table.group_rows)
        for year, runs in groupby(_runs(rows), key=lambda run: run[0]):
            part = folder / table.name / f"{YEAR}={year}" / f"{table.name}.parquet"
            _write(part, (batch.drop_columns([YEAR]) for _, batch in runs), table)
    shutil.rmtree(folder / ".tmp-duckdb", ignore_errors=True)


def _runs(batches: pa.RecordBatchReader) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The batches cut where the year changes."""
    for batch in batches:
        years = batch.column(YEAR).to_pylist()
        start = 0
        for year, run in groupby(years):
            length = sum(1 for _ in run)
            yield year, batch.slice(start, length)
            start += length


def _write(path: Path, batches: Iterator[pa.RecordBatch], table: Table) -> None:
    store.write_table(
        path,
        batches,
        table.to_arrow(),
        group_rows=table.group_rows,
        looked_up=table.looked_up,
        plain=table.plain,
    )
