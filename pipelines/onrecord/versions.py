"""Which article is an update of which: `supersedes`, and what of former files stays in the tables.

Articles of one web address, or of one file, are put in order; each supersedes the one before it if their texts are
alike, or if they have one headline and no different days of publication. Home pages, daily columns at one address, and
files that are overwritten with other news thus have no versions.
"""

import duckdb

from onrecord.likeness import teach_likeness

# Reads `found` (articles that may stand in the tables, each once) and batch_signatures. Makes:
#   aged     found with `age`, its place in the order of versions, 1 the oldest
#   updates  age of the newer -> age of the version that it supersedes
#   standing the articles that stay: what the seeds hold now, and former contents of files that these supersede
#
# The order of versions: the day of publication; of files the order in which they were seen, for a file's later content
# is the later version, whatever day it prints; then names, and within a file of records the line.
_AGED = r"""
CREATE TABLE aged AS
WITH dated AS (
    SELECT f.*, s.address,
           regexp_extract(source_file, '#([0-9]+)$', 1) AS line,
           nullif(regexp_replace(lower(title), '[^\p{L}\p{N}]+', '', 'g'), '') AS headline,
           max(published) OVER (PARTITION BY source_file ORDER BY version) AS dated
    FROM found f JOIN batch_signatures s USING (input_id, batch)
)
SELECT *, row_number() OVER (
    ORDER BY dated NULLS FIRST, version, regexp_replace(source_file, '#[0-9]+$', ''),
             try_cast(line AS BIGINT) NULLS FIRST, article_id
) AS age
FROM dated
"""

# Neighbours in order, by address and by file. Two folders of one name may hold two files of one name: whose history it
# is cannot be told, so there is none.
_UPDATES = """
CREATE TABLE neighbours AS
WITH placed AS (
    SELECT age, 'address' AS kind, address AS place FROM aged WHERE address IS NOT NULL
    UNION ALL
    SELECT age, 'file', source_file FROM aged
    WHERE line = ''
    QUALIFY count(*) OVER (PARTITION BY source_file) > 1 AND count_if(is_current) OVER (PARTITION BY source_file) = 1
),
ordered AS (SELECT kind, age AS newer, lag(age) OVER (PARTITION BY kind, place ORDER BY age) AS older FROM placed)
SELECT * FROM ordered WHERE older IS NOT NULL;
CREATE TABLE compared AS
SELECT age, headline, published, shingles, signature FROM batch_signatures JOIN aged USING (input_id, batch)
WHERE age IN (SELECT newer FROM neighbours UNION ALL SELECT older FROM neighbours);
CREATE TABLE alike AS
SELECT kind, newer, older FROM neighbours JOIN compared n ON n.age = newer JOIN compared o ON o.age = older
WHERE (n.headline = o.headline AND coalesce(n.published = o.published, true))
   OR is_update(n.signature, o.signature, n.shingles, o.shingles);
CREATE TABLE updates AS SELECT newer, older FROM alike WHERE kind = 'address';
INSERT INTO updates SELECT newer, older FROM alike
WHERE kind = 'file' AND newer NOT IN (SELECT newer FROM updates) AND older NOT IN (SELECT older FROM updates);
DROP TABLE compared
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
DELETE FROM updates WHERE newer NOT IN (SELECT age FROM standing)
"""


def find_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `updates` and `standing`, see above. Who is linked depends on the listed inputs alone."""
    teach_likeness(connection)
    for statement in ";\n".join((_AGED, _UPDATES, _STANDING)).split(";\n"):
        connection.execute(statement)
