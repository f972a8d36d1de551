"""Parquet files with an article in each row, read a few rows at a time."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.field_names import BESIDE, NAMES, WRAPPERS, names_of, plain_name
from onrecord.read.streams import refused, seekable
from onrecord.read.table_rows import Row, holds_text, no_text, seeds_of

# Of inputs and of the tables: a folder of datasets may lie among the seeds, and its articles would be read again.
_OUR_OWN = {"source_file", "source_sha256"}
ROWS = 64  # at a time; a row can hold some megabytes


def read_parquet(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The articles of a file with one in each row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Parts of column chunks are read as they are needed: a chunk may be as large as the file.
        file = pq.ParquetFile(seekable(stream), buffer_size=2**20, pre_buffer=False)
        header = file.schema_arrow.names
        if set(header) >= _OUR_OWN:
            yield refused(
                Reason.UNSUPPORTED_FORMAT, name, "a table that onrecord has written, and no articles as received"
            )
            return
        if not holds_text(header):
            yield no_text(header, name)
            return
        yield from seeds_of(_rows(file, _known(header)), name, given)
    except (pa.ArrowException, UnicodeDecodeError, MemoryError) as error:
        yield refused(Reason.UNREADABLE, name, " ".join(str(error).split())[:200])


def _known(header: list[str]) -> list[str]:
    """The columns that can say something of an article; vectors and counts stay unread."""
    known = {*WRAPPERS, *BESIDE, *(name for fact in NAMES for name in names_of(fact))}
    return [column for column in header if plain_name(column) in known]


def _rows(file: Any, columns: list[str]) -> Iterator[tuple[int, Row]]:
    number = 0
    for batch in file.iter_batches(batch_size=ROWS, columns=columns, use_threads=False):
        for at in range(batch.num_rows):
            number += 1
            yield number, {name: _value(_cell(batch.column(name)[at])) for name in batch.schema.names}


def _cell(scalar: Any) -> Any:
    """A cell as Python has it; text that is no UTF-8, which Parquet does not rule out, with marks where it is none."""
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        if not hasattr(scalar, "as_buffer"):
            raise
        return scalar.as_buffer().to_pybytes()


def _value(value: Any) -> Any:
    """A value as JSON would hold it, so that the same row is the same record in every kind of file."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | dict):
        return json.loads(json.dumps(value, default=str))
    return value if isinstance(value, str | int | float | None) else str(value)
