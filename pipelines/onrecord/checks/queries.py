"""Answers of DuckDB about the tables of a build or release, each asked once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from onrecord.checks.by_month import find_months, group_months, one_article_each, stray_rules
from onrecord.checks.conditions import adds_up, to_condition, to_keys
from onrecord.checks.expectations import ARTICLE, SQL, Expectation
from onrecord.checks.kept import Kept
from onrecord.checks.results import SAMPLE
from onrecord.schema import load_package
from onrecord.schema.tables import quoted
from onrecord.storage import database
from onrecord.storage.parts import MONTH, YEAR, Month, files_of, is_cut, month_of, scan


@dataclass(frozen=True, slots=True)
class Queries:
    """Answers over the tables that are being checked. A rule's count is asked for again for its rows, of which most
    have none, and opening the tables takes longer than a rule."""

    connection: duckdb.DuckDBPyConnection
    folder: Path | None = None  # of the tables
    kept: Kept | None = None  # what is known of its months
    known: dict[str, Any] = field(default_factory=dict)  # by query, or by table and aggregate
    larger: list[str] = field(default_factory=list)  # limits of memory, for a query that cannot do with less
    months: dict[Month, int] = field(
        default_factory=dict
    )  # and their articles, where the rows of each lie in its month
    broken: dict[str, list[Month]] = field(default_factory=dict)  # in which rows break a rule, by its query

    def value(self, query: str) -> Any:
        """The one value of a query."""
        if query not in self.known:
            ((self.known[query],),) = self._run(query)[1]
        return self.known[query]

    def count(self, rule: Expectation) -> int:
        """How many rows break a rule in SQL."""
        self.count_by_month([rule])
        return int(self.value(_counted(rule)))

    def count_by_month(self, rules: Iterable[Expectation]) -> None:
        """Count the rows that break rules about each article by itself, in those of some months after those of others:
        a join with texts holds them all, and DuckDB spills no such join.

        Of a month in which a rule is kept that is known from then on. What cannot be counted is told where it is asked
        for by itself.
        """
        together: dict[tuple[Month, ...], list[Expectation]] = {}
        for rule in rules:
            if self.months and rule.scope == ARTICLE and _counted(rule) not in self.known:
                together.setdefault(tuple(self._unknown(_sql(rule), rule.tables)), []).append(rule)
        for months, waiting in together.items():
            try:
                found = list(self._counts(waiting, months))
            except duckdb.Error:
                continue
            finally:
                self.open_tables(_read(waiting))
            self.known.update({_counted(rule): sum(n for each, _, n in found if each is rule) for rule in waiting})
            for rule, group, count in found:
                if count:
                    self.broken.setdefault(_sql(rule), []).extend(group)
                elif self.kept:
                    for month in group:
                        self.kept.keep(_sql(rule), rule.tables, month, [0])

    def _unknown(self, query: str, tables: Sequence[str]) -> list[Month]:
        """The months of which it is not kept what the query finds in them."""
        return [m for m in self.months if self.kept is None or self.kept.find(query, tables, m) is None]

    def _counts(
        self, rules: Sequence[Expectation], months: Iterable[Month]
    ) -> Iterator[tuple[Expectation, Sequence[Month], int]]:
        """How many rows of some months break each rule; of single ones if some do, and the others are to be kept."""
        for group in group_months(months, self.months):
            self.open_tables(_read(rules), group)
            counts = [(rule, int(self._run(_counted(rule))[1][0][0])) for rule in rules]
            divided = [rule for rule, count in counts if count and self.kept and len(group) > 1]
            yield from ((rule, group, count) for rule, count in counts if rule not in divided)
            for month in group if divided else ():
                yield from self._counts(divided, [month])

    def count_all(self, table: str, aggregates: Iterable[str]) -> None:
        """Compute aggregates over a table in one pass; if one cannot be computed, each is asked for by itself."""
        wanted = [a for a in dict.fromkeys(aggregates) if _named(table, a) not in self.known]
        is_cut_by_month = self.months and load_package().tables[table].article
        adding = sorted(a for a in wanted if is_cut_by_month and self.kept and adds_up(a))
        others = [a for a in wanted if a not in adding]
        try:
            if self.kept and adding:
                self._know(table, adding, self._sum_by_month(self.kept, table, adding))
            if others:
                self._know(table, others, self._run(f"SELECT {', '.join(others)} FROM {quoted(table)}")[1][0])
        except duckdb.Error:
            return

    def _know(self, table: str, aggregates: Iterable[str], values: Iterable[Any]) -> None:
        self.known.update(zip([_named(table, a) for a in aggregates], values, strict=True))

    def _sum_by_month(self, kept: Kept, table: str, counts: Sequence[str]) -> list[int]:
        """Counts of rows over a table; only months are asked of which they are not kept."""
        query = f"SELECT {YEAR}, {MONTH}, {', '.join(counts)} FROM {quoted(table)} GROUP BY ALL"
        if months := self._unknown(query, [table]):
            self.open_tables([table], months)
            try:
                found = {(year, month): numbers for year, month, *numbers in self._run(query)[1]}
            finally:
                self.open_tables([table])
            for month in months:  # of one without such rows there is none
                kept.keep(query, [table], month, found.get(month, [0] * len(counts)))
        return [
            sum(numbers) for numbers in zip(*(kept.find(query, [table], m) or [] for m in self.months), strict=True)
        ]

    def aggregate(self, table: str, aggregate: str) -> Any:
        query = _named(table, aggregate)
        return self.value(query)

    def columns(self, table: str) -> list[str]:
        return [c for c in self.connection.sql(f"FROM {quoted(table)}").columns if c not in (YEAR, MONTH)]

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
        return self._fetch(f"SELECT {selected} FROM {quoted(rule.table)} WHERE {broken} LIMIT {SAMPLE}")

    def _first_of(self, rule: Expectation) -> list[dict[str, Any]]:
        """The first rows of a rule's query, in the order of its columns."""
        query = f"SELECT * FROM ({_sql(rule)}\n) ORDER BY ALL LIMIT {SAMPLE}"
        if _sql(rule) not in self.broken:
            return self._fetch(query)
        found: list[dict[str, Any]] = []
        for group in group_months(self.broken[_sql(rule)], self.months):
            self.open_tables(rule.tables, group)
            found += self._fetch(query)
        self.open_tables(rule.tables)
        return sorted(found, key=lambda row: [(value is None, value) for value in row.values()])[:SAMPLE]

    def open_tables(self, names: Iterable[str], months: Collection[Month] | None = None) -> None:
        """Views of the tables; of those that are cut by month the rows of these months, if any are named."""
        for name in names:
            files = files_of(self.folder, name) if self.folder else ()
            if months is not None and is_cut(files):
                files = tuple(path for path in files if month_of(path) in months)
            self.connection.execute(f"CREATE OR REPLACE VIEW {name} AS FROM {scan(files)}")

    def look_for_months(self) -> None:
        """Find out whether rules about articles may be run month by month: if all that belongs to an article lies in
        its month, and nowhere else. Where that is not so they are run over everything at once."""
        self.months.update(find_months(self.folder) if self.folder else {})
        if self.months:
            strays = list(stray_rules())
            self.count_by_month(strays)
            try:
                is_sound = not self.value(one_article_each()) and not any(map(self.count, strays))
            except duckdb.Error:
                is_sound = False
            if not is_sound:
                self.months.clear()

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
            self.connection.execute(f"EXPLAIN {_sql(rule)}")
        except duckdb.BinderException:
            return False
        return True


def _sql(rule: Expectation) -> str:
    return str(rule.kwargs["sql"])


def _counted(rule: Expectation) -> str:
    return f"SELECT count(*) FROM ({_sql(rule)}\n)"


def _read(rules: Iterable[Expectation]) -> list[str]:
    """The tables that some rules read."""
    return sorted({table for rule in rules for table in rule.tables})


def _named(table: str, aggregate: str) -> str:
    return f"SELECT {aggregate} FROM {quoted(table)}"


@contextmanager
def opened(folder: Path, kept: Kept | None = None) -> Iterator[Queries]:
    """The tables of `folder`, for the queries of this block.

    A rule seldom needs more than half of what DuckDB may take in a step, even if it has to spill.
    """
    with database.opened() as connection:
        ((limit,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
        connection.execute("SET memory_limit = ?", [f"{database.to_bytes(limit) // 2}B"])
        queries = Queries(connection, folder, kept, larger=[limit])
        queries.open_tables(load_package().tables)
        queries.look_for_months()
        yield queries
