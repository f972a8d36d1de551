"""A large build, month by month: a table's month is written again when something in it changed, else it stays.

    datasets/build/<table>/published_year=.../published_month=.../<table>.parquet
    datasets/build/months.json      what each file was made from, and its digest

What a month holds follows from its articles, from what they repeat and supersede, from the current ids of their actors,
from the discovered issues of their proposals, from what other articles tell, too, and from corrections; what a table
holds of it, from some of these (_DECIDE). A digest of them is the file's state: with the same state, made by the same
program, a file has the same bytes, so what is kept is what would be written. The digests of the files tell that they
are as they were written. Without months.json everything is written.
"""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow.parquet as pq

from onrecord.assemble.batch_views import open_batches
from onrecord.assemble.last_look import checked
from onrecord.assemble.selects import in_order, to_query
from onrecord.batches.fingerprints import program
from onrecord.schema import Table
from onrecord.schema.tables import ROW_GROUP
from onrecord.storage import store
from onrecord.storage.ahead import ahead
from onrecord.storage.database import memory_of
from onrecord.storage.layout import Layout
from onrecord.storage.notes import read_notes
from onrecord.storage.parts import MONTH, UNKNOWN, YEAR, Month, part_of, runs_by_month, write_part

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_NOTES = "months.json"
_Part: TypeAlias = tuple[str, Month]  # a table in a month

_MONTHS = f"""
CREATE TABLE months AS
SELECT article_id, input_id, batch, published AS day,
       coalesce(year(published), {UNKNOWN[0]}) AS {YEAR}, coalesce(month(published), {UNKNOWN[1]}) AS {MONTH}
FROM standing
"""

# Of articles, as their rows stand in every table: an id of what several tell begins with that of the first of them.
_IN_ORDER = f"ORDER BY {YEAR}, {MONTH}, day NULLS LAST, article_id"
_OF_ARTICLE = 16_000  # bytes of memory for each article whose rows are written in one pass

# All that decides on the rows of a month, each fact once, by kind; what an input holds, its id stands for. Those of
# kinds `quote` to `link` are across_facts.
_FACTS = f"""
CREATE OR REPLACE TEMP VIEW facts AS
WITH told AS (
    SELECT article_id, 'input' AS kind, input_id AS fact FROM months
    UNION ALL
    SELECT article_id, 'input', rows_digest FROM corrected_articles
    UNION ALL
    SELECT article_id, 'relation', concat_ws(' ', coalesce(duplicate_of, '-'), coalesce(supersedes, '-')) FROM relations
    UNION ALL
    SELECT article_id, 'actor', concat_ws(' ', old_id, m.actor_id)
    FROM (SELECT DISTINCT input_id, batch, actor_id AS old_id FROM unmerged_actors)
    JOIN merges m USING (old_id) JOIN months USING (input_id, batch)
    UNION ALL
    SELECT split_part(proposal_id, ':', 1), 'issue', concat_ws(' ', proposal_id, issue_id, coalesce(stance, '-'))
    FROM grouped
    UNION ALL
    SELECT article_id, kind, fact FROM across_facts
)
SELECT {YEAR}, {MONTH}, kind, count(*) AS facts, bit_xor(md5_number(concat_ws(' ', article_id, fact))) AS digest
FROM told JOIN months USING (article_id) GROUP BY ALL
"""
# The kinds of facts that decide on the rows of a table.
_DECIDE: Mapping[str, tuple[str, ...]] = {
    "articles": ("input", "relation"),
    "mentions": ("input", "actor"),
    "dates": ("input",),
    "quotes": ("input", "actor", "quote"),
    "quote_speakers": ("input", "actor"),
    "utterances": ("input", "actor", "quote", "utterance"),
    "proposals": ("input", "issue", "proposal"),
    "proposal_actors": ("input", "actor"),
    "initiatives": ("input", "actor", "issue", "proposal", "initiative"),
    "initiative_links": ("input", "link"),
}


def write_months(connection: "duckdb.DuckDBPyConnection", tables: Sequence[Table], layout: Layout) -> Mapping[str, int]:
    """Write what changed of each month, remove months that are gone; returns the rows per table.

    Needs what `assemble` has found out, and reads from then on only the batches that have articles of these months.
    """
    connection.execute(_MONTHS)
    states = _find_states(connection, tables)
    notes = _read_notes(layout)
    kept = {part for part, state in states.items() if _is_kept(layout, part, state, notes)}
    changed = sorted(states.keys() - kept)
    (layout.build / _NOTES).unlink(missing_ok=True)
    if changed:
        _open_months(connection, layout, {month for _, month in changed})
        for table in in_order(tables):
            if months := [month for name, month in changed if name == table.name]:
                _write_table(connection, table, layout, months)
    for table in tables:
        (layout.build / f"{table.name}.parquet").unlink(missing_ok=True)
        _remove_others(layout.build / table.name, {month for _, month in states})
    _write_notes(layout, states, notes, kept)
    rows = Counter[str]()
    for name, month in states:
        rows[name] += pq.read_metadata(part_of(layout.build, name, month)).num_rows
    return rows


def forget_months(layout: Layout) -> None:
    """What a build was that is not large any more."""
    (layout.build / _NOTES).unlink(missing_ok=True)


def _find_states(connection: "duckdb.DuckDBPyConnection", tables: Sequence[Table]) -> dict[_Part, str]:
    """What the rows of each table in each month follow from."""
    connection.execute(_FACTS)
    told: dict[Month, dict[str, str]] = defaultdict(dict)
    for year, month, kind, facts, digest in connection.execute("FROM facts").fetchall():
        told[year, month][kind] = f"{facts} {kind} {digest:x}"
    return {
        (table.name, month): ", ".join(kinds[kind] for kind in _DECIDE[table.name] if kind in kinds)
        for table in tables
        for month, kinds in told.items()
    }


def _open_months(connection: "duckdb.DuckDBPyConnection", layout: Layout, months: Collection[Month]) -> None:
    """Read from now on only the batches that have articles of these months."""
    batches = connection.execute(f"SELECT DISTINCT batch FROM months WHERE {_among(months)} ORDER BY batch").fetchall()
    open_batches(connection, layout, [batch for (batch,) in batches])


def _among(months: Iterable[Month]) -> str:
    return f"({YEAR}, {MONTH}) IN ({', '.join(map(str, sorted(months)))})"


def _write_table(
    connection: "duckdb.DuckDBPyConnection", table: Table, layout: Layout, months: Collection[Month]
) -> None:
    """The rows of one table in these months, in as few passes over the batches as memory allows."""
    rows = _rows(connection, table, layout, months)
    written = set()
    for month, batches in runs_by_month(ahead(checked(table, rows))):
        write_part(part_of(layout.build, table.name, month), batches, table)
        written.add(month)
    for month in set(months) - written:  # which has articles, but nothing for this table
        write_part(part_of(layout.build, table.name, month), iter(()), table)


def _rows(
    connection: "duckdb.DuckDBPyConnection", table: Table, layout: Layout, months: Collection[Month]
) -> Iterator["pa.RecordBatch"]:
    """The rows of one table in these months, in order.

    Those of some articles come after those of others, since a join that meets texts holds all of them.
    """
    articles = max(memory_of(connection) // _OF_ARTICLE, 1)
    connection.execute(
        f"CREATE OR REPLACE TABLE changing AS SELECT *, (row_number() OVER ({_IN_ORDER}) - 1) // {articles} AS slice "
        f"FROM months WHERE {_among(months)}"
    )
    columns = ", ".join(f't."{c.name}"' for c in table.columns)
    order = ", ".join(f't."{c}"' for c in table.order)
    article = f"t.{table.article}" if table.of_article else str(table.article)
    ((most,),) = connection.execute("SELECT max(slice) FROM changing").fetchall()
    for number in range(most + 1):
        connection.execute(f"CREATE OR REPLACE TABLE changed AS FROM changing WHERE slice = {number}")
        connection.execute("CREATE OR REPLACE TABLE kept AS SELECT input_id, batch FROM changed")
        these = connection.execute(f"SELECT DISTINCT {YEAR}, {MONTH} FROM changed").fetchall()
        query = to_query(connection, table.name, partial(_parts, layout, these))
        rows = connection.sql(
            f"SELECT {columns}, f.{YEAR}, f.{MONTH} FROM ({query}) t "
            f"JOIN changed f ON f.article_id = {article} "
            f"ORDER BY f.{YEAR}, f.{MONTH}, f.day NULLS LAST, {order}"
        )
        yield from rows.to_arrow_reader(min(ROW_GROUP, table.group_rows))


def _parts(layout: Layout, months: Iterable[Month], name: str) -> list[Path]:
    return [part_of(layout.build, name, month) for month in sorted(months)]


def _remove_others(folder: Path, months: set[Month]) -> None:
    there = {part_of(folder.parent, folder.name, month).parent for month in months}
    for path in [*folder.glob(f"{YEAR}=*/{MONTH}=*"), *folder.glob(f"{YEAR}=*")]:
        if path not in there and not any(place.is_relative_to(path) for place in there):
            shutil.rmtree(path, ignore_errors=True)


def _is_kept(layout: Layout, part: _Part, state: str, notes: Mapping[str, Mapping[str, str]]) -> bool:
    note, path = notes.get(_name(part), {}), part_of(layout.build, *part)
    return note.get("state") == state and path.is_file() and note.get("sha256") == store.sha256_of(path)


def _read_notes(layout: Layout) -> Mapping[str, Mapping[str, str]]:
    notes: Mapping[str, Any] = read_notes(layout.build / _NOTES)
    parts = notes.get("parts", {}) if notes.get("program") == program() else {}
    return parts if isinstance(parts, dict) else {}


def _write_notes(
    layout: Layout, states: Mapping[_Part, str], notes: Mapping[str, Mapping[str, str]], kept: Collection[_Part]
) -> None:
    def note(part: _Part) -> Mapping[str, str]:
        if part in kept:
            return notes[_name(part)]
        return {"state": states[part], "sha256": store.sha256_of(part_of(layout.build, *part))}

    content = {"program": program(), "parts": {_name(part): note(part) for part in sorted(states)}}
    store.write_text(layout.build / _NOTES, json.dumps(content, indent=0) + "\n")


def _name(part: _Part) -> str:
    table, (year, month) = part
    return f"{table} {year:04}-{month:02}"
