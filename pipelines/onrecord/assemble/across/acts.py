"""Proposals as reports of acts: the table `acts`, and what decides on each."""

from typing import TYPE_CHECKING

from onrecord.assemble.across.same_act import KINDS
from onrecord.assemble.across.tellers import keep_told
from onrecord.assemble.slices import by_batch, create_in_slices
from onrecord.schema.tables import literal

if TYPE_CHECKING:
    from onrecord.assemble.across.kept import Kept

NUMBERS = r"regexp_extract_all({text}, '\d(?:[\d.,]*\d)?')"  # of a text, in SQL

# Reads kept, told_anew, tellers, grouped and the batches' views. Makes, of some articles at a time:
#   quoted          the quotes that proposals lie in
#   told_proposals  what each article tells of its proposals; words as hashes. It is kept
#   parties         of each proposal, of either side
#   told            one row per proposal, without its words
# and of all of them:
#   acts            the same with unit, the rank among all, the fullest first, and a digest of what decides on it
_UNNAMED = """
CREATE OR REPLACE TEMP TABLE unnamed AS
SELECT DISTINCT actor_id FROM batch_actors SEMI JOIN kept USING (input_id, batch) WHERE link_method = 'unnamed'
"""
_KINDS = """
CREATE OR REPLACE TEMP TABLE kinds (type VARCHAR, kind VARCHAR);
INSERT INTO kinds VALUES {kinds}
"""
_QUOTED = """
CREATE OR REPLACE TEMP TABLE quoted AS
SELECT quote_id, group_id FROM batch_quotes SEMI JOIN told_anew USING (input_id, batch) WHERE {these}
"""
_TOLD_COLUMNS = """
proposal_id VARCHAR, article_id VARCHAR, batch VARCHAR, start BIGINT, "end" BIGINT, type VARCHAR, kind VARCHAR,
own_issue VARCHAR, own_stance VARCHAR, words UINTEGER[], numbers VARCHAR[], group_id VARCHAR, length BIGINT
"""
_TOLD_PROPOSALS = f"""
SELECT proposal_id, article_id, batch, start, "end", type, kind, issue_id AS own_issue, stance AS own_stance,
       content_words(text) AS words, {NUMBERS.format(text="text")} AS numbers, group_id, len(words) AS length
FROM (FROM batch_proposals SEMI JOIN told_anew USING (input_id, batch) WHERE {{these}}) JOIN kinds USING (type)
LEFT JOIN quoted USING (quote_id)
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
_TOLD = """
SELECT proposal_id, article_id, start, "end", type, kind, coalesce(own_issue, g.issue_id) AS issue_id,
       coalesce(own_stance, g.stance) AS stance, length, group_id, coalesce(utterance_id, group_id) AS utterance_id,
       source, day, latest, counts, outlet, coalesce(proposers, []) AS proposers, coalesce(others, []) AS others
FROM (SELECT * EXCLUDE (batch, words, numbers) FROM told_proposals WHERE {these}) p JOIN tellers USING (article_id)
LEFT JOIN grouped g USING (proposal_id)
LEFT JOIN (SELECT group_id, utterance_id FROM joined_quotes) USING (group_id)
LEFT JOIN parties USING (proposal_id)
"""
_ACTS = """
CREATE OR REPLACE TEMP TABLE acts AS
SELECT row_number() OVER (
           ORDER BY counts DESC, length DESC, latest NULLS LAST, article_id, start, proposal_id
       ) AS unit,
       * EXCLUDE source,
       md5_number_upper({'id': proposal_id, 'source': source, 'issue': issue_id, 'stance': stance,
                         'utterance': utterance_id, 'latest': latest, 'day': day, 'counts': counts,
                         'proposers': proposers, 'others': others}::VARCHAR) AS digest
FROM told
"""
DIGESTS = "SELECT unit, digest FROM acts"  # see cells
# Acts that are to be compared, with their words.
WORDED_ACTS = """
CREATE OR REPLACE TEMP TABLE worded AS
SELECT a.*, words, numbers
FROM (FROM acts SEMI JOIN meeting USING (unit)) a
JOIN (SELECT proposal_id, words, numbers FROM told_proposals) USING (proposal_id)
"""


def find_acts(kept: "Kept") -> None:
    """Make the table `acts`, and the view `told_proposals` with the words of each.

    Needs `tellers`, `told_before`, `told_anew`, `grouped`, `joined_quotes`, `kept`, content_words(text), and current
    actors in the views of the batches.
    """
    connection = kept.connection
    kinds = ", ".join(f"({literal(type_)}, {literal(kind)})" for type_, kind in KINDS.items())
    for statement in (_UNNAMED, *_KINDS.format(kinds=kinds).split(";\n")):
        connection.execute(statement)
    keep_told(kept, "told_proposals", _TOLD_COLUMNS, _TOLD_PROPOSALS, (_QUOTED,))
    create_in_slices(connection, "told", _TOLD, by_batch(connection), (_PARTIES,))
    for statement in (_ACTS, *(f"DROP TABLE {table}" for table in ("unnamed", "kinds", "quoted", "parties", "told"))):
        connection.execute(statement)
