"""Which inputs count, and of several with the same raw text, which one is the article: a text has one row.

A record that is delivered again with corrected facts has the text that it had: its facts replace the former ones. What
the others said and the article's row does not is told in `rejections`.
"""

from pathlib import Path

import duckdb

from onrecord.batches.received import FILE_ORDER, RECORD
from onrecord.document import Reason, Stage
from onrecord.storage import store

_FACTS = ("title", "authors", "outlet", "section", "rights", "published_edtf", "url")
_DIFFERS = "concat_ws(', ', {})".format(
    ", ".join(
        f"CASE WHEN facts.{fact} IS DISTINCT FROM kept_facts.{fact} "
        f"THEN '{fact.removesuffix('_edtf')} ' || coalesce(left(facts.{fact}::VARCHAR, 80), 'unknown') END"
        for fact in _FACTS
    )
)

# Reads batch_articles, batch_signatures and batch_inputs. Makes:
#   listing   what the seeds hold now, with what their files held before
#   found     of each raw text one input: current before former ones; of several places the one whose name sorts first;
#             of the records of one place the first that has the facts of its newest
#   repeated  the current inputs that `found` leaves out, and why, as rows of rejections
#
# A place is a web address, else a file. Of its records the one is newer that tells of a later download or change, else
# the one in the later file, or on the later line. A file's former versions never count beside its current one: where it
# held before what another one holds now, its versions lead past that text, which is the other's.
# An input whose batch was damaged may be in a second one; either has the same rows.
_FOUND = f"""
CREATE TABLE listing AS
    SELECT DISTINCT input_id, source_file, version, is_current FROM read_parquet($listing) WHERE is_present;
CREATE TABLE everything AS
WITH held AS (
    SELECT a.article_id, input_id, batch, a.source_file, a.source_sha256, title, published, published_latest,
           version, is_current, s.as_of, {{{", ".join(f"'{fact}': {fact}" for fact in _FACTS)}}} AS facts,
           {FILE_ORDER} AS file,
           try_cast(regexp_extract(a.source_file, '{RECORD}', 1) AS BIGINT) AS line,
           coalesce(s.address, regexp_replace(a.source_file, '{RECORD}', '')) AS place
    FROM batch_articles a JOIN (SELECT input_id, version, is_current FROM listing) USING (input_id)
    JOIN batch_signatures s USING (input_id, batch)
    SEMI JOIN (SELECT input_id, min(batch) AS batch FROM batch_inputs GROUP BY input_id) USING (input_id, batch)
),
told AS (
    SELECT *, min(a.source_file) OVER of_place AS first_file,
           first_value(facts) OVER (
               of_place ORDER BY as_of DESC NULLS LAST, file DESC, line DESC, input_id
           ) AS newest
    FROM held a WINDOW of_place AS (PARTITION BY article_id, is_current, place)
)
SELECT * EXCLUDE (file, line, first_file, newest),
       first_value(source_file) OVER same_text AS kept_file,
       first_value(facts) OVER same_text AS kept_facts,
       first_value(place) OVER same_text AS kept_place,
       row_number() OVER same_text = 1 AS is_kept
FROM told
WINDOW same_text AS (
    PARTITION BY article_id
    ORDER BY is_current DESC, first_file, place, facts IS NOT DISTINCT FROM newest DESC, file, line, input_id
);
CREATE TABLE found AS SELECT * EXCLUDE (facts, kept_facts, place, kept_place, as_of) FROM everything WHERE is_kept;
CREATE TABLE repeated AS
    SELECT source_file, source_sha256, '{Stage.ASSEMBLE}' AS stage, '{Reason.DUPLICATE_CONTENT}' AS reason,
           'same raw text as ' || kept_file || CASE WHEN differs = '' THEN '' ELSE
               CASE WHEN place = kept_place THEN ', whose facts are newer; here ' ELSE '; here ' END || differs
           END AS detail
    FROM (SELECT *, {_DIFFERS} AS differs FROM everything WHERE is_current AND NOT is_kept);
DROP TABLE everything
"""


def find_inputs(connection: duckdb.DuckDBPyConnection, listing: Path) -> None:
    """Make the tables listing, found and repeated, see above."""
    for statement in _FOUND.split(";\n"):
        connection.execute(statement, {"listing": store.literal(listing)} if "$listing" in statement else None)
