"""Tables made of some rows after the others.

What an aggregate gathers, such as a list or a text, DuckDB cannot spill to the disk while it gathers. So where there is
one of each article or actor, it is gathered of some of them at a time; the table that comes of it can be spilled.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.storage.database import fitting

if TYPE_CHECKING:
    import duckdb

_OF_ARTICLE = 60_000  # bytes of memory for each article of a slice; a batch is in one


def create_in_slices(
    connection: "duckdb.DuckDBPyConnection", table: str, query: str, slices: Iterable[str], before: Sequence[str] = ()
) -> None:
    """Make the temporary table of what `query` says of each slice: a condition, which stands in it as {these}.

    `before` are statements that make what the query reads of a slice: each join of a query holds memory of its own, so
    that several small ones need less than one.
    """
    for number, these in enumerate(slices):
        for statement in before:
            connection.execute(statement.format(these=these))
        into = f"INSERT INTO {table}" if number else f"CREATE OR REPLACE TEMP TABLE {table} AS"
        connection.execute(f"{into} {query.format(these=these)}")


def by_batch(connection: "duckdb.DuckDBPyConnection", inputs: str = "kept") -> list[str]:
    """Conditions on the column `batch` of the batches' views by which each of the inputs of a table is in one slice.

    All inputs of a batch count, for all of its rows are read and may be held, however few of them are asked for.
    """
    at_once = fitting(connection, _OF_ARTICLE)
    slices = connection.execute(f"""
        SELECT string_agg('''' || batch || '''', ', ' ORDER BY batch)
        FROM (
            SELECT batch, sum(count(*)) OVER (ORDER BY batch) - 1 AS reached
            FROM batch_inputs SEMI JOIN {inputs} USING (batch) GROUP BY batch
        )
        GROUP BY reached // {at_once} ORDER BY min(batch)
    """).fetchall()
    return [f"batch IN ({batches})" for (batches,) in slices] or ["false"]
