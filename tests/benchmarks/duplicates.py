"""What versions and duplicates cost at assembly, over made-up signatures. Prints; never fails on a time.

Of the articles, a tenth are copies of others with similarity 0.7 or 0.9, a twentieth are copies to the word,
a twentieth versions of an address, and a twentieth are filled in from one form: similarity 0.35 to each other.

    duplicates.py [ARTICLES [MEMORY_LIMIT_OF_DUCKDB]]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.assemble.duplicates import find_duplicates
from onrecord.assemble.versions import find_versions
from onrecord.batches.columns import SIGNATURES
from onrecord.batches.likeness import LEAD_PERMUTATIONS, PERMUTATIONS

CHUNK = 50_000


def main(count: int, limit: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signatures.parquet"
        _write_signatures(path, count)
        with duckdb.connect() as connection:
            connection.execute("SET temp_directory = ?", [f"{folder}/spilled"])
            if limit:
                connection.execute("SET memory_limit = ?", [limit])
            source = connection.read_parquet(str(path))
            source.project("* EXCLUDE (source_file, day), 'b' AS batch").create_view("batch_signatures")
            connection.execute(f"""
                CREATE TABLE found AS
                SELECT article_id, input_id, 'b' AS batch, source_file, NULL::VARCHAR AS title, 1 AS version,
                       DATE '2000-01-01' + day::INTEGER AS published, published AS published_latest, true AS is_current
                FROM read_parquet('{path}')
            """)
            for step in (find_versions, find_duplicates):
                start, busy = time.perf_counter(), time.process_time()
                step(connection)
                took, busy = time.perf_counter() - start, time.process_time() - busy
                print(f"  {step.__name__:16} {took:7.1f} s, {busy:7.1f} s of processor time")
            (pairs,) = connection.execute("SELECT count(*) FROM pairs").fetchone() or (0,)
            links = connection.execute("SELECT count(duplicate_of), count(supersedes) FROM relations").fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  {count} articles, {pairs} candidates, duplicates and versions: {links}, peak {peak:.1f} GiB")


def _write_signatures(path: Path, count: int) -> None:
    rng = np.random.default_rng(1)
    form = rng.integers(0, 2**32, PERMUTATIONS + LEAD_PERMUTATIONS, dtype=np.uint32)
    schema = pa.schema([*SIGNATURES, pa.field("source_file", pa.string()), pa.field("day", pa.int64())])
    with pq.ParquetWriter(path, schema) as writer:
        for first in range(0, count, CHUNK):
            size = min(CHUNK, count - first)
            values = rng.integers(0, 2**32, (size, PERMUTATIONS + LEAD_PERMUTATIONS), dtype=np.uint32)
            kind = rng.random(size)
            original = rng.integers(0, size, size)
            shared = np.select([kind < 0.05, kind < 0.1, kind < 0.15, kind < 0.2], [0.7, 0.9, 1.0, 0.6], 0.0)
            kept = rng.random(values.shape) < shared[:, None]
            values = np.where(kept, values[original], values)
            filled = (kind >= 0.2) & (kind < 0.25)
            values = np.where(
                filled[:, None] & (rng.random(values.shape) < 0.6), form, values
            )  # 0.6² = 0.35 to each other
            place = np.where((kind >= 0.15) & (kind < 0.2), original, np.arange(size)) + first
            number = np.arange(first, first + size)
            columns = {
                "input_id": [f"{n:032x}" for n in number],
                "article_id": [f"{n:016x}" for n in number],
                "address": [f"example.org/{n}" for n in place],
                "shingles": pa.array(rng.integers(100, 1000, size), pa.int64()),
                "signature": _binary(values[:, :PERMUTATIONS]),
                "lead": _binary(values[:, PERMUTATIONS:]),
                "source_file": [f"news/{n}.txt" for n in number],
                "day": pa.array(rng.integers(0, 7000, size), pa.int64()),
            }
            writer.write_table(pa.table(columns, schema=schema))


def _binary(rows: np.ndarray) -> pa.Array:
    rows = np.ascontiguousarray(rows.astype("<u4"))
    return pa.array([row.tobytes() for row in rows], pa.binary())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2] if len(sys.argv) > 2 else None)
