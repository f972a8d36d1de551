"""The tables of a folder as DuckDB sees them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from onrecord.storage.parts import Month, files_of, is_cut, month_of, scan


@dataclass(frozen=True, slots=True)
class TableViews:
    """A view of each table, and what queries of them find."""

    connection: duckdb.DuckDBPyConnection
    folder: Path | None = None  # of the tables
    larger: list[str] = field(default_factory=list)  # limits of memory, for a query that cannot do with less
    _files: dict[str, tuple[Path, ...]] = field(default_factory=dict)  # of each table that was asked for

    def open(self, names: Iterable[str], months: Collection[Month] | None = None) -> None:
        """Make views of the tables; of those that are cut by month, of the rows of these months, if any are named."""
        for name in names:
            files = self.files(name)
            if months is not None and is_cut(files):
                files = tuple(path for path in files if month_of(path) in months)
            self.connection.execute(f"CREATE OR REPLACE VIEW {name} AS FROM {scan(files)}")

    def files(self, name: str) -> tuple[Path, ...]:
        """The files of a table, looked for once: a large table has hundreds."""
        if name not in self._files:
            self._files[name] = files_of(self.folder, name) if self.folder else ()
        return self._files[name]

    def run(self, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns that a query has, and its rows."""
        try:
            found = self.connection.execute(query)
            return [column[0] for column in found.description], found.fetchall()
        except duckdb.OutOfMemoryException:
            if not self.larger:
                raise
            self.connection.execute("SET memory_limit = ?", [self.larger.pop()])
        return self.run(query)

    def rows(self, query: str) -> list[dict[str, Any]]:
        names, rows = self.run(query)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def value(self, query: str) -> Any:
        """The one value of a query."""
        ((found,),) = self.run(query)[1]
        return found
