"""All batches to the tables of a build: versions, duplicates, actors and issues of the corpus, all rejections.

One DuckDB query per table over the batches' Parquet files, filtered to what the listing holds. The result depends on
the listing only: not on the order of inputs, nor on how they were cut into batches.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.annotate.proposals import Codebook
from onrecord.assemble.actors import merge_actors
from onrecord.assemble.corrections import apply_corrections
from onrecord.assemble.duplicates import find_duplicates
from onrecord.assemble.issues import PROPOSALS, discover_issues, issues_query
from onrecord.assemble.redirects import redirects_query
from onrecord.assemble.same_text import find_inputs
from onrecord.assemble.versions import find_versions
from onrecord.batches.batch import INPUTS, finished
from onrecord.batches.columns import batch_schemas
from onrecord.batches.fingerprints import extracted_folder
from onrecord.errors import UserError
from onrecord.schema import Table, find_violations, load_package
from onrecord.schema.tables import ROW_GROUP
from onrecord.storage import store
from onrecord.storage.layout import Layout
from onrecord.storage.releases import settle_latest

_ARTICLES = """
SELECT a.* REPLACE (r.duplicate_of AS duplicate_of, r.supersedes AS supersedes)
FROM batch_articles a SEMI JOIN kept USING (input_id, batch) LEFT JOIN relations r USING (article_id)
"""

_CHILDREN = "SELECT * FROM batch_{table} SEMI JOIN kept USING (input_id, batch)"

# Where articles disagree on an actor, the commonest value wins, then the longest, then the first in code point order.
_AGREED = """
{column}_agreed AS (
    SELECT actor_id, first(value ORDER BY articles DESC, length(value) DESC, value) AS {column}
    FROM (SELECT actor_id, {column} AS value, count(*) AS articles FROM local WHERE value IS NOT NULL GROUP BY ALL)
    GROUP BY actor_id
)"""
_AGREED_COLUMNS = ("name", "type", "country", "sector", "wikidata_id", "parent_actor_id", "party", "link_method")

_ACTORS = """
WITH local AS (SELECT * FROM batch_actors SEMI JOIN kept USING (input_id, batch)),
     {agreed},
     gendered AS (  -- an article that takes one person for another must not decide
        SELECT actor_id, count(*) FILTER (gender = 'female') AS female, count(*) FILTER (gender = 'male') AS male
        FROM local GROUP BY actor_id
     ),
     role_lists AS (
        SELECT actor_id, list_sort(list_distinct(list(role))) AS roles
        FROM (SELECT actor_id, unnest(roles) AS role FROM local) GROUP BY actor_id
     ),
     named AS (
        SELECT m.actor_id,
               coalesce(list_sort(list(DISTINCT m.text) FILTER (m.form <> 'pronoun')), []) AS aliases,
               count(DISTINCT m.article_id) AS article_count,
               count(*) AS mention_count,
               min(a.published) AS first_seen,
               max(a.published) AS last_seen
        FROM (SELECT * FROM batch_mentions SEMI JOIN kept USING (input_id, batch)) m
        JOIN (SELECT article_id, published FROM batch_articles SEMI JOIN kept USING (input_id, batch)) a
            USING (article_id)
        GROUP BY m.actor_id
     )
SELECT actor_id, {columns},
       link_method <> 'unnamed' AS is_named,
       type = 'state' OR coalesce(sector IN ('government', 'military', 'intelligence'), false) AS is_government,
       CASE WHEN female > 0 AND female >= 3 * male THEN 'female' WHEN male > 0 AND male >= 3 * female THEN 'male' END
           AS gender,
       coalesce(roles, []) AS roles, coalesce(aliases, []) AS aliases,
       coalesce(article_count, 0) AS article_count, coalesce(mention_count, 0) AS mention_count, first_seen, last_seen
FROM (SELECT DISTINCT actor_id FROM local)
{joins}
LEFT JOIN gendered USING (actor_id)
LEFT JOIN role_lists USING (actor_id)
LEFT JOIN named USING (actor_id)
"""

_REJECTIONS = """
SELECT source_file, min(source_sha256) AS source_sha256, stage, reason, detail FROM (
    SELECT source_file, source_sha256, stage, reason, detail FROM read_parquet($rejections)
    UNION ALL
    SELECT source_file, source_sha256, stage, reason, detail FROM batch_rejections
    SEMI JOIN (FROM listing WHERE is_current) USING (input_id)
    UNION ALL
    SELECT source_file, source_sha256, stage, reason, detail FROM repeated
    UNION ALL
    SELECT source_file, source_sha256, stage, reason, detail FROM corrections_refused
)
GROUP BY ALL
"""


class MissingBatches(UserError):
    """Listed inputs that no finished batch holds: extract the pending batches first."""

    code = "OR080"


class BrokenTablesError(UserError):
    """Inputs that got lost, or rows that break their schema: our own mistake, told before it is written."""

    code = "OR081"


def assemble(layout: Layout, codebook: Codebook, corrections: Sequence[Path] = ()) -> Mapping[str, int]:
    """Write datasets/build/<table>.parquet for every table; returns the rows per table. Rows of articles stand in the
    order of these, by the day of publication, then in reading order; others are sorted by primary key.
    `corrections` are folders of files with corrections.

    MissingBatches if a listed input was not extracted; BrokenTablesError if a row breaks a constraint of its column.
    """
    package = load_package()
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        # A sort that outgrows the memory spills here; DuckDB's default is the folder that the user stands in.
        connection.execute("SET temp_directory = ?", [str(layout.build / f".tmp-{os.getpid()}-duckdb")])
        _open_batches(connection, layout)
        find_inputs(connection, layout.listing)
        _check_complete(connection)
        find_versions(connection)
        find_duplicates(connection)
        connection.execute("CREATE TABLE kept AS SELECT input_id, batch FROM standing")
        merge_actors(connection)
        apply_corrections(connection, corrections, codebook, settle_latest(layout.releases))
        discover_issues(connection)
        return {
            name: store.write_table(
                layout.build / f"{name}.parquet",
                _checked(table, _rows(connection, name, table, layout, codebook)),
                table.to_arrow(),
                group_rows=table.group_rows,
                looked_up=table.looked_up,
                plain=table.plain,
            )
            for name, table in package.tables.items()
        }


def _open_batches(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Views batch_<table> over the finished batches, with the batch's name as a column."""
    batches = finished(layout)
    for name, schema in {"inputs": INPUTS, **batch_schemas()}.items():
        if batches:
            files = [store.literal(extracted_folder(layout, batch) / f"{name}.parquet") for batch in batches]
            source = connection.read_parquet(files, filename=True)
            source.project("* EXCLUDE (filename), parse_path(filename)[-3] AS batch").create_view(f"batch_{name}")
        else:
            connection.register(f"batch_{name}", schema.append(pa.field("batch", pa.string())).empty_table())


def _check_complete(connection: duckdb.DuckDBPyConnection) -> None:
    missing = connection.execute("SELECT source_file FROM listing ANTI JOIN batch_inputs USING (input_id)").fetchall()
    if missing:
        raise MissingBatches(f"{len(missing)} listed inputs are not extracted yet, such as {missing[0][0]}")
    lost = connection.execute(
        "SELECT source_file FROM listing ANTI JOIN batch_articles USING (input_id) "
        "ANTI JOIN batch_rejections USING (input_id)"
    ).fetchall()
    if lost:
        raise BrokenTablesError(f"{len(lost)} inputs are neither articles nor rejections, such as {lost[0][0]}")


def _rows(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    table: Table,
    layout: Layout,
    codebook: Codebook,
) -> Iterator[pa.RecordBatch]:
    parameters: dict[str, str] = {}
    if name == "issues":
        query, parameters = issues_query(connection, codebook)
    elif name == "proposals":
        query = PROPOSALS
    elif name == "articles":
        query = _ARTICLES
    elif name == "actors":
        query = _actors_query()
    elif name == "actor_redirects":
        query = redirects_query(connection, settle_latest(layout.releases))
    elif name == "corrections":
        query = "FROM corrections_told"
    elif name == "rejections":
        query, parameters = _REJECTIONS, {"rejections": store.literal(layout.ingest / "rejections.parquet")}
    else:
        query = _CHILDREN.format(table=name)
    columns = ", ".join(f'"{c.name}"' for c in table.columns)
    order = ", ".join(f't."{c}"' for c in table.order)
    if table.of_article:
        query = f"SELECT t.*, f.published AS day FROM ({query}) t JOIN found f USING (article_id)"
        order = f"t.day NULLS LAST, {order}"
    rows = connection.sql(f"SELECT {columns} FROM ({query}) t ORDER BY {order}", params=parameters)
    yield from rows.to_arrow_reader(ROW_GROUP)


def _actors_query() -> str:
    return _ACTORS.format(
        agreed=",".join(_AGREED.format(column=c) for c in _AGREED_COLUMNS).strip(),
        columns=", ".join(_AGREED_COLUMNS),
        joins="\n".join(f"LEFT JOIN {c}_agreed USING (actor_id)" for c in _AGREED_COLUMNS),
    )


def _checked(table: Table, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        if broken := next(find_violations(table, pa.Table.from_batches([batch])), None):
            raise BrokenTablesError(f"assembled rows break their schema: {broken}")
        yield batch
