"""A DuckDB connection that can read one folder's tables, and neither write nor reach anything else.

DuckDB's own `allowed_paths` also allows to write, by COPY in a WITH clause or under EXPLAIN ANALYZE. So the tables are
reached through a file system of ours that can only read, and no other one is left.
"""

import contextlib
import threading
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from fsspec import AbstractFileSystem

from onrecord.schema import load_package
from onrecord.schema.views import load_views, with_what_they_read
from onrecord.storage.parts import files_of, hive

_PROTOCOL = "release"


class TableFiles(AbstractFileSystem):  # type: ignore[misc]
    """The given files, by address, for reading. What else fsspec offers is not implemented, hence refused."""

    protocol = _PROTOCOL
    cachable = False

    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__()
        self._files = files

    def _find(self, path: str) -> Path:
        try:
            return self._files[self._named(path)]
        except KeyError:
            raise FileNotFoundError(f"a release has no {path}") from None

    @staticmethod
    def _named(path: str) -> str:
        return path if path.startswith(f"{_PROTOCOL}://") else f"{_PROTOCOL}://{path}"

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        return {"name": path, "size": self._find(path).stat().st_size, "type": "file"}

    def modified(self, path: str) -> datetime:
        return datetime.fromtimestamp(self._find(path).stat().st_mtime, UTC)

    def glob(self, path: str, **_: Any) -> list[str]:
        return [path] if self._named(path) in self._files else []

    def open(self, path: str, mode: str = "rb", **_: Any) -> "TableFile":
        if mode != "rb":
            raise PermissionError("a release is for reading")
        return TableFile(self._find(path))


class TableFile:
    """An open file that has a position in each thread: DuckDB's threads seek and read in one file at the same time."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._lock = threading.Lock()
        self._thread = threading.local()

    def tell(self) -> int:
        return getattr(self._thread, "place", 0)

    def seek(self, place: int) -> int:
        self._thread.place = place
        return place

    def read(self, size: int = -1) -> bytes:
        with self._lock:
            self._file.seek(self.tell())
            found = self._file.read(size)
        self._thread.place = self.tell() + len(found)
        return found

    def close(self) -> None:
        self._file.close()


def create_views(
    connection: duckdb.DuckDBPyConnection, sources: Mapping[str, str], names: Collection[str] | None = None
) -> None:
    """Commented views of the tables, and over these the views and macros of schemas/views, as far as they can be read.

    `sources` gives what each table that is there is selected from, in SQL; a release of an earlier schema lacks some.
    Of `names` only these are made, and what they read; by default all.
    """
    package = load_package()
    views = load_views()
    wanted = with_what_they_read(views, names) if names is not None else {*sources, *(view.name for view in views)}
    for table in package.tables.values():
        if table.name not in sources or table.name not in wanted:
            continue
        there = connection.sql(f"FROM {sources[table.name]}").columns
        left_out = {column for profile in package.profiles.values() for column in profile.leave_out.get(table.name, ())}
        lacking = [column for column in table.columns if column.name not in there]
        later = [f'NULL::{c.to_duckdb()} AS "{c.name}"' for c in lacking if c.name not in left_out]
        selected = ", ".join(["*", *later])
        connection.execute(f'CREATE OR REPLACE VIEW "{table.name}" AS SELECT {selected} FROM {sources[table.name]}')
        connection.execute(table.without({c.name for c in lacking} & left_out).to_comments("VIEW"))
    for view in views:
        if view.name not in wanted:
            continue
        with contextlib.suppress(duckdb.CatalogException, duckdb.BinderException):  # it needs what the release lacks
            for statement in view.to_statements():
                connection.execute(statement)


def open_tables(folder: Path) -> duckdb.DuckDBPyConnection:
    """The commented tables and views of `folder`, a build or a release, as far as they are there.

    Columns that came after the schema of the release are there, and null, so that the views can be read.
    """
    connection, sources = connect_to(folder)
    create_views(connection, sources)
    return connection


def connect_to(folder: Path) -> tuple[duckdb.DuckDBPyConnection, dict[str, str]]:
    """A connection that can read the tables of `folder` and nothing else, and what each table is selected from, for
    `create_views`: binding all of them takes longer than most queries."""
    files = {name: found for name in load_package().tables if (found := files_of(folder, name))}
    names = {f"{_PROTOCOL}://{path.relative_to(folder).as_posix()}": path for found in files.values() for path in found}
    connection = duckdb.connect()
    connection.register_filesystem(TableFiles(names))
    sources = {}
    for table, parts in files.items():
        listed = ", ".join(f"'{name}'" for name, path in names.items() if path in parts)
        sources[table] = f"read_parquet([{listed}], {hive(parts)})"
    allowed = ", ".join(f"'{name}'" for name in names)
    connection.execute("SET allocator_background_threads = true")  # what queries have freed goes back to the machine
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET python_enable_replacements = false")  # a variable of ours is no table
    connection.execute("SET enable_external_access = false")
    connection.execute("SET disabled_filesystems = 'LocalFileSystem'")
    connection.execute("SET lock_configuration = true")
    return connection, sources
