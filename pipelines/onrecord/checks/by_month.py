"""The months of a large folder, for what is counted in one article after the other: the sum of its months."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from onrecord.checks.conditions import to_key_count
from onrecord.checks.expectations import ARTICLE, SQL, Expectation
from onrecord.schema import Table, load_package
from onrecord.storage.parts import MONTH, YEAR, Month, files_of, is_cut, month_of

_ARTICLES = 4_096  # whose months are read at a time


def find_months(folder: Path) -> dict[Month, int]:
    """The number of articles of each month, if each table of article rows has a file for each of them; else none."""
    of_articles = [table.name for table in load_package().tables.values() if table.article]
    files = {name: files_of(folder, name) for name in of_articles}
    months = {month_of(path): path for path in files["articles"] if is_cut([path])}
    if any(not is_cut(found) or {*map(month_of, found)} != months.keys() for found in files.values()):
        return {}
    return {month: pq.read_metadata(path).num_rows for month, path in months.items()}


def group_months(months: Iterable[Month], articles: Mapping[Month, int]) -> Iterator[list[Month]]:
    """Months in order, so many together as have few articles."""
    group: list[Month] = []
    held = 0
    for month in months:
        if group and held + articles[month] > _ARTICLES:
            yield group
            group, held = [], 0
        group.append(month)
        held += articles[month]
    if group:
        yield group


def one_article_each() -> str:
    """The query for how many articles share an id."""
    return str(to_key_count("column_values.unique.unexpected_count", {"column": "article_id"}, "articles"))


def stray_rules() -> Iterator[Expectation]:
    """Rules that find the rows which lie in another month than their article."""
    for table in load_package().tables.values():
        if table.article and table.name != "articles":
            yield Expectation(
                table=table.name,
                name="lies_in_the_month_of_its_article",
                type=SQL,
                kwargs={"sql": _strays(table)},
                severity="critical",
                why="The rows of an article lie in its month.",
                scope=ARTICLE,
            )


def _strays(table: Table) -> str:
    row = f"(SELECT {table.article} AS article_id, {YEAR}, {MONTH} FROM {table.name})"
    return f"SELECT article_id FROM {row} ANTI JOIN articles USING (article_id, {YEAR}, {MONTH})"
