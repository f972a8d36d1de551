"""Quotes of one speaker that report the same words: the table `utterances` and quotes.utterance_id.

What is compared is what an article tells as one utterance (quotes.group_id). Worth a look is who has a speaker and two
pairs of neighbouring content words in common, within days (`candidates`); `same_words` decides, and
`groups` makes utterances of what it accepts.

Its id is that of the group in the article that told it first, by the day of publication, so later articles keep it.
"""

from dataclasses import fields
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pyarrow as pa

from onrecord.assemble.across.candidates import find_candidates, to_bin
from onrecord.assemble.across.groups import FORGET_GROUPS, register_groups
from onrecord.assemble.across.pairs import find_pairs
from onrecord.assemble.across.same_words import SameWords, Wording, same_words
from onrecord.assemble.across.touched import Meeting, find_touched, keep_reports
from onrecord.assemble.across.wording import is_clause, to_words
from onrecord.assemble.tellers import keep_told
from onrecord.batches.likeness import Column

if TYPE_CHECKING:
    import duckdb

    from onrecord.assemble.kept import Kept

_WINDOW = 14  # days between two reports of one utterance
_OFF = 7  # days: an article that is dated a day too early takes its Wednesday for the one before
_VAGUE = 31  # days: bounds further apart say nothing of the day
_RETOLD = _WINDOW // 2  # days where one of them is told without quotation marks
_LEAST = 3  # content words of a report that is compared
_SHARE = 0.5  # of the pairs between two groups of reports that are one utterance (`groups`)
_MARKED = """array_to_string(regexp_extract_all(text, '[“"]([^“”"]+)', 1), ' ')"""  # what a mixed quote has in marks

# Reads tellers, told_anew and the batches' views. Makes:
#   spoken_by       who says the groups of quotes of some articles
#   told_quotes     one row per utterance of an article; speakers and words as hashes, and a digest of it all: kept
#   spoken_reports  of those that are long enough a digest of what they are now, and their day: kept
#   spoken          those that are to be compared, or were found to be pairs: unit is the rank among them, the fullest
#                   first
#   worded          those that are to be compared: their words and days
_TOLD_COLUMNS = """
group_id VARCHAR, article_id VARCHAR, start BIGINT, polarity VARCHAR, said_earliest DATE, said_latest DATE,
words UINTEGER[], marked UINTEGER[], is_clause BOOLEAN, said DATE, length BIGINT, marked_length BIGINT,
speakers UBIGINT[], digest UBIGINT
"""
_SPOKEN_BY = """
CREATE OR REPLACE TEMP TABLE spoken_by AS
SELECT group_id, list_sort(list(DISTINCT hash(actor_id))) AS speakers
FROM (FROM batch_quote_speakers SEMI JOIN told_anew USING (input_id, batch) WHERE {these})
JOIN (SELECT quote_id, group_id FROM batch_quotes SEMI JOIN told_anew USING (input_id, batch) WHERE {these})
    USING (quote_id)
GROUP BY group_id
"""
_TOLD = f"""
WITH pieces AS (
    SELECT group_id, min(article_id) AS article_id, min(start) AS start,
           string_agg(text, ' ' ORDER BY start, quote_id) AS text,
           string_agg(CASE kind WHEN 'direct' THEN text WHEN 'mixed' THEN coalesce(nullif({_MARKED}, ''), text) END,
                      ' ' ORDER BY start, quote_id) AS marked,
           min(if(polarity = 'asked', 'said', polarity)) AS polarity,
           max(said_earliest) AS said_earliest, min(said_latest) AS said_latest
    FROM batch_quotes SEMI JOIN told_anew USING (input_id, batch)
    WHERE speaker_actor_id IS NOT NULL AND {{these}}
    GROUP BY group_id
),
worded AS (
    SELECT * EXCLUDE (text, marked), content_words(text) AS words, content_words(coalesce(marked, '')) AS marked,
           is_clause(text) AS is_clause,
           CASE WHEN said_latest - said_earliest <= {_VAGUE} THEN said_latest END AS said
    FROM pieces
)
SELECT w.*, len(words) AS length, len(marked) AS marked_length, speakers,
       md5_number_upper(concat_ws(' ', group_id, source)) AS digest
FROM worded w JOIN spoken_by USING (group_id) JOIN (SELECT article_id, source FROM tellers) USING (article_id)
"""
_REPORTS = f"""
SELECT number, hash(digest, counts, latest, day) AS digest, day
FROM (SELECT number, article_id, digest FROM told_quotes WHERE length >= {_LEAST}) JOIN tellers USING (article_id)
"""
_PLACED = f"""
SELECT number, actor, unnest(if(said_bin IS NULL OR said_bin IS NOT DISTINCT FROM bin, [bin], [bin, said_bin])) AS bin
FROM (
    SELECT number, unnest(speakers) AS actor, {to_bin("day", _WINDOW)} AS bin, {to_bin("said", _WINDOW)} AS said_bin
    FROM (SELECT number, speakers, said FROM {{told}}) JOIN (SELECT number, day FROM {{reports}}) USING (number)
)
"""
_SPOKEN = """
CREATE OR REPLACE TEMP TABLE spoken AS
WITH compared AS (
    SELECT number FROM meeting
    UNION
    SELECT number FROM (SELECT number, group_id FROM told_quotes) SEMI JOIN spoken_reports USING (number)
    WHERE group_id IN (SELECT told FROM kept_utterance_pairs UNION ALL SELECT fuller FROM kept_utterance_pairs)
)
SELECT row_number() OVER (
           ORDER BY counts DESC, length DESC, marked_length DESC, latest NULLS LAST, article_id, start, group_id
       ) AS unit,
       g.*, day, latest, counts, outlet
FROM (SELECT * EXCLUDE (words, marked, speakers, digest) FROM told_quotes SEMI JOIN compared USING (number)) g
JOIN tellers USING (article_id)
"""
_WORDED = """
CREATE OR REPLACE TEMP TABLE worded AS
SELECT unit, s.number, polarity, is_clause, said, said_earliest, said_latest, day, latest, words, marked
FROM (FROM spoken SEMI JOIN meeting USING (number)) s
JOIN (SELECT number, words, marked FROM told_quotes) USING (number)
"""
# Pairs of words of each, with its speaker: where two meet.
_KEYED = """
SELECT hash(actor, polarity, unnest(list_distinct(list_concat(list_zip(words[:-2], words[2:], true),
                                                              list_zip(words[:-3], words[3:], true))))) AS key,
       bin, {row}
FROM (FROM {placed} WHERE {these}) JOIN {worded} USING (number)
"""
_MEETING = Meeting(
    told="told_quotes",
    reports="spoken_reports",
    columns="digest UBIGINT, day DATE",
    placed=_PLACED,
    worded="SELECT number, polarity, words FROM {told}",
    keyed=_KEYED,
)


# Near are two reports by the days on which they appeared, or by those on which they say that it was said.
_POSSIBLE = f"""
WITH short AS (SELECT * EXCLUDE (words, marked), len(marked) > 0 AS is_marked FROM worded),
dated AS (
    SELECT c.unit, c.head,
           least(abs(u.day - h.day), abs(u.said - h.said)) <= if(u.is_marked AND h.is_marked, {_WINDOW}, {_RETOLD})
               AS is_near
    FROM candidates c JOIN short u ON u.unit = c.unit JOIN short h ON h.unit = c.head
    WHERE coalesce(u.said_earliest - h.said_latest <= {_OFF} AND h.said_earliest - u.said_latest <= {_OFF}, true)
      AND coalesce(u.said_earliest - h.latest <= {_OFF}, true) AND coalesce(h.said_earliest - u.latest <= {_OFF}, true)
)
SELECT unit, head, is_near IS NOT NULL AS are_dated FROM dated WHERE coalesce(is_near, true)
"""
_WORDINGS = f"SELECT unit, {', '.join(field.name for field in fields(Wording))} FROM worded"
_ACCEPTED = """
FROM found_pairs
UNION ALL
SELECT u.unit, h.unit, similarity, method
FROM kept_utterance_pairs
JOIN (SELECT group_id, unit FROM spoken ANTI JOIN touched USING (number)) u ON u.group_id = told
JOIN (SELECT group_id, unit FROM spoken) h ON h.group_id = fuller
ORDER BY similarity DESC, unit, head
"""
_PAIR_COLUMNS = "told VARCHAR, fuller VARCHAR, similarity DOUBLE, method VARCHAR"
_PAIRS = """
SELECT u.group_id AS told, h.group_id AS fuller, similarity, method
FROM accepted a JOIN spoken u ON u.unit = a.unit JOIN spoken h ON h.unit = a.head
"""
# Utterances that several groups report, each of these with how it does: nothing is cut from what is less full.
_JOINED = """
CREATE OR REPLACE TEMP TABLE joined_quotes AS
WITH joined AS (
    SELECT unit, center, similarity, if(is_fuller AND method = 'cut', 'changed', method) AS method FROM members
    UNION ALL
    SELECT DISTINCT center, center, NULL, 'fullest' FROM members
)
SELECT group_id, article_id, similarity, method, counts, outlet, latest, start, said_earliest, said_latest,
       first_value(group_id) OVER (
           PARTITION BY center ORDER BY counts DESC, latest NULLS LAST, article_id, start
       ) AS utterance_id
FROM joined JOIN spoken USING (unit)
"""


def find_utterances(kept: "Kept") -> None:
    """Make the table `joined_quotes`: one row per group of quotes that reports the words of another group, too, with
    the utterance_id of both, and how. A group that is not there is an utterance of its own, under its own id.

    Needs `kept`, `tellers`, `told_before`, `told_anew`, and current actors in the views of the batches.
    """
    connection = kept.connection
    _teach(connection)
    keep_told(kept, "told_quotes", _TOLD_COLUMNS, _TOLD, (_SPOKEN_BY,))
    keep_reports(kept, _MEETING, _REPORTS)
    find_touched(kept, _MEETING)
    kept.recall("utterance_pairs", _PAIR_COLUMNS)
    for statement in (_SPOKEN, _WORDED):
        connection.execute(statement)
    find_candidates(connection, _KEYED, least=2)
    find_pairs(connection, _POSSIBLE, _WORDINGS, Wording, _are_same)
    register_groups(connection, connection.sql(_ACCEPTED).to_arrow_table(), share=_SHARE)
    kept.keep("utterance_pairs", _PAIRS)
    connection.execute(_JOINED)
    done = (f"DROP TABLE {table}" for table in ("spoken_by", "spoken", "changed", "gone"))
    for statement in (FORGET_GROUPS, *done):
        connection.execute(statement)


def _are_same(ours: Wording, theirs: Wording, are_dated: bool) -> SameWords | None:
    return same_words(ours, theirs, are_dated=are_dated)


def _teach(connection: "duckdb.DuckDBPyConnection") -> None:
    """Give the connection content_words(text) and is_clause(text)."""
    from duckdb.func import ARROW

    def words(texts: Column) -> Any:
        return pa.array([[_number(w) for w in to_words(text)] for text in texts.to_pylist()], pa.list_(pa.uint32()))

    def clause(texts: Column) -> Any:
        return pa.array([is_clause(text) for text in texts.to_pylist()])

    connection.create_function("content_words", words, ["VARCHAR"], "UINTEGER[]", type=ARROW)
    connection.create_function("is_clause", clause, ["VARCHAR"], "BOOLEAN", type=ARROW)


def _number(word: str) -> int:
    return crc32(word.encode())
