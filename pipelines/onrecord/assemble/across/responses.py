"""Which initiative answers which: the table `initiative_links`.

A rejection, opposition or support answers what another party wants, and a promise what its party was asked for. In one
article the two must be on one issue with sides that fit, or like in content where only one of them has an issue; the
nearest one is answered. Across articles the contents must be like, too, and the one must name a party of the other.
Alike contents of which neither has an issue, or each another one, mostly answer something else
(docs/decisions/0014).
"""

from typing import TYPE_CHECKING

from onrecord.assemble.across.acts import meeting_of_acts, rank_acts
from onrecord.assemble.across.candidates import find_candidates
from onrecord.assemble.across.touched import find_touched

if TYPE_CHECKING:
    from onrecord.assemble.kept import Kept

_WINDOW = 14  # days between an act and its answer in another article
_LEAST = 0.2  # of the shorter content that is in the longer, where both are on one issue
_NEAR = 4_000  # characters between two proposals of an article of which one answers the other

# A proposal that answers, and what others want that it can answer; a promise, what its party was asked for.
_KINDS_FIT = """
(r.kind = 'against' AND i.kind <> 'against' OR r.kind = 'for' AND i.kind IN ('ask', 'own')
 OR r.type IN ('commit', 'offer') AND i.kind = 'ask')
"""
_APART = '(r.article <> i.article OR r."end" <= i.start OR i."end" <= r.start)'
_PARTIES_FIT = """
(r.kind IN ('against', 'for') OR list_has_any(i.others, r.proposers))
AND NOT list_has_any(r.proposers, i.proposers) AND len(r.proposers) > 0 AND len(i.proposers) > 0
"""
_ONE_ISSUE = """
r.issue_id = i.issue_id AND (r.stance = i.stance) = (r.kind <> 'against') AND 'conditional' NOT IN (r.stance, i.stance)
"""
# Of an article in which an act has changed all acts are looked at anew.
_CHANGED_ARTICLES = """
CREATE OR REPLACE TEMP TABLE changed_articles AS
SELECT DISTINCT article_id, hash(article_id) AS article
FROM (SELECT number, article_id FROM told_proposals) SEMI JOIN changed USING (number)
"""
_BESIDE = """
SELECT number FROM (SELECT number, article_id FROM told_proposals) SEMI JOIN changed_articles USING (article_id)
"""
_KEYED = """
SELECT hash(actor, unnest(list_distinct(list_zip(words[:-2], words[2:], true)))) AS key, bin, {row}
FROM (FROM {placed} WHERE {these}) JOIN {worded} USING (number)
"""
_MEETING = meeting_of_acts("list_distinct(list_concat(proposers, others))", _WINDOW, _KEYED)
# A pair near each other in one article follows from the two, and is as it was unless an act of the article has changed.
# Another follows from all that the one of the two that is less full can meet, and is as it was unless that is touched.
_COLUMNS = """
answer VARCHAR, answered VARCHAR, type VARCHAR, kind VARCHAR, is_seconded BOOLEAN, within_article BOOLEAN,
distance BIGINT, is_one_issue BOOLEAN, common STRUCT(similarity DOUBLE, like_words BOOLEAN)
"""
# Which can be a pair, told by numbers; then with all that is told of the answer, then of what is answered. One join of
# whole reports at a time: DuckDB can spill what it holds, but not what several hold at once.
_NEAR_PAIRS = f"""
CREATE OR REPLACE TEMP TABLE near_pairs AS
WITH short AS (SELECT number, unit, article, start, "end", kind, type, day FROM worded)
SELECT r.unit AS answer, i.unit AS answered
FROM (FROM short SEMI JOIN changed_articles USING (article)) r
JOIN short i ON r.article = i.article AND abs(r.start - i.start) <= {_NEAR} AND {_KINDS_FIT} AND {_APART}
UNION ALL
SELECT r.unit, i.unit
FROM (SELECT unit AS a, head AS b FROM candidates UNION ALL SELECT head, unit FROM candidates)
JOIN short r ON r.unit = a JOIN short i ON i.unit = b
WHERE (r.article <> i.article OR abs(r.start - i.start) > {_NEAR})
  AND {_KINDS_FIT} AND {_APART} AND coalesce(abs(r.day - i.day) <= {_WINDOW}, true)
"""
_ANSWER_SIDES = """
CREATE OR REPLACE TEMP TABLE answer_sides AS
SELECT answered, r.* FROM near_pairs JOIN worded r ON r.unit = answer
"""
_PAIRS = f"""
CREATE OR REPLACE TEMP TABLE found_answering AS
SELECT r.unit AS answer, i.unit AS answered, r.type AS type, r.kind AS kind, i.kind = 'for' AS is_seconded,
       r.article = i.article AS within_article, abs(r.start - i.start) AS distance,
       coalesce({_ONE_ISSUE}, false) AS is_one_issue,
       answers_in(r.words, i.words) AS common
FROM answer_sides r JOIN worded i ON i.unit = r.answered
WHERE {_PARTIES_FIT} AND coalesce({_ONE_ISSUE}, (r.issue_id IS NULL) <> (i.issue_id IS NULL))
  AND (r.article = i.article AND abs(r.start - i.start) <= {_NEAR}
       OR list_has_any(r.others, i.proposers) OR list_has_any(i.others, r.proposers))
"""
_ANSWERING = f"""
SELECT f.* REPLACE (r.proposal_id AS answer, i.proposal_id AS answered)
FROM found_answering f JOIN acts r ON r.unit = f.answer JOIN acts i ON i.unit = f.answered
UNION ALL BY NAME
SELECT k.*
FROM kept_answering k JOIN (SELECT proposal_id, unit, number, article_id FROM acts) r ON r.proposal_id = answer
JOIN (SELECT proposal_id, unit, number FROM acts) i ON i.proposal_id = answered
WHERE if(within_article AND distance <= {_NEAR},
         r.article_id NOT IN (SELECT article_id FROM changed_articles),
         if(r.unit > i.unit, r.number, i.number) NOT IN (FROM touched))
"""
# What the words or the issue let pass, by the initiatives of both.
_FITTING_ANSWERS = f"""
CREATE OR REPLACE TEMP TABLE fitting_answers AS
SELECT a.*, coalesce(r.initiative_id, answer) AS initiative_id, coalesce(i.initiative_id, answered) AS responds_to,
       common.like_words AS like_words
FROM answering a
LEFT JOIN joined_proposals r ON r.proposal_id = answer LEFT JOIN joined_proposals i ON i.proposal_id = answered
WHERE common.like_words
   OR (is_one_issue AND within_article AND kind <> 'own' AND common.similarity >= {_LEAST})
"""
# Who proposes them. Of these initiatives only: a list for each of all would be held in memory at once.
_PROPOSING = """
CREATE OR REPLACE TEMP TABLE proposing AS
SELECT DISTINCT initiative_id, unnest(proposers) AS party
FROM (
    SELECT coalesce(initiative_id, proposal_id) AS initiative_id, proposers
    FROM (SELECT proposal_id, proposers FROM told_proposals)
    LEFT JOIN (SELECT proposal_id, initiative_id FROM joined_proposals) USING (proposal_id)
)
SEMI JOIN (
    SELECT initiative_id FROM fitting_answers UNION SELECT responds_to FROM fitting_answers
) USING (initiative_id)
"""
# Of each answer the best that it can answer, of nobody who answers: like in words, else on one issue in the article;
# what somebody wants before what somebody supports; then the nearest.
_LINKS = """
CREATE OR REPLACE TEMP TABLE answers AS
WITH own AS (
    SELECT DISTINCT n.initiative_id, n.responds_to
    FROM fitting_answers n JOIN proposing a USING (initiative_id)
    JOIN proposing b ON b.initiative_id = n.responds_to AND b.party = a.party
),
best AS (
    SELECT n.*
    FROM fitting_answers n ANTI JOIN own USING (initiative_id, responds_to)
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
_PAIRED = "SELECT answer FROM kept_answering UNION ALL SELECT answered FROM kept_answering"
_DONE = (
    *("near_pairs", "answer_sides", "found_answering", "fitting_answers", "proposing"),
    *("candidates", "touched", "worded", "changed_articles"),
)


def find_answers(kept: "Kept") -> None:
    """Make the table `answers`, the rows of initiative_links. Needs what `find_told_acts` makes, and
    `joined_proposals`."""
    connection = kept.connection
    connection.execute(_CHANGED_ARTICLES)
    find_touched(kept, _MEETING, beside=_BESIDE)
    kept.recall("answering", _COLUMNS)
    rank_acts(connection, _PAIRED)
    find_candidates(connection, _KEYED, least=1)
    for statement in (_NEAR_PAIRS, _ANSWER_SIDES, _PAIRS):
        connection.execute(statement)
    kept.keep("answering", _ANSWERING)
    for statement in (_FITTING_ANSWERS, _PROPOSING, _LINKS, *(f"DROP TABLE {name}" for name in _DONE)):
        connection.execute(statement)
