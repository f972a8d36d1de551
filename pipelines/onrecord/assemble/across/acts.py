"""Proposals as reports of acts, and what decides on each."""

from typing import TYPE_CHECKING

from onrecord.assemble.across.candidates import to_bin
from onrecord.assemble.across.same_act import KINDS
from onrecord.assemble.across.touched import Meeting, keep_reports
from onrecord.assemble.tellers import keep_told
from onrecord.schema.tables import literal

if TYPE_CHECKING:
    import duckdb

    from onrecord.assemble.kept import Kept

NUMBERS = r"regexp_extract_all({text}, '\d(?:[\d.,]*\d)?')"  # of a text, in SQL

# Reads told_anew, tellers, grouped and the batches' views. Makes, of some articles at a time:
#   quoted          the quotes that proposals lie in
#   unnamed         who is only described, and so somebody else in every article
#   parties         of each proposal, of either side
#   told_proposals  what each article tells of its proposals; words and parties as hashes, and a digest of it all: kept
# and of all of them:
#   told_acts       the same without words and parties, with the issue, the utterance and the day of now; a view
#   act_reports     a digest of all that decides on each, with its day, issue and side: kept
# and of those that are compared, or were found to be pairs:
#   acts            what they are ordered and joined by, with unit, the rank among them, the fullest first; quotes and
#                   utterances as hashes
#   worded          of those that are to be compared what is compared, with the article as a hash
_KINDS = """
CREATE OR REPLACE TEMP TABLE kinds (type VARCHAR, kind VARCHAR);
INSERT INTO kinds VALUES {kinds}
"""
_QUOTED = """
CREATE OR REPLACE TEMP TABLE quoted AS
SELECT quote_id, group_id FROM batch_quotes SEMI JOIN told_anew USING (input_id, batch) WHERE {these}
"""
_UNNAMED = """
CREATE OR REPLACE TEMP TABLE unnamed AS
SELECT input_id, actor_id FROM batch_actors SEMI JOIN told_anew USING (input_id, batch)
WHERE link_method = 'unnamed' AND {these}
"""
_PARTIES = """
CREATE OR REPLACE TEMP TABLE parties AS
SELECT proposal_id, list_sort(list(DISTINCT party) FILTER (role = 'proposer')) AS proposers,
       list_sort(list(DISTINCT party) FILTER (role <> 'proposer')) AS others
FROM (
    SELECT proposal_id, role, hash(if(u.actor_id IS NULL, p.actor_id,
                                      concat_ws(' ', p.actor_id, split_part(proposal_id, ':', 1)))) AS party
    FROM (FROM batch_proposal_actors SEMI JOIN told_anew USING (input_id, batch) WHERE {these}) p
    LEFT JOIN unnamed u USING (input_id, actor_id)
)
GROUP BY proposal_id
"""
_TOLD_COLUMNS = """
proposal_id VARCHAR, article_id VARCHAR, start BIGINT, "end" BIGINT, type VARCHAR, kind VARCHAR, own_issue VARCHAR,
own_stance VARCHAR, words UINTEGER[], numbers VARCHAR[], group_id VARCHAR, length BIGINT, proposers UBIGINT[],
others UBIGINT[], digest UBIGINT
"""
_TOLD_PROPOSALS = f"""
SELECT proposal_id, article_id, start, "end", type, kind, issue_id AS own_issue, stance AS own_stance,
       content_words(text) AS words, {NUMBERS.format(text="text")} AS numbers, group_id, len(words) AS length,
       coalesce(proposers, []) AS proposers, coalesce(others, []) AS others,
       md5_number_upper(concat_ws(' ', proposal_id, source)) AS digest
FROM (FROM batch_proposals SEMI JOIN told_anew USING (input_id, batch) WHERE {{these}}) JOIN kinds USING (type)
JOIN (SELECT article_id, source FROM tellers) USING (article_id)
LEFT JOIN quoted USING (quote_id) LEFT JOIN parties USING (proposal_id)
"""
_TOLD_ACTS = """
CREATE OR REPLACE TEMP VIEW told_acts AS
SELECT number, proposal_id, article_id, start, "end", type, kind, length, group_id, digest,
       coalesce(own_issue, g.issue_id) AS issue_id, coalesce(own_stance, g.stance) AS stance,
       coalesce(utterance_id, group_id) AS utterance_id, day, latest, counts, outlet
FROM told_proposals JOIN tellers USING (article_id)
LEFT JOIN grouped g USING (proposal_id)
LEFT JOIN (SELECT group_id, utterance_id FROM joined_quotes) USING (group_id)
"""
_ACT_REPORTS = """
SELECT number, hash(digest, issue_id, stance, utterance_id, latest, day, counts) AS digest, day, issue_id, stance
FROM told_acts
"""
_PLACED = """
SELECT number, unnest({parties}) AS actor, {bin} AS bin
FROM (SELECT number, proposers, others FROM {{told}}) JOIN (SELECT number, day FROM {{reports}}) USING (number)
"""
_WORDED = """
SELECT number, words, issue_id, stance
FROM (SELECT number, words FROM {told}) JOIN (SELECT number, issue_id, stance FROM {reports}) USING (number)
"""
_ACTS = """
CREATE OR REPLACE TEMP TABLE acts AS
WITH compared AS (
    SELECT number FROM meeting
    UNION
    SELECT number FROM (SELECT number, proposal_id FROM told_proposals) WHERE proposal_id IN ({paired})
)
SELECT row_number() OVER (
           ORDER BY counts DESC, length DESC, latest NULLS LAST, article_id, start, proposal_id
       ) AS unit,
       number, proposal_id, article_id, start, "end", type, kind, issue_id, stance, day, latest, counts, outlet,
       if(group_id IS NULL, NULL, hash(group_id)) AS quote, if(group_id IS NULL, NULL, hash(utterance_id)) AS utterance
FROM told_acts SEMI JOIN compared USING (number)
"""
_WORDED_ACTS = """
CREATE OR REPLACE TEMP TABLE worded AS
SELECT unit, a.number, hash(article_id) AS article, start, "end", type, kind, issue_id, stance, day, quote,
       utterance, proposers, others, words, numbers
FROM (FROM acts SEMI JOIN meeting USING (number)) a
JOIN (SELECT number, proposers, others, words, numbers FROM told_proposals) USING (number)
"""


def find_told_acts(kept: "Kept") -> None:
    """Make `told_proposals`, `told_acts` and `act_reports`, see above.

    Needs `tellers`, `told_before`, `told_anew`, `grouped`, `joined_quotes`, content_words(text), and current actors in
    the views of the batches.
    """
    connection = kept.connection
    kinds = ", ".join(f"({literal(type_)}, {literal(kind)})" for type_, kind in KINDS.items())
    for statement in _KINDS.format(kinds=kinds).split(";\n"):
        connection.execute(statement)
    keep_told(kept, "told_proposals", _TOLD_COLUMNS, _TOLD_PROPOSALS, (_QUOTED, _UNNAMED, _PARTIES))
    done = (f"DROP TABLE {table}" for table in ("kinds", "quoted", "unnamed", "parties"))
    for statement in (_TOLD_ACTS, *done):
        connection.execute(statement)
    keep_reports(kept, meeting_of_acts("proposers", 1, ""), _ACT_REPORTS)


def meeting_of_acts(parties: str, window: int, keyed: str) -> Meeting:
    """How acts meet: by these parties of each, in windows of so many days, in these keys."""
    return Meeting(
        told="told_proposals",
        reports="act_reports",
        columns="digest UBIGINT, day DATE, issue_id VARCHAR, stance VARCHAR",
        placed=_PLACED.format(parties=parties, bin=to_bin("day", window)),
        worded=_WORDED,
        keyed=keyed,
    )


def rank_acts(connection: "duckdb.DuckDBPyConnection", paired: str) -> None:
    """Make `acts` and `worded`, see above. Needs `meeting` (`touched`).

    `paired` is a query for the ids of those that were found to be pairs before.
    """
    for statement in (_ACTS.format(paired=paired), _WORDED_ACTS):
        connection.execute(statement)
