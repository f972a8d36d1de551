"""Issues that the codebook does not know, discovered: proposals of several articles that are about one topic.

What a proposal is about, its topic, its article tells (annotate.proposals.coding.topics); here those with one topic are
counted. So an issue has the same id and the same members in every build that holds these articles, whichever others
there are beside them, and the cost is one grouping.
"""

from typing import TYPE_CHECKING

from onrecord.annotate.proposals import Codebook

if TYPE_CHECKING:
    import duckdb

_ARTICLES = 2  # that a topic has at least; an article and its copies and versions are one
_ID = r"""
CREATE OR REPLACE TEMP MACRO discovered_id(topic) AS
    concat_ws(
        '-', 'd', nullif(trim(left(regexp_replace(strip_accents(topic), '[^a-z0-9]+', '-', 'g'), 48), '-'), ''),
        left(sha256(topic), 8)
    )
"""
_DEFINITION = (
    "Discovered: proposals of several articles whose wording is about this, and that no issue of the codebook fits. To "
    "bring about, keep or extend what the label says is support; to end, limit, prevent or refuse it is opposition."
)

# Reads `kept`, `relations` and batch_topics. Makes:
#   grouped     proposal_id, topic and stance of the proposals on a topic that has articles enough
#   discovered  their issues
# Labels differ in capitals at most; the commonest one wins, then the first in code point order.
_GROUPED = f"""
CREATE OR REPLACE TEMP VIEW topics AS SELECT * FROM batch_topics SEMI JOIN kept USING (input_id, batch);
CREATE OR REPLACE TEMP TABLE enough AS
SELECT topic FROM topics
WHERE article_id NOT IN (SELECT article_id FROM relations WHERE duplicate_of IS NOT NULL)
  AND article_id NOT IN (SELECT supersedes FROM relations WHERE supersedes IS NOT NULL)
GROUP BY topic HAVING count(DISTINCT article_id) >= {_ARTICLES};
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT proposal_id, discovered_id(topic) AS issue_id, label, stance FROM topics SEMI JOIN enough USING (topic);
CREATE OR REPLACE TEMP TABLE discovered AS
SELECT issue_id, first(label ORDER BY proposals DESC, label) AS label
FROM (SELECT issue_id, label, count(*) AS proposals FROM grouped GROUP BY ALL) GROUP BY issue_id
"""

_ISSUES = """
SELECT * FROM codebook_issues
UNION ALL BY NAME
SELECT issue_id, label, $definition AS definition, 'discovered' AS origin, 0 AS examples FROM discovered
"""


def discover_issues(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the tables grouped and discovered, see above."""
    for statement in (_ID, *_GROUPED.split(";\n")):
        connection.execute(statement)


def issues_query(connection: "duckdb.DuckDBPyConnection", codebook: Codebook) -> tuple[str, dict[str, str]]:
    """The query for the rows of issues, and its parameters: those of the codebook, and those discovered."""
    import pyarrow as pa

    rows = [{**row, "origin": "codebook"} for row in codebook.rows()]
    names = ("issue_id", "label", "opposite_of", "definition", "origin")
    schema = pa.schema([*(pa.field(name, pa.string()) for name in names), pa.field("examples", pa.int64())])
    connection.register("codebook_issues", pa.Table.from_pylist(rows, schema=schema))
    return _ISSUES, {"definition": _DEFINITION}
