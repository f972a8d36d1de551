"""SQL over a release, for reading only: no statement but a query, and no file or network but the release's tables."""

import contextlib
import csv
import io
import json
import math
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.errors import UserError
from onrecord.explore.terminal import harmless
from onrecord.schema.views import load_views
from onrecord.storage.readonly import connect_to, create_views, open_tables
from onrecord.storage.releases import DamagedReleaseError, read_sums

_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
BOXED_ROWS = 1000  # more are for a file, and the other formats write them all
_ONE_ROW = re.compile(r"\b1 rows(?=[^\n]*\Z)")  # in the last line
_BATCH = 10_000  # rows in memory at once
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class QueryError(UserError):
    """A query that was refused or failed; the message is DuckDB's own, or says what is allowed."""

    code = "OR110"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query gives, in batches that are computed while they are read. QueryError if that fails."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


def open_release(release: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the release's commented tables and views that can read these files and nothing else."""
    return open_tables(whole_release(release))


def open_for(release: Path, query: str) -> duckdb.DuckDBPyConnection:
    """`open_release` for one query: only what it reads of the tables, views and macros is there, as binding all of them
    takes longer than most queries.

    All are there if it reads anything else, such as the catalog, or fails: the message shall know every name.
    """
    connection, sources = connect_to(whole_release(release))
    read = _names_read(connection, query, sources.keys() | {view.name for view in load_views()})
    if read is not None:
        create_views(connection, sources, read)
        with contextlib.suppress(QueryError):
            _bind(connection, query)
            return connection
        _end_transaction(connection)
    create_views(connection, sources)
    return connection


def whole_release(release: Path) -> Path:
    """A release's folder. DamagedReleaseError if one of its tables' files is missing."""
    files = [name for name in read_sums(release) if name.endswith(".parquet")]
    if missing := [name for name in files if not (release / name).is_file()]:
        raise DamagedReleaseError(f"{release} is no whole release: {', '.join(missing)} missing")
    return release


def _names_read(connection: duckdb.DuckDBPyConnection, query: str, names: Set[str]) -> set[str] | None:
    """Those of `names` that a query reads from. None if it may read from something else, too."""
    _refuse_broken(query)
    ((parsed,),) = connection.execute("SELECT json_serialize_sql(?)", [query]).fetchall()
    nodes: list[dict[str, Any]] = []

    def note(node: dict[str, Any]) -> dict[str, Any]:
        nodes.append(node)
        return node

    try:
        json.loads(parsed, object_hook=note)
    except RecursionError:
        return None
    read, own = set[str](), set[str]()
    for node in nodes:
        match node:
            case {"error": True} | {"type": "SHOW_REF"}:  # what is no SELECT, and what shows the catalog
                return None
            case {"type": "BASE_TABLE", "schema_name": str(schema), "table_name": str(name)}:
                read.add(name.lower() if schema in ("", "main") else f"{schema}.{name}")
            case {"type": "TABLE_FUNCTION", "function": {"function_name": str(name)}}:
                read.add(name.lower())
            case {"cte_map": {"map": [*subqueries]}}:
                own |= {subquery["key"].lower() for subquery in subqueries}
    return read & names if read <= names | own else None


def split_queries(connection: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """The statements of `text`, in order. QueryError if it cannot be parsed."""
    _refuse_broken(text)
    with _explained():
        return [statement.query for statement in connection.extract_statements(text)]


def _refuse_broken(query: str) -> None:
    """QueryError for what was no UTF-8 when it was read: DuckDB would take it for something else than text."""
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"the query is not in UTF-8, from its character {error.start + 1} on") from error


def run_query(connection: duckdb.DuckDBPyConnection, query: str) -> Rows:
    """The rows of one SELECT (or WITH, FROM, DESCRIBE, SUMMARIZE, SHOW, EXPLAIN). QueryError for anything else."""
    bound = _bind(connection, query)
    with _explained():
        reader = bound.to_arrow_reader(_BATCH)
    return Rows(reader.schema, _read(reader))


def _bind(connection: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyRelation:
    """A query that can be run, in a transaction of its own that only reads."""
    _refuse_broken(query)
    with _explained():
        statements = connection.extract_statements(query)
        if len(statements) != 1:
            raise QueryError(f"one query at a time, found {len(statements)}")
        if statements[0].type not in _READING:
            raise QueryError(f"a release is for reading: {statements[0].type.name} is not allowed")
        # EXPLAIN ANALYZE and WITH can hold statements that write; a failed query spoils its transaction.
        _end_transaction(connection)
        connection.execute("BEGIN TRANSACTION READ ONLY")
        return connection.sql(query)


def _end_transaction(connection: duckdb.DuckDBPyConnection) -> None:
    with contextlib.suppress(duckdb.TransactionException):  # there may be none
        connection.execute("ROLLBACK")


def _read(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    with _explained():
        yield from reader


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, pa.ArrowException, OverflowError) as error:
        if "PermissionError: " in str(error):  # from the file system of the tables, with a traceback around it
            raise QueryError("a release is for reading: no file can be written") from error
        raise QueryError(str(error)) from error


def _to_boxes(rows: Rows, width: int) -> str:
    """The first BOXED_ROWS rows in DuckDB's own box drawing, at most `width` characters across, nulls empty."""
    table = _first(rows, BOXED_ROWS + 1)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), duckdb.connect() as connection:
        connection.from_arrow(table.slice(0, BOXED_ROWS)).show(max_width=width, max_rows=BOXED_ROWS, null_value="")
    if table.num_rows > BOXED_ROWS:
        printed.write(f"  the first {BOXED_ROWS:,} rows; the formats csv, json and parquet hold all")
    return harmless(_ONE_ROW.sub("1 row ", printed.getvalue().rstrip("\n")))


def _to_lines(rows: Rows, width: int) -> str:
    """The first BOXED_ROWS rows, each as one line a column, `name = value`; long values run on below themselves, nulls
    are empty. An empty answer is one line that says so."""
    table = _first(rows, BOXED_ROWS + 1)
    names = rows.schema.names
    indent = max(map(len, names), default=0)
    lines = []
    for row in zip(*(column.to_pylist() for column in table.slice(0, BOXED_ROWS).columns), strict=True):
        for name, value in zip(names, row, strict=True):
            told = "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            wrapped = textwrap.wrap(told, max(width - indent - 3, 20), break_on_hyphens=False) or [""]
            lines.append(f"{name:>{indent}} = {wrapped[0]}".rstrip())
            lines += [" " * (indent + 3) + line for line in wrapped[1:]]
        lines.append("")
    if table.num_rows > BOXED_ROWS:
        lines.append(f"the first {BOXED_ROWS:,} rows; the formats csv, json and parquet hold all")
    return harmless("\n".join(lines or ["no rows"]).rstrip("\n"))


def _first(rows: Rows, count: int) -> pa.Table:
    """At least `count` rows, if there are as many."""
    held: list[pa.RecordBatch] = []
    for batch in rows.batches:
        held.append(batch)
        if sum(b.num_rows for b in held) >= count:
            break
    return pa.Table.from_batches(held, rows.schema)


def _write_csv(rows: Rows, out: IO[bytes]) -> None:
    """RFC 4180. Lists are JSON. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(rows.schema.names)
    for batch in rows.batches:  # by column: two of them may share a name
        writer.writerows(zip(*([_csv_cell(v) for v in column.to_pylist()] for column in batch.columns), strict=True))
    text.flush()
    text.detach()


def _csv_cell(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def _write_json(rows: Rows, out: IO[bytes]) -> None:
    """One JSON object a line; dates as ISO 8601, numbers that JSON lacks as null. QueryError for equal column names."""
    names = rows.schema.names
    if shared := sorted({name for name in names if names.count(name) > 1}):
        raise QueryError(f"in JSON each column needs a name of its own: two are {shared[0]}; use AS")
    for batch in rows.batches:
        for row in batch.to_pylist():
            written = {n: None if isinstance(v, float) and not math.isfinite(v) else v for n, v in row.items()}
            out.write((json.dumps(written, ensure_ascii=False, default=str) + "\n").encode())


def _write_parquet(rows: Rows, out: IO[bytes]) -> None:
    with pq.ParquetWriter(out, rows.schema, compression="zstd") as writer:
        for batch in rows.batches:
            writer.write_batch(batch)


# What a terminal shows, at most so many characters across, and what goes to files.
DRAWN: Mapping[str, Callable[[Rows, int], str]] = {"table": _to_boxes, "line": _to_lines}
WRITERS: Mapping[str, Callable[[Rows, IO[bytes]], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "parquet": _write_parquet,
}
