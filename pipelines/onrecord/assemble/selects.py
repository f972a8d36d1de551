"""What each table of a build is made of, in SQL over the views of the batches."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.annotate.proposals import Codebook
from onrecord.assemble.across.moved_ids import across_redirects_query
from onrecord.assemble.across.row_queries import LINKS, MADE_OF, PROPOSALS, QUOTES, across_query
from onrecord.assemble.issues import issues_query
from onrecord.assemble.redirects import redirects_query
from onrecord.schema import Table
from onrecord.storage import store
from onrecord.storage.layout import Layout
from onrecord.storage.parts import files_of

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


_OF_ARTICLES = {
    "articles": _ARTICLES,
    "initiative_links": LINKS,
    "quotes": QUOTES,
    "proposals": PROPOSALS,
}


def in_order(tables: Iterable[Table]) -> list[Table]:
    """Tables that are made of others after these."""
    return sorted(tables, key=lambda table: table.name in MADE_OF)


def to_query(connection: "duckdb.DuckDBPyConnection", name: str, written: Callable[[str], Sequence[Path]]) -> str:
    """The query for the rows of a table of articles' rows, in no order.

    It reads batch_<table>, kept and what was found out about the corpus: relations, merges, grouped, and what is told
    in several articles (`across`); `written` gives the files of a table that was written before it (`in_order`).
    """
    if name in MADE_OF:
        return across_query(connection, name, written)
    return _OF_ARTICLES.get(name) or _CHILDREN.format(table=name)


def to_corpus_query(
    connection: "duckdb.DuckDBPyConnection", name: str, layout: Layout, codebook: Codebook, last: Path | None
) -> tuple[str, dict[str, str]]:
    """The query for the rows of any table, in no order, and its parameters: also of those that are not articles' rows.

    Besides it reads actor_rows, what came of corrections, and `last`, the folder of the last release, which is whole.
    """
    if name == "issues":
        return issues_query(connection, codebook)
    if name == "actor_redirects":
        return redirects_query(connection, last), {}
    if name == "redirects":
        return across_redirects_query(connection, last), {}
    if name == "rejections":
        return _REJECTIONS, {"rejections": store.literal(layout.ingest / "rejections.parquet")}
    own = {"actors": "FROM actor_rows", "corrections": "FROM corrections_told"}
    return own.get(name) or to_query(connection, name, partial(files_of, layout.build)), {}
