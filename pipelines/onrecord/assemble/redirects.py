"""Ids that actors bore in earlier releases, and the ids that they bear now.

Ids are made of content, so a new article, a better rule or an addition to the knowledge base can change the id of an
actor. What the last release said is the only other input of a build: its own redirects are carried on, and an id that
it has and this build has not is looked up where the last release found it: the same words of the same article. While
articles are only added and the code stays, no id goes but by merging, and the rows follow from the articles alone.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.storage.parts import files_of, scan

if TYPE_CHECKING:
    import duckdb

_NOTHING_BEFORE = "SELECT old_id, actor_id, reason FROM merges"

_NOW = """
CREATE OR REPLACE TEMP TABLE current_ids AS SELECT actor_id FROM actor_rows;
CREATE OR REPLACE TEMP TABLE retired AS
    SELECT actor_id AS old_id FROM last_actors WHERE actor_id NOT IN (SELECT actor_id FROM current_ids);
CREATE OR REPLACE TEMP TABLE successors AS
WITH before AS (
        SELECT DISTINCT actor_id AS old_id, article_id, text FROM last_mentions
        WHERE form <> 'pronoun' AND actor_id IN (SELECT old_id FROM retired)
     ),
     after AS (
        SELECT DISTINCT actor_id, article_id, text FROM batch_mentions SEMI JOIN kept USING (input_id, batch)
        SEMI JOIN before USING (article_id)
     ),
     votes AS (
        SELECT old_id, actor_id, count(*) AS mentions FROM before JOIN after USING (article_id, text) GROUP BY ALL
     )
SELECT old_id, first(actor_id ORDER BY mentions DESC, actor_id) AS actor_id FROM votes
GROUP BY old_id HAVING max(mentions) * 2 > sum(mentions);
"""

_QUERY = """
WITH moved AS (
        SELECT old_id, actor_id, reason FROM merges
        UNION ALL
        SELECT old_id, s.actor_id, if(s.actor_id IS NULL, 'gone', 'renamed')
        FROM retired LEFT JOIN successors s USING (old_id) WHERE old_id NOT IN (SELECT old_id FROM merges)
     ),
     carried AS (
        SELECT l.old_id, if(c.actor_id IS NULL, m.actor_id, l.actor_id) AS actor_id,
               if(c.actor_id IS NULL AND m.actor_id IS NULL, 'gone', l.reason) AS reason
        FROM last_redirects l
        LEFT JOIN current_ids c ON c.actor_id = l.actor_id
        LEFT JOIN moved m ON m.old_id = l.actor_id
        WHERE l.old_id NOT IN (SELECT actor_id FROM current_ids)
          AND l.old_id NOT IN (SELECT old_id FROM moved)
     )
SELECT * FROM moved
UNION ALL
SELECT * FROM carried
"""


def redirects_query(connection: "duckdb.DuckDBPyConnection", last: Path | None) -> str:
    """The query for the rows of actor_redirects, given the folder of the last release.

    Needs `merges` and the views of `merge_actors`, `actor_rows`, and the table `kept`.
    """
    if last is None:
        return _NOTHING_BEFORE
    for table in ("actors", "mentions"):
        connection.execute(f"CREATE OR REPLACE TEMP VIEW last_{table} AS FROM {scan(files_of(last, table))}")
    if redirects := files_of(last, "actor_redirects"):
        connection.execute(f"CREATE OR REPLACE TEMP VIEW last_redirects AS FROM {scan(redirects)}")
    else:  # a release of the time before this table
        connection.execute(f"CREATE OR REPLACE TEMP VIEW last_redirects AS {_NOTHING_BEFORE} WHERE false")
    connection.execute(_NOW)
    return _QUERY
