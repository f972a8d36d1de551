"""Ingest: which inputs the seeds hold, and bounded batches of those that are new.

Files that have not changed since they were last read are not read again, so with nothing new the cost is that of
listing the folders. Of a file of records that has grown all lines are read, and the new ones extracted.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from onrecord.annotate.rows import rejection_row
from onrecord.batches.batch import extracted_ids, finished, pending, verify
from onrecord.batches.columns import KEY
from onrecord.batches.listing import find_whole, update_listing
from onrecord.batches.readings import READINGS, keep_readings, known_rows, place_key, refusals, unchanged_keys
from onrecord.batches.received import input_id_of, input_ids, write_inputs
from onrecord.document import Rejected, Seed
from onrecord.read import distinct_roots, read_place, walk_seeds
from onrecord.schema import load_package
from onrecord.schema.tables import ROW_GROUP
from onrecord.storage import store
from onrecord.storage.database import opened
from onrecord.storage.layout import Layout, received_files

BATCH_SEEDS = 256  # articles a batch: about a minute of work, so a killed run loses little
_BATCH_CHARACTERS = 8_000_000  # or fewer, if they are long


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What an ingest found. `pending` names the batches that wait to be extracted."""

    inputs: int
    new: int  # inputs that no batch held
    refused: int
    files_read: int
    files_unchanged: int  # and so not read
    arrived: int  # names that were not there before: files, and records in files
    changed: int  # names that hold something else than before
    vanished: int
    pending: tuple[str, ...]


class _NewBatches:
    """New inputs, set aside whenever there are enough for a batch."""

    def __init__(self, layout: Layout, known: set[str]) -> None:
        self.layout, self.known, self.count = layout, known, 0
        self._waiting: list[tuple[str, Seed]] = []
        self._characters = 0

    def offer(self, input_id: str, seed: Seed) -> None:
        if input_id in self.known:
            return
        self.known.add(input_id)
        self.count += 1
        self._waiting.append((input_id, seed))
        self._characters += len(seed.text)
        if len(self._waiting) >= BATCH_SEEDS or self._characters >= _BATCH_CHARACTERS:
            self.close()

    def close(self) -> None:
        """Write a batch, named by its inputs. One of that name whose inputs were damaged gets them back."""
        if not self._waiting:
            return
        batch = hashlib.sha256("\0".join(sorted(i for i, _ in self._waiting)).encode()).hexdigest()[:12]
        path = self.layout.received(batch)
        with store.creating(path.parent) as temporary:
            write_inputs(temporary / path.name, self._waiting)
            store.write_text(temporary / store.SUMS, store.sums_of(temporary))
        self._waiting.clear()
        self._characters = 0


def ingest(roots: Iterable[Path | str], layout: Layout, *, reread: bool = False) -> Ingested:
    """Read every seed below `roots` that has changed, set the new ones aside in bounded batches, and bring the listing
    up to date.

    An input is new if no batch holds the same name, bytes, text and given facts. `reread` reads unchanged files, too.
    SameNameError, and nothing is read, for two roots of one name.
    Memory holds one batch and 32 hex digits per known file and input. A run that is killed leaves the last listing as
    it was.
    """
    now, roots = time.time_ns(), distinct_roots(roots)
    verify(layout)
    known = {i for path in received_files(layout) for i in input_ids(path)}
    unchanged = set() if reread else unchanged_keys(layout.ingest, known)
    # A batch whose inputs were damaged, but not its tables, still has its articles.
    extracted = {i for b in finished(layout) if not layout.received(b).exists() for i in extracted_ids(layout, b)}
    new = _NewBatches(layout, known)
    refused: set[Rejected] = set()
    met: set[str] = set()  # keys of unchanged files that are there
    files_read = 0

    def rows() -> Iterator[dict[str, str | None]]:
        nonlocal files_read
        for root in roots:
            for place in walk_seeds(root):
                if isinstance(place, Rejected):
                    refused.add(place)
                elif (key := place_key(place, now)) in unchanged:
                    met.add(str(key))
                else:
                    files_read += 1
                    for item in read_place(place):
                        if isinstance(item, Seed):
                            input_id = input_id_of(item)
                            yield {"place": key, KEY.name: input_id, **_named(item)}
                            new.offer(input_id, item)
                        else:
                            told = {"stage": item.stage, "reason": item.reason, "detail": item.detail}
                            yield {"place": key, **_named(item), **told}
        new.close()

    layout.ingest.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=layout.ingest, prefix=f".tmp-{os.getpid()}-") as folder:
        readings = Path(folder) / "readings.parquet"
        store.write_table(readings, _with_known(_batched(rows()), layout, met), READINGS)
        refused |= refusals(readings)
        counts = _compared(layout.listing, readings)
        refused.update(update_listing(layout.listing, readings, known | extracted))
        keep_readings(layout.ingest, readings)
    schema = load_package().tables["rejections"].to_arrow()
    told = sorted((rejection_row(r) for r in refused), key=lambda row: tuple(str(v) for v in row.values()))
    store.write_table(layout.ingest / "rejections.parquet", [pa.RecordBatch.from_pylist(told, schema=schema)], schema)
    return Ingested(
        new=new.count,
        refused=len(refused),
        files_read=files_read,
        files_unchanged=len(met),
        pending=pending(layout),
        **counts,
    )


def _named(item: Seed | Rejected) -> dict[str, str | None]:
    return {"source_file": item.source_file, "source_sha256": item.source_sha256}


def _batched(rows: Iterable[dict[str, str | None]]) -> Iterator[pa.RecordBatch]:
    held: list[dict[str, str | None]] = []
    for row in rows:
        held.append(row)
        if len(held) >= ROW_GROUP:
            yield pa.RecordBatch.from_pylist(held, schema=READINGS)
            held = []
    yield pa.RecordBatch.from_pylist(held, schema=READINGS)


def _with_known(batches: Iterator[pa.RecordBatch], layout: Layout, met: set[str]) -> Iterator[pa.RecordBatch]:
    """What was read, then what is known of unchanged files: which these are is known when all others were read."""
    yield from batches
    yield from known_rows(layout.ingest, met)


def _compared(listing: Path, readings: Path) -> dict[str, int]:
    """Counts of inputs, and of names that are new, changed or gone against the last listing."""
    former = find_whole(listing)
    with opened() as connection:
        connection.read_parquet(store.literal(readings)).filter("input_id IS NOT NULL").create_view("now")
        if former:
            connection.read_parquet(store.literal(former)).filter("is_current AND is_present").create_view("before")
        else:
            connection.sql("FROM now WHERE false").create_view("before")
        row = connection.execute("""
            WITH held_now AS (
                SELECT source_file, list_sort(list(DISTINCT source_sha256)) AS held FROM now GROUP BY ALL
            ),
            held_before AS (
                SELECT source_file, list_sort(list(DISTINCT source_sha256)) AS held FROM before GROUP BY ALL
            ),
            names AS (
                SELECT n.held AS held, b.held AS held_before
                FROM held_now n FULL JOIN held_before b USING (source_file)
            )
            SELECT (SELECT count(*) FROM now), count(*) FILTER (held_before IS NULL),
                   count(*) FILTER (held <> held_before), count(*) FILTER (held IS NULL)
            FROM names
        """).fetchone()
    assert row is not None
    return dict(zip(("inputs", "arrived", "changed", "vanished"), row, strict=True))
