"""A large build, month by month: a table's month is written again when something in it changed, else it stays.

    datasets/build/<table>/published_year=.../published_month=.../<table>.parquet
    datasets/build/months.json      what each file was made from, and its digest

What an article has in a table follows from the article, from what it repeats and supersedes, from the current ids of
its actors, from the discovered issues of its proposals, from what other articles tell, too, and from corrections; each
table from some of these (_DECIDE). A digest of them all is the file's state: with the same state, made by the same
program, a file has the same bytes, so what is kept is what would be written. The digests of the files tell that they
are as they were written. Without months.json everything is written.

A digest of each article is kept, too (`kept`). Where a month's file was made of what is kept, the rows of articles that
are as they were are taken from it, and only those of others are put together anew.
"""

import json
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow.parquet as pq

from onrecord.assemble.batch_views import open_batches
from onrecord.assemble.kept import Kept
from onrecord.assemble.last_look import checked
from onrecord.assemble.selects import in_order, to_query
from onrecord.batches.fingerprints import program
from onrecord.schema import Table
from onrecord.schema.tables import ROW_GROUP
from onrecord.storage import store
from onrecord.storage.ahead import ahead
from onrecord.storage.database import fitting
from onrecord.storage.layout import Layout
from onrecord.storage.notes import read_notes
from onrecord.storage.parts import MONTH, UNKNOWN, YEAR, Month, part_of, runs_by_month, scan, write_part

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
_OF_ARTICLE = 32_000  # bytes of memory for each article whose rows are written in one pass

# All that decides on the rows of an article, each fact once, by kind; what an input holds, its id stands for. Those of
# kinds `quote` to `link` are across_facts.
_KINDS = ("input", "relation", "actor", "issue", "quote", "utterance", "proposal", "initiative", "link")
_FACTS = f"""
CREATE OR REPLACE TEMP TABLE facts AS
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
),
by_kind AS (
    SELECT article_id, kind,
           md5_number_upper(concat_ws(' ', article_id, count(*), bit_xor(md5_number_upper(fact)))) AS digest
    FROM told GROUP BY article_id, kind
)
SELECT article_id, {YEAR}, {MONTH},
       {", ".join(f"any_value(digest) FILTER (kind = '{kind}') AS {kind}" for kind in _KINDS)}
FROM by_kind JOIN months USING (article_id) GROUP BY ALL
"""
_FACT_COLUMNS = f"article_id VARCHAR, {YEAR} BIGINT, {MONTH} BIGINT, {', '.join(f'{kind} UBIGINT' for kind in _KINDS)}"
_STATES = f"""
SELECT {YEAR}, {MONTH}, {", ".join(f"count({kind}) || ' {kind} ' || coalesce(bit_xor({kind}), 0)" for kind in _KINDS)}
FROM {{facts}} GROUP BY ALL
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


def write_months(compared: Kept, tables: Sequence[Table], layout: Layout) -> Mapping[str, int]:
    """Write what changed of each month, remove months that are gone; returns the rows per table.

    Needs what `assemble` has found out, and reads from then on only the batches that have articles which changed.
    """
    connection = compared.connection
    connection.execute(_MONTHS)
    connection.execute(_FACTS)
    compared.recall("article_facts", _FACT_COLUMNS)
    compared.keep("article_facts", "FROM facts")
    states, before = (_find_states(connection, tables, facts) for facts in ("facts", "kept_article_facts"))
    notes = _read_notes(layout)
    sound = {part for part in states if _is_as_written(layout, part, notes)}
    kept = {part for part in sound if notes[_name(part)]["state"] == states[part]}
    made_of_kept = {part for part in sound if notes[_name(part)]["state"] == before.get(part)}
    changed = {
        table.name: [month for name, month in sorted(states.keys() - kept) if name == table.name] for table in tables
    }
    (layout.build / _NOTES).unlink(missing_ok=True)
    if any(changed.values()):
        for table in tables:
            _find_new(
                connection, table, changed[table.name], {month for name, month in made_of_kept if name == table.name}
            )
        _open_batches_of_new(connection, layout, tables)
        for table in in_order(tables):
            if months := changed[table.name]:
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


def _find_states(connection: "duckdb.DuckDBPyConnection", tables: Sequence[Table], facts: str) -> dict[_Part, str]:
    """What the rows of each table in each month follow from."""
    told = {
        (year, month): dict(zip(_KINDS, states, strict=True))
        for year, month, *states in connection.execute(_STATES.format(facts=facts)).fetchall()
    }
    return {
        (table.name, month): ", ".join(kinds[kind] for kind in _DECIDE[table.name])
        for table in tables
        for month, kinds in told.items()
    }


def _find_new(
    connection: "duckdb.DuckDBPyConnection", table: Table, months: Sequence[Month], made_of_kept: Collection[Month]
) -> None:
    """Make the table changing_<table>: the articles of these months, with `is_new` unless their rows are in a file that
    was made of what is kept, and they are as they were."""
    is_same = " AND ".join(f"k.{kind} IS NOT DISTINCT FROM f.{kind}" for kind in _DECIDE[table.name])
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE changing_{table.name} AS
        SELECT m.*, NOT ({_among(made_of_kept)} AND article_id IN (
            SELECT article_id FROM facts f JOIN kept_article_facts k USING (article_id, {YEAR}, {MONTH}) WHERE {is_same}
        )) AS is_new
        FROM months m WHERE {_among(months)}
    """)


def _open_batches_of_new(connection: "duckdb.DuckDBPyConnection", layout: Layout, tables: Sequence[Table]) -> None:
    """Read from now on only the batches that have new articles of any of these tables."""
    new = " UNION ".join(f"SELECT batch FROM changing_{table.name} WHERE is_new" for table in tables)
    batches = connection.execute(f"SELECT batch FROM ({new}) ORDER BY batch").fetchall()
    open_batches(connection, layout, [batch for (batch,) in batches])


def _among(months: Collection[Month]) -> str:
    return f"({YEAR}, {MONTH}) IN ({', '.join(map(str, sorted(months)))})" if months else "false"


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
    articles = fitting(connection, _OF_ARTICLE)
    connection.execute(
        f"CREATE OR REPLACE TABLE changing AS SELECT *, (row_number() OVER ({_IN_ORDER}) - 1) // {articles} AS slice "
        f"FROM changing_{table.name}"
    )
    columns = ", ".join(f't."{c.name}"' for c in table.columns)
    order = ", ".join(f't."{c}"' for c in table.order)
    article = f"t.{table.article}" if table.of_article else str(table.article)
    ((most,),) = connection.execute("SELECT max(slice) FROM changing").fetchall()
    for number in range(most + 1):
        connection.execute(f"CREATE OR REPLACE TABLE in_slice AS FROM changing WHERE slice = {number}")
        connection.execute(
            "CREATE OR REPLACE TABLE kept AS SELECT article_id, input_id, batch FROM in_slice WHERE is_new"
        )
        months_here = connection.execute(
            f"SELECT {YEAR}, {MONTH}, bool_and(is_new) FROM in_slice GROUP BY ALL"
        ).fetchall()
        here = [(year, month) for year, month, _ in months_here]
        new = to_query(connection, table.name, partial(_parts, layout, here))
        query = f"SELECT {columns}, true AS is_new FROM ({new}) t"
        if stay := [(year, month) for year, month, is_all_new in months_here if not is_all_new]:
            stays = scan(_parts(layout, stay, table.name))
            query += f" UNION ALL BY NAME SELECT {columns}, false AS is_new FROM {stays} t"
        rows = connection.sql(
            f"SELECT {columns}, f.{YEAR}, f.{MONTH} FROM ({query}) t "
            f"JOIN in_slice f ON f.article_id = {article} AND f.is_new = t.is_new "
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


def _is_as_written(layout: Layout, part: _Part, notes: Mapping[str, Mapping[str, str]]) -> bool:
    note, path = notes.get(_name(part), {}), part_of(layout.build, *part)
    return "state" in note and path.is_file() and note.get("sha256") == store.sha256_of(path)


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
