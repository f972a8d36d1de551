"""Ids that utterances and initiatives bore in earlier releases, and the ids that they bear now: the table `redirects`.

An id is that of the first report, so it goes when an earlier one comes in, when two become one, or when its row is read
otherwise. The last release says which rows bore it: what most of these bear now took its place. A row is looked up by
its article and its words, for its place may have moved.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.storage import store
from onrecord.storage.parts import files_of, scan

if TYPE_CHECKING:
    import duckdb

from onrecord.assemble.across.row_queries import PROPOSALS, QUOTES

_NONE = "SELECT '' AS old_id, '' AS kind, '' AS new_id, '' AS reason WHERE false"
_ROWS = {"utterance": ("quotes", QUOTES), "initiative": ("proposals", PROPOSALS)}

# `told` are the ids that there are now, `own` the ids of what could be one by itself.
_MOVED = """
CREATE OR REPLACE TEMP TABLE told AS SELECT DISTINCT {kind}_id AS id, {own} AS own FROM ({rows});
CREATE OR REPLACE TEMP TABLE retired AS
    SELECT DISTINCT {kind}_id AS old_id, article_id, text FROM {last} WHERE {kind}_id NOT IN (SELECT id FROM told);
INSERT INTO moved
WITH votes AS (
        SELECT old_id, {kind}_id AS new_id, count(*) AS reports
        FROM retired JOIN ({rows}) USING (article_id, text) GROUP BY ALL
     ),
     successors AS (SELECT old_id, first(new_id ORDER BY reports DESC, new_id) AS new_id FROM votes GROUP BY old_id)
SELECT DISTINCT old_id, '{kind}', new_id,
       CASE WHEN new_id IS NULL THEN 'gone' WHEN old_id IN (SELECT own FROM told) THEN 'joined' ELSE 'renamed' END
FROM retired LEFT JOIN successors USING (old_id);
INSERT INTO current_told SELECT id FROM told
"""
_QUERY = """
SELECT * FROM moved
UNION ALL
SELECT l.old_id, l.kind, if(c.id IS NULL, m.new_id, l.new_id) AS new_id,
       if(c.id IS NULL AND m.new_id IS NULL, 'gone', l.reason) AS reason
FROM last_redirected l LEFT JOIN (SELECT DISTINCT id FROM current_told) c ON c.id = l.new_id
LEFT JOIN moved m ON m.old_id = l.new_id
WHERE l.old_id NOT IN (SELECT old_id FROM moved) AND l.old_id NOT IN (SELECT id FROM current_told)
"""


def across_redirects_query(connection: "duckdb.DuckDBPyConnection", last: Path | None) -> str:
    """The query for the rows of redirects, given the folder of the last release.

    Needs what `find_across` makes, and the table `kept`. A damaged release counts as none, as does one of a schema that
    had no such ids.
    """
    before = files_of(last, "redirects") if last is not None and store.is_whole(last) else []
    if last is None or not before:
        return _NONE
    connection.execute(f"CREATE OR REPLACE TEMP VIEW last_redirected AS FROM {scan(before)}")
    connection.execute("CREATE OR REPLACE TEMP TABLE current_told (id VARCHAR)")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE moved (old_id VARCHAR, kind VARCHAR, new_id VARCHAR, reason VARCHAR)"
    )
    for kind, (table, rows) in _ROWS.items():
        own = "group_id" if kind == "utterance" else "proposal_id"
        query = _MOVED.format(kind=kind, rows=rows, own=own, last=scan(files_of(last, table)))
        for statement in query.split(";\n"):
            connection.execute(statement)
    return _QUERY
