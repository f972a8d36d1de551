"""Which reports are to be compared again: those that can meet others than in the build before.

Reports meet in keys, such as a speaker with two words, in windows of days (`candidates`). So the pairs of a report
follow from what it is, and from all that has one of its keys. A report has a digest of all that decides on it, its own
id included. Where a digest is new or gone, the keys of that report are changed, those that it had and those that it
has; and who has a changed key is compared again. Ranks need not be kept: how two reports stand to each other follows
from what both are. Reports go by the number of what is told (`tellers`); only those that are compared are ranked.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.storage.database import fitting

if TYPE_CHECKING:
    from onrecord.assemble.kept import Kept


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where reports of one kind meet, in SQL.

    Attributes:
        told: the name under which is kept what is told of each (`tellers.keep_told`).
        reports: the name under which is kept, by number, a digest of each, and what decides on it beside what is told.
        columns: the columns of `reports`.
        placed: the query for number, actor (a hash of the id) and bin of each, from {told} and {reports}; a bin is a
            window of days, null where the day is not known, and a cell is an actor in a bin.
        worded: the query for number and what keys are made of, from {told} and {reports}.
        keyed: the query for key, bin and the columns {row}, from {placed} and {worded}, of those actors for whom the
            condition {these} holds. All that has a key is of one actor.
    """

    told: str
    reports: str
    columns: str
    placed: str
    worded: str
    keyed: str


_OF_CELL = 8_000  # bytes of memory for each cell of a report whose keys are looked at together, in a join

_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed AS
SELECT number FROM {reports} ANTI JOIN (SELECT digest FROM kept_{reports}) USING (digest);
CREATE OR REPLACE TEMP TABLE gone AS FROM kept_{reports} ANTI JOIN (SELECT digest FROM {reports}) USING (digest)
"""
# The cells of changed reports, and those beside them: windows touch, and who is not dated may be of any window.
_NEAR = """
CREATE OR REPLACE TEMP TABLE own AS {own};
CREATE OR REPLACE TEMP TABLE near AS
SELECT actor, unnest([bin - 1, bin, bin + 1, NULL]) AS bin FROM own WHERE bin IS NOT NULL
UNION
SELECT DISTINCT actor, bin FROM placed_in SEMI JOIN (FROM own WHERE bin IS NULL) USING (actor);
CREATE OR REPLACE TEMP TABLE close AS
SELECT p.* FROM placed_in p SEMI JOIN near n ON n.actor = p.actor AND n.bin IS NOT DISTINCT FROM p.bin;
DROP TABLE near;
DROP TABLE own
"""
_CELLS = "SELECT DISTINCT actor, bin FROM placed_in SEMI JOIN {numbers} USING (number)"
_WORDS = """
CREATE OR REPLACE TEMP TABLE close_words AS FROM ({worded}) SEMI JOIN close USING (number);
CREATE OR REPLACE TEMP TABLE words_before AS FROM ({worded_before}) SEMI JOIN gone USING (number)
"""
# Keys stand in a table before they are joined: what it unnests DuckDB 2.0 may end to join, with an internal error.
_OF_KEYS = """
CREATE OR REPLACE TEMP TABLE changed_keys AS {keyed_changed};
INSERT INTO changed_keys {keyed_before};
CREATE OR REPLACE TEMP TABLE keyed AS {keyed_close};
INSERT INTO touched
SELECT number FROM keyed SEMI JOIN (SELECT key FROM changed_keys) USING (key) EXCEPT FROM touched
"""
_OF_CHANGED = ("placed_before", "close", "close_words", "words_before", "changed_keys", "keyed")


def keep_reports(kept: "Kept", meeting: Meeting, query: str) -> None:
    """Make, and keep, the reports of this build, which are what `query` says, and the tables

    changed     number: those that are not what they were
    gone        the rows of `reports` of the build before that are not any more what they were
    """
    kept.recall(meeting.reports, f"number BIGINT, {meeting.columns}")
    kept.keep(meeting.reports, query)
    _run_all(kept, _CHANGED.format(reports=meeting.reports))


def find_touched(kept: "Kept", meeting: Meeting, *, beside: str = "") -> None:
    """Make, given what is told, and `keep_reports`, the tables

    touched     number: those whose pairs are looked for anew
    meeting     number, actor, bin, is_touched: all cells of these reports, and of those that they can meet

    `beside` is a query for more numbers to look at.
    """
    run = kept.connection.execute
    run(f"CREATE OR REPLACE TEMP TABLE placed_in AS {_now(meeting, meeting.placed)}")
    run("CREATE OR REPLACE TEMP TABLE touched AS FROM changed")
    if kept.before is not None:
        _add_of_keys(kept, meeting)
    if beside:
        run(f"INSERT INTO touched SELECT number FROM ({beside}) ANTI JOIN touched USING (number)")
    _run_all(kept, _NEAR.format(own=_CELLS.format(numbers="touched")))
    run("""
        CREATE OR REPLACE TEMP TABLE meeting AS
        SELECT c.*, t.number IS NOT NULL AS is_touched FROM close c LEFT JOIN touched t ON t.number = c.number
    """)
    for table in ("close", "placed_in"):
        run(f"DROP TABLE {table}")


def _add_of_keys(kept: "Kept", meeting: Meeting) -> None:
    """To those that are touched all that have a changed key."""
    run = kept.connection.execute
    run(f"CREATE OR REPLACE TEMP TABLE placed_before AS {_before(meeting, meeting.placed)}")
    own = f"{_CELLS.format(numbers='changed')} UNION SELECT actor, bin FROM placed_before"
    _run_all(kept, _NEAR.format(own=own))
    _run_all(kept, _WORDS.format(worded=_now(meeting, meeting.worded), worded_before=_before(meeting, meeting.worded)))
    sides = {
        "keyed_changed": ("(FROM close SEMI JOIN changed USING (number))", "close_words"),
        "keyed_before": ("placed_before", "words_before"),
        "keyed_close": ("close", "close_words"),
    }
    ((count,),) = run("SELECT count(*) FROM close").fetchall()
    slices = count // fitting(kept.connection, _OF_CELL) + 1
    for number in range(slices):
        these = f"actor % {slices} = {number}"
        keyed = {
            name: meeting.keyed.format(row="number", placed=placed, worded=worded, these=these)
            for name, (placed, worded) in sides.items()
        }
        _run_all(kept, _OF_KEYS.format(**keyed))
    for table in _OF_CHANGED:
        run(f"DROP TABLE {table}")


def _now(meeting: Meeting, query: str) -> str:
    return query.format(told=meeting.told, reports=meeting.reports)


def _before(meeting: Meeting, query: str) -> str:
    return query.format(told=f"kept_{meeting.told}", reports="gone")


def _run_all(kept: "Kept", statements: str) -> None:
    for statement in statements.strip().split(";\n"):
        kept.connection.execute(statement)
