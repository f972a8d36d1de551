"""Proposals that report one act: the table `initiatives`, proposals.initiative_id, and what answers what.

Reports of one act share a proposer; a state is one beside who speaks for it, and who is only described, such as a
council, is somebody else in every article. They meet in a proposer with two words, or with an issue and a word
(`candidates`); `same_act` decides. An initiative is a star around its fullest report; its id is that of the report in
the article that told it first.
"""

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from onrecord.assemble.across.candidates import find_candidates, register_stars, to_bin
from onrecord.assemble.across.responses import find_answers
from onrecord.assemble.across.same_act import KINDS, ToldAct, is_like, same_act
from onrecord.assemble.across.wording import compare
from onrecord.assemble.slices import by_batch, create_in_slices
from onrecord.batches.likeness import Column
from onrecord.schema.tables import literal

if TYPE_CHECKING:
    import duckdb

NUMBERS = r"regexp_extract_all({text}, '\d(?:[\d.,]*\d)?')"  # of a text, in SQL
_WINDOW = 28  # days between two reports of one act: a push for something takes weeks

# Reads kept, tellers, grouped and the batches' views. Makes, of some articles at a time:
#   parties  of each proposal, of either side
#   quoted   the quotes that proposals lie in
#   told     one row per proposal: words as hashes, the parties
# and of all of them:
#   acts     the same with unit, the rank among all, the fullest first
_UNNAMED = """
CREATE OR REPLACE TEMP TABLE unnamed AS
SELECT DISTINCT actor_id FROM batch_actors SEMI JOIN kept USING (input_id, batch) WHERE link_method = 'unnamed'
"""
_KINDS = """
CREATE OR REPLACE TEMP TABLE kinds (type VARCHAR, kind VARCHAR);
INSERT INTO kinds VALUES {kinds}
"""
_PARTIES = """
CREATE OR REPLACE TEMP TABLE parties AS
SELECT proposal_id, list_sort(list(DISTINCT party) FILTER (role = 'proposer')) AS proposers,
       list_sort(list(DISTINCT party) FILTER (role <> 'proposer')) AS others
FROM (
    SELECT proposal_id, role, if(unnamed.actor_id IS NULL, p.actor_id,
                                 concat_ws(' ', p.actor_id, split_part(proposal_id, ':', 1))) AS party
    FROM (FROM batch_proposal_actors SEMI JOIN kept USING (input_id, batch) WHERE {these}) p
    LEFT JOIN unnamed ON unnamed.actor_id = p.actor_id
)
GROUP BY proposal_id
"""
_QUOTED = """
CREATE OR REPLACE TEMP TABLE quoted AS
SELECT quote_id, group_id, coalesce(utterance_id, group_id) AS utterance_id
FROM (FROM batch_quotes SEMI JOIN kept USING (input_id, batch) WHERE {these})
LEFT JOIN joined_quotes USING (group_id)
"""
_TOLD = f"""
SELECT p.proposal_id, article_id, start, "end", type, kind, coalesce(p.issue_id, g.issue_id) AS issue_id,
       coalesce(p.stance, g.stance) AS stance, content_words(text) AS words, {NUMBERS.format(text="text")} AS numbers,
       group_id, utterance_id, day, latest, counts, outlet, coalesce(proposers, []) AS proposers,
       coalesce(others, []) AS others
FROM (FROM batch_proposals SEMI JOIN kept USING (input_id, batch) WHERE {{these}}) p JOIN kinds USING (type)
JOIN tellers USING (article_id)
LEFT JOIN grouped g USING (proposal_id) LEFT JOIN quoted USING (quote_id)
LEFT JOIN parties ON parties.proposal_id = p.proposal_id
"""
_ACTS = """
CREATE OR REPLACE TEMP TABLE acts AS
SELECT row_number() OVER (
           ORDER BY counts DESC, len(words) DESC, latest NULLS LAST, article_id, start, proposal_id
       ) AS unit, *
FROM told
"""
# Where acts meet: a party with two neighbouring words, or with an issue and a word.
_KEYED = f"""
WITH told AS (
    SELECT unit, {to_bin("day", _WINDOW)} AS bin, unnest(proposers) AS actor_id, issue_id, stance, words FROM acts
),
these AS (FROM told WHERE {{these}}),
met AS (
    SELECT unit, bin, actor_id, hash(unnest(list_distinct(list_concat(list_zip(words[:-2], words[2:], true),
                                                                      list_zip(words[:-3], words[3:], true)))))
           AS content
    FROM these
    UNION ALL
    SELECT unit, bin, actor_id, hash(issue_id, stance, unnest(list_distinct(words))) FROM these
    WHERE issue_id IS NOT NULL
)
SELECT hash(actor_id, content) AS key, bin, unit FROM met
"""
_FACTS = {
    **dict.fromkeys(("kind", "issue_id", "stance", "group_id", "utterance_id"), "VARCHAR"),
    **{"words": "UINTEGER[]", "numbers": "VARCHAR[]"},
}


def _act(row: str) -> str:
    return "{" + ", ".join(f"'{name}': {row}.{name}" for name in _FACTS) + "}"


_ACCEPTED = f"""
WITH compared AS (
    SELECT c.unit, c.head, same_act({_act("u")}, {_act("h")}) AS found
    FROM candidates c JOIN acts u ON u.unit = c.unit JOIN acts h ON h.unit = c.head
    WHERE coalesce(abs(u.day - h.day) <= {_WINDOW}, true)
)
SELECT unit, head, found.similarity AS similarity, found.method AS method FROM compared WHERE found IS NOT NULL
ORDER BY unit, similarity DESC, head
"""
_JOINED = """
CREATE OR REPLACE TEMP TABLE joined_proposals AS
WITH members AS (
    SELECT unit, center, similarity, method FROM stars
    UNION ALL
    SELECT DISTINCT center, center, NULL, 'fullest' FROM stars
)
SELECT proposal_id, article_id, similarity, method, counts, outlet, latest,
       first_value(proposal_id) OVER (
           PARTITION BY center ORDER BY counts DESC, latest NULLS LAST, article_id, start, proposal_id
       ) AS initiative_id
FROM members JOIN acts USING (unit)
"""


def find_initiatives(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the tables `joined_proposals`: one row per proposal that reports the act of another one, too, with the
    initiative_id of both, and how; and `answers`, the rows of initiative_links. A proposal that is not joined is an
    initiative of its own, under its own id.

    Needs `kept`, `tellers`, `grouped`, `joined_quotes`, and current actors in the views of the batches.
    """
    kinds = ", ".join(f"({literal(type_)}, {literal(kind)})" for type_, kind in KINDS.items())
    _teach(connection)
    for statement in (_UNNAMED, *_KINDS.format(kinds=kinds).split(";\n")):
        connection.execute(statement)
    create_in_slices(connection, "told", _TOLD, by_batch(connection), (_PARTIES, _QUOTED))
    for statement in (*(f"DROP TABLE {table}" for table in ("unnamed", "parties", "quoted")), _ACTS, "DROP TABLE told"):
        connection.execute(statement)
    find_candidates(connection, _KEYED, reports="acts", least=1)
    register_stars(connection, connection.sql(_ACCEPTED).to_arrow_table())
    for statement in (_JOINED, "DROP VIEW stars", "DROP TABLE candidates"):
        connection.execute(statement)
    find_answers(connection)


def _teach(connection: "duckdb.DuckDBPyConnection") -> None:
    """Give the connection same_act(act, act), of rows of `acts`, and answers_in(words, words)."""
    from duckdb.func import ARROW, SPECIAL

    def same(ours: Column, theirs: Column) -> Any:
        pairs = zip(ours.to_pylist(), theirs.to_pylist(), strict=True)
        found = [same_act(ToldAct(**a), ToldAct(**b)) for a, b in pairs]
        kind = pa.struct([("similarity", pa.float64()), ("method", pa.string())])
        return pa.array([f and {"similarity": f.similarity, "method": f.method} for f in found], kind)

    def like(ours: Column, theirs: Column) -> Any:
        found = [compare(a, b) for a, b in zip(ours.to_pylist(), theirs.to_pylist(), strict=True)]
        kind = pa.struct([("similarity", pa.float64()), ("like_words", pa.bool_())])
        return pa.array([{"similarity": round(f.coverage, 3), "like_words": is_like(f)} for f in found], kind)

    act = f"STRUCT({', '.join(f'{name} {kind}' for name, kind in _FACTS.items())})"
    connection.create_function(
        "same_act", same, [act, act], "STRUCT(similarity DOUBLE, method VARCHAR)", type=ARROW, null_handling=SPECIAL
    )
    connection.create_function(
        "answers_in", like, ["UINTEGER[]"] * 2, "STRUCT(similarity DOUBLE, like_words BOOLEAN)", type=ARROW
    )
