"""What a release's documents say about its rows: counts, examples, sources. Aggregates only, whatever its size."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from onrecord.schema import Package, Table
from onrecord.storage.database import opened
from onrecord.storage.parts import count_rows, files_of, scan

_SOURCES = 50  # outlets that the card lists by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Articles of one outlet under the same rights."""

    outlet: str | None
    rights: str | None
    articles: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    counts: Mapping[str, int]  # rows of each table
    files: Mapping[str, tuple[str, ...]]  # of each table, by their paths in the release
    examples: Mapping[str, Mapping[str, str | None]]  # table -> column -> a value of the release
    sources: tuple[Source, ...]  # the largest first, at most SOURCES
    source_count: int
    published: tuple[date | None, date | None]  # the first and the last day that is known
    dated: int  # articles whose day of publication is known
    shares: Mapping[str, float | None]  # what the rows are like, in words -> share, None of nothing


_SHARES = {
    "quotes that are direct": "SELECT avg((kind = 'direct')::INT) FROM quotes",
    "quotes whose speaker is an actor": "SELECT avg((speaker_actor_id IS NOT NULL)::INT) FROM quotes",
    "attributed quotes whose speaker is a state": "SELECT avg((type = 'state')::INT) FROM quotes "
    "JOIN actors ON speaker_actor_id = actor_id",
    "proposals with an issue of the codebook": "SELECT avg(coalesce(origin = 'codebook', false)::INT) FROM proposals "
    "LEFT JOIN issues USING (issue_id)",
    "proposals with a discovered issue": "SELECT avg(coalesce(origin = 'discovered', false)::INT) FROM proposals "
    "LEFT JOIN issues USING (issue_id)",
    "dates that are resolved to days": "SELECT avg((earliest IS NOT NULL)::INT) FROM dates",
    "actors that are linked to Wikidata": "SELECT avg((wikidata_id IS NOT NULL)::INT) FROM actors",
}


def read_facts(folder: Path, package: Package) -> Facts:
    """The facts of the tables in `folder`."""
    files = {name: files_of(folder, name) for name in package.tables}
    with opened() as connection:
        for name, paths in files.items():
            connection.execute(f"CREATE VIEW {name} AS FROM {scan(paths)}")
        ((first, last, dated),) = connection.execute(
            "SELECT min(published), max(published), count(published) FROM articles"
        ).fetchall()
        sources = connection.execute(
            "SELECT outlet, rights, count(*) AS articles, min(published), max(published) FROM articles "
            "GROUP BY outlet, rights ORDER BY articles DESC, outlet NULLS LAST, rights NULLS LAST"
        ).fetchall()
        examples = {table.name: _examples(connection, table, files[table.name]) for table in package.tables.values()}
        shares = {words: connection.execute(query).fetchall()[0][0] for words, query in _SHARES.items()}
    return Facts(
        counts={name: count_rows(folder, name) for name in package.tables},
        files={name: tuple(p.relative_to(folder).as_posix() for p in paths) for name, paths in files.items()},
        examples=examples,
        sources=tuple(
            Source(outlet=outlet, rights=rights, articles=count, first=earliest, last=latest)
            for outlet, rights, count, earliest, latest in sources[:_SOURCES]
        ),
        source_count=len(sources),
        published=(first, last),
        dated=dated,
        shares=shares,
    )


def _examples(connection: duckdb.DuckDBPyConnection, table: Table, files: Sequence[Path]) -> dict[str, str | None]:
    """The first value of each column that says something, in whatever part of the table it stands."""
    found = {}
    for column in table.columns:
        says = f'len("{column.name}") > 0' if column.items else f'"{column.name}" IS NOT NULL'
        for rows in (scan(files[:1]), table.name):  # of hundreds of files most often the first has one
            row = connection.execute(f'SELECT "{column.name}" FROM {rows} WHERE {says} LIMIT 1').fetchone()
            if row is not None:
                break
        found[column.name] = None if row is None else _shown(row[0])
    return found


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
