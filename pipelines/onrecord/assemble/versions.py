"""Which article is an update of which: `supersedes`, and what of former files stays in the tables.

Articles of one web address, or of one file, are put in order; each supersedes the one before it if their texts are
alike, or if a headline that no third text there has stands over both: on one day, or, where a day is not known, over
texts that have something in common. Home pages, daily columns at one address, and files that are overwritten with other
news thus have no versions.
"""

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from onrecord.batches.likeness import Column, containment, similarity, teach_likeness
from onrecord.batches.received import FILE_ORDER, RECORD

_COLUMN = 3  # texts of one place under one headline: that is the name of a column, or of the site
_KIN = 0.1  # of the shorter text is in both: more than boilerplate, less than `is_update` asks of texts alone

# Reads `found` (articles that may stand in the tables, each once) and batch_signatures. Makes:
#   aged     found with `age`, its place in the order of versions, 1 the oldest
#   updates  age of the newer -> age of the version that it supersedes
#   standing the articles that stay: what the seeds hold now, and former contents of files that these supersede
#
# The order of versions: the day of publication; the last download or change that is told of; of files the order in
# which they were seen, for a file's later content is the later version, whatever day it prints; then names, and within
# a file of records the line.
_AGED = rf"""
CREATE TABLE aged AS
WITH dated AS (
    SELECT f.*, s.address,
           regexp_extract(source_file, '{RECORD}', 1) AS line,
           nullif(regexp_replace(lower(title), '[^\p{{L}}\p{{N}}]+', '', 'g'), '') AS headline,
           max(published) OVER (PARTITION BY source_file ORDER BY version) AS dated,
           max(s.as_of) OVER (PARTITION BY source_file ORDER BY version) AS told
    FROM found f JOIN batch_signatures s USING (input_id, batch)
)
SELECT *, row_number() OVER (
    ORDER BY dated NULLS FIRST, told NULLS FIRST, version, {FILE_ORDER},
             try_cast(line AS BIGINT) NULLS FIRST, article_id
) AS age
FROM dated
"""

# Neighbours in order, by address and by file. Two files can bear one name if it is written in bytes that are no UTF-8:
# whose history it is cannot be told then, so there is none.
_UPDATES = f"""
CREATE TABLE neighbours AS
WITH placed AS (
    SELECT age, headline, 'address' AS kind, address AS place FROM aged WHERE address IS NOT NULL
    UNION ALL
    SELECT age, headline, 'file', source_file FROM aged
    WHERE line = ''
    QUALIFY count(*) OVER (PARTITION BY source_file) > 1 AND count_if(is_current) OVER (PARTITION BY source_file) = 1
),
ordered AS (
    SELECT kind, age AS newer, lag(age) OVER before AS older,
           headline = lag(headline) OVER before AND count(*) OVER (PARTITION BY kind, place, headline) < {_COLUMN}
               AS is_one_headline
    FROM placed WINDOW before AS (PARTITION BY kind, place ORDER BY age)
)
SELECT * FROM ordered WHERE older IS NOT NULL;
CREATE TABLE compared AS
SELECT age, published, shingles, signature FROM batch_signatures JOIN aged USING (input_id, batch)
WHERE age IN (SELECT newer FROM neighbours UNION ALL SELECT older FROM neighbours);
CREATE TABLE alike AS
SELECT kind, newer, older FROM neighbours JOIN compared n ON n.age = newer JOIN compared o ON o.age = older
WHERE is_update(n.signature, o.signature, n.shingles, o.shingles)
   OR (is_one_headline
       AND coalesce(n.published = o.published, in_common(n.signature, o.signature, n.shingles, o.shingles) >= {_KIN}));
CREATE TABLE updates AS SELECT newer, older FROM alike WHERE kind = 'address';
INSERT INTO updates SELECT newer, older FROM alike
WHERE kind = 'file' AND newer NOT IN (SELECT newer FROM updates) AND older NOT IN (SELECT older FROM updates);
DROP TABLE compared;
DROP TABLE neighbours;
DROP TABLE alike
"""

# Former contents that nothing current supersedes are gone, as a file is gone that was deleted.
_STANDING = """
CREATE TABLE standing AS
WITH RECURSIVE reached(age) AS (
    SELECT newer FROM updates JOIN aged ON newer = age WHERE is_current
    UNION
    SELECT older FROM updates JOIN reached ON newer = age
)
SELECT * FROM aged WHERE is_current OR age IN (FROM reached);
DELETE FROM updates WHERE newer NOT IN (SELECT age FROM standing);
DROP TABLE aged
"""


def find_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `updates` and `standing`, see above. Who is linked depends on the listed inputs alone."""
    from duckdb.func import ARROW

    teach_likeness(connection)
    connection.create_function("in_common", _in_common, ["BLOB", "BLOB", "BIGINT", "BIGINT"], "DOUBLE", type=ARROW)
    for statement in ";\n".join((_AGED, _UPDATES, _STANDING)).split(";\n"):
        connection.execute(statement)


def _in_common(ours: Column, theirs: Column, n: Column, m: Column) -> Any:
    """What share of the shorter of two texts is in both, by their signatures and numbers of shingles."""
    counts = [column.to_numpy().astype(float) for column in (n, m)]
    return pa.array(containment(similarity(ours, theirs), np.minimum(*counts), np.maximum(*counts)))
