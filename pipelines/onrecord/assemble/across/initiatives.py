"""Proposals that report one act: the table `initiatives`, proposals.initiative_id, and what answers what.

Reports of one act share a proposer; a state is one beside who speaks for it, and who is only described, such as a
council, is somebody else in every article. They meet in a proposer with two words, or with an issue and a word
(`candidates`); `same_act` decides, and `groups` makes initiatives of what it accepts. The id of one is that of the
report in the article that told it first.
"""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from onrecord.assemble.across.acts import find_told_acts, meeting_of_acts, rank_acts
from onrecord.assemble.across.candidates import find_candidates
from onrecord.assemble.across.groups import FORGET_GROUPS, register_groups
from onrecord.assemble.across.pairs import find_pairs
from onrecord.assemble.across.responses import find_answers
from onrecord.assemble.across.same_act import ToldAct, is_like, same_act
from onrecord.assemble.across.touched import find_touched
from onrecord.assemble.across.wording import compare
from onrecord.batches.likeness import Column

if TYPE_CHECKING:
    import duckdb

    from onrecord.assemble.kept import Kept

_WINDOW = 28  # days between two reports of one act: a push for something takes weeks
_SHARE = 0.25  # of the pairs between two groups of reports that are one act (`groups`)

# Where acts meet: a party with two neighbouring words, or with an issue and a word.
_KEYED = """
WITH these AS (
    SELECT bin, actor, issue_id, stance, words, {row}
    FROM (FROM {placed} WHERE {these}) JOIN {worded} USING (number)
),
met AS (
    SELECT bin, actor, {row},
           hash(unnest(list_distinct(list_concat(list_zip(words[:-2], words[2:], true),
                                                 list_zip(words[:-3], words[3:], true))))) AS content
    FROM these
    UNION ALL
    SELECT bin, actor, {row}, hash(issue_id, stance, unnest(list_distinct(words))) FROM these
    WHERE issue_id IS NOT NULL
)
SELECT hash(actor, content) AS key, bin, {row} FROM met
"""
_MEETING = meeting_of_acts("proposers", _WINDOW, _KEYED)
# What `same_act` turns down without a look at words, so that it is not called for it.
_ARE_OPPOSED = """
((u.kind = 'against') <> (h.kind = 'against') OR coalesce(u.issue_id = h.issue_id, false) AND u.stance <> h.stance)
"""
_POSSIBLE = f"""
WITH short AS (SELECT unit, day, kind, issue_id, stance FROM worded)
SELECT c.unit, head FROM candidates c JOIN short u ON u.unit = c.unit JOIN short h ON h.unit = c.head
WHERE coalesce(abs(u.day - h.day) <= {_WINDOW}, true) AND NOT {_ARE_OPPOSED}
"""
_TOLD = f"SELECT unit, {', '.join(field.name for field in fields(ToldAct))} FROM worded"
_ACCEPTED = """
FROM found_pairs
UNION ALL
SELECT u.unit, h.unit, similarity, method
FROM kept_act_pairs
JOIN (SELECT proposal_id, unit FROM acts ANTI JOIN touched USING (number)) u ON u.proposal_id = told
JOIN (SELECT proposal_id, unit FROM acts) h ON h.proposal_id = fuller
ORDER BY similarity DESC, unit, head
"""
_PAIR_COLUMNS = "told VARCHAR, fuller VARCHAR, similarity DOUBLE, method VARCHAR"
_PAIRED = "SELECT told FROM kept_act_pairs UNION ALL SELECT fuller FROM kept_act_pairs"
_PAIRS = """
SELECT u.proposal_id AS told, h.proposal_id AS fuller, similarity, method
FROM accepted a JOIN acts u ON u.unit = a.unit JOIN acts h ON h.unit = a.head
"""
_SIDES = """
SELECT unit, issue_id, stance
FROM acts SEMI JOIN (SELECT unit FROM accepted UNION ALL SELECT head FROM accepted) USING (unit)
WHERE issue_id IS NOT NULL
"""
_JOINED = """
CREATE OR REPLACE TEMP TABLE joined_proposals AS
WITH joined AS (
    SELECT unit, center, similarity, method FROM members
    UNION ALL
    SELECT DISTINCT center, center, NULL, 'fullest' FROM members
)
SELECT proposal_id, article_id, similarity, method, counts, outlet, latest, issue_id, stance,
       first_value(proposal_id) OVER (
           PARTITION BY center ORDER BY counts DESC, latest NULLS LAST, article_id, start, proposal_id
       ) AS initiative_id
FROM joined JOIN acts USING (unit)
"""


def find_initiatives(kept: "Kept") -> None:
    """Make the tables `joined_proposals`: one row per proposal that reports the act of another one, too, with the
    initiative_id of both, and how; and `answers`, the rows of initiative_links. A proposal that is not joined is an
    initiative of its own, under its own id.

    Needs `kept`, `tellers`, `told_before`, `told_anew`, `grouped`, `joined_quotes`, and current actors in the views of
    the batches.
    """
    connection = kept.connection
    _teach(connection)
    find_told_acts(kept)
    find_touched(kept, _MEETING)
    kept.recall("act_pairs", _PAIR_COLUMNS)
    rank_acts(connection, _PAIRED)
    find_candidates(connection, _KEYED, least=1)
    find_pairs(connection, _POSSIBLE, _TOLD, ToldAct, lambda ours, theirs: same_act(ours, theirs))
    register_groups(connection, connection.sql(_ACCEPTED).to_arrow_table(), share=_SHARE, sides=_SIDES)
    kept.keep("act_pairs", _PAIRS)
    for statement in (_JOINED, FORGET_GROUPS):
        connection.execute(statement)
    find_answers(kept)
    for statement in ("DROP VIEW told_acts", "DROP TABLE acts", "DROP TABLE changed", "DROP TABLE gone"):
        connection.execute(statement)


def _teach(connection: "duckdb.DuckDBPyConnection") -> None:
    """Give the connection answers_in(words, words)."""
    from duckdb.func import ARROW

    def like(ours: Column, theirs: Column) -> Any:
        found = [compare(a, b) for a, b in zip(ours.to_pylist(), theirs.to_pylist(), strict=True)]
        kind = pa.struct([("similarity", pa.float64()), ("like_words", pa.bool_())])
        return pa.array([{"similarity": round(f.coverage, 3), "like_words": is_like(f)} for f in found], kind)

    connection.create_function(
        "answers_in", like, ["UINTEGER[]"] * 2, "STRUCT(similarity DOUBLE, like_words BOOLEAN)", type=ARROW
    )
