"""SQL over a release, for reading only: no statement but a query, and no file or network but the release's tables."""

import contextlib
import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord import store
from onrecord.errors import UserError
from onrecord.release import ReleaseError, read_sums
from onrecord.schema import load_package
from onrecord.views import load_views

_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
BOXED_ROWS = 1000  # more are for a file, and the other formats write them all
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROLS = {c: 0xFFFD for c in (*range(32), *range(127, 160)) if c not in (9, 10)}  # terminals would obey them


class QueryError(UserError):
    """A query that was refused or failed; the message is DuckDB's own, or says what is allowed."""


def open_release(release: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the release's commented tables and views that can read these files and nothing else."""
    files = {name: release / f"{name}.parquet" for name in load_package().tables}
    if missing := [path.name for path in files.values() if path.name in read_sums(release) and not path.is_file()]:
        raise ReleaseError(f"{release} is no whole release: {', '.join(missing)} missing")
    files = {name: path for name, path in files.items() if path.is_file()}  # an earlier schema may lack some
    connection = duckdb.connect()
    for name, path in files.items():
        relation = connection.read_parquet(store.literal(path))
        relation.create_view(name)
        table = load_package().tables[name]
        lacking = {column.name for column in table.columns} - set(relation.columns)
        connection.execute(table.without(lacking).to_comments("VIEW"))
    for view in load_views():
        with contextlib.suppress(duckdb.CatalogException, duckdb.BinderException):  # it needs what the release lacks
            for statement in view.to_statements():
                connection.execute(statement)
    allowed = (form for path in files.values() for form in (str(path), store.literal(path)))  # as found, as asked for
    paths = ", ".join("'" + path.replace("'", "''") + "'" for path in allowed)
    connection.execute(f"SET allowed_paths = [{paths}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def run_query(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Table:
    """The rows of one SELECT (or WITH, FROM, DESCRIBE, SUMMARIZE, SHOW, EXPLAIN). QueryError for anything else."""
    try:
        statements = connection.extract_statements(query)
        if len(statements) != 1:
            raise QueryError(f"one query at a time, found {len(statements)}")
        if statements[0].type not in _READING:
            raise QueryError(f"a release is for reading: {statements[0].type.name} is not allowed")
        return connection.sql(query).to_arrow_table()
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def to_boxes(table: pa.Table, width: int) -> str:
    """The rows in DuckDB's own box drawing, at most `width` characters across, nulls empty."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), duckdb.connect() as connection:
        connection.from_arrow(table).show(max_width=width, max_rows=BOXED_ROWS, null_value="")
    return printed.getvalue().rstrip("\n").translate(CONTROLS)


def write_csv(table: pa.Table, out: IO[bytes]) -> None:
    """RFC 4180. Lists are JSON. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(table.column_names)
    for row in _rows(table):
        writer.writerow([_csv_cell(value) for value in row.values()])
    text.flush()
    text.detach()


def _csv_cell(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def write_json(table: pa.Table, out: IO[bytes]) -> None:
    """One JSON object a line; dates as ISO 8601."""
    for row in _rows(table):
        out.write((json.dumps(row, ensure_ascii=False, default=str) + "\n").encode())


def write_parquet(table: pa.Table, out: IO[bytes]) -> None:
    pq.write_table(table, out, compression="zstd")


def _rows(table: pa.Table) -> Iterator[Mapping[str, object]]:
    for batch in table.to_batches(max_chunksize=1024):
        yield from batch.to_pylist()


WRITERS: Mapping[str, Callable[[pa.Table, IO[bytes]], None]] = {
    "csv": write_csv,
    "json": write_json,
    "parquet": write_parquet,
}
