"""Which pairs of reports are worth a look, and how pairs become groups.

Reports meet in keys, such as a speaker with two words: table `keyed` (key, bin, unit). A unit is a report's rank, 1 the
fullest; a bin is a window of days, null where the day is not known. In each key and bin all are compared with the
FULLEST reports there and in the bins beside it, so the work grows with the number of reports and not with its square
(the heads of a bucket, as in assemble.duplicates). Who is not dated may be of any window.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

WINDOW = 14  # days between two reports of one act or utterance
FULLEST = 8
_STATEMENTS = """
DELETE FROM keyed WHERE key IN (SELECT key FROM keyed GROUP BY key HAVING count(*) = 1);
CREATE OR REPLACE TEMP TABLE candidates AS
WITH fullest AS (SELECT key, bin, unnest(min(unit, {fullest})) AS head FROM keyed GROUP BY key, bin),
     near AS (SELECT key, unnest([bin - 1, bin, bin + 1]) AS bin, head FROM fullest WHERE bin IS NOT NULL),
     anywhere AS (SELECT key, unnest(min(unit, {fullest})) AS head FROM keyed GROUP BY key),
     met AS (
        SELECT key, unit, head FROM keyed JOIN near USING (key, bin) WHERE head < unit
        UNION ALL
        SELECT key, unit, head FROM keyed k JOIN fullest f USING (key)
        WHERE k.bin IS NOT NULL AND f.bin IS NULL AND head < unit
        UNION ALL
        SELECT key, unit, head FROM keyed JOIN anywhere USING (key) WHERE bin IS NULL AND head < unit
     )
SELECT unit, head FROM met GROUP BY unit, head HAVING count(*) >= {least};
DROP TABLE keyed
"""


def to_bin(day: str) -> str:
    """The window that a day lies in, in SQL."""
    return f"(epoch({day})::BIGINT // {WINDOW * 86_400})"


def find_candidates(connection: "duckdb.DuckDBPyConnection", *, least: int) -> None:
    """Make the table `candidates` (unit, head; the head is the fuller report) of pairs that meet in `least` keys or
    more; `keyed` is used up."""
    for statement in _STATEMENTS.format(fullest=FULLEST, least=least).split(";\n"):
        connection.execute(statement)


def register_stars(connection: "duckdb.DuckDBPyConnection", accepted: pa.Table) -> None:
    """Make the view `stars` of those of the accepted pairs that count.

    `accepted` has the columns unit and head, sorted by unit, of each unit the best pair first, and what else is told.
    """
    pairs = zip(accepted["unit"].to_pylist(), accepted["head"].to_pylist(), strict=True)
    connection.register("stars", accepted.take(pa.array(to_stars(pairs), pa.int64())))


def to_stars(pairs: Iterable[tuple[int, int]]) -> Sequence[int]:
    """The numbers of the pairs that count, so that each is joined to one that is joined to none: a row of small changes
    never joins reports that have little in common.

    Args:
        pairs: of one and of another that ranks before it, sorted by the first; of one the best pair first.
    """
    joined: set[int] = set()
    chosen = []
    for number, (one, head) in enumerate(pairs):
        if one not in joined and head not in joined:
            joined.add(one)
            chosen.append(number)
    return chosen
