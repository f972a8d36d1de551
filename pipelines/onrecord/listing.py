"""The listing: which inputs the seeds hold now, and what their files held before.

One row per content of a file or record. The history of a file that changes is found nowhere else, so the listing is one
file, replaced in one step. The same history, in whatever batches it came, gives the same listing:

- A file with other bytes than before is its next version; what it held before stays as a former version.
- Bytes that come back are the newest version again, not a second copy.
- A record has no history: its line number is no identity. Versions of records are told by their address.
- A file that vanished stays in the listing as absent, so that a disk that was away for a day costs no history: if it
  comes back as it was, its history is back. If it comes back changed, it starts anew: what was taken down stays down.
"""

from collections.abc import Collection
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord import store
from onrecord.document import Reason, Rejected, Stage
from onrecord.engine import KEY

SEEN = pa.schema(
    [KEY, pa.field("source_file", pa.string(), nullable=False), pa.field("source_sha256", pa.string(), nullable=False)]
)
LISTING = pa.schema(
    [
        *SEEN,
        pa.field("version", pa.int64(), nullable=False),  # of its file: 1, 2, ... in the order in which ingest saw them
        pa.field("is_current", pa.bool_(), nullable=False),  # what the file held when it was last there
        pa.field("is_present", pa.bool_(), nullable=False),  # the file is among the seeds, whatever it holds
    ]
)

_MERGE = """
CREATE TABLE now AS SELECT DISTINCT *, regexp_matches(source_file, '#[0-9]+$') AS is_record FROM read_parquet($seen);
CREATE TABLE contents AS
    SELECT source_file, source_sha256, bool_or(is_current) AS was_current FROM before GROUP BY ALL;
CREATE TABLE known_files AS
    SELECT source_file, count(n.source_file) > 0 AS is_there,
           bool_or(is_present) OR coalesce(bool_or(was_current AND n.source_sha256 = source_sha256), false) AS goes_on
    FROM before JOIN contents USING (source_file, source_sha256) LEFT JOIN now n USING (source_file)
    GROUP BY source_file;
CREATE TABLE history AS
    SELECT b.*, is_there FROM before b JOIN known_files USING (source_file) WHERE goes_on OR NOT is_there;
CREATE TABLE merged AS
    WITH newest AS (SELECT source_file, max(version) AS newest FROM history GROUP BY source_file),
         standing AS (
            SELECT source_file, source_sha256, max(version) AS version FROM history WHERE is_current GROUP BY ALL
         )
    SELECT input_id, source_file, source_sha256, true AS is_current, true AS is_present,
           CASE WHEN is_record THEN 1 WHEN version IS NOT NULL THEN version
                ELSE coalesce(newest, 0) + dense_rank() OVER (
                    PARTITION BY source_file, version IS NULL ORDER BY source_sha256
                ) END AS version
    FROM now LEFT JOIN standing USING (source_file, source_sha256) LEFT JOIN newest USING (source_file)
    UNION ALL
    SELECT input_id, source_file, source_sha256, is_current AND NOT is_there, is_there, version
    FROM history ANTI JOIN now USING (source_file, source_sha256)
"""


def update_listing(listing: Path, seen: Path, stored: Collection[str]) -> tuple[Rejected, ...]:
    """Replace the listing by one that knows what was seen now, a Parquet file of SEEN; returns what is lost.

    Lost are former versions of files that no batch holds any more (`stored`: the ids of all inputs that some do).
    """
    with duckdb.connect() as connection:
        connection.register("stored", pa.table({KEY.name: pa.array(stored, pa.string())}))
        if listing.exists() and pq.read_schema(listing).names == LISTING.names:
            before = connection.read_parquet(store.literal(listing))
            before.filter("NOT regexp_matches(source_file, '#[0-9]+$')").create_view("before")
        else:
            connection.register("before", LISTING.empty_table())
        for statement in _MERGE.strip().split(";\n"):
            connection.execute(statement, {"seen": store.literal(seen)} if "$seen" in statement else None)
        columns = ", ".join(LISTING.names)
        rows = connection.sql(f"SELECT {columns} FROM merged SEMI JOIN stored USING (input_id) ORDER BY ALL")
        store.write_table(listing, rows.to_arrow_reader(store.ROW_GROUP), LISTING)
        lost = "SELECT source_file, source_sha256 FROM merged ANTI JOIN stored USING (input_id) WHERE is_present"
        return tuple(
            Rejected(
                Reason.UNREADABLE, Stage.READ, name, digest, "a former version of this file was damaged and is lost"
            )
            for name, digest in connection.sql(lost).fetchall()
        )
