"""Which initiative answers which: the table `initiative_links`.

A rejection, opposition or support answers what another party wants, and a promise what its party was asked for. In one
article the two must be on one issue with sides that fit, or like in content where only one of them has an issue; the
nearest one is answered. Across articles the contents must be like, too, and the one must name a party of the other.
Alike contents of which neither has an issue, or each another one, mostly answer something else
(docs/decisions/0014).
"""

from typing import TYPE_CHECKING

from onrecord.assemble.across.acts import DIGESTS, WORDED_ACTS
from onrecord.assemble.across.candidates import find_candidates, to_bin
from onrecord.assemble.across.cells import find_touched

if TYPE_CHECKING:
    from onrecord.assemble.across.kept import Kept

_WINDOW = 14  # days between an act and its answer in another article
_LEAST = 0.2  # of the shorter content that is in the longer, where both are on one issue
_NEAR = 4_000  # characters between two proposals of an article of which one answers the other

# A proposal that answers, and what others want that it can answer. `fits`: the sides that both take on their issue.
_FITTING = """
(r.kind = 'against' AND i.kind <> 'against' OR r.kind = 'for' AND i.kind IN ('ask', 'own')
 OR r.type IN ('commit', 'offer') AND i.kind = 'ask' AND list_has_any(i.others, r.proposers))
AND NOT list_has_any(r.proposers, i.proposers) AND len(r.proposers) > 0 AND len(i.proposers) > 0
AND (r.article_id <> i.article_id OR r."end" <= i.start OR i."end" <= r.start)
"""
_ONE_ISSUE = """
r.issue_id = i.issue_id AND (r.stance = i.stance) = (r.kind <> 'against') AND 'conditional' NOT IN (r.stance, i.stance)
"""
_PLACED = f"""
CREATE OR REPLACE TEMP TABLE placed_in AS
SELECT unit, hash(unnest(list_distinct(list_concat(proposers, others)))) AS actor, {to_bin("day", _WINDOW)} AS bin
FROM acts
"""
# Of an article in which an act may have changed all acts are looked at anew.
_BESIDE = "SELECT unit FROM acts SEMI JOIN (FROM acts SEMI JOIN touched USING (unit)) USING (article_id)"
_KEYED = """
SELECT hash(actor, unnest(list_distinct(list_zip(words[:-2], words[2:], true)))) AS key, bin, unit, is_touched
FROM (FROM meeting WHERE {these}) JOIN (SELECT unit, words FROM worded) USING (unit)
"""
# A pair was kept if the one of the two that is less full is not touched.
_COLUMNS = """
answer VARCHAR, answered VARCHAR, type VARCHAR, kind VARCHAR, is_seconded BOOLEAN, within_article BOOLEAN,
distance BIGINT, is_one_issue BOOLEAN, common STRUCT(similarity DOUBLE, like_words BOOLEAN)
"""
_PAIRS = f"""
CREATE OR REPLACE TEMP TABLE found_answering AS
WITH met AS (
    SELECT r.unit AS answer, i.unit AS answered
    FROM (FROM worded SEMI JOIN touched USING (unit)) r
    JOIN worded i ON r.article_id = i.article_id AND abs(r.start - i.start) <= {_NEAR} AND {_FITTING}
    UNION
    SELECT r.unit, i.unit
    FROM (SELECT unit AS a, head AS b FROM candidates UNION ALL SELECT head, unit FROM candidates)
    JOIN worded r ON r.unit = a JOIN worded i ON i.unit = b
    WHERE {_FITTING} AND coalesce(abs(r.day - i.day) <= {_WINDOW}, true)
      AND (list_has_any(r.others, i.proposers) OR list_has_any(i.others, r.proposers))
)
SELECT r.proposal_id AS answer, i.proposal_id AS answered, r.type AS type, r.kind AS kind,
       i.kind = 'for' AS is_seconded,
       r.article_id = i.article_id AS within_article, abs(r.start - i.start) AS distance,
       coalesce({_ONE_ISSUE}, false) AS is_one_issue,
       answers_in(r.words, i.words) AS common
FROM met JOIN worded r ON r.unit = answer JOIN worded i ON i.unit = answered
WHERE coalesce({_ONE_ISSUE}, (r.issue_id IS NULL) <> (i.issue_id IS NULL))
"""
_ANSWERING = """
FROM found_answering
UNION ALL BY NAME
SELECT k.*
FROM kept_answering k JOIN (SELECT proposal_id, unit FROM acts) r ON r.proposal_id = answer
JOIN (SELECT proposal_id, unit FROM acts) i ON i.proposal_id = answered
WHERE greatest(r.unit, i.unit) NOT IN (SELECT unit FROM touched)
"""
# Of each answer the best that it can answer: like in words, else on one issue in the article; what somebody wants
# before what somebody supports; then the nearest.
_LINKS = f"""
CREATE OR REPLACE TEMP TABLE answers AS
WITH parties AS (
    SELECT coalesce(initiative_id, proposal_id) AS initiative_id, flatten(list(proposers)) AS parties
    FROM acts LEFT JOIN joined_proposals USING (proposal_id) GROUP BY ALL
),
named AS (
    SELECT a.*, coalesce(r.initiative_id, answer) AS initiative_id, coalesce(i.initiative_id, answered) AS responds_to,
           common.like_words AS like_words
    FROM answering a
    LEFT JOIN joined_proposals r ON r.proposal_id = answer LEFT JOIN joined_proposals i ON i.proposal_id = answered
),
best AS (
    SELECT n.*
    FROM named n JOIN parties own USING (initiative_id) JOIN parties other ON other.initiative_id = responds_to
    WHERE NOT list_has_any(own.parties, other.parties)
      AND (like_words
           OR (is_one_issue AND within_article AND kind <> 'own' AND common.similarity >= {_LEAST}))
    QUALIFY row_number() OVER (
        PARTITION BY answer ORDER BY like_words DESC, within_article DESC, is_seconded,
                                     if(like_words, -common.similarity, 0), distance, answered
    ) = 1
)
SELECT initiative_id, responds_to,
       CASE type WHEN 'reject' THEN 'rejects' WHEN 'oppose' THEN 'opposes' WHEN 'support' THEN 'supports'
                 ELSE 'accepts' END AS relation,
       if(like_words, 'words', 'issue') AS link_method, common.similarity AS similarity, within_article
FROM best
QUALIFY row_number() OVER (
    PARTITION BY initiative_id, responds_to ORDER BY like_words DESC, similarity DESC, within_article DESC, answer
) = 1
"""


def find_answers(kept: "Kept") -> None:
    """Make the table `answers`, the rows of initiative_links. Needs `acts`, `told_proposals` and `joined_proposals`."""
    connection = kept.connection
    connection.execute(_PLACED)
    find_touched(kept, "answer_cells", digests=DIGESTS, beside=_BESIDE)
    connection.execute(WORDED_ACTS)
    find_candidates(connection, _KEYED, least=1)
    connection.execute(_PAIRS)
    kept.recall("answering", _COLUMNS)
    kept.keep("answering", _ANSWERING)
    for statement in (
        _LINKS,
        *(f"DROP TABLE {name}" for name in ("found_answering", "candidates", "touched", "worded")),
    ):
        connection.execute(statement)
