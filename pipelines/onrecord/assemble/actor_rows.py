"""The rows of actors: what all articles tell of each, brought together.

It is first told what is to be gathered, each fact of an actor once, and then gathered for some actors at a time. The
rows of actors of whom no article tells anything else than in the build before are kept.
"""

from typing import TYPE_CHECKING

from onrecord.assemble.slices import create_in_slices
from onrecord.assemble.tellers import keep_told
from onrecord.storage.database import fitting

if TYPE_CHECKING:
    from onrecord.assemble.kept import Kept

IDENTITY = ("name", "type", "country", "sector", "wikidata_id", "parent_actor_id", "organization_actor_id", "party")
_AGREED_COLUMNS = (*IDENTITY, "link_method")
_COLUMNS = ", ".join(_AGREED_COLUMNS)
_OF_ACTOR = 30_000  # bytes of memory for each actor whose mentions are gathered at a time

# Whom each article names, as hashes of their ids, and whom articles name that are new, have changed or are gone.
_NAMED_COLUMNS = "article_id VARCHAR, actors UBIGINT[]"
_NAMED = """
SELECT article_id, list(DISTINCT hash(actor_id)) AS actors
FROM (FROM batch_actors SEMI JOIN told_anew USING (input_id, batch) WHERE {these})
JOIN (SELECT article_id, input_id, batch FROM tellers) USING (input_id, batch)
GROUP BY article_id
"""
_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed_actors AS
SELECT DISTINCT unnest(actors) AS actor
FROM (
    SELECT article_id, actors FROM kept_named_actors UNION ALL SELECT article_id, actors FROM named_actors
)
ANTI JOIN told_before USING (article_id)
"""
_OF_CHANGED = "SEMI JOIN changed_actors c ON c.actor = hash(t.actor_id)"

# Reads batch_actors, batch_mentions, batch_articles and kept. What articles say of an actor is mostly the same. By
# slices, so that the rows of one lie together.
_TOLD = {
    "actors_told": f"SELECT actor_id, gender, {_COLUMNS}, count(*) AS articles "
    "FROM batch_actors t SEMI JOIN kept USING (input_id, batch) {of_changed} GROUP BY ALL",
    "roles_told": "SELECT DISTINCT actor_id, unnest(roles) AS role "
    "FROM batch_actors t SEMI JOIN kept USING (input_id, batch) {of_changed}",
    "words_told": "SELECT DISTINCT actor_id, text FROM batch_mentions t SEMI JOIN kept USING (input_id, batch) "
    "{of_changed} WHERE form <> 'pronoun'",
    "named_told": """
        SELECT actor_id, count(*) AS article_count, sum(mentions)::BIGINT AS mention_count,
               min(published) AS first_seen, max(published) AS last_seen
        FROM (
            SELECT actor_id, article_id, count(*) AS mentions
            FROM batch_mentions t SEMI JOIN kept USING (input_id, batch) {of_changed} GROUP BY ALL
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


_ROW_COLUMNS = """
actor_id VARCHAR, name VARCHAR, type VARCHAR, country VARCHAR, sector VARCHAR, wikidata_id VARCHAR,
parent_actor_id VARCHAR, organization_actor_id VARCHAR, party VARCHAR, link_method VARCHAR, is_named BOOLEAN,
is_government BOOLEAN, gender VARCHAR, roles VARCHAR[], aliases VARCHAR[], article_count BIGINT, mention_count BIGINT,
first_seen DATE, last_seen DATE
"""
_ALL_ROWS = """
FROM kept_actor_rows r ANTI JOIN changed_actors c ON c.actor = hash(r.actor_id)
UNION ALL BY NAME
FROM gathered
"""


def gather_actors(kept: "Kept") -> None:
    """Make the view `actor_rows`, the rows of actors in no order.

    Needs `kept`, `tellers`, `told_before`, `told_anew`, and the views of the batches.
    """
    connection = kept.connection
    keep_told(kept, "named_actors", _NAMED_COLUMNS, _NAMED)
    connection.execute(_CHANGED)
    of_changed = "" if kept.before is None else _OF_CHANGED
    there = f"FROM batch_actors t SEMI JOIN kept USING (input_id, batch) {of_changed}"
    ((actors,),) = connection.execute(f"SELECT approx_count_distinct(actor_id) {there}").fetchall()
    slices = actors // fitting(connection, _OF_ACTOR) + 1
    for table, query in _TOLD.items():
        rows = query.format(of_changed=of_changed)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS "
            f"SELECT *, hash(actor_id) % {slices} AS slice FROM ({rows}) ORDER BY slice"
        )
    create_in_slices(connection, "gathered", _ROWS, (f"slice = {number}" for number in range(slices)))
    kept.recall("actor_rows", _ROW_COLUMNS)
    kept.keep("actor_rows", _ALL_ROWS)
    for table in (*_TOLD, "changed_actors", "gathered"):
        connection.execute(f"DROP TABLE {table}")
