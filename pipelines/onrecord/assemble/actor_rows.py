"""The rows of actors: what all articles tell of each, brought together.

It is first told what is to be gathered, each fact of an actor once, and then gathered for some actors at a time.
"""

from typing import TYPE_CHECKING

from onrecord.assemble.slices import create_in_slices

if TYPE_CHECKING:
    import duckdb

IDENTITY = ("name", "type", "country", "sector", "wikidata_id", "parent_actor_id", "organization_actor_id", "party")
_AGREED_COLUMNS = (*IDENTITY, "link_method")
_COLUMNS = ", ".join(_AGREED_COLUMNS)
_SLICE = 8_192  # actors at a time

# Reads batch_actors, batch_mentions, batch_articles and kept. What articles say of an actor is mostly the same.
_TOLD = {
    "actors_told": f"SELECT actor_id, gender, {_COLUMNS}, count(*) AS articles "
    "FROM batch_actors SEMI JOIN kept USING (input_id, batch) GROUP BY ALL",
    "roles_told": "SELECT DISTINCT actor_id, unnest(roles) AS role "
    "FROM batch_actors SEMI JOIN kept USING (input_id, batch)",
    "words_told": "SELECT DISTINCT actor_id, text FROM batch_mentions SEMI JOIN kept USING (input_id, batch) "
    "WHERE form <> 'pronoun'",
    "named_told": """
        SELECT actor_id, count(*) AS article_count, sum(mentions)::BIGINT AS mention_count,
               min(published) AS first_seen, max(published) AS last_seen
        FROM (
            SELECT actor_id, article_id, count(*) AS mentions
            FROM batch_mentions SEMI JOIN kept USING (input_id, batch) GROUP BY ALL
        )
        JOIN (SELECT article_id, published FROM batch_articles SEMI JOIN kept USING (input_id, batch))
            USING (article_id)
        GROUP BY actor_id""",
}

# Where articles disagree on an actor, the commonest value wins, then the longest, then the first in code point order.
_AGREED = """
{column}_agreed AS (
    SELECT actor_id, arg_min(value, (-articles, -length(value), value)) AS {column}
    FROM (
        SELECT actor_id, {column} AS value, sum(articles)::BIGINT AS articles FROM told
        WHERE value IS NOT NULL GROUP BY ALL
    )
    GROUP BY actor_id
)"""
_ROWS = f"""
WITH told AS (FROM actors_told WHERE {{these}}),
     {",".join(_AGREED.format(column=c) for c in _AGREED_COLUMNS).strip()},
     gendered AS (  -- an article that takes one person for another must not decide
        SELECT actor_id, sum(if(gender = 'female', articles, 0)) AS female,
               sum(if(gender = 'male', articles, 0)) AS male
        FROM told GROUP BY actor_id
     ),
     role_lists AS (
        SELECT actor_id, list(role ORDER BY role) AS roles FROM roles_told WHERE {{these}} GROUP BY actor_id
     ),
     words AS (
        SELECT actor_id, list(text ORDER BY text) AS aliases FROM words_told WHERE {{these}} GROUP BY actor_id
     )
SELECT actor_id, {_COLUMNS},
       link_method <> 'unnamed' AS is_named,
       type = 'state' OR coalesce(sector IN ('government', 'military', 'intelligence'), false) AS is_government,
       CASE WHEN female > 0 AND female >= 3 * male THEN 'female' WHEN male > 0 AND male >= 3 * female THEN 'male' END
           AS gender,
       coalesce(roles, []) AS roles, coalesce(aliases, []) AS aliases,
       coalesce(article_count, 0) AS article_count, coalesce(mention_count, 0) AS mention_count, first_seen, last_seen
FROM (SELECT DISTINCT actor_id FROM told)
{" ".join(f"LEFT JOIN {c}_agreed USING (actor_id)" for c in _AGREED_COLUMNS)}
LEFT JOIN gendered USING (actor_id)
LEFT JOIN role_lists USING (actor_id)
LEFT JOIN words USING (actor_id)
LEFT JOIN (FROM named_told WHERE {{these}}) USING (actor_id)
"""


def gather_actors(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the table `actor_rows`, the rows of actors in no order. Needs `kept` and the views of the batches."""
    for table, query in _TOLD.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    ((actors,),) = connection.execute("SELECT count(DISTINCT actor_id) FROM actors_told").fetchall()
    slices = actors // _SLICE + 1
    create_in_slices(
        connection, "actor_rows", _ROWS, (f"hash(actor_id) % {slices} = {number}" for number in range(slices))
    )
    for table in _TOLD:
        connection.execute(f"DROP TABLE {table}")
