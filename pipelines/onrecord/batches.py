"""Batches: bounded groups of inputs, and the extracted tables of each.

    datasets/ingest/listing.parquet               what the seeds folders hold now, and what their files held before;
                                                  there is a copy beside it
    datasets/ingest/rejections.parquet            what could not be read at all
    datasets/ingest/readings-<digest>.parquet     which files need not be read again
    datasets/ingest/verified.json                 which batches need not be verified again, unless something reads them
    datasets/batches/<batch>/received/            new inputs, whole, as read; written once, never changed
    datasets/batches/<batch>/<fingerprint>/       their extracted tables; written once for each state of the code

What is done is known from the batches themselves: a batch is named by the inputs that it holds, its extracted tables by
the fingerprint of the code, data and models that made them. Tables of another fingerprint are stale; they are made anew
from what was received, for the seeds may have changed since. What vanished from the seeds leaves the next release, but
stays in its batch: to forget an article for good, delete its batch as well.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord import store
from onrecord.engine import CHUNK, KEY, concatenated, extract_all
from onrecord.errors import UserError
from onrecord.fingerprints import fingerprint
from onrecord.received import chunked, input_ids

RECEIVED = "received"
INPUTS = pa.schema([KEY])  # which inputs the tables of a batch come from
LOG = logging.getLogger(__name__)


class DamagedBatches(UserError):
    """Files of batches were not as they were written; they have been removed, and are made again by the next run."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places in a datasets folder."""

    datasets: Path

    @property
    def ingest(self) -> Path:
        return self.datasets / "ingest"

    @property
    def batches(self) -> Path:
        return self.datasets / "batches"

    @property
    def listing(self) -> Path:
        return self.ingest / "listing.parquet"

    def received(self, batch: str) -> Path:
        """The inputs of a batch."""
        return self.batches / batch / RECEIVED / "inputs.parquet"

    def extracted(self, batch: str) -> Path:
        """The folder of the tables that the present code makes of a batch."""
        return self.batches / batch / fingerprint()

    @property
    def build(self) -> Path:
        return self.datasets / "build"

    @property
    def releases(self) -> Path:
        return self.datasets / "releases"


def pending(layout: Layout) -> tuple[str, ...]:
    """Batches with listed inputs that are not yet extracted by the present code, in the order of their names."""
    waiting = [b for b in batch_names(layout) if layout.received(b).exists() and not layout.extracted(b).exists()]
    if not waiting or not layout.listing.exists():
        return ()
    listed = set(input_ids(layout.listing, only="is_present"))
    return tuple(b for b in waiting if not listed.isdisjoint(input_ids(layout.received(b))))


def finished(layout: Layout) -> tuple[str, ...]:
    """Batches that the present code has extracted, in the order of their names."""
    return tuple(b for b in batch_names(layout) if layout.extracted(b).is_dir())


def extract_batch(batch: str, layout: Layout, *, workers: int = 1) -> dict[str, int]:
    """Extract a batch and write its tables; returns the rows per table. Nothing to do if it is finished.

    Several batches can be extracted at once; of two runs for one batch the second waits and finds it finished.
    """
    folder = layout.extracted(batch)
    if not folder.exists():
        received = layout.received(batch)
        with store.locked(folder.parent):
            if not folder.exists():
                chunks = chunked(received, CHUNK)
                found = _logged(extract_all(chunks, workers=workers), batch)
                _write(folder, received, concatenated(_with_progress(found, batch, total=len(chunks))))
    return {path.stem: pq.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet"))}


def _write(folder: Path, received: Path, tables: dict[str, pa.Table]) -> None:
    with store.creating(folder) as temporary:
        inputs = pq.read_table(received, columns=INPUTS.names)
        store.write_table(temporary / "inputs.parquet", inputs.to_batches(), INPUTS)
        for name, table in tables.items():
            store.write_table(temporary / f"{name}.parquet", table.to_batches(), table.schema)
        store.write_text(temporary / store.SUMS, store.sums_of(temporary))


def _logged(chunks: Iterable[dict[str, pa.Table]], batch: str) -> Iterator[dict[str, pa.Table]]:
    for chunk in chunks:
        if LOG.isEnabledFor(logging.DEBUG):
            for row in chunk["articles"].select(["source_file", "article_id", "word_count"]).to_pylist():
                LOG.debug("article", extra={"facts": {"batch": batch, **row}})
        yield chunk


def _with_progress(chunks: Iterable[dict[str, pa.Table]], batch: str, total: int) -> Iterable[dict[str, pa.Table]]:
    """A progress bar while chunks come in, if somebody is watching."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    description = f"extracting batch {batch[-6:]}"
    return track(chunks, description, total=total, console=console, transient=True, disable=not console.is_terminal)


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
        for part in (layout.received(batch).parent, layout.extracted(batch)):
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


def read_notes(path: Path) -> dict[str, str]:
    """A file of JSON that saves work; nothing of it, if it is missing or damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def state_of_files(folder: Path) -> str:
    """16 hex digits that change whenever a file in a folder is written, replaced or moved in the usual ways."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        found = path.lstat()
        facts = (path.name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        digest.update(repr(facts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def batch_names(layout: Layout) -> list[str]:
    return sorted(p.name for p in layout.batches.glob("*") if p.is_dir() and not p.name.startswith("."))


def received_files(layout: Layout) -> list[Path]:
    return [path for b in batch_names(layout) if (path := layout.received(b)).exists()]


def extracted_ids(layout: Layout, batch: str) -> list[str]:
    return input_ids(layout.extracted(batch) / "inputs.parquet")
