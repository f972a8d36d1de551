"""The Parquet files of a release: one a table, and in a large release one for each month of a table of article rows.

<table>.parquet                                        rows by their article's day of publication, then by their order
<table>/published_year=<year>/published_month=<month>/<table>.parquet
                                                       the same rows, cut by month (Hive partitions), 0 and 0 where it
                                                       is not known; who filters by these columns opens no other file

Releases that were made before months were cut by year alone; they are read the same way.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.schema import Table
from onrecord.storage import store

# A release of this many articles, some 150 MB, is cut: smaller ones are better whole, for one request to a store
# fetches tens of MB in the time that it takes to ask for them. It depends on the rows only, hence so does the layout.
CUT_FROM = 25_000
YEAR, MONTH = "published_year", "published_month"
UNKNOWN = (0, 0)  # the month of articles without a day of publication; pandas cannot read the null that Hive has

Month: TypeAlias = tuple[int, int]


def files_of(folder: Path, table: str) -> tuple[Path, ...]:
    """The Parquet files of a table, in the order of its rows; none if the folder does not have it."""
    whole = folder / f"{table}.parquet"
    if whole.is_file():
        return (whole,)
    return tuple(sorted((folder / table).glob(f"{YEAR}=*/**/{table}.parquet"), key=_place))


def _place(part: Path) -> tuple[bool, Month]:
    month = month_of(part)
    return month == UNKNOWN, month


def month_of(part: Path) -> Month:
    """The month that a file of a cut table holds; of one that is cut by year the year and 0."""
    told = dict(folder.split("=", 1) for folder in part.parts[-3:-1] if "=" in folder)
    return int(told[YEAR]), int(told.get(MONTH, 0))


def part_of(folder: Path, table: str, month: Month) -> Path:
    """Where the rows of a month are, or would be."""
    return folder / table / f"{YEAR}={month[0]}" / f"{MONTH}={month[1]}" / f"{table}.parquet"


def is_cut(files: Sequence[Path]) -> bool:
    return any(f"{YEAR}=" in name for path in files for name in path.parts[-3:-1])


def scan(files: Sequence[Path]) -> str:
    """The table function by which DuckDB reads the files, with the columns that they are cut by, if they are."""
    names = ", ".join("'" + store.literal(path).replace("'", "''") + "'" for path in files)
    return f"read_parquet([{names}], {hive(files)})"


def hive(files: Iterable[Path]) -> str:
    """The options by which DuckDB reads the columns that files are cut by; none that are not."""
    if not is_cut(tuple(files)):
        return "hive_partitioning = false"
    return "hive_partitioning = true"


def count_rows(folder: Path, table: str) -> int:
    return sum(pq.read_metadata(path).num_rows for path in files_of(folder, table))


def digest_of(folder: Path, table: str) -> str:
    """The SHA-256 of a table's file; of a cut one that of a list of its files, as sha256sum has it."""
    files = files_of(folder, table)
    if not is_cut(files):
        return store.sha256_of(folder / f"{table}.parquet")
    listed = "".join(f"{store.sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    return store.sha256_of_text(listed)


def copy_table(source: Path, folder: Path, table: Table, *, before: Path | None = None) -> None:
    """Write a table of `source`, a build or a release, into `folder`: as it is, without what the table lacks here.

    A file of a month that is the same in the release `before`, which is never changed, is a link to it: as most months
    do not change, this is what makes a new release of a large corpus cheap. What has to be written anew is bounded by
    one row group in memory.
    """
    names = [c.name for c in table.columns]
    for path in files_of(source, table.name):
        place = path.relative_to(source)
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if pq.read_schema(path).names != names:
            with pq.ParquetFile(path) as file:
                write_part(target, file.iter_batches(batch_size=table.group_rows, columns=names), table)
        elif before is not None and is_cut([path]) and is_same(path, before / place):
            link(before / place, target)
        else:
            shutil.copyfile(path, target)


def is_same(path: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    if not other.is_file() or path.stat().st_size != other.stat().st_size:
        return False
    return path.samefile(other) or store.sha256_of(path) == store.sha256_of(other)


def link(path: Path, target: Path) -> None:
    """One more name for a file that is never changed; a copy where the file system has no such names."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def runs_by_month(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Month, Iterator[pa.RecordBatch]]]:
    """The batches of each month, in which those columns are gone, one month after the other: to be read in turn."""

    def runs() -> Iterator[tuple[Month, pa.RecordBatch]]:
        for batch in batches:
            months = list(zip(batch.column(YEAR).to_pylist(), batch.column(MONTH).to_pylist(), strict=True))
            start = 0
            for month, run in groupby(months):
                length = sum(1 for _ in run)
                yield month, batch.slice(start, length).drop_columns([YEAR, MONTH])
                start += length

    for month, found in groupby(runs(), key=lambda run: run[0]):
        yield month, (batch for _, batch in found)


def write_part(path: Path, batches: Iterator[pa.RecordBatch], table: Table) -> int:
    """Write rows of a table to one file; returns how many."""
    return store.write_table(
        path,
        batches,
        table.to_arrow(),
        group_rows=table.group_rows,
        looked_up=table.looked_up,
        plain=table.plain,
    )
