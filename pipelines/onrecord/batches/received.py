"""Inputs as they were received, whole, in Parquet: what extraction reads, now and when its code has changed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.batches.columns import KEY
from onrecord.batches.workers import Inputs
from onrecord.document import Given, Seed
from onrecord.storage import store

# Ends the name of a record: its line in a file of records. As a regular expression, for Python and for SQL.
RECORD = "#([0-9]+)$"
# The order of files by their names, as SQL: part-10 comes after part-9, whatever the line of a record.
FILE_ORDER = rf"""list_transform(
    regexp_extract_all(regexp_replace(source_file, '{RECORD}', ''), '[0-9]+|[^0-9]+'),
    lambda part: CASE WHEN regexp_full_match(part, '[0-9]{{1,18}}') THEN lpad(part, 18, '0') ELSE part END
)"""
_BOUNDS = ("published_earliest", "published_latest")
INPUTS = pa.schema(
    [
        KEY,
        pa.field("source_file", pa.string(), nullable=False),
        pa.field("source_sha256", pa.string(), nullable=False),
        pa.field("text", pa.large_string(), nullable=False),
        pa.field("form", pa.string(), nullable=False),
        *(pa.field(name, pa.list_(pa.string())) for name in ("repairs", "authors")),
        *(
            pa.field(name, pa.string())
            for name in ("url", "title", "outlet", "section", "dateline", "rights", "locale", "timezone")
        ),
        *(pa.field(name, pa.date32()) for name in ("published", *_BOUNDS)),
        *(pa.field(name, pa.timestamp("us", "UTC")) for name in ("published_at", "retrieved", "modified")),
    ]
)


def input_id_of(seed: Seed) -> str:
    """32 hex digits that name an input by everything that extraction reads: name, bytes, text and given facts.

    The text stands for the readers' code: bytes that are read in another way than before are another input.
    """
    facts = "\0".join(map(repr, astuple(seed)))
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def write_inputs(path: Path, inputs: Iterable[tuple[str, Seed]]) -> None:
    """Write inputs, given as (input_id, seed), to one Parquet file."""
    rows = [
        {
            KEY.name: input_id,
            "source_file": seed.source_file,
            "source_sha256": seed.source_sha256,
            "text": seed.text,
            "form": seed.form,
            "repairs": list(seed.repairs),
            "url": seed.given.url,
            "title": seed.given.title,
            "outlet": seed.given.outlet,
            "section": seed.given.section,
            "dateline": seed.given.dateline,
            "rights": seed.given.rights,
            "locale": seed.given.locale,
            "timezone": seed.given.timezone,
            "published_at": seed.given.published_at,
            "authors": list(seed.given.authors),
            "published": seed.given.published,
            "retrieved": seed.given.retrieved,
            "modified": seed.given.modified,
            **dict(zip(_BOUNDS, seed.given.published_bounds or (None, None), strict=True)),
        }
        for input_id, seed in inputs
    ]
    store.write_table(path, [pa.RecordBatch.from_pylist(rows, schema=INPUTS)], INPUTS)


def read_inputs(path: Path, start: int = 0, stop: int | None = None) -> Iterator[tuple[str, Seed]]:
    """Inputs start:stop of a file as (input_id, seed). Columns that came after it was written have no value."""
    with pq.ParquetFile(path) as file:
        table = file.read()
    later = dict.fromkeys(set(INPUTS.names) - set(table.column_names))
    for row in table[start:stop].to_pylist():
        yield row[KEY.name], _seed(row | later)


def chunked(path: Path, size: int) -> list[Inputs]:
    """The inputs of a file in chunks, each read from it when it is called."""
    count = pq.read_metadata(path).num_rows
    return [partial(read_inputs, path, start, start + size) for start in range(0, count, size)]


def _seed(row: Mapping[str, Any]) -> Seed:
    earliest, latest = (row[name] for name in _BOUNDS)
    return Seed(
        source_file=row["source_file"],
        source_sha256=row["source_sha256"],
        text=row["text"],
        form=row["form"],
        repairs=tuple(row["repairs"] or ()),
        given=Given(
            url=row["url"],
            title=row["title"],
            outlet=row["outlet"],
            section=row["section"],
            dateline=row["dateline"],
            rights=row["rights"],
            locale=row["locale"],
            timezone=row["timezone"],
            published_at=row["published_at"],
            authors=tuple(row["authors"] or ()),
            published=row["published"],
            retrieved=row["retrieved"],
            modified=row["modified"],
            published_bounds=(earliest, latest) if earliest and latest else None,
        ),
    )


def input_ids(path: Path, *, only: str | None = None) -> list[str]:
    """The ids in a file that has them, inputs or listing; of those rows alone where the column `only` is true."""
    filters = None if only is None else pc.field(only)
    return [str(i) for i in pq.read_table(path, columns=[KEY.name], filters=filters).column(0).to_pylist()]
