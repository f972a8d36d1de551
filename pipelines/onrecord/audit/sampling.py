"""Samples of a release to be judged: rows of a table, and whole articles.

Rows are sorted by kind, confidence in steps of a fifth and outlet, within these by a hash of seed and id, and taken at
equal distances from a start that the seed gives: systematic sampling with implicit stratification. So every kind, step
and outlet is in the sample by its share, however many outlets there are; each row has the same chance, and shares in
the sample need no weights. The same release, number and seed give the same sample on every machine. Copies and former
versions of articles are left out (current_articles).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_STEPS = 5  # of confidence


@dataclass(frozen=True, slots=True)
class Judgeable:
    """How the rows of a table are told apart, and what is shown of them beside their words, in SQL."""

    key: str
    kind: str
    facts: Mapping[str, str]  # what it is called on the screen -> expression over t, the row


def _actor(column: str) -> str:
    return f"(SELECT name FROM actors WHERE actor_id = {column})"


def _parties(role: str) -> str:
    return (
        "(SELECT string_agg(name, '; ' ORDER BY name) FROM proposal_actors p JOIN actors USING (actor_id) "
        f"WHERE p.proposal_id = t.proposal_id AND p.role = '{role}')"
    )


ROWS: Mapping[str, Judgeable] = {
    "quotes": Judgeable(
        "quote_id",
        "kind",
        {
            "speaker": _actor("t.speaker_actor_id"),
            "as printed": "t.speaker_text",
            "cue": "t.cue",
            "said to": _actor("t.addressee_actor_id"),
            "attitude": "t.attitude",
            "said": "nullif(concat_ws(' to ', t.said_earliest, t.said_latest), '')",
        },
    ),
    "proposals": Judgeable(
        "proposal_id",
        "type",
        {
            "by": _parties("proposer"),
            "to": _parties("target"),
            "on": _parties("affected"),
            "cue": "t.cue",
            "issue": "t.issue_id",
            "stance": "t.stance",
            "modality": "t.modality",
            "date": "(SELECT text || ' = ' || value FROM dates d WHERE d.date_id = t.date_id)",
        },
    ),
    "dates": Judgeable(
        "date_id",
        "type",
        {
            "value": "t.value",
            "modifier": "t.mod",
            "means": "nullif(concat_ws(' to ', t.earliest, t.latest), '')",
            "article of": "(SELECT published_edtf FROM articles a WHERE a.article_id = t.article_id)",
        },
    ),
    "mentions": Judgeable(
        "mention_id",
        "form",
        {
            "actor": _actor("t.actor_id"),
            "is": "(SELECT concat_ws(', ', type, country, array_to_string(roles[:3], ', ')) FROM actors a "
            "WHERE a.actor_id = t.actor_id)",
            "actor_id": "t.actor_id",
        },
    ),
}


def draw_rows(connection: "duckdb.DuckDBPyConnection", table: str, n: int, seed: int) -> tuple[str, ...]:
    """Ids of `n` rows of a table, or of all if there are fewer, in an order without meaning."""
    rows = ROWS[table]
    query = f"""
        SELECT {rows.key} AS row_id, {rows.kind} AS kind, outlet, {_confidence(connection, table)} AS confidence
        FROM {table} t JOIN current_articles USING (article_id)
    """
    order = f"kind, floor(coalesce(confidence, 1) * {_STEPS}), outlet NULLS LAST"
    return _draw(connection, query, order, n, f"{seed}:{table}")


def draw_articles(connection: "duckdb.DuckDBPyConnection", n: int, seed: int) -> tuple[str, ...]:
    """Ids of `n` articles to be read as a whole, spread over outlets."""
    query = "SELECT article_id AS row_id, outlet FROM current_articles"
    return _draw(connection, query, "outlet NULLS LAST", n, f"{seed}:articles")


def _confidence(connection: "duckdb.DuckDBPyConnection", table: str) -> str:
    """A table whose rows have no confidence is sampled without it."""
    return "t.confidence" if "confidence" in connection.sql(f"FROM {table}").columns else "NULL::DOUBLE"


def _draw(connection: "duckdb.DuckDBPyConnection", query: str, order: str, n: int, seed: str) -> tuple[str, ...]:
    ((total,),) = connection.execute(f"SELECT count(*) FROM ({query})").fetchall()
    size = min(n, total)
    start = int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16) / 2**32
    places = sorted({int((at + start) * total / size) for at in range(size)}) if size else []
    chosen = f"""
        SELECT row_id FROM (
            SELECT row_id, sha256($seed || row_id) AS hash,
                   row_number() OVER (ORDER BY {order}, sha256($seed || row_id), row_id) - 1 AS place
            FROM ({query})
        ) WHERE list_contains($places, place) ORDER BY hash
    """
    found: list[Any] = connection.execute(chosen, {"seed": f"{seed}:", "places": places}).fetchall()
    return tuple(row_id for (row_id,) in found)
