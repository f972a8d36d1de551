"""What was compared, kept from build to build: a day's articles cost a day's comparisons.

    datasets/build/compared/<name>.parquet
    datasets/build/compared/program.txt     what made them
    datasets/build/compared/SHA256SUMS

The folder is replaced as a whole once all is compared. If it is missing or damaged, or another program made it, all is
compared anew. Rows of it count only where what they follow from is the same now, so it decides on no row of a build.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.batches.fingerprints import program
from onrecord.storage import store

if TYPE_CHECKING:
    import duckdb

_PROGRAM = "program.txt"
_ROWS = 65_536  # of a row group of what is kept: each thread holds one in memory


@dataclass(frozen=True, slots=True)
class Kept:
    """Tables of the build before, and those for the next one."""

    connection: "duckdb.DuckDBPyConnection"
    before: Path | None  # None: nothing that counts
    now: Path

    def recall(self, name: str, columns: str, *, numbered: bool = False) -> None:
        """Make kept_<name>, what was kept under this name; without rows, but with these columns, if nothing was. With
        the column `number` of each row, if wanted."""
        if self.before is None or not (self.before / f"{name}.parquet").is_file():
            number = "number BIGINT, " if numbered else ""
            self.connection.execute(f"CREATE TABLE kept_{name} ({number}{columns})")
        else:
            self._open(self.before, name, f"kept_{name}", numbered=numbered)

    def keep(self, name: str, query: str, *, numbered: bool = False) -> None:
        """Keep the rows of a query, and make the view `name` of them: with the column `number` of each, if wanted."""
        path = str(self.now / f"{name}.parquet")
        self.connection.sql(query).write_parquet(path, compression="zstd", row_group_size=_ROWS)
        self._open(self.now, name, name, numbered=numbered)

    def _open(self, folder: Path, name: str, view: str, *, numbered: bool = False) -> None:
        rows = self.connection.read_parquet(store.literal(folder / f"{name}.parquet"), file_row_number=numbered)
        if numbered:
            rows = rows.project("* EXCLUDE (file_row_number), file_row_number AS number")
        rows.create_view(view, replace=True)


@contextmanager
def keeping(connection: "duckdb.DuckDBPyConnection", folder: Path) -> Iterator[Kept]:
    """What is kept in `folder`, and replaced there if the block ends without an error."""
    before = folder if _is_ours(folder) else None
    waiting = folder.with_name(f".tmp-{os.getpid()}-next-{folder.name}")
    try:
        with store.creating(waiting) as now:
            yield Kept(connection, before, now)
            store.write_text(now / _PROGRAM, program() + "\n")
            store.write_text(now / store.SUMS, store.sums_of(now))
        if folder.exists():
            store.remove_folder(folder)
        waiting.rename(folder)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    made_by = folder / _PROGRAM
    return made_by.is_file() and made_by.read_bytes() == f"{program()}\n".encode() and store.is_whole(folder)
