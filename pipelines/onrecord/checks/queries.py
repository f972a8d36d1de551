"""Answers of DuckDB about the tables of a build or release, each asked once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from onrecord.checks.by_month import ByMonth, find_months
from onrecord.checks.checked_months import CheckedMonths
from onrecord.checks.conditions import adds_up, to_condition, to_keys
from onrecord.checks.expectations import SQL, Expectation
from onrecord.checks.proofs import Proof, load_proofs
from onrecord.checks.results import SAMPLE
from onrecord.checks.table_views import TableViews
from onrecord.schema import load_package
from onrecord.schema.tables import quoted
from onrecord.storage import database
from onrecord.storage.parts import MONTH, YEAR


@dataclass(frozen=True, slots=True)
class Queries:
    """Answers over the tables that are being checked. A rule's count is asked for again for its rows, of which most
    have none, and opening the tables takes longer than a rule."""

    views: TableViews
    months: ByMonth
    known: dict[str, Any] = field(default_factory=dict)  # by query, or by table and aggregate

    def value(self, query: str) -> Any:
        """The one value of a query."""
        if query not in self.known:
            self.known[query] = self.views.value(query)
        return self.known[query]

    def count(self, rule: Expectation) -> int:
        """How many rows break a rule in SQL, or that keys are unique."""
        self.count_by_month([rule])
        return int(self.value(rule.count_query))

    def count_by_month(self, rules: Iterable[Expectation]) -> None:
        """Count the rows that break those of the rules that can be run month by month, or of which it is shown in less
        time that there are none. One that cannot run is told where it is asked for by itself."""
        waiting = [rule for rule in rules if rule.count_query and rule.count_query not in self.known]
        self._count_articles(waiting)
        if self.months.articles:
            proofs = {rule.count_query: load_proofs().get(rule.count_query, ()) for rule in waiting}
            self._count_articles(rule for of_rule in proofs.values() for proof in of_rule for rule in proof.needed)
            for query, of_rule in proofs.items():
                if query not in self.known and of_rule and self._hold(of_rule):
                    self.known[query] = 0

    def _count_articles(self, rules: Iterable[Expectation]) -> None:
        waiting = {rule.query: rule for rule in rules if rule.type == SQL and rule.count_query not in self.known}
        for query, count in self.months.count(waiting.values()).items():
            self.known[waiting[query].count_query] = count

    def _hold(self, proofs: Iterable[Proof]) -> bool:
        """Whether the proofs find nothing; not if one cannot be run."""
        try:
            return not any(self.count(rule) for proof in proofs for rule in proof.needed)
        except duckdb.Error:
            return False

    def count_all(self, table: str, aggregates: Iterable[str]) -> None:
        """Compute aggregates over a table in one pass; if one cannot be computed, each is asked for by itself."""
        wanted = sorted({a for a in aggregates if _named(table, a) not in self.known})
        adding = [a for a in wanted if adds_up(a)]
        try:
            if adding and (sums := self.months.sum(table, adding)) is not None:
                self._know(table, adding, sums)
                wanted = [a for a in wanted if not adds_up(a)]
            if wanted:
                (values,) = self.views.run(f"SELECT {', '.join(wanted)} FROM {quoted(table)}")[1]
                self._know(table, wanted, values)
        except duckdb.Error:
            return

    def _know(self, table: str, aggregates: Iterable[str], values: Iterable[Any]) -> None:
        self.known.update(zip([_named(table, a) for a in aggregates], values, strict=True))

    def aggregate(self, table: str, aggregate: str) -> Any:
        query = _named(table, aggregate)
        return self.value(query)

    def columns(self, table: str) -> list[str]:
        return [c for c in self.views.connection.sql(f"FROM {quoted(table)}").columns if c not in (YEAR, MONTH)]

    def rows(self, rule: Expectation) -> list[dict[str, Any]]:
        """The first rows that break a rule: of one in SQL in the order of what it shows, of others in that of the
        table, with the row's key. None of rules on a table as a whole."""
        if rule.type == SQL:
            return self._first_of(rule) if self.count(rule) else []
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
        return self.views.rows(f"SELECT {selected} FROM {quoted(rule.table)} WHERE {broken} LIMIT {SAMPLE}")

    def _first_of(self, rule: Expectation) -> list[dict[str, Any]]:
        """The first rows of a rule's query, in the order of its columns."""
        query = f"SELECT * FROM ({rule.query}\n) ORDER BY ALL LIMIT {SAMPLE}"
        found = self.months.rows(rule, query)
        if found is None:
            return self.views.rows(query)
        return sorted(found, key=lambda row: [(value is None, value) for value in row.values()])[:SAMPLE]

    def can_run(self, rule: Expectation) -> bool:
        """Whether the tables have all columns that an SQL rule names."""
        try:
            self.views.run(f"EXPLAIN {rule.query}")
        except duckdb.BinderException:
            return False
        return True


def _named(table: str, aggregate: str) -> str:
    return f"SELECT {aggregate} FROM {quoted(table)}"


@contextmanager
def opened(folder: Path, kept: CheckedMonths | None = None) -> Iterator[Queries]:
    """The tables of `folder`, for the queries of this block.

    A rule seldom needs more than half of what DuckDB may take in a step, even if it has to spill.
    """
    with database.opened() as connection:
        limit = database.memory_of(connection)
        connection.execute("SET memory_limit = ?", [f"{limit // 2}B"])
        views = TableViews(connection, folder, larger=[f"{limit}B"])
        views.open(load_package().tables)
        yield Queries(views, find_months(views, kept))
