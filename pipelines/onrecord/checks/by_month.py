"""What is counted in each article by itself, month by month: over a large folder it is the sum of its months."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow.parquet as pq

from onrecord.checks.checked_months import CheckedMonths
from onrecord.checks.conditions import to_key_count, to_metric
from onrecord.checks.expectations import ARTICLE, SQL, Expectation
from onrecord.checks.table_views import TableViews
from onrecord.schema import load_package
from onrecord.schema.tables import quoted
from onrecord.storage.parts import MONTH, YEAR, Month, is_cut, month_of

_ARTICLES = 4_096  # whose months are read at a time


@dataclass(frozen=True, slots=True)
class ByMonth:
    """The months of a folder whose articles lie with all their rows in one of them; none of another folder."""

    views: TableViews
    articles: dict[Month, int] = field(default_factory=dict)  # the months, and how many articles each has
    kept: CheckedMonths | None = None  # what is known of them
    broken: dict[str, list[Month]] = field(default_factory=dict)  # where rows break a rule, by its query

    def count(self, rules: Iterable[Expectation]) -> dict[str, int]:
        """How many rows break the rules whose scope is an article, by their queries; those that cannot be counted are
        left out. A join with texts holds them all, and DuckDB spills no such join: some months follow others.

        Months are kept with their counts.
        """
        together: dict[tuple[Month, ...], list[Expectation]] = {}
        known: dict[str, dict[Month, int]] = {}
        for rule in rules:
            if self.articles and rule.scope == ARTICLE:
                known[rule.query] = {m: found[0] for m, found in self._known(rule.query, rule.tables).items()}
                unknown = tuple(month for month in self.articles if month not in known[rule.query])
                together.setdefault(unknown, []).append(rule)
        counts: dict[str, int] = {}
        for months, waiting in together.items():
            try:
                found = list(self._counts(waiting, months))
            except duckdb.Error:
                continue
            finally:
                self.views.open(_read(waiting))
            found += [(rule, [month], count) for rule in waiting for month, count in known[rule.query].items()]
            counts |= dict.fromkeys([rule.query for rule in waiting], 0)
            for rule, group, count in found:
                counts[rule.query] += count
                if count:
                    self.broken.setdefault(rule.query, []).extend(group)
                if self.kept and known[rule.query].keys().isdisjoint(group) and (not count or len(group) == 1):
                    for month in group:
                        self.kept.keep(rule.query, rule.tables, month, [count])
        return counts

    def _counts(
        self, rules: Sequence[Expectation], months: Iterable[Month]
    ) -> Iterator[tuple[Expectation, Sequence[Month], int]]:
        """How many rows of some months break each rule; of single ones if some do, and the others are to be kept."""
        for group in self._grouped(months):
            self.views.open(_read(rules), group)
            counts = [(rule, int(self.views.value(rule.count_query))) for rule in rules]
            divided = [rule for rule, count in counts if count and self.kept and len(group) > 1]
            yield from ((rule, group, count) for rule, count in counts if rule not in divided)
            for month in group if divided else ():
                yield from self._counts(divided, [month])

    def rows(self, rule: Expectation, query: str) -> list[dict[str, Any]] | None:
        """What a query finds where rows break the rule, some months after others; None if it was not counted so."""
        if rule.query not in self.broken:
            return None
        found = []
        for group in self._grouped(self.broken[rule.query]):
            self.views.open(rule.tables, group)
            found += self.views.rows(query)
        self.views.open(rule.tables)
        return found

    def sum(self, table: str, counts: Sequence[str]) -> list[int] | None:
        """Counts of rows over a table, asked of the months of which they are not kept; None if none are."""
        if not (self.kept and self.articles and load_package().tables[table].article):
            return None
        query = f"SELECT {YEAR}, {MONTH}, {', '.join(counts)} FROM {quoted(table)} GROUP BY ALL"
        known = self._known(query, [table])
        if months := [month for month in self.articles if month not in known]:
            self.views.open([table], months)
            try:
                found = {(year, month): numbers for year, month, *numbers in self.views.run(query)[1]}
            finally:
                self.views.open([table])
            for month in months:  # one without rows of this table is not among them
                known[month] = found.get(month, [0] * len(counts))
                self.kept.keep(query, [table], month, known[month])
        return [sum(numbers) for numbers in zip(*known.values(), strict=True)]

    def _known(self, query: str, tables: Sequence[str]) -> dict[Month, list[int]]:
        """What is kept of what the query finds in months."""
        found = {month: self.kept.find(query, tables, month) for month in self.articles} if self.kept else {}
        return {month: numbers for month, numbers in found.items() if numbers is not None}

    def _grouped(self, months: Iterable[Month]) -> Iterator[list[Month]]:
        """Months in order, so many together as have few articles."""
        group: list[Month] = []
        held = 0
        for month in months:
            if group and held + self.articles[month] > _ARTICLES:
                yield group
                group, held = [], 0
            group.append(month)
            held += self.articles[month]
        if group:
            yield group


def find_months(views: TableViews, kept: CheckedMonths | None) -> ByMonth:
    """The months of a folder if rules about articles may be run in each by itself: if its tables are cut by the same
    months, no two articles share an id, and no row lies in another month than its article."""
    found = ByMonth(views, _articles(views), kept)
    strays = list(_stray_rules()) if found.articles else []
    try:
        is_sound = not (strays and views.value(_shared_ids()))
    except duckdb.Error:
        is_sound = False
    if is_sound and found.count(strays) == {rule.query: 0 for rule in strays}:
        return found
    return ByMonth(views)


def _articles(views: TableViews) -> dict[Month, int]:
    """The number of articles of each month, if each table of article rows has a file for each of them; else none."""
    files = {table.name: views.files(table.name) for table in load_package().tables.values() if table.article}
    months = {month_of(path): path for path in files["articles"] if is_cut([path])}
    if any(not is_cut(found) or {*map(month_of, found)} != months.keys() for found in files.values()):
        return {}
    return {month: pq.read_metadata(path).num_rows for month, path in months.items()}


def _shared_ids() -> str:
    """The query for how many articles share an id."""
    return str(to_key_count(to_metric("expect_column_values_to_be_unique"), {"column": "article_id"}, "articles"))


def _stray_rules() -> Iterator[Expectation]:
    """Rules that find the rows which lie in another month than their article."""
    for table in load_package().tables.values():
        if table.article and table.name != "articles":
            row = f"(SELECT {table.article} AS article_id, {YEAR}, {MONTH} FROM {table.name})"
            sql = f"SELECT article_id FROM {row} ANTI JOIN articles USING (article_id, {YEAR}, {MONTH})"
            yield Expectation(
                table=table.name,
                name="lies_in_the_month_of_its_article",
                type=SQL,
                kwargs={"sql": sql},
                severity="critical",
                why="What belongs to an article lies in its month.",
                scope=ARTICLE,
            )


def _read(rules: Iterable[Expectation]) -> list[str]:
    """The tables that some rules read."""
    return sorted({table for rule in rules for table in rule.tables})
