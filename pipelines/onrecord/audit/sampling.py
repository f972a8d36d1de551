"""Samples of a release to be judged: rows of a table, and whole articles.

Rows are sorted by kind, confidence in steps of a fifth and outlet, within these by a hash of seed and id, and taken at
equal distances from a start that the seed gives: systematic sampling with implicit stratification. So every kind, step
and outlet is in the sample by its share, however many outlets there are; each row has the same chance, and shares in
the sample need no weights. The same release, number and seed give the same sample on every machine. Copies and former
versions of articles are left out (current_articles).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_STEPS = 5  # of confidence


@dataclass(frozen=True, slots=True)
class Judgeable:
    """How the rows of a table are told apart, what is shown of them beside their words, and what of it can be wrong."""

    key: str
    kind: str
    facts: Mapping[str, str]  # what it is called on the screen -> expression over t, the row
    wrong: tuple[str, ...]  # words of judged.WRONG beside `other`
    sure_of: tuple[str, ...]  # those of them that its confidence is about: it says how probably none of them holds
    confidence: str = "confidence"  # the column


def _actor(column: str) -> str:
    return f"(SELECT name FROM actors WHERE actor_id = {column})"


def _parties(role: str) -> str:
    return (
        "(SELECT string_agg(name, '; ' ORDER BY name) FROM proposal_actors p JOIN actors USING (actor_id) "
        f"WHERE p.proposal_id = t.proposal_id AND p.role = '{role}')"
    )


# Where the article introduces an actor: a release without bodies has NULL there. `introduced` is made by audit.items.
_PASSAGE = 'a.text[greatest(i.start - 79, 1) : i."end" + 120]'


ROWS: Mapping[str, Judgeable] = {
    "quotes": Judgeable(
        "quote_id",
        "kind",
        {
            "speaker": _actor("t.speaker_actor_id"),
            "as printed": "t.speaker_text",
            "introduced": f"(SELECT '… ' || {_PASSAGE} || ' …' FROM introduced i "
            "WHERE i.article_id = t.article_id AND i.actor_id = t.speaker_actor_id)",
            "cue": "t.cue",
            "said to": _actor("t.addressee_actor_id"),
            "attitude": "t.attitude",
            "polarity": "t.polarity",
            "said": "nullif(concat_ws(' to ', t.said_earliest, t.said_latest), '')",
        },
        wrong=("none", "words", "speaker", "type", "date"),
        sure_of=("none", "words", "speaker"),
    ),
    "proposals": Judgeable(
        "proposal_id",
        "type",
        {
            "by": _parties("proposer"),
            "introduced": f"(SELECT '… ' || string_agg({_PASSAGE}, ' … ' ORDER BY i.start) || ' …' FROM introduced i "
            "JOIN proposal_actors p USING (actor_id) "
            "WHERE p.proposal_id = t.proposal_id AND p.role = 'proposer' AND i.article_id = t.article_id)",
            "to": _parties("target"),
            "on": _parties("affected"),
            "cue": "t.cue",
            "issue": "t.issue_id",
            "stance": "t.stance",
            "wanted": "t.wanted",
            "modality": "t.modality",
            "date": "(SELECT text || ' = ' || value FROM dates d WHERE d.date_id = t.date_id)",
        },
        wrong=("none", "words", "type", "actor", "target", "issue", "stance", "date"),
        sure_of=("none", "words"),
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
        wrong=("none", "words", "date"),
        sure_of=("none", "words", "date"),
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
        wrong=("none", "words", "actor"),
        sure_of=("none", "actor"),
        confidence="link_confidence",
    ),
}


def draw_rows(
    connection: "duckdb.DuckDBPyConnection", table: str, n: int, seed: int, apart_from: Sequence[int] = ()
) -> tuple[str, ...]:
    """Ids of `n` rows of a table, or of all if there are fewer, in an order without meaning.

    What the seeds `apart_from` draw with the same `n` is left out, so that a second sample is of other rows.
    """
    rows = ROWS[table]
    query = f"""
        SELECT {rows.key} AS row_id, {rows.kind} AS kind, outlet, {confidence_of(connection, table)} AS confidence
        FROM {table} t JOIN current_articles USING (article_id)
    """
    order = f"kind, floor(coalesce(confidence, 1) * {_STEPS}), outlet NULLS LAST"
    return _draw(connection, query, order, n, [f"{each}:{table}" for each in (seed, *apart_from)])


def draw_articles(
    connection: "duckdb.DuckDBPyConnection", n: int, seed: int, apart_from: Sequence[int] = ()
) -> tuple[str, ...]:
    """Ids of `n` articles to be read as a whole, spread over outlets; `apart_from` as in `draw_rows`."""
    query = "SELECT article_id AS row_id, outlet FROM current_articles"
    return _draw(connection, query, "outlet NULLS LAST", n, [f"{each}:articles" for each in (seed, *apart_from)])


def confidence_of(connection: "duckdb.DuckDBPyConnection", table: str) -> str:
    """The expression for the confidence of `t`, a row of the table; null in a release from before it had any."""
    column = ROWS[table].confidence
    return f"t.{column}" if column in connection.sql(f"FROM {table}").columns else "NULL::DOUBLE"


def _draw(
    connection: "duckdb.DuckDBPyConnection", query: str, order: str, n: int, seeds: Sequence[str]
) -> tuple[str, ...]:
    """The sample of the first seed, from the rows that none of the other seeds draws."""
    drawn = [row_id for other in seeds[1:] for row_id in _draw(connection, query, order, n, [other])]
    left = f"SELECT * FROM ({query}) WHERE NOT list_contains($drawn::VARCHAR[], row_id)"
    ((total,),) = connection.execute(f"SELECT count(*) FROM ({left})", {"drawn": drawn}).fetchall()
    size = min(n, total)
    start = int(hashlib.sha256(seeds[0].encode()).hexdigest()[:8], 16) / 2**32
    places = sorted({int((at + start) * total / size) for at in range(size)}) if size else []
    chosen = f"""
        SELECT row_id FROM (
            SELECT row_id, sha256($seed || row_id) AS hash,
                   row_number() OVER (ORDER BY {order}, sha256($seed || row_id), row_id) - 1 AS place
            FROM ({left})
        ) WHERE list_contains($places, place) ORDER BY hash
    """
    values = {"seed": f"{seeds[0]}:", "places": places, "drawn": drawn}
    found: list[Any] = connection.execute(chosen, values).fetchall()
    return tuple(row_id for (row_id,) in found)
