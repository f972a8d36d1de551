"""Seeds to tables of one batch: the models, loaded once a process, and the loop that survives a bad article.

The unit of work is a chunk of seeds in, Arrow tables out, with no shared state, so any engine that can map a function
over chunks can run it: so far this process, or several.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa

from onrecord.annotate import annotate
from onrecord.annotate.rows import CORPUS_ONLY, ROWS, Row, rejection_row, topic_rows
from onrecord.annotate.syntax.analysis import analyse
from onrecord.batches.addresses import to_address
from onrecord.batches.columns import KEY, batch_schemas
from onrecord.batches.likeness import to_signature
from onrecord.batches.models import Models, load_models
from onrecord.batches.time_limit import SECONDS, TooSlowError, time_limit
from onrecord.document import Annotations, Document, Reason, Rejected, Seed, Stage
from onrecord.parse import parse
from onrecord.schema import Table, find_violations, load_package

Rows: TypeAlias = Mapping[str, list[Row]]  # of one article or several, by table


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


def extract_tables(inputs: Sequence[tuple[str, Seed]]) -> dict[str, pa.Table]:
    """The batch tables of some inputs, given as (input_id, seed): the tables' columns without what only the corpus
    knows, preceded by input_id. An article whose rows break the schema is refused as a whole."""
    models, tables = load_models(), load_package().tables
    made = [(input_id, seed, *_made(seed, models)) for input_id, seed in inputs]
    keyed = [{name: _keyed(input_id, found) for name, found in own.items()} for input_id, _, own, _ in made]
    together = {name: [row for own in keyed for row in own.get(name, ())] for name in ROWS}
    # Asked of all articles at once it costs a fifth; which of them breaks a constraint is only asked if one does.
    sound = _fault_of(together, tables, (_first_violation,)) is None
    asked = (_first_dangling,) if sound else (_first_violation, _first_dangling)
    rows: dict[str, list[Row]] = {name: [] for name in batch_schemas()}
    for (input_id, seed, _, refused), own in zip(made, keyed, strict=True):
        if broken := _fault_of(own, tables, asked):
            own, refused = {}, (*refused, _internal_error(seed, Stage.ANNOTATE, broken))
        for name, found_rows in own.items():
            rows[name] += found_rows
        rows["rejections"] += _keyed(input_id, map(rejection_row, refused))
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in batch_schemas().items()}


def _keyed(input_id: str, rows: Iterable[Row]) -> list[Row]:
    return [{KEY.name: input_id, **row} for row in rows]


def _made(seed: Seed, models: Models) -> tuple[Rows, tuple[Rejected, ...]]:
    """The rows of one article by table, none if they could not be made, and what was refused."""
    found, refused = extract(seed, models)
    if found is None:
        return {}, refused
    try:
        rows = {name: list(to_rows(found)) for name, to_rows in ROWS.items()}
        return rows | {"signatures": [_signature_row(found.doc)], "topics": list(topic_rows(found))}, refused
    except Exception as error:
        return {}, (*refused, _internal_error(seed, Stage.ANNOTATE, _told(error)))


def _fault_of(rows: Rows, tables: Mapping[str, Table], asked: Sequence[Callable[..., str | None]]) -> str | None:
    """What is wrong with rows by the first of what is `asked` that finds something."""
    try:
        return next(filter(None, (each(rows, tables) for each in asked)), None)
    except Exception as error:
        return _told(error)


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


def _first_violation(rows: Rows, tables: Mapping[str, Table]) -> str | None:
    for name, found in _released(rows):
        table = tables[name].without(CORPUS_ONLY.get(name, ()))
        table = replace(table, primary_key=(KEY.name, *table.primary_key))  # articles have actors in common
        columns = (f.with_nullable(True) for f in table.to_arrow())  # nulls are reported, not raised
        if broken := next(find_violations(table, pa.Table.from_pylist(found, schema=pa.schema([KEY, *columns]))), None):
            return str(broken)
    return None


def _first_dangling(rows: Rows, tables: Mapping[str, Table]) -> str | None:
    """A reference to a row that the article does not have: left in, it would stop the whole release."""
    for name, found in _released(rows):
        for key in tables[name].foreign_keys:
            if key.table in rows:
                there = {tuple(row[c] for c in key.references) for row in rows[key.table]}
                for row in found:
                    reference = tuple(row[c] for c in key.columns)
                    if None not in reference and reference not in there:
                        return f"{name}.{', '.join(key.columns)} names no row of {key.table}: {reference!r:.120}"
    return None


def _released(rows: Rows) -> Iterator[tuple[str, list[Row]]]:
    return ((name, rows[name]) for name in ROWS if name in rows)
