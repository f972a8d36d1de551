"""Corrections applied to the rows of the batches, before anything is made of these that spans articles.

Actors that are said to be one go into the table `merges`. The articles that other corrections are about are taken out
of the batches' views, corrected one by one as plain values (`edits`), and put back; all other rows only pass through.
What cannot be applied is a row of rejections, by stage `correct`, and never stops a build. Nothing depends on the order
of files, of entries in them, or of batches.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from onrecord.assemble.corrections.applying import Applied, apply_to_articles
from onrecord.assemble.corrections.contradictions import contradicted, in_circles
from onrecord.assemble.corrections.merged_actors import current_ids, merge_told, select_merged
from onrecord.assemble.corrections.of_article import KEYS, OF_ARTICLE, TAG
from onrecord.audit.correction_files import RowCorrection, read_corrections, refusal
from onrecord.batches.columns import batch_schemas
from onrecord.document import Reason, Rejected
from onrecord.schema import load_package

if TYPE_CHECKING:
    import duckdb

    from onrecord.annotate.proposals import Codebook


def apply_corrections(
    connection: "duckdb.DuckDBPyConnection", folders: Sequence[Path], codebook: "Codebook", last: Path | None
) -> None:
    """Correct the views batch_<table>, which gain corrected_by, and make the tables `corrections_told`, rows of the
    table corrections, `corrections_refused`, rows of rejections, and `corrected_articles` (article_id, rows_digest),
    whose digest changes with any corrected row.

    Needs `kept`, `standing`, `relations` and what `merge_actors` makes. `last` is the last release, which knows ids of
    actors that a correction may name.
    """
    corrections, refused = read_corrections(folders)
    told = list(refused)
    applied: list[Applied] = []
    merged = False
    current: Mapping[str, str] = {}
    if corrections:
        named = {each for c in corrections for each in _actors_named(c)}
        current = current_ids(connection, named, last)
        merged = _merge([c for c in corrections if c.action == "merge"], connection, current, applied, told)
        if merged:
            current = current_ids(connection, named, last)
    for table in OF_ARTICLE:
        if merged and table in ("actors", "quote_speakers", "proposal_actors"):
            connection.execute(f"ALTER VIEW batch_{table} RENAME TO told_{table}")
            connection.execute(f"CREATE VIEW batch_{table} AS {select_merged(table, f'told_{table}')}")
    issues = frozenset(str(row["issue_id"]) for row in codebook.rows())
    others = [c for c in corrections if c.action != "merge"]
    rows = apply_to_articles(connection, others, current, issues, applied, told) if others else {}
    _put_back(connection, rows)
    _register(connection, applied, told)


def _actors_named(correction: RowCorrection) -> set[str]:
    given = [value for each in correction.set.values() for value in (each if isinstance(each, list) else [each])]
    names = [value for value in given if isinstance(value, str) and ":" in value]
    if correction.table == "actors":
        names += [correction.row, *filter(None, [correction.into])]
    return set(names)


def _merge(
    merges: Sequence[RowCorrection],
    connection: "duckdb.DuckDBPyConnection",
    current: Mapping[str, str],
    applied: list[Applied],
    told: list[Rejected],
) -> bool:
    there = []
    for correction in merges:
        gone = [each for each in (correction.row, str(correction.into)) if each not in current]
        if gone:
            told.append(refusal(Reason.CORRECTION_GONE, _place(correction), f"no article has the actor {gone[0]}"))
        else:
            there.append(correction)
    against = contradicted((replace(c, into=current[str(c.into)]), current[c.row], None) for c in there)
    pairs = [
        (c, current[c.row], current[str(c.into)])
        for c in there
        if c.correction_id not in against and current[c.row] != current[str(c.into)]
    ]
    against |= in_circles(pairs)
    for correction in there:
        if why := against.get(correction.correction_id):
            told.append(refusal(Reason.CORRECTION_CONTRADICTED, _place(correction), f"{correction.row}: {why}"))
        else:
            is_new = current[correction.row] != current[str(correction.into)]
            applied.append(Applied(correction, current[str(correction.into)], "applied" if is_new else "needless"))
    chosen = sorted({(gone, kept) for c, gone, kept in pairs if c.correction_id not in against})
    if chosen:
        merge_told(connection, chosen)
    return bool(chosen)


def _place(correction: RowCorrection) -> str:
    return f"{correction.file}#{correction.correction_id}"


def _put_back(connection: "duckdb.DuckDBPyConnection", rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Views of all rows: those of articles that were corrected from memory, the others as they are."""
    inputs = [(row["input_id"], row["batch"]) for row in rows.get("articles", ())]
    keys = pa.schema([("input_id", pa.string()), ("batch", pa.string())])
    table = pa.Table.from_pylist([dict(zip(keys.names, each, strict=True)) for each in inputs], schema=keys)
    connection.register("corrected_inputs", table)
    connection.register("corrected_articles", _digests(rows))
    for name in OF_ARTICLE:
        marked = name in KEYS
        if not marked and not inputs:
            continue
        column = ", NULL::VARCHAR[] AS corrected_by" if marked else ""
        connection.execute(f"ALTER VIEW batch_{name} RENAME TO uncorrected_{name}")
        query = f"SELECT *{column} FROM uncorrected_{name}"
        if inputs:
            fields = [field.with_nullable(True) for field in batch_schemas()[name]]
            fields += [pa.field("batch", pa.string()), *([pa.field("corrected_by", pa.list_(pa.string()))] * marked)]
            own = [{field.name: row.get(field.name) for field in fields} for row in rows[name]]
            connection.register(f"corrected_rows_{name}", pa.Table.from_pylist(own, schema=pa.schema(fields)))
            query += f" ANTI JOIN corrected_inputs USING (input_id, batch) UNION ALL BY NAME FROM corrected_rows_{name}"
        connection.execute(f"CREATE VIEW batch_{name} AS {query}")


def _digests(rows: Mapping[str, list[dict[str, Any]]]) -> pa.Table:
    """Of each article that corrections are about what its rows are now, whichever batch it came in."""
    names = {row["input_id"]: row["article_id"] for row in rows.get("articles", ())}
    found: dict[str, list[str]] = {article_id: [] for article_id in names.values()}
    for table, own in rows.items():
        for row in own:
            values = {name: value for name, value in row.items() if name not in ("batch", TAG)}
            written = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
            found[names[row["input_id"]]].append(f"{table} {written}")
    digests = [hashlib.sha256("\n".join(sorted(each)).encode()).hexdigest() for each in found.values()]
    return pa.table({"article_id": pa.array(found, pa.string()), "rows_digest": pa.array(digests, pa.string())})


def _register(connection: "duckdb.DuckDBPyConnection", applied: Sequence[Applied], told: Sequence[Rejected]) -> None:
    schema = load_package().tables["corrections"].to_arrow()
    rows = [each.to_row() for each in sorted(applied, key=lambda each: each.correction.correction_id)]
    connection.register("corrections_told", pa.Table.from_pylist(rows, schema=schema))
    names = ("source_file", "source_sha256", "stage", "reason", "detail")
    refused = [
        dict(zip(names, (r.source_file, r.source_sha256, r.stage.value, r.reason.value, r.detail), strict=True))
        for r in told
    ]
    connection.register(
        "corrections_refused", pa.Table.from_pylist(refused, schema=pa.schema([(n, pa.string()) for n in names]))
    )
