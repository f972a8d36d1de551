"""What several articles tell of one thing: utterances that they report, and initiatives."""

from typing import TYPE_CHECKING

from onrecord.assemble.across.initiatives import find_initiatives
from onrecord.assemble.across.row_queries import FACTS, JOINED_INITIATIVES, JOINED_UTTERANCES
from onrecord.assemble.across.utterances import find_utterances

if TYPE_CHECKING:
    import duckdb

_VAGUE = 31  # days: bounds further apart say nothing of the day

# Articles with the outlet that each counts as, its day if that is known, and whether it counts: copies and versions
# that others supersede are no reports of their own. An outlet that nothing names is one of its own.
TELLERS = f"""
CREATE OR REPLACE TEMP TABLE tellers AS
SELECT a.article_id, published_latest AS latest,
       coalesce(outlet, lower(nullif(regexp_extract(url, '^https?://(?:www\\.)?([^/:?#]+)', 1), '')), a.article_id)
           AS outlet,
       CASE WHEN published_latest - published_earliest <= {_VAGUE} THEN published_latest END AS day,
       a.article_id NOT IN (SELECT article_id FROM relations WHERE duplicate_of IS NOT NULL)
           AND a.article_id NOT IN (SELECT supersedes FROM relations WHERE supersedes IS NOT NULL) AS counts
FROM batch_articles a SEMI JOIN kept USING (input_id, batch)
"""


def find_across(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the tables that `row_queries` reads: of `find_utterances` and `find_initiatives`, with what their reports
    say together, and `tellers`, the articles, see above.

    Needs `kept`, `relations`, `grouped`, and current actors in the views of the batches.
    """
    connection.execute(TELLERS)
    find_utterances(connection)
    find_initiatives(connection)
    for statement in (JOINED_UTTERANCES, JOINED_INITIATIVES, FACTS, "DROP TABLE acts"):
        connection.execute(statement)
