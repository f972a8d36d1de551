"""Which article repeats which: `duplicate_of`.

Locality-sensitive hashing finds the pairs worth a look: articles whose signatures agree in one of BANDS bands
(Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3). `likeness.is_repeat` decides on each pair. Of the
pairs that remain, each article points to the earliest that it repeats and that repeats none itself: a cluster is a star
around its first article, so that a row of small changes never joins texts that have little in common.
"""

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from onrecord.batches.likeness import PERMUTATIONS

_BANDS = 32  # of four values: finds 87 % of the pairs with similarity 0.5, 98.8 % of 0.6, 99.98 % of 0.7
# Articles of a bucket that all others there are compared with: its earliest. Larger buckets hold what is filled in from
# one form, or one text in thousands of papers, whose first article is among them.
EARLIEST = 32

# Reads `standing`, `updates` and batch_signatures. Makes:
#   ranked  standing articles with `rank`, 1 the earliest
#   twins   rank -> the earliest of the same signature: whole copies, which need no comparison
#   pairs   candidates: later -> earlier
_RANKED = """
CREATE TABLE ranked AS
SELECT row_number() OVER (ORDER BY published_latest NULLS LAST, source_file, age) AS rank,
       age, article_id, input_id, batch
FROM standing;
CREATE TABLE marks AS
SELECT rank, shingles, signature, lead FROM batch_signatures JOIN ranked USING (input_id, batch)
WHERE signature IS NOT NULL;
CREATE TABLE twins AS
SELECT rank, first
FROM (SELECT rank, min(rank) OVER (PARTITION BY whole, shingles) AS first
      FROM (SELECT rank, shingles, md5_number(signature) AS whole FROM marks))
WHERE rank <> first;
CREATE TABLE pairs (later BIGINT, earlier BIGINT)
"""
# Bands are compared by a hash of theirs: where two differ and their hashes do not, the pair is looked at in vain.
_BAND = """
INSERT INTO pairs
WITH keyed AS (SELECT hash(signature[{first}:{last}]) AS key, rank FROM marks ANTI JOIN twins USING (rank)),
     buckets AS (SELECT key, min(rank, {earliest}) AS ranks FROM keyed GROUP BY key HAVING count(*) > 1),
     heads AS (SELECT key, unnest(ranks) AS earlier FROM buckets)
SELECT rank, earlier FROM keyed JOIN heads USING (key) WHERE earlier < rank
"""
_REPEATING = """
WITH distinct_pairs AS (SELECT DISTINCT later, earlier FROM pairs),
     compared AS (FROM marks WHERE rank IN (SELECT later FROM pairs UNION ALL SELECT earlier FROM pairs))
SELECT later, earlier, false AS is_twin
FROM distinct_pairs JOIN compared l ON later = l.rank JOIN compared e ON earlier = e.rank
WHERE is_repeat(l.signature, e.signature, l.lead, e.lead, l.shingles, e.shingles)
UNION ALL
SELECT rank, first, true FROM twins
ORDER BY later, earlier
"""
_VERSIONS = """
SELECT n.rank AS newer, o.rank AS older FROM updates JOIN ranked n ON newer = n.age JOIN ranked o ON older = o.age
ORDER BY n.age
"""


def find_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `relations`: article_id, duplicate_of, supersedes of every standing article that has either.

    The connection has what `find_versions` made.
    """
    for statement in _RANKED.split(";\n"):
        connection.execute(statement)
    width = 4 * PERMUTATIONS // _BANDS
    for first in range(1, 4 * PERMUTATIONS, width):
        connection.execute(_BAND.format(first=first, last=first + width - 1, earliest=EARLIEST))
    pairs = connection.sql(_REPEATING).fetchnumpy()
    updates = connection.sql(_VERSIONS).fetchnumpy()
    firsts = point_to_firsts(
        zip(*(pairs[name].tolist() for name in ("later", "earlier", "is_twin")), strict=True),
        list(zip(updates["newer"].tolist(), updates["older"].tolist(), strict=True)),
    )
    connection.register(
        "firsts",
        pa.table({"rank": pa.array(firsts.keys(), pa.int64()), "first": pa.array(firsts.values(), pa.int64())}),
    )
    connection.execute("""
        CREATE TABLE relations AS
        SELECT r.article_id, f.article_id AS duplicate_of, o.article_id AS supersedes
        FROM ranked r
        LEFT JOIN firsts USING (rank) LEFT JOIN ranked f ON f.rank = firsts.first
        LEFT JOIN updates ON newer = r.age LEFT JOIN ranked o ON o.age = older
        WHERE f.rank IS NOT NULL OR o.rank IS NOT NULL
    """)
    for table in ("ranked", "marks", "twins", "pairs"):  # what is found out holds memory for as long as it is there
        connection.execute(f"DROP TABLE {table}")


def point_to_firsts(pairs: Iterable[tuple[int, int, bool]], updates: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """Each duplicate with the article that it repeats, by rank.

    Args:
        pairs: later, earlier, whether they have one signature; in the order of later, then earlier.
        updates: newer version, the older that it supersedes; older ones first.

    Versions of one article do not repeat each other. Where two articles were each updated by copying the other,
    versions and duplicates could lead in a circle and none would count: the pair that would close it is left out.
    """
    chain: dict[int, int] = {}  # version -> the first version of its article
    newest: dict[int, int] = {}  # that first version -> the last
    for newer, older in updates:
        chain[newer] = chain.get(older, older)
        newest[chain[newer]] = newer
    firsts: dict[int, int] = {}
    joined: dict[int, int] = {}  # chain whose newest version is a duplicate -> the chain of what it repeats
    for later, earlier, is_twin in pairs:
        first = firsts.get(earlier, earlier) if is_twin else earlier
        ours, theirs = chain.get(later, later), chain.get(first, first)
        if later in firsts or first in firsts or ours == theirs:
            continue
        if newest.get(ours, ours) == later:
            end = theirs
            while end in joined:
                end = joined[end]
            if end == ours:
                continue
            joined[ours] = theirs
        firsts[later] = first
    return firsts
