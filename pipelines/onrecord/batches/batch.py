"""Which batches wait, extracting one, and finding those that are damaged."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.batches.columns import KEY
from onrecord.batches.fingerprints import extracted_folder
from onrecord.batches.progress import logged, with_progress
from onrecord.batches.received import chunked, input_ids
from onrecord.batches.workers import CHUNK, concatenated, extract_all
from onrecord.errors import UserError
from onrecord.storage import store
from onrecord.storage.layout import Layout, batch_names
from onrecord.storage.notes import read_notes, state_of_files

INPUTS = pa.schema([KEY])  # which inputs the tables of a batch come from


class DamagedBatches(UserError):
    """Files of batches were not as they were written; they have been removed, and are made again by the next run."""

    code = "OR060"


def pending(layout: Layout) -> tuple[str, ...]:
    """Batches with listed inputs that are not yet extracted by the present code, in the order of their names."""
    received = [b for b in batch_names(layout) if layout.received(b).exists()]
    waiting = [b for b in received if not extracted_folder(layout, b).exists()]
    if not waiting or not layout.listing.exists():
        return ()
    listed = set(input_ids(layout.listing, only="is_present"))
    return tuple(b for b in waiting if not listed.isdisjoint(input_ids(layout.received(b))))


def finished(layout: Layout) -> tuple[str, ...]:
    """Batches that the present code has extracted, in the order of their names."""
    return tuple(b for b in batch_names(layout) if extracted_folder(layout, b).is_dir())


def extract_batch(batch: str, layout: Layout, *, workers: int = 1) -> dict[str, int]:
    """Extract a batch and write its tables; returns the rows per table. Nothing to do if it is finished.

    Several batches can be extracted at once; of two runs for one batch the second waits and finds it finished.
    """
    folder = extracted_folder(layout, batch)
    if not folder.exists():
        received = layout.received(batch)
        with store.locked(folder.parent):
            if not folder.exists():
                write_extracted(folder, received, batch, workers=workers)
    return {path.stem: pq.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet"))}


def write_extracted(folder: Path, received: Path, batch: str, *, workers: int = 1) -> None:
    """Make the folder of a batch's tables of its inputs in the file `received`; what every engine does, wherever."""
    chunks = chunked(received, CHUNK)
    found = logged(extract_all(chunks, workers=workers), batch)
    tables = concatenated(with_progress(found, batch, total=len(chunks)))
    with store.creating(folder) as temporary:
        inputs = pq.read_table(received, columns=INPUTS.names)
        store.write_table(temporary / "inputs.parquet", inputs.to_batches(), INPUTS)
        for name, table in tables.items():
            store.write_table(temporary / f"{name}.parquet", table.to_batches(), table.schema)
        store.write_text(temporary / store.SUMS, store.sums_of(temporary))


def verify(layout: Layout, *, thorough: bool = False) -> tuple[str, ...]:
    """Remove what killed runs left in batches, and every part of one that is not as it was written; returns these.

    They are received or extracted again. A part is read, at the speed of the disk, if its files' dates, sizes or
    numbers changed since it was last found whole; `thorough` reads all, as what is assembled must be: no date shows
    that a disk went bad, nor does DuckDB, which reads no page checksums.
    """
    path = layout.ingest / "verified.json"
    before = {} if thorough else read_notes(path)
    whole, damaged = {}, []
    for batch in batch_names(layout):
        store.remove_leftovers(layout.batches / batch)
        for part in (layout.received(batch).parent, extracted_folder(layout, batch)):
            if part.exists():
                name, state = f"{batch}/{part.name}", state_of_files(part)
                if before.get(name) == state or store.is_whole(part):
                    whole[name] = state
                else:
                    store.remove_folder(part)
                    damaged.append(name)
    if whole != before:
        store.write_text(path, json.dumps(whole, indent=0) + "\n")
    return tuple(damaged)


def extracted_ids(layout: Layout, batch: str) -> list[str]:
    return input_ids(extracted_folder(layout, batch) / "inputs.parquet")
