"""All batches to the tables of a build: versions, duplicates, actors and issues of the corpus, all rejections.

One DuckDB query per table over the batches' Parquet files, filtered to what the listing holds. The result depends on
the listing and on corrections only: not on the order of inputs, nor on how they were cut into batches, nor on what was
assembled before.
Memory is bounded (storage.database); a large build writes again only the months that changed (months).
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from onrecord.annotate.proposals import Codebook
from onrecord.assemble.across import find_across
from onrecord.assemble.actor_rows import gather_actors
from onrecord.assemble.actors import merge_actors
from onrecord.assemble.batch_views import open_batches
from onrecord.assemble.corrections import apply_corrections
from onrecord.assemble.duplicates import find_duplicates
from onrecord.assemble.issues import discover_issues
from onrecord.assemble.kept import Kept, keeping
from onrecord.assemble.last_look import BrokenTablesError, checked
from onrecord.assemble.months import forget_months, write_months
from onrecord.assemble.same_text import find_inputs
from onrecord.assemble.selects import in_order, to_corpus_query
from onrecord.assemble.tellers import find_tellers
from onrecord.assemble.versions import find_versions
from onrecord.batches.batch import finished
from onrecord.errors import UserError
from onrecord.schema import Table, load_package
from onrecord.schema.tables import ROW_GROUP
from onrecord.storage import parts
from onrecord.storage.ahead import ahead
from onrecord.storage.database import connect, telling_of_memory
from onrecord.storage.layout import Layout
from onrecord.storage.releases import settle_latest

_COMPARED = "compared"  # below datasets/build: what is kept for the next build (kept)

__all__ = ["BrokenTablesError", "MissingBatches", "assemble"]


class MissingBatches(UserError):
    """Listed inputs that no finished batch holds: extract the pending batches first."""

    code = "OR080"


def assemble(layout: Layout, codebook: Codebook, corrections: Sequence[Path] = ()) -> Mapping[str, int]:
    """Write the tables to datasets/build, as one file each or, from CUT_FROM articles on, one for each month; returns
    the rows per table. Rows of articles stand in the order of these, by the day of publication, then in reading order;
    others are sorted by primary key. `corrections` are folders of files with corrections.

    MissingBatches if a listed input was not extracted; BrokenTablesError if a row breaks a constraint of its column;
    MemoryNeededError where DuckDB lacks memory.
    """
    tables = load_package().tables
    listed = pq.read_metadata(layout.listing).num_rows
    spilled = layout.build / f".tmp-{os.getpid()}-duckdb"
    with telling_of_memory(), connect(spilled, articles=listed) as connection:
        open_batches(connection, layout, finished(layout))
        find_inputs(connection, layout.listing)
        _check_complete(connection)
        find_versions(connection)
        find_duplicates(connection)
        connection.execute("CREATE TABLE kept AS SELECT article_id, input_id, batch FROM standing")
        merge_actors(connection)
        last = settle_latest(layout.releases)
        apply_corrections(connection, corrections, codebook, last)
        discover_issues(connection)
        with keeping(connection, layout.build / _COMPARED) as compared:
            find_tellers(compared)
            find_across(compared)
            gather_actors(compared)
            counts = _write_tables(compared, layout, codebook, last)
    return {name: counts[name] for name in tables}


def _write_tables(compared: Kept, layout: Layout, codebook: Codebook, last: Path | None) -> Mapping[str, int]:
    connection = compared.connection
    tables = load_package().tables.values()
    ((articles,),) = connection.execute("SELECT count(*) FROM kept").fetchall()
    cut = [table for table in tables if table.article] if articles >= parts.CUT_FROM else []
    counts: dict[str, int] = {}
    for table in in_order(tables):
        if table not in cut:
            query, parameters = to_corpus_query(connection, table.name, layout, codebook, last)
            counts[table.name] = _write_whole(connection, table, layout, query, parameters)
    if cut:
        counts |= write_months(compared, cut, layout)
    else:
        forget_months(layout)
    return counts


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


def _write_whole(
    connection: duckdb.DuckDBPyConnection, table: Table, layout: Layout, query: str, parameters: Mapping[str, str]
) -> int:
    columns = ", ".join(f'"{c.name}"' for c in table.columns)
    order = ", ".join(f't."{c}"' for c in table.order)
    if table.of_article:
        query = f"SELECT t.*, f.published AS day FROM ({query}) t JOIN found f USING (article_id)"
        order = f"t.day NULLS LAST, {order}"
    rows = connection.sql(f"SELECT {columns} FROM ({query}) t ORDER BY {order}", params=parameters)
    path = layout.build / f"{table.name}.parquet"
    found = checked(table, rows.to_arrow_reader(min(ROW_GROUP, table.group_rows)))
    written = parts.write_part(path, ahead(found), table)
    shutil.rmtree(layout.build / table.name, ignore_errors=True)  # its months, if it was larger
    return written
