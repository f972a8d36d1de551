"""Answers of DuckDB about the tables of a build or release, each asked once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from onrecord.checks.conditions import to_condition, to_keys
from onrecord.checks.expectations import SQL, Expectation
from onrecord.checks.results import SAMPLE
from onrecord.schema import load_package
from onrecord.schema.tables import quoted
from onrecord.storage import database
from onrecord.storage.parts import MONTH, YEAR, files_of, scan


@dataclass(frozen=True, slots=True)
class Queries:
    """Answers over the tables that are being checked. A rule's count is asked for again for its rows, of which most
    have none, and opening the tables takes longer than a rule."""

    connection: duckdb.DuckDBPyConnection
    known: dict[str, Any] = field(default_factory=dict)  # by query, or by table and aggregate

    def value(self, query: str) -> Any:
        """The one value of a query."""
        if query not in self.known:
            ((self.known[query],),) = self.connection.execute(query).fetchall()
        return self.known[query]

    def count(self, query: str) -> int:
        """How many rows a query has."""
        return int(self.value(f"SELECT count(*) FROM ({query}\n)"))

    def count_all(self, table: str, aggregates: Iterable[str]) -> None:
        """Compute aggregates over a table in one pass; if one cannot be computed, each is asked for by itself."""
        wanted = [a for a in dict.fromkeys(aggregates) if _named(table, a) not in self.known]
        if not wanted:
            return
        try:
            (row,) = self.connection.execute(f"SELECT {', '.join(wanted)} FROM {quoted(table)}").fetchall()
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
            return self._fetch(f"SELECT * FROM ({query}\n) ORDER BY ALL LIMIT {SAMPLE}") if self.count(query) else []
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

    def _fetch(self, query: str) -> list[dict[str, Any]]:
        found = self.connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def can_run(self, rule: Expectation) -> bool:
        """Whether the tables have all columns that an SQL rule names."""
        try:
            self.connection.execute(f"EXPLAIN {rule.kwargs['sql']}")
        except duckdb.BinderException:
            return False
        return True


def _named(table: str, aggregate: str) -> str:
    return f"SELECT {aggregate} FROM {quoted(table)}"


@contextmanager
def opened(folder: Path) -> Iterator[Queries]:
    """The tables of `folder`, for the queries of this block."""
    with database.opened() as connection:
        for name in load_package().tables:
            connection.execute(f"CREATE VIEW {name} AS FROM {scan(files_of(folder, name))}")
        yield Queries(connection)
