"""Ids that utterances and initiatives bore in earlier releases, and the ids that they bear now: the table `redirects`.

An id is that of the first report, so it goes when an earlier one comes in, when two become one, or when its row is read
otherwise. The last release says which rows bore it: what most of these bear now took its place. A row is looked up by
its article and its words, for its place may have moved.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.storage.parts import files_of, scan

if TYPE_CHECKING:
    import duckdb

from onrecord.assemble.across.row_queries import PROPOSALS, QUOTES

_NONE = "SELECT '' AS old_id, '' AS kind, '' AS new_id, '' AS reason WHERE false"
_ROWS = {"utterance": ("quotes", QUOTES), "initiative": ("proposals", PROPOSALS)}

# `told` are the ids that there are now, and the ids of what could be one by itself; of them those count that bore an id
# before: `still_told` what was redirected, `retired` what was told and is not any more.
_MOVED = """
CREATE OR REPLACE TEMP VIEW told AS SELECT {kind}_id AS id, {own} AS own FROM ({rows});
INSERT INTO still_told
SELECT DISTINCT id FROM told
SEMI JOIN (SELECT old_id AS id FROM last_redirected UNION ALL SELECT new_id FROM last_redirected) USING (id);
CREATE OR REPLACE TEMP TABLE retired_ids AS
SELECT DISTINCT {kind}_id AS old_id FROM {last} l ANTI JOIN told ON told.id = l.{kind}_id;
CREATE OR REPLACE TEMP TABLE retired AS
SELECT DISTINCT {kind}_id AS old_id, article_id, text FROM {last} l SEMI JOIN retired_ids r ON r.old_id = l.{kind}_id;
INSERT INTO moved
WITH votes AS (
        SELECT old_id, {kind}_id AS new_id, count(*) AS reports
        FROM retired
        JOIN (FROM ({rows}) SEMI JOIN (SELECT article_id FROM retired) USING (article_id)) USING (article_id, text)
        GROUP BY ALL
     ),
     successors AS (SELECT old_id, first(new_id ORDER BY reports DESC, new_id) AS new_id FROM votes GROUP BY old_id)
SELECT DISTINCT old_id, '{kind}', new_id,
       CASE WHEN new_id IS NULL THEN 'gone'
            WHEN old_id IN (SELECT own FROM told SEMI JOIN retired_ids r ON r.old_id = own) THEN 'joined'
            ELSE 'renamed' END
FROM retired LEFT JOIN successors USING (old_id)
"""
_QUERY = """
SELECT * FROM moved
UNION ALL
SELECT l.old_id, l.kind, if(c.id IS NULL, m.new_id, l.new_id) AS new_id,
       if(c.id IS NULL AND m.new_id IS NULL, 'gone', l.reason) AS reason
FROM last_redirected l LEFT JOIN (SELECT DISTINCT id FROM still_told) c ON c.id = l.new_id
LEFT JOIN moved m ON m.old_id = l.new_id
WHERE l.old_id NOT IN (SELECT old_id FROM moved) AND l.old_id NOT IN (SELECT id FROM still_told)
"""


def across_redirects_query(connection: "duckdb.DuckDBPyConnection", last: Path | None) -> str:
    """The query for the rows of redirects, given the folder of the last release.

    Needs what `find_across` makes, and the table `kept`. A release of a schema that had no such ids counts as none.
    """
    if last is None or not (before := files_of(last, "redirects")):
        return _NONE
    connection.execute(f"CREATE OR REPLACE TEMP VIEW last_redirected AS FROM {scan(before)}")
    connection.execute("CREATE OR REPLACE TEMP TABLE still_told (id VARCHAR)")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE moved (old_id VARCHAR, kind VARCHAR, new_id VARCHAR, reason VARCHAR)"
    )
    for kind, (table, rows) in _ROWS.items():
        own = "group_id" if kind == "utterance" else "proposal_id"
        query = _MOVED.format(kind=kind, rows=rows, own=own, last=scan(files_of(last, table)))
        for statement in query.split(";\n"):
            connection.execute(statement)
    return _QUERY
