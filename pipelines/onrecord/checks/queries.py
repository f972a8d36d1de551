"""Answers of DuckDB about the tables of a build or release, each asked once."""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from onrecord.checks.conditions import to_condition, to_keys
from onrecord.checks.expectations import OF_ARTICLE, SQL, Expectation
from onrecord.checks.results import SAMPLE
from onrecord.schema import load_package
from onrecord.schema.tables import quoted
from onrecord.storage import database
from onrecord.storage.parts import MONTH, YEAR, Month, files_of, is_cut, month_of, scan

_ARTICLES = 4_096  # whose months are read at a time where a rule is about each article by itself


@dataclass(frozen=True, slots=True)
class Queries:
    """Answers over the tables that are being checked. A rule's count is asked for again for its rows, of which most
    have none, and opening the tables takes longer than a rule."""

    connection: duckdb.DuckDBPyConnection
    folder: Path | None = None  # of the tables
    known: dict[str, Any] = field(default_factory=dict)  # by query, or by table and aggregate
    larger: list[str] = field(default_factory=list)  # limits of memory, for a query that cannot do with less

    def value(self, query: str) -> Any:
        """The one value of a query."""
        if query not in self.known:
            ((self.known[query],),) = self._run(query)[1]
        return self.known[query]

    def count(self, query: str) -> int:
        """How many rows a query has."""
        asked = f"SELECT count(*) FROM ({query}\n)"
        if asked not in self.known:
            self.known[asked] = sum(int(row[0]) for _, rows in self._in_parts(asked) for row in rows)
        return int(self.known[asked])

    def count_all(self, table: str, aggregates: Iterable[str]) -> None:
        """Compute aggregates over a table in one pass; if one cannot be computed, each is asked for by itself."""
        wanted = [a for a in dict.fromkeys(aggregates) if _named(table, a) not in self.known]
        if not wanted:
            return
        try:
            (row,) = self._run(f"SELECT {', '.join(wanted)} FROM {quoted(table)}")[1]
        except duckdb.Error:
            return
        self.known.update({_named(table, a): value for a, value in zip(wanted, row, strict=True)})

    def aggregate(self, table: str, aggregate: str) -> Any:
        query = _named(table, aggregate)
        return self.value(query)

    def columns(self, table: str) -> list[str]:
        return [c for c in self.connection.sql(f"FROM {quoted(table)}").columns if c not in (YEAR, MONTH)]

    def rows(self, rule: Expectation) -> list[dict[str, Any]]:
        """The first rows that break a rule: of one in SQL in the order of what it shows, of others in that of the
        table, with the row's key. None of rules on a table as a whole."""
        if rule.type == SQL:
            query = rule.kwargs["sql"]
            return self._first_of(query) if self.count(query) else []
        if condition := to_condition(rule.type, rule.kwargs):
            broken = condition
        elif keys := to_keys(rule.type, rule.kwargs):
            names = ", ".join(map(quoted, keys))
            broken = (
                f"({names}) IN (SELECT ({names}) FROM {quoted(rule.table)} GROUP BY {names} HAVING count(*) > 1)"
                if len(keys) > 1
                else f"{names} IN (SELECT {names} FROM {quoted(rule.table)} GROUP BY {names} HAVING count(*) > 1)"
            )
        else:
            return []
        shown = dict.fromkeys((*rule.columns, *load_package().tables[rule.table].primary_key))
        selected = ", ".join(map(quoted, shown))
        return self._fetch(f"SELECT {selected} FROM {quoted(rule.table)} WHERE {broken} LIMIT {SAMPLE}")

    def _first_of(self, query: str) -> list[dict[str, Any]]:
        """The first rows of a query, in the order of its columns."""
        found: list[dict[str, Any]] = []
        for names, rows in self._in_parts(f"SELECT * FROM ({query}\n) ORDER BY ALL LIMIT {SAMPLE}"):
            found += [dict(zip(names, row, strict=True)) for row in rows]
        if OF_ARTICLE in query:
            found.sort(key=lambda row: [(value is None, value) for value in row.values()])
        return found[:SAMPLE]

    def _in_parts(self, query: str) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
        """What a query finds: in all rows, or, if it is about each article by itself, in those of some months after
        those of others. A join with texts holds them all, and DuckDB spills no such join."""
        groups = _group_months(self.folder) if self.folder and OF_ARTICLE in query else []
        if len(groups) < 2:
            yield self._run(query)
            return
        read = [name for name in load_package().tables if re.search(rf"\b{name}\b", query)]
        for months in groups:
            self.open_tables(read, months)
            yield self._run(query)
        self.open_tables(read)

    def open_tables(self, names: Iterable[str], months: Collection[Month] | None = None) -> None:
        """Views of the tables; of those that are cut by month the rows of these months, if any are named."""
        for name in names:
            files = files_of(self.folder, name) if self.folder else ()
            if months is not None and is_cut(files):
                files = tuple(path for path in files if month_of(path) in months)
            self.connection.execute(f"CREATE OR REPLACE VIEW {name} AS FROM {scan(files)}")

    def _fetch(self, query: str) -> list[dict[str, Any]]:
        names, rows = self._run(query)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _run(self, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns that a query has, and its rows."""
        try:
            found = self.connection.execute(query)
            return [column[0] for column in found.description], found.fetchall()
        except duckdb.OutOfMemoryException:
            if not self.larger:
                raise
            self.connection.execute("SET memory_limit = ?", [self.larger.pop()])
        return self._run(query)

    def can_run(self, rule: Expectation) -> bool:
        """Whether the tables have all columns that an SQL rule names."""
        try:
            self.connection.execute(f"EXPLAIN {rule.kwargs['sql']}")
        except duckdb.BinderException:
            return False
        return True


def _group_months(folder: Path) -> list[list[Month]]:
    """The months of a release that is cut by month, in order, so many together as have few articles; else none."""
    groups: list[list[Month]] = []
    held = _ARTICLES
    files = files_of(folder, "articles")
    for path in files if is_cut(files) else ():
        articles = pq.read_metadata(path).num_rows
        if held + articles > _ARTICLES:
            groups.append([])
            held = 0
        held += articles
        groups[-1].append(month_of(path))
    return groups


def _named(table: str, aggregate: str) -> str:
    return f"SELECT {aggregate} FROM {quoted(table)}"


@contextmanager
def opened(folder: Path) -> Iterator[Queries]:
    """The tables of `folder`, for the queries of this block.

    A rule seldom needs more than half of what DuckDB may take in a step, even if it has to spill.
    """
    with database.opened() as connection:
        ((limit,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
        connection.execute("SET memory_limit = ?", [f"{database.to_bytes(limit) // 2}B"])
        queries = Queries(connection, folder, larger=[limit])
        queries.open_tables(load_package().tables)
        yield queries
