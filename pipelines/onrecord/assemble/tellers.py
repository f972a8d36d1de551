"""What articles tell by themselves, in words as hashes: kept for as long as an article stays as it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.assemble.slices import by_batch, create_in_slices

if TYPE_CHECKING:
    from onrecord.assemble.kept import Kept

_VAGUE = 31  # days: bounds further apart say nothing of the day

# tellers      articles with the outlet that each counts as, its day if that is known, and whether it counts: copies and
#              versions that others supersede are no reports of their own. An outlet that nothing names is one of its
#              own. What an article's rows are, under current ids of actors, its `source` stands for
# told_before  articles whose source is the one that was kept
# told_anew    inputs of the others
_TELLERS = f"""
CREATE OR REPLACE TEMP TABLE tellers AS
WITH moved AS (
    SELECT input_id, batch, bit_xor(md5_number(concat_ws(' ', old_id, new_id, reason))) AS moves
    FROM (
        SELECT DISTINCT input_id, batch, old_id, m.actor_id AS new_id, reason
        FROM (
            SELECT input_id, batch, unnest([actor_id, parent_actor_id, organization_actor_id]) AS old_id
            FROM unmerged_actors
        )
        JOIN merges m USING (old_id)
    )
    GROUP BY input_id, batch
)
SELECT a.article_id, input_id, batch, md5(concat_ws(' ', input_id, batch, rows_digest, moves)) AS source,
       published_latest AS latest,
       coalesce(outlet, lower(nullif(regexp_extract(url, '^https?://(?:www\\.)?([^/:?#]+)', 1), '')), a.article_id)
           AS outlet,
       CASE WHEN published_latest - published_earliest <= {_VAGUE} THEN published_latest END AS day,
       a.article_id NOT IN (SELECT article_id FROM relations WHERE duplicate_of IS NOT NULL)
           AND a.article_id NOT IN (SELECT supersedes FROM relations WHERE supersedes IS NOT NULL) AS counts
FROM batch_articles a SEMI JOIN kept USING (input_id, batch)
LEFT JOIN corrected_articles c ON c.article_id = a.article_id
LEFT JOIN moved USING (input_id, batch)
"""
_TOLD_BEFORE = """
CREATE OR REPLACE TEMP TABLE told_before AS
SELECT article_id FROM kept_told_articles SEMI JOIN tellers USING (article_id, source)
"""
_TOLD_ANEW = """
CREATE OR REPLACE TEMP TABLE told_anew AS
SELECT input_id, batch FROM tellers ANTI JOIN told_before USING (article_id)
"""


def find_tellers(kept: "Kept") -> None:
    """Make the tables tellers, told_before and told_anew, see above.

    Needs `kept`, `relations`, `merges` (with their reasons), `corrected_articles`, and the views of the batches.
    """
    kept.connection.execute(_TELLERS)
    kept.recall("told_articles", "article_id VARCHAR, source VARCHAR")
    kept.keep("told_articles", "SELECT article_id, source FROM tellers")
    for statement in (_TOLD_BEFORE, _TOLD_ANEW):
        kept.connection.execute(statement)


def keep_told(kept: "Kept", name: str, columns: str, query: str, before: Sequence[str] = ()) -> None:
    """Make, and keep, what all articles tell, with the `number` of each row: what was kept of those that are as they
    were, and what `query` says of the inputs `told_anew`, some batches at a time (`slices`)."""
    kept.recall(name, columns, numbered=True)
    create_in_slices(kept.connection, f"new_{name}", query, by_batch(kept.connection, "told_anew"), before)
    stays = f"SELECT * EXCLUDE number FROM kept_{name} SEMI JOIN told_before USING (article_id)"
    told = f"{stays} UNION ALL BY NAME FROM new_{name}"
    kept.keep(name, told, numbered=True)
    kept.connection.execute(f"DROP TABLE new_{name}")
