"""Actors that corrections say are one: into the table `merges`, by which every view of the batches goes."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from onrecord.assemble.actor_rows import IDENTITY
from onrecord.storage.parts import files_of, scan

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_REASON = "corrected"


def current_ids(connection: "duckdb.DuckDBPyConnection", ids: Iterable[str], last: "Path | None") -> Mapping[str, str]:
    """Of the given actor ids those that articles hold, and what the others are called now: by merging, else by the
    redirects of the last release, from when a correction may be. Ids that nobody bears are left out."""
    wanted = sorted(set(ids))
    query = "CREATE OR REPLACE TEMP TABLE asked AS SELECT unnest($ids::VARCHAR[]) AS actor_id"
    connection.execute(query, {"ids": wanted})
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE borne AS
        SELECT DISTINCT actor_id FROM batch_actors SEMI JOIN kept USING (input_id, batch)
    """)
    redirects = "SELECT NULL AS old_id, NULL AS actor_id WHERE false"
    if last is not None and (files := files_of(last, "actor_redirects")):
        redirects = f"SELECT old_id, actor_id FROM {scan(files)}"
    found = connection.execute(f"""
        WITH moved AS (
            SELECT a.actor_id AS old_id, coalesce(m.actor_id, l.actor_id) AS actor_id
            FROM asked a LEFT JOIN merges m ON m.old_id = a.actor_id
            LEFT JOIN ({redirects}) l ON l.old_id = a.actor_id
        )
        SELECT a.actor_id, b.actor_id FROM asked a JOIN borne b USING (actor_id)
        UNION ALL
        SELECT old_id, actor_id FROM moved SEMI JOIN borne USING (actor_id)
        WHERE old_id NOT IN (SELECT actor_id FROM borne)
    """).fetchall()
    return dict(found)


def merge_told(connection: "duckdb.DuckDBPyConnection", pairs: Iterable[tuple[str, str]]) -> None:
    """Let each first actor be the second one. Identity stays that of the second one: the table `told_identity` has it,
    for the view of actors that `corrected_actors` gives. Pairs run in no circle."""
    into = dict(pairs)
    ends = {gone: _end(into, gone) for gone in sorted(into)}
    targets = sorted(set(ends.values()))
    agreed = ", ".join(
        f"first({c} ORDER BY {c}_rows DESC, length({c}) DESC, {c}) FILTER ({c} IS NOT NULL) AS {c}" for c in IDENTITY
    )
    counted = ", ".join(f"count({c}) OVER (PARTITION BY actor_id, {c}) AS {c}_rows" for c in IDENTITY)
    connection.execute(
        f"""
        CREATE TEMP TABLE told_identity AS
        SELECT actor_id, {agreed}, CASE WHEN bool_or(link_method = 'kb') THEN 'kb'
            WHEN bool_and(link_method = 'unnamed') THEN 'unnamed' ELSE '{_REASON}' END AS link_method
        FROM (SELECT *, {counted} FROM batch_actors SEMI JOIN kept USING (input_id, batch)
              WHERE list_contains($targets, actor_id))
        GROUP BY actor_id
        """,
        {"targets": targets},
    )
    # Whoever is a part of the one that goes is a part of the other; no body becomes a part of itself.
    connection.execute(
        """
        CREATE TEMP TABLE told_parts AS
        WITH RECURSIVE above(actor_id, over) AS (
            SELECT actor_id, parent_actor_id FROM told_identity WHERE parent_actor_id IS NOT NULL
            UNION
            SELECT a.actor_id, b.parent_actor_id FROM above a JOIN batch_actors b ON b.actor_id = a.over
            WHERE b.parent_actor_id IS NOT NULL
        ) SELECT * FROM above
        """
    )
    for gone, kept in ends.items():
        connection.execute(
            "UPDATE told_identity SET parent_actor_id = NULL WHERE actor_id = $kept AND EXISTS "
            "(FROM told_parts p WHERE p.actor_id = $kept AND p.over = $gone)",
            {"gone": gone, "kept": kept},
        )
    for gone, kept in ends.items():
        connection.execute("UPDATE merges SET actor_id = $kept WHERE actor_id = $gone", {"gone": gone, "kept": kept})
        connection.execute("INSERT INTO merges VALUES (?, ?, ?)", [gone, kept, _REASON])


def _end(into: Mapping[str, str], actor_id: str) -> str:
    while actor_id in into:
        actor_id = into[actor_id]
    return actor_id


def select_merged(table: str, source: str) -> str:
    """The query for the rows of a table over `source`, once actors were merged: their identity, and each row once."""
    if table == "actors":
        names = (*IDENTITY, "link_method")
        replaced = [f"CASE WHEN k.actor_id IS NULL THEN t.{c} ELSE k.{c} END AS {c}" for c in names]
        replaced = [r.replace("t.parent_actor_id ELSE", "nullif(t.parent_actor_id, t.actor_id) ELSE") for r in replaced]
        return f"SELECT t.* REPLACE ({', '.join(replaced)}) FROM {source} t LEFT JOIN told_identity k USING (actor_id)"
    orders = {
        "quote_speakers": ("quote_id, actor_id", "place"),
        "proposal_actors": ("proposal_id, actor_id, role", "text"),
    }
    key, order = orders[table]
    of_merged = "actor_id IN (SELECT actor_id FROM told_identity)"
    return (
        f"SELECT * FROM {source} WHERE NOT {of_merged} UNION ALL SELECT * FROM {source} WHERE {of_merged} "
        f"QUALIFY row_number() OVER (PARTITION BY {key}, input_id, batch ORDER BY {order}) = 1"
    )
