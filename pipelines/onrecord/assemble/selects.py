"""What each table of a build is made of, in SQL over the views of the batches."""

from typing import TYPE_CHECKING

from onrecord.annotate.proposals import Codebook
from onrecord.assemble.across.moved_ids import across_redirects_query
from onrecord.assemble.across.row_queries import LINKS, PROPOSALS, QUOTES, across_query
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

    It reads batch_<table>, kept and what was found out about the corpus: relations, merges, grouped, actor_rows, what
    is told in several articles (`across`), and what came of corrections.
    """
    if name == "issues":
        return issues_query(connection, codebook)
    if name == "actor_redirects":
        return redirects_query(connection, settle_latest(layout.releases)), {}
    if name == "redirects":
        return across_redirects_query(connection, settle_latest(layout.releases)), {}
    if name in ("utterances", "initiatives"):
        return across_query(connection, name), {}
    if name == "rejections":
        return _REJECTIONS, {"rejections": store.literal(layout.ingest / "rejections.parquet")}
    if name == "corrections":
        return "FROM corrections_told", {}
    own = {
        "articles": _ARTICLES,
        "actors": "FROM actor_rows",
        "initiative_links": LINKS,
        "quotes": QUOTES,
        "proposals": PROPOSALS,
    }
    return own.get(name) or _CHILDREN.format(table=name), {}
