"""A large build, month by month: a month is written again when something in it changed, else it stays as it is.

    datasets/build/<table>/published_year=.../published_month=.../<table>.parquet
    datasets/build/months.json      what each month was made from, and the digests of its files

What a month holds follows from its articles, from what they repeat and supersede, from the current ids of their actors,
from the discovered issues of their proposals and from corrections. A digest of these is its state: with the same state,
made by the same program, a month has the same bytes, so what is kept is what would be written. The digests of the files
tell that they are as they were written. Without months.json everything is written.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from onrecord.annotate.proposals import Codebook
from onrecord.assemble.batch_views import open_batches
from onrecord.assemble.last_look import checked
from onrecord.assemble.selects import to_query
from onrecord.batches.fingerprints import program
from onrecord.schema import Table
from onrecord.schema.tables import ROW_GROUP
from onrecord.storage import store
from onrecord.storage.layout import Layout
from onrecord.storage.notes import read_notes
from onrecord.storage.parts import MONTH, UNKNOWN, YEAR, Month, part_of, runs_by_month, write_part

if TYPE_CHECKING:
    import duckdb

_NOTES = "months.json"

_MONTHS = f"""
CREATE TABLE months AS
SELECT article_id, input_id, batch, published AS day,
       coalesce(year(published), {UNKNOWN[0]}) AS {YEAR}, coalesce(month(published), {UNKNOWN[1]}) AS {MONTH}
FROM standing
"""

# All that decides on the rows of a month, each fact once; what an input holds, its id stands for.
_STATES = f"""
WITH facts AS (
    SELECT article_id, concat_ws(' ', input_id, coalesce(duplicate_of, '-'), coalesce(supersedes, '-')) AS fact
    FROM months LEFT JOIN relations USING (article_id)
    UNION ALL
    SELECT article_id, concat_ws(' ', old_id, m.actor_id)
    FROM (SELECT DISTINCT input_id, batch, actor_id AS old_id FROM unmerged_actors)
    JOIN merges m USING (old_id) JOIN months USING (input_id, batch)
    UNION ALL
    SELECT split_part(proposal_id, ':', 1), concat_ws(' ', proposal_id, issue_id, coalesce(stance, '-')) FROM grouped
    UNION ALL
    SELECT article_id, rows_digest FROM corrected_articles
    UNION ALL
    FROM across_facts
)
SELECT {YEAR}, {MONTH}, count(*) || ' ' || bit_xor(md5_number(concat_ws(' ', article_id, fact)))
FROM facts JOIN months USING (article_id) GROUP BY ALL
"""


def write_months(
    connection: "duckdb.DuckDBPyConnection", tables: Sequence[Table], layout: Layout, codebook: Codebook
) -> Mapping[str, int]:
    """Write the months that changed, remove those that are gone; returns the rows per table.

    Needs what `assemble` has found out, and reads from then on only the batches that have articles of these months.
    """
    connection.execute(_MONTHS)
    states = {(year, month): state for year, month, state in connection.execute(_STATES).fetchall()}
    notes = _read_notes(layout)
    kept = {month for month, state in states.items() if _is_kept(layout, tables, month, state, notes)}
    changed = sorted(states.keys() - kept)
    (layout.build / _NOTES).unlink(missing_ok=True)
    if changed:
        _open_months(connection, layout, changed)
        for table in tables:
            _write_table(connection, table, layout, codebook, changed)
    for table in tables:
        (layout.build / f"{table.name}.parquet").unlink(missing_ok=True)
        _remove_others(layout.build / table.name, set(states))
    _write_notes(layout, tables, states, notes, kept)
    files = {table.name: [part_of(layout.build, table.name, month) for month in states] for table in tables}
    return {name: sum(pq.read_metadata(path).num_rows for path in paths) for name, paths in files.items()}


def forget_months(layout: Layout) -> None:
    """What a build was that is not large any more."""
    (layout.build / _NOTES).unlink(missing_ok=True)


def _open_months(connection: "duckdb.DuckDBPyConnection", layout: Layout, changed: Sequence[Month]) -> None:
    months = ", ".join(map(str, changed))
    connection.execute(f"CREATE TABLE changed AS FROM months WHERE ({YEAR}, {MONTH}) IN ({months})")
    batches = [batch for (batch,) in connection.execute("SELECT DISTINCT batch FROM changed ORDER BY batch").fetchall()]
    open_batches(connection, layout, batches)
    connection.execute("CREATE OR REPLACE TABLE kept AS SELECT input_id, batch FROM changed")


def _write_table(
    connection: "duckdb.DuckDBPyConnection",
    table: Table,
    layout: Layout,
    codebook: Codebook,
    changed: Sequence[Month],
) -> None:
    """The rows of one table in all changed months, in one pass over the batches."""
    query, parameters = to_query(connection, table.name, layout, codebook)
    columns = ", ".join(f't."{c.name}"' for c in table.columns)
    order = ", ".join(f't."{c}"' for c in table.order)
    article = f"t.{table.article}" if table.of_article else str(table.article)
    rows = connection.sql(
        f"SELECT {columns}, f.{YEAR}, f.{MONTH} FROM ({query}) t JOIN changed f ON f.article_id = {article} "
        f"ORDER BY f.{YEAR}, f.{MONTH}, f.day NULLS LAST, {order}",
        params=parameters,
    )
    written = set()
    for month, batches in runs_by_month(checked(table, rows.to_arrow_reader(min(ROW_GROUP, table.group_rows)))):
        write_part(part_of(layout.build, table.name, month), batches, table)
        written.add(month)
    for month in set(changed) - written:  # which has articles, but nothing for this table
        write_part(part_of(layout.build, table.name, month), iter(()), table)


def _remove_others(folder: Path, months: set[Month]) -> None:
    there = {part_of(folder.parent, folder.name, month).parent for month in months}
    for path in [*folder.glob(f"{YEAR}=*/{MONTH}=*"), *folder.glob(f"{YEAR}=*")]:
        if path not in there and not any(place.is_relative_to(path) for place in there):
            shutil.rmtree(path, ignore_errors=True)


def _is_kept(
    layout: Layout, tables: Sequence[Table], month: Month, state: str, notes: Mapping[str, Mapping[str, Any]]
) -> bool:
    note = notes.get(_name(month), {})
    if note.get("state") != state:
        return False
    paths = {table.name: part_of(layout.build, table.name, month) for table in tables}
    return all(path.is_file() and note["files"].get(name) == store.sha256_of(path) for name, path in paths.items())


def _read_notes(layout: Layout) -> Mapping[str, Mapping[str, Any]]:
    notes: Mapping[str, Any] = read_notes(layout.build / _NOTES)
    months = notes.get("months", {}) if notes.get("program") == program() else {}
    return months if isinstance(months, dict) else {}


def _write_notes(
    layout: Layout,
    tables: Sequence[Table],
    states: Mapping[Month, str],
    notes: Mapping[str, Mapping[str, Any]],
    kept: set[Month],
) -> None:
    def note(month: Month) -> Mapping[str, Any]:
        if month in kept:
            return notes[_name(month)]
        files = {table.name: store.sha256_of(part_of(layout.build, table.name, month)) for table in tables}
        return {"state": states[month], "files": files}

    content = {"program": program(), "months": {_name(month): note(month) for month in sorted(states)}}
    store.write_text(layout.build / _NOTES, json.dumps(content, indent=0) + "\n")


def _name(month: Month) -> str:
    return f"{month[0]:04}-{month[1]:02}"
