"""Which reports are to be compared again: those that can meet others than in the build before.

Reports meet in keys of an actor and in windows of days (`candidates`). So the pairs of a report follow from its cells,
an actor and a window each, and from those beside them: from all reports there and from the actor's undated ones; those
of an undated report from all of the actor's. A cell has a state, a digest of what decides on its reports. Ranks need
not be kept: how two reports stand to each other follows from what both are. Reports go by the number of what is told
(`tellers`); only those that are compared are ranked.

Reads, of one kind of report:
    placed_in   number, actor (a hash of the id), bin: the cells of each; bin is null where the day is not known; and
                digest, of all that decides on the report, its own id included: a hash of one value, for in that of
                several values two equal changes of the last would cancel each other in a state
Makes:
    touched     number: those whose pairs are looked for anew
    meeting     number, actor, bin, is_touched: all cells of these reports, and of those that they can meet
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.assemble.kept import Kept

_COLUMNS = "actor UBIGINT, bin BIGINT, state UBIGINT"
_STATES = """
SELECT actor, bin, bit_xor(digest) AS state FROM placed_in GROUP BY actor, bin
"""
_TOUCHED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT DISTINCT actor, bin
FROM (SELECT actor, bin FROM (FROM {cells} UNION ALL FROM kept_{cells}) GROUP BY actor, bin, state HAVING count(*) = 1);
CREATE OR REPLACE TEMP TABLE dirty AS
SELECT DISTINCT actor, unnest([bin - 1, bin, bin + 1, NULL]) AS bin FROM changed WHERE bin IS NOT NULL
UNION
SELECT actor, bin FROM {cells} SEMI JOIN (FROM changed WHERE bin IS NULL) USING (actor);
CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT number FROM placed_in p SEMI JOIN dirty d ON d.actor = p.actor AND d.bin IS NOT DISTINCT FROM p.bin
"""
_MEETING = """
CREATE OR REPLACE TEMP TABLE near AS
WITH own AS (SELECT DISTINCT actor, bin FROM placed_in SEMI JOIN touched USING (number))
SELECT actor, unnest([bin - 1, bin, bin + 1, NULL]) AS bin FROM own WHERE bin IS NOT NULL
UNION
SELECT actor, bin FROM {cells} SEMI JOIN (FROM own WHERE bin IS NULL) USING (actor);
CREATE OR REPLACE TEMP TABLE meeting AS
SELECT p.number, p.actor, p.bin, t.number IS NOT NULL AS is_touched
FROM placed_in p SEMI JOIN near n ON n.actor = p.actor AND n.bin IS NOT DISTINCT FROM p.bin
LEFT JOIN touched t ON t.number = p.number;
DROP TABLE changed;
DROP TABLE dirty;
DROP TABLE near;
DROP TABLE placed_in
"""


def find_touched(kept: "Kept", cells: str, *, beside: str = "") -> None:
    """Make `touched` and `meeting`, see above, and keep the states under the name `cells`.

    `beside` is a query for more numbers to look at, given those that are `touched`.
    """
    kept.recall(cells, _COLUMNS)
    kept.keep(cells, _STATES)
    more = [f"INSERT INTO touched SELECT number FROM ({beside}) ANTI JOIN touched USING (number)"] if beside else []
    for statement in (*_TOUCHED.format(cells=cells).split(";\n"), *more, *_MEETING.format(cells=cells).split(";\n")):
        kept.connection.execute(statement)
