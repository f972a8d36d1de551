"""Which pairs of reports are worth a look, and how pairs become groups.

Reports meet in keys, such as a speaker with two words: table `keyed` (key, bin, unit, is_touched). A unit is a report's
rank, 1 the fullest; a bin is a window of days, null where the day is not known. In each key and bin all are compared
with the _FULLEST reports there and in the bins beside it, so the work grows with the number of reports and not with its
square (the heads of a bucket, as in assemble.duplicates). Who is not dated may be of any window. Pairs are looked for
of the reports that are touched (`cells`); the others kept theirs.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

_FULLEST = 8
_SLICE = 32_768  # reports whose keys are compared at a time: what they hold fits into the least memory
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

FORGET_STARS = "DROP VIEW accepted; DROP VIEW stars; DROP TABLE candidates; DROP TABLE touched; DROP TABLE worded"


def to_bin(day: str, window: int) -> str:
    """The window of so many days that a day lies in, in SQL."""
    return f"(epoch({day})::BIGINT // {window * 86_400})"


def find_candidates(connection: "duckdb.DuckDBPyConnection", keyed: str, *, least: int) -> None:
    """Make the table `candidates` (unit, head; the head is the fuller report) of the pairs of what is touched that meet
    in `least` keys or more.

    `keyed` is the query for the rows of `keyed` from `meeting`, of some of those who speak or act at a time: a
    condition on `actor` stands in it as {these}. All that has a key is of one of them.
    """
    ((count,),) = connection.execute("SELECT count(DISTINCT unit) FROM meeting").fetchall()
    slices = count // _SLICE + 1
    connection.execute("CREATE OR REPLACE TEMP TABLE met_in_slices (unit BIGINT, head BIGINT, keys BIGINT)")
    for number in range(slices):
        these = f"actor % {slices} = {number}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE keyed AS {keyed.format(these=these)}")
        for statement in _STATEMENTS.format(fullest=_FULLEST).split(";\n"):
            connection.execute(statement)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE candidates AS
        SELECT unit, head FROM met_in_slices GROUP BY unit, head HAVING sum(keys) >= {least}
    """)
    for table in ("met_in_slices", "meeting"):
        connection.execute(f"DROP TABLE {table}")


def register_stars(connection: "duckdb.DuckDBPyConnection", accepted: pa.Table, sides: str | None = None) -> None:
    """Make the views `accepted`, of these pairs, and `stars`: those of them that count, with `center`, the unit that
    all of a group share. FORGET_STARS drops them, with what led to them.

    `accepted` has the columns unit and head, sorted by unit, of each unit the best pair first, and what else is told.
    `sides` is a query for unit, issue and side of those in `accepted` that are on a side of an issue.
    """
    connection.register("accepted", accepted)
    told = connection.execute(sides).fetchall() if sides else []
    pairs = zip(accepted["unit"].to_pylist(), accepted["head"].to_pylist(), strict=True)
    centers = to_stars(pairs, {unit: (issue, side) for unit, issue, side in told})
    chosen = accepted.take(pa.array(centers.keys(), pa.int64()))
    connection.register("stars", chosen.append_column("center", pa.array(centers.values(), pa.int64())))


def to_stars(
    pairs: Iterable[tuple[int, int]], sides: Mapping[int, tuple[str, str]] = MappingProxyType({})
) -> Mapping[int, int]:
    """The pairs that count, by their numbers, each with the center of its group.

    A report is joined to a center, which is joined to nothing, else to one that is itself joined to a center; no
    further, so that a row of small changes never joins reports that have little in common.

    Args:
        pairs: of one and of another that ranks before it, sorted by the first; of one the best pair first.
        sides: an issue and the side that a report takes on it. A group is on one side of an issue: reports of two are
            not joined by one that takes none.
    """
    center: dict[int, int] = {}  # of what is joined to it directly
    beyond: set[int] = set()
    taken: dict[int, dict[str, str]] = {}  # by center and issue: the side that reports joined to it take
    chosen: dict[int, int] = {}
    for one, own in groupby(enumerate(pairs), key=lambda each: each[1][0]):
        others = [
            (number, other)
            for number, (_, other) in own
            if other not in beyond and _is_on_side(one, center.get(other, other), sides, taken)
        ]
        direct = next(((number, other) for number, other in others if other not in center), None)
        number, other = direct or next(iter(others), (None, None))
        if number is None or other is None:
            continue
        chosen[number] = center.get(other, other)
        if one in sides:
            issue, side = sides[one]
            taken.setdefault(chosen[number], {})[issue] = side
        if direct is None:
            beyond.add(one)
        else:
            center[one] = other
    return chosen


def _is_on_side(
    one: int, center: int, sides: Mapping[int, tuple[str, str]], taken: Mapping[int, Mapping[str, str]]
) -> bool:
    """Whether nothing in the group of a center takes another side of an issue than this report."""
    if one not in sides:
        return True
    issue, side = sides[one]
    of_group = {**taken.get(center, {}), **dict([sides[center]] if center in sides else [])}
    return of_group.get(issue, side) == side
