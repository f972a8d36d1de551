"""What the files of the seeds gave when they were last read, so that unchanged ones need not be read again.

    datasets/ingest/readings-<its digest>.parquet    a row for every input and every refusal of every file

A file is known again by its name, its stamp (`readers.stamps`), what its folders say about it, how fields are mapped,
and the code that reads it. This saves work and knows nothing that the seeds do not: lost or damaged, everything is
read once more.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from onrecord.batches.columns import KEY
from onrecord.batches.fingerprints import program
from onrecord.document import Reason, Rejected, Stage
from onrecord.read import Place
from onrecord.read.field_names import chosen_fields
from onrecord.schema.tables import ROW_GROUP
from onrecord.storage import store
from onrecord.storage.database import opened

_NAME = "readings"
READINGS = pa.schema(
    [
        pa.field("place", pa.string()),  # `place_key`; null: to be read again
        KEY.with_nullable(True),  # null: a refusal
        *(pa.field(name, pa.string()) for name in ("source_file", "source_sha256", "stage", "reason", "detail")),
    ]
)


def place_key(place: Place, now: int) -> str | None:
    """32 hex digits that name a file in its present state; None if it has to be read again next time.

    Args:
        now: nanoseconds since 1970, before the file is read.
    """
    if place.stamp is None or not place.stamp.is_settled(now):
        return None
    facts = "\0".join((program(), place.name, place.stamp.text, repr(place.given), chosen_fields()))
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def unchanged_keys(ingest: Path, stored: Collection[str]) -> set[str]:
    """The keys of files of which everything is known: each of their inputs is in `stored`, and they could be read."""
    path = _find_whole(ingest)
    if path is None:
        return set()
    with opened() as connection:
        connection.register("stored", pa.table({KEY.name: pa.array(stored, pa.string())}))
        connection.read_parquet(store.literal(path)).create_view("readings")
        found = connection.execute(
            """
            SELECT place FROM readings LEFT JOIN stored s USING (input_id) WHERE place IS NOT NULL GROUP BY place
            HAVING bool_and((input_id IS NULL OR s.input_id IS NOT NULL) AND reason IS DISTINCT FROM $unreadable)
            """,
            {"unreadable": Reason.UNREADABLE.value},  # which may have passed
        )
        return {str(key) for (key,) in found.fetchall()}


def known_rows(ingest: Path, keys: Collection[str]) -> Iterator[pa.RecordBatch]:
    """The rows of files with these keys, from the last time."""
    path = _find_whole(ingest) if keys else None
    if path is not None:
        with opened() as connection:
            connection.register("unchanged", pa.table({"place": pa.array(keys, pa.string())}))
            connection.read_parquet(store.literal(path)).create_view("readings")
            columns = ", ".join(READINGS.names)
            rows = connection.sql(f"SELECT {columns} FROM readings SEMI JOIN unchanged USING (place)")
            yield from rows.to_arrow_reader(ROW_GROUP)


def refusals(readings: Path) -> set[Rejected]:
    """What was refused, from a file of READINGS."""
    with opened() as connection:
        rows = connection.read_parquet(store.literal(readings)).filter("reason IS NOT NULL")
        found = rows.project("reason, stage, source_file, source_sha256, detail").fetchall()
    reasons = {reason.value: reason for reason in Reason}
    return {Rejected(reasons[reason], Stage(stage), *rest) for reason, stage, *rest in found}


def keep_readings(ingest: Path, readings: Path) -> None:
    """Put a file of READINGS in the place of the last one."""
    kept = ingest / f"{_NAME}-{store.sha256_of(readings)[:16]}.parquet"
    with store.replacing(kept) as temporary:
        readings.rename(temporary)
    for former in _all(ingest):
        if former != kept:
            former.unlink()


def _find_whole(ingest: Path) -> Path | None:
    return next((path for path in _all(ingest) if path.stem == f"{_NAME}-{store.sha256_of(path)[:16]}"), None)


def _all(ingest: Path) -> Iterable[Path]:
    return sorted(ingest.glob(f"{_NAME}-*.parquet"))
