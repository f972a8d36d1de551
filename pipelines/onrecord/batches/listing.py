"""The listing: which inputs the seeds hold now, and what their files held before.

One row per content of a file or record. The history of a file that changes is found nowhere else, so the listing is one
file, replaced in one step. The same history, in whatever batches it came, gives the same listing:

- A file with other bytes than before is its next version; what it held before stays as a former version.
- Bytes that come back are the newest version again, not a second copy.
- A record has no history: its line number is no identity. Versions of records are told by their address.
- A file that vanished stays in the listing as absent, so that a disk that was away for a day costs no history: if it
  comes back as it was, its history is back. If it comes back changed, it starts anew: what was taken down stays down.
- A former version that no batch holds any more stays as absent, and is reported for as long as its file is there.

The history can be read nowhere else, so a copy lies beside the listing, listing-<its digest>.parquet, which tells
whether either is as it was written. If neither is, the build goes on without the former versions; the damaged listing
is set aside, and reported for as long as it lies there.
"""

import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.batches.columns import KEY
from onrecord.batches.received import RECORD
from onrecord.document import Reason, Rejected, Stage
from onrecord.schema.tables import ROW_GROUP
from onrecord.storage import store
from onrecord.storage.database import opened

_SEEN = pa.schema(
    [KEY, pa.field("source_file", pa.string(), nullable=False), pa.field("source_sha256", pa.string(), nullable=False)]
)
LISTING = pa.schema(
    [
        *_SEEN,
        pa.field("version", pa.int64(), nullable=False),  # of its file: 1, 2, ... in the order in which ingest saw them
        pa.field("is_current", pa.bool_(), nullable=False),  # what the file held when it was last there
        pa.field(
            "is_present", pa.bool_(), nullable=False
        ),  # the file is among the seeds, whatever it holds, and a batch has this
    ]
)

_MERGE = f"""
CREATE TABLE now AS
    SELECT DISTINCT {", ".join(_SEEN.names)}, regexp_matches(source_file, '{RECORD}') AS is_record
    FROM read_parquet($seen) WHERE input_id IS NOT NULL;
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
    """Replace the listing by one that knows what was seen now; returns what is lost.

    `seen`: a Parquet file with the columns of SEEN; rows without an input count for nothing.

    Lost are former versions of files that no batch holds any more (`stored`: the ids of all inputs that some do), and
    all of them if the listing was damaged.
    """
    former = find_whole(listing)
    with opened() as connection:
        connection.register("stored", pa.table({KEY.name: pa.array(stored, pa.string())}))
        if former and pq.read_schema(former).names == LISTING.names:
            before = connection.read_parquet(store.literal(former))
            before.filter(f"NOT regexp_matches(source_file, '{RECORD}')").create_view("before")
        else:
            connection.register("before", LISTING.empty_table())
        for statement in _MERGE.strip().split(";\n"):
            connection.execute(statement, {"seen": store.literal(seen)} if "$seen" in statement else None)
        rows = connection.sql("""
            SELECT m.* REPLACE (is_present AND s.input_id IS NOT NULL AS is_present)
            FROM merged m LEFT JOIN stored s USING (input_id)
        """)
        ordered = rows.project(", ".join(LISTING.names)).order("ALL")
        _replace(listing, ordered.to_arrow_reader(ROW_GROUP))
        lost = "SELECT source_file, source_sha256 FROM merged ANTI JOIN stored USING (input_id) WHERE is_present"
        damaged = "a former version of this file was damaged and is lost"
        found = [(*row, damaged) for row in connection.sql(lost).fetchall()]
    if (aside := _aside(listing)).exists():
        hint = f"put a saved {listing.name} in place of all listing*.parquet here, or delete this file to go without"
        name = f"{aside.parent.name}/{aside.name}"
        found.append((name, store.sha256_of(aside), f"damaged, and the former versions of files are lost: {hint}"))
    return tuple(Rejected(Reason.UNREADABLE, Stage.READ, *row) for row in found)


def _replace(listing: Path, rows: Iterable[pa.RecordBatch]) -> None:
    """Write the copy, then the listing, then forget the former copy: whenever this ends, one of them is whole."""
    with store.replacing(listing) as temporary:
        store.write_table(temporary, rows, LISTING)
        copy = listing.with_name(f"listing-{_digest(temporary)}.parquet")
        with store.replacing(copy) as second:
            shutil.copyfile(temporary, second)
    for former in _copies(listing).values():
        if former != copy:
            former.unlink()


def find_whole(listing: Path) -> Path | None:
    """The listing, or its copy if the listing is damaged or away. None if both are: a damaged one is set aside."""
    copies = _copies(listing)
    if listing.exists() and (_digest(listing) in copies if copies else _is_readable(listing)):
        return listing
    if whole := next((path for digest, path in copies.items() if _digest(path) == digest), None):
        return whole
    if damaged := next((path for path in (listing, *copies.values()) if path.exists()), None):
        damaged.replace(_aside(listing))
    return None


def _copies(listing: Path) -> dict[str, Path]:
    """The copies by the digest in their names. There are two if a run was killed between copy and listing."""
    return {path.stem.removeprefix("listing-"): path for path in sorted(listing.parent.glob("listing-*.parquet"))}


def _aside(listing: Path) -> Path:
    return listing.with_name("listing.damaged.parquet")


def _digest(path: Path) -> str:
    return store.sha256_of(path)[:16]


def _is_readable(listing: Path) -> bool:
    """For a listing without a copy, which somebody put there."""
    try:
        with pq.ParquetFile(listing, page_checksum_verification=True) as file:
            file.read()
    except (OSError, ValueError, pa.ArrowException):  # whatever bytes there are
        return False
    return True
