"""What each table of a build is made of, in SQL over the views of the batches."""

from typing import TYPE_CHECKING

from onrecord.annotate.proposals import Codebook
from onrecord.assemble.across.moved_ids import across_redirects_query
from onrecord.assemble.across.row_queries import INITIATIVES, LINKS, PROPOSALS, QUOTES, UTTERANCES
from onrecord.assemble.issues import issues_query
from onrecord.assemble.redirects import redirects_query
from onrecord.storage import store
from onrecord.storage.layout import Layout
from onrecord.storage.releases import settle_latest

if TYPE_CHECKING:
    import duckdb

_ARTICLES = """
SELECT a.* REPLACE (r.duplicate_of AS duplicate_of, r.supersedes AS supersedes)
FROM batch_articles a SEMI JOIN kept USING (input_id, batch) LEFT JOIN relations r USING (article_id)
"""

_CHILDREN = "SELECT * FROM batch_{table} SEMI JOIN kept USING (input_id, batch)"

# Where articles disagree on an actor, the commonest value wins, then the longest, then the first in code point order.
# What is gathered of an actor is small in each of these: what an aggregate holds cannot be spilled to the disk.
_AGREED = """
{column}_agreed AS (
    SELECT actor_id, arg_min(value, (-articles, -length(value), value)) AS {column}
    FROM (
        SELECT actor_id, {column} AS value, sum(articles)::BIGINT AS articles FROM told
        WHERE value IS NOT NULL GROUP BY ALL
    )
    GROUP BY actor_id
)"""
IDENTITY = ("name", "type", "country", "sector", "wikidata_id", "parent_actor_id", "organization_actor_id", "party")
_AGREED_COLUMNS = (*IDENTITY, "link_method")

_ACTORS = """
WITH told AS (  -- what articles say of an actor, mostly the same
        SELECT actor_id, gender, {columns}, count(*) AS articles
        FROM batch_actors SEMI JOIN kept USING (input_id, batch) GROUP BY ALL
     ),
     {agreed},
     gendered AS (  -- an article that takes one person for another must not decide
        SELECT actor_id, sum(if(gender = 'female', articles, 0)) AS female,
               sum(if(gender = 'male', articles, 0)) AS male
        FROM told GROUP BY actor_id
     ),
     role_lists AS (
        SELECT actor_id, list(role ORDER BY role) AS roles
        FROM (
            SELECT DISTINCT actor_id, unnest(roles) AS role FROM batch_actors SEMI JOIN kept USING (input_id, batch)
        )
        GROUP BY actor_id
     ),
     words AS (
        SELECT actor_id, list(text ORDER BY text) AS aliases
        FROM (
            SELECT DISTINCT actor_id, text FROM batch_mentions SEMI JOIN kept USING (input_id, batch)
            WHERE form <> 'pronoun'
        )
        GROUP BY actor_id
     ),
     named AS (
        SELECT actor_id, count(*) AS article_count, sum(mentions)::BIGINT AS mention_count,
               min(published) AS first_seen, max(published) AS last_seen
        FROM (
            SELECT actor_id, article_id, count(*) AS mentions
            FROM batch_mentions SEMI JOIN kept USING (input_id, batch) GROUP BY ALL
        )
        JOIN (SELECT article_id, published FROM batch_articles SEMI JOIN kept USING (input_id, batch))
            USING (article_id)
        GROUP BY actor_id
     )
SELECT actor_id, {columns},
       link_method <> 'unnamed' AS is_named,
       type = 'state' OR coalesce(sector IN ('government', 'military', 'intelligence'), false) AS is_government,
       CASE WHEN female > 0 AND female >= 3 * male THEN 'female' WHEN male > 0 AND male >= 3 * female THEN 'male' END
           AS gender,
       coalesce(roles, []) AS roles, coalesce(aliases, []) AS aliases,
       coalesce(article_count, 0) AS article_count, coalesce(mention_count, 0) AS mention_count, first_seen, last_seen
FROM (SELECT DISTINCT actor_id FROM told)
{joins}
LEFT JOIN gendered USING (actor_id)
LEFT JOIN role_lists USING (actor_id)
LEFT JOIN words USING (actor_id)
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


def to_query(
    connection: "duckdb.DuckDBPyConnection", name: str, layout: Layout, codebook: Codebook
) -> tuple[str, dict[str, str]]:
    """The query for the rows of a table, in no order, and its parameters.

    It reads batch_<table>, kept and what was found out about the corpus: relations, merges, grouped, what is told in
    several articles (`across`), and what came of corrections.
    """
    if name == "issues":
        return issues_query(connection, codebook)
    if name == "actor_redirects":
        return redirects_query(connection, settle_latest(layout.releases)), {}
    if name == "redirects":
        return across_redirects_query(connection, settle_latest(layout.releases)), {}
    if name == "rejections":
        return _REJECTIONS, {"rejections": store.literal(layout.ingest / "rejections.parquet")}
    if name == "corrections":
        return "FROM corrections_told", {}
    own = {
        "articles": _ARTICLES,
        "actors": _actors_query(),
        "utterances": UTTERANCES,
        "initiatives": INITIATIVES,
        "initiative_links": LINKS,
        "quotes": QUOTES,
        "proposals": PROPOSALS,
    }
    return own.get(name) or _CHILDREN.format(table=name), {}


def _actors_query() -> str:
    return _ACTORS.format(
        agreed=",".join(_AGREED.format(column=c) for c in _AGREED_COLUMNS).strip(),
        columns=", ".join(_AGREED_COLUMNS),
        joins="\n".join(f"LEFT JOIN {c}_agreed USING (actor_id)" for c in _AGREED_COLUMNS),
    )
