"""Which pairs of reports are worth a look.

Reports meet in keys, such as a speaker with two words: table `keyed` (key, bin, unit, is_touched). A unit is a report's
rank, 1 the fullest; a bin is a window of days, null where the day is not known. In each key and bin all are compared
with the _FULLEST reports there and in the bins beside it, so the work grows with the number of reports and not with its
square (the heads of a bucket, as in assemble.duplicates). Who is not dated may be of any window. Pairs are looked for
of the reports that are touched (`touched`); the others kept theirs.
"""

from typing import TYPE_CHECKING

from onrecord.storage.database import fitting

if TYPE_CHECKING:
    import duckdb

_FULLEST = 8
_OF_REPORT = 16_000  # bytes of memory for each report whose keys are compared at a time
_FEW = 0.25  # if a smaller share of the reports is touched, keys that none of these has are dropped first
_OF_TOUCHED = (
    "CREATE OR REPLACE TEMP TABLE touched_keys AS SELECT DISTINCT key FROM keyed WHERE is_touched",
    "CREATE OR REPLACE TEMP TABLE keyed AS FROM keyed SEMI JOIN touched_keys USING (key)",
)
# Windows, joins and groups of numbers, one after the other: what they hold, DuckDB can spill to the disk.
_STATEMENTS = """
CREATE OR REPLACE TEMP TABLE placed AS
SELECT key, bin, unit, is_touched, row_number() OVER (PARTITION BY key, bin ORDER BY unit) AS place,
       row_number() OVER (PARTITION BY key ORDER BY unit) AS place_in_key,
       unit < max(unit) OVER (PARTITION BY key) AS is_before_another
FROM keyed SEMI JOIN (SELECT key FROM keyed GROUP BY key HAVING count(*) > 1 AND bool_or(is_touched)) USING (key);
DROP TABLE keyed;
CREATE OR REPLACE TEMP VIEW fullest AS
SELECT key, bin, unit AS head FROM placed WHERE place <= {fullest} AND is_before_another;
CREATE OR REPLACE TEMP TABLE met AS
WITH near AS (SELECT key, unnest([bin - 1, bin, bin + 1]) AS bin, head FROM fullest WHERE bin IS NOT NULL)
SELECT key, unit, head FROM placed JOIN near USING (key, bin) WHERE head < unit AND is_touched;
INSERT INTO met
SELECT key, unit, head FROM placed p JOIN fullest f USING (key)
WHERE p.bin IS NOT NULL AND f.bin IS NULL AND head < unit AND is_touched;
INSERT INTO met
WITH anywhere AS (SELECT key, unit AS head FROM placed WHERE place_in_key <= {fullest} AND is_before_another)
SELECT key, unit, head FROM placed JOIN anywhere USING (key) WHERE bin IS NULL AND head < unit AND is_touched;
DROP VIEW fullest;
DROP TABLE placed;
INSERT INTO met_in_slices SELECT unit, head, count(*) FROM (SELECT DISTINCT * FROM met) GROUP BY unit, head;
DROP TABLE met
"""


def to_bin(day: str, window: int) -> str:
    """The window of so many days that a day lies in, in SQL."""
    return f"(epoch({day})::BIGINT // {window * 86_400})"


def find_candidates(connection: "duckdb.DuckDBPyConnection", keyed: str, *, least: int) -> None:
    """Make the table `candidates` (unit, head; the head is the fuller report) of the pairs of what is touched that meet
    in `least` keys or more.

    `keyed` is the query of `touched.Meeting`, asked of `meeting` and `worded`, of some of those who speak or act at a
    time.
    """
    ((all_, touched),) = connection.execute(
        "SELECT count(DISTINCT number), count(DISTINCT number) FILTER (is_touched) FROM meeting"
    ).fetchall()
    few = touched < all_ * _FEW
    slices = all_ // fitting(connection, _OF_REPORT) + 1
    connection.execute("CREATE OR REPLACE TEMP TABLE met_in_slices (unit BIGINT, head BIGINT, keys BIGINT)")
    for number in range(slices):
        rows = keyed.format(
            row="unit, is_touched", placed="meeting", worded="worded", these=f"actor % {slices} = {number}"
        )
        connection.execute(f"CREATE OR REPLACE TEMP TABLE keyed AS {rows}")
        if few:
            for statement in _OF_TOUCHED:
                connection.execute(statement)
        for statement in _STATEMENTS.format(fullest=_FULLEST).split(";\n"):
            connection.execute(statement)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE candidates AS
        SELECT unit, head FROM met_in_slices GROUP BY unit, head HAVING sum(keys) >= {least}
    """)
    for table in ("met_in_slices", "meeting"):
        connection.execute(f"DROP TABLE {table}")
