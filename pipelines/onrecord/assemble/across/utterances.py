"""Quotes of one speaker that report the same words: the table `utterances` and quotes.utterance_id.

What is compared is what an article tells as one utterance (quotes.group_id). Worth a look is who has a speaker and two
pairs of neighbouring content words in common, within days (`candidates`); `same_words` decides. An utterance is a star
around its fullest wording.

Its id is that of the group in the article that told it first, by the day of publication, so later articles keep it.
"""

from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pyarrow as pa

from onrecord.assemble.across.candidates import WINDOW, find_candidates, register_stars, to_bin
from onrecord.assemble.across.same_words import same_words
from onrecord.assemble.across.wording import to_words
from onrecord.batches.likeness import Column

if TYPE_CHECKING:
    import duckdb

_VAGUE = 31  # days: bounds further apart say nothing of the day

# Reads kept, tellers and the batches' views. Makes:
#   spoken    one row per utterance of an article: unit, its rank among all, the fullest first; words as hashes
#   keyed     pairs of words of each, with its speaker: where two meet
_SPOKEN = f"""
CREATE OR REPLACE TEMP TABLE spoken AS
WITH groups AS (
    SELECT group_id, min(article_id) AS article_id, min(start) AS start,
           string_agg(text, ' ' ORDER BY start, quote_id) AS text,
           bool_or(kind <> 'indirect') AS is_quoted, min(polarity) AS polarity,
           max(said_earliest) AS said_earliest, min(said_latest) AS said_latest
    FROM batch_quotes SEMI JOIN kept USING (input_id, batch)
    WHERE speaker_actor_id IS NOT NULL
    GROUP BY group_id
),
worded AS (
    SELECT * EXCLUDE text, content_words(text) AS words,
           CASE WHEN said_latest - said_earliest <= {_VAGUE} THEN said_latest END AS said
    FROM groups
)
SELECT row_number() OVER (
           ORDER BY counts DESC, len(words) DESC, is_quoted DESC, latest NULLS LAST, article_id, start
       ) AS unit,
       w.*, coalesce(said, day) AS day, latest, counts, outlet
FROM worded w JOIN tellers t USING (article_id)
WHERE len(words) >= 3
"""
_KEYED = f"""
CREATE OR REPLACE TEMP TABLE keyed AS
WITH speakers AS (
    SELECT DISTINCT group_id, s.actor_id
    FROM batch_quote_speakers s SEMI JOIN kept USING (input_id, batch)
    JOIN (SELECT quote_id, group_id FROM batch_quotes SEMI JOIN kept USING (input_id, batch)) USING (quote_id)
),
pairs AS (
    SELECT unit, group_id, polarity, {to_bin('day')} AS bin,
           unnest(list_distinct(list_concat(list_zip(words[:-2], words[2:], true),
                                            list_zip(words[:-3], words[3:], true)))) AS pair
    FROM spoken
)
SELECT hash(actor_id, polarity, pair) AS key, bin, unit FROM pairs JOIN speakers USING (group_id)
"""
_ACCEPTED = f"""
WITH compared AS (
    SELECT c.unit, c.head,
           same_words(u.words, h.words, u.is_quoted AND h.is_quoted, u.day IS NOT NULL AND h.day IS NOT NULL) AS found
    FROM candidates c JOIN spoken u ON u.unit = c.unit JOIN spoken h ON h.unit = c.head
    WHERE coalesce(abs(u.day - h.day) <= {WINDOW}, true)
      AND coalesce(u.said_earliest <= h.said_latest AND h.said_earliest <= u.said_latest, true)
      AND coalesce(u.said_earliest <= h.latest, true) AND coalesce(h.said_earliest <= u.latest, true)
)
SELECT unit, head, found.similarity AS similarity, found.method AS method FROM compared WHERE found IS NOT NULL
ORDER BY unit, similarity DESC, head
"""
# Utterances that several groups report, each of these with how it does.
_JOINED = """
CREATE OR REPLACE TEMP TABLE joined_quotes AS
WITH members AS (
    SELECT unit, head, similarity, method FROM stars
    UNION ALL
    SELECT DISTINCT head, head, NULL, 'fullest' FROM stars
)
SELECT group_id, article_id, similarity, method, counts, outlet, latest, start, said_earliest, said_latest,
       first_value(group_id) OVER (
           PARTITION BY head ORDER BY counts DESC, latest NULLS LAST, article_id, start
       ) AS utterance_id
FROM members JOIN spoken USING (unit)
"""


def find_utterances(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the table `joined_quotes`: one row per group of quotes that reports the words of another group, too, with
    the utterance_id of both, and how. A group that is not there is an utterance of its own, under its own id.

    Needs `kept`, `tellers`, and current actors in the views of the batches.
    """
    _teach(connection)
    for statement in (_SPOKEN, _KEYED):
        connection.execute(statement)
    find_candidates(connection, least=2)
    register_stars(connection, connection.sql(_ACCEPTED).to_arrow_table())
    connection.execute(_JOINED)
    for statement in ("DROP VIEW stars", "DROP TABLE candidates", "DROP TABLE spoken"):
        connection.execute(statement)


def _teach(connection: "duckdb.DuckDBPyConnection") -> None:
    """Give the connection content_words(text) and same_words(words, words, both are quoted, both are dated)."""
    from duckdb.func import ARROW

    def words(texts: Column) -> Any:
        return pa.array([[_number(w) for w in to_words(text)] for text in texts.to_pylist()], pa.list_(pa.uint32()))

    def same(ours: Column, theirs: Column, are_quoted: Column, are_dated: Column) -> Any:
        rows = zip(*(column.to_pylist() for column in (ours, theirs, are_quoted, are_dated)), strict=True)
        found = [same_words(a, b, both_quoted=quoted, both_dated=dated) for a, b, quoted, dated in rows]
        kind = pa.struct([("similarity", pa.float64()), ("method", pa.string())])
        return pa.array([f and {"similarity": f.similarity, "method": f.method} for f in found], kind)

    hashes = "UINTEGER[]"
    connection.create_function("content_words", words, ["VARCHAR"], hashes, type=ARROW)
    connection.create_function(
        "same_words",
        same,
        [hashes, hashes, "BOOLEAN", "BOOLEAN"],
        "STRUCT(similarity DOUBLE, method VARCHAR)",
        type=ARROW,
        null_handling="special",
    )


@cache
def _number(word: str) -> int:
    return crc32(word.encode())
