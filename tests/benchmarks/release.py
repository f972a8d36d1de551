"""What a release costs those who use it: bytes on disk, seconds a query, bytes over the network. Prints; never fails.

    release.py [RELEASE [COPIES]]

COPIES times the articles of the release, under other ids and on other days, stand for a large corpus. Queries over HTTP
go to a server on this machine that counts what it sends.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl
from fsspec.implementations.http import HTTPFileSystem

from onrecord.release.facts import read_facts
from onrecord.release.report import to_report
from onrecord.schema import Table, load_package
from onrecord.schema.quality import load_quality
from onrecord.schema.views import load_views
from onrecord.storage import store
from onrecord.storage.parts import copy_table, count_rows, files_of, scan
from onrecord.storage.readonly import open_tables

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
from ranges import Ranges, served  # noqa: E402

RUNS = 3  # of each query; the median counts
_OF_ARTICLE = {
    "article_id",
    "duplicate_of",
    "supersedes",
    "mention_id",
    "quote_id",
    "date_id",
    "proposal_id",
    "group_id",
}

QUERIES: Mapping[str, str] = {
    "count quotes": "SELECT count(*) FROM quotes",
    "articles of a month": "SELECT title, outlet FROM articles WHERE published BETWEEN $day AND $day + INTERVAL 30 DAY",
    "one article with its quotes": "SELECT title, q.text FROM articles JOIN quotes q USING (article_id) "
    "WHERE article_id = $article",
    "quotes of one speaker": "SELECT text, article_id FROM quotes WHERE speaker_actor_id = $actor",
    "most quoted": "SELECT name, count(*) AS n FROM current_quotes JOIN actors ON speaker_actor_id = actor_id "
    "GROUP BY ALL ORDER BY n DESC LIMIT 20",
    "statements of a month": "SELECT speaker, text FROM statements "
    "WHERE published BETWEEN $day AND $day + INTERVAL 30 DAY",
    "words in quotes": "SELECT speaker, text FROM find('sanctions')",
    "stances by state": "SELECT state_id, issue, stance, count(*) FROM positions GROUP BY ALL",
    "quotes by year and kind": "SELECT year(a.published), kind, count(*) FROM quotes "
    "JOIN articles a USING (article_id) GROUP BY ALL",
    "who is named together": "SELECT a.actor_id, b.actor_id, count(DISTINCT article_id) AS n FROM mentions a "
    "JOIN mentions b USING (article_id) WHERE a.actor_id = $actor AND b.actor_id <> $actor GROUP BY ALL "
    "ORDER BY n DESC LIMIT 20",
}
REMOTE: Mapping[str, tuple[str, str]] = {
    "titles of a day": ("articles", "SELECT title FROM t WHERE published = CAST('{day}' AS DATE)"),
    "quotes of one article": ("quotes", "SELECT text FROM t WHERE article_id = '{article}'"),
    "mentions of a rare actor": ("mentions", "SELECT text FROM t WHERE actor_id = '{rare}'"),
    "speakers of all quotes": ("quotes", "SELECT speaker_actor_id, count(*) AS n FROM t GROUP BY speaker_actor_id"),
}


def main(release: Path, copies: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "release"
        _multiply(release, large, copies)
        _print_sizes("the release", release)
        _print_sizes(f"{copies} times its articles", large)
        given = _parameters(large)
        _print_times(large, given)
        _print_shares(large, given)
        package = load_package()
        profile = package.profiles["full"]
        (large / "checks.json").write_bytes((release / "checks.json").read_bytes())
        start = time.monotonic()
        page = to_report(large, package, "bench", profile, read_facts(large, package), load_quality())
        print(f"\nreport.html: {len(page) / 1e3:.0f} kB in {time.monotonic() - start:.1f} s")


def _multiply(release: Path, large: Path, copies: int) -> None:
    """Tables of `release`, each article `copies` times, laid out as a build lays them out."""
    large.mkdir()
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        build = Path(folder)
        connection.execute(
            "CREATE MACRO copy_id(id, n) AS if(n = 0, id, left(md5(left(id, 16) || n), 16) || substr(id, 17))"
        )
        for table in load_package().tables.values():
            connection.execute(f"CREATE VIEW {table.name} AS FROM {scan(files_of(release, table.name))}")
        for table in load_package().tables.values():
            store.write_table(
                build / f"{table.name}.parquet",
                connection.sql(_copied(table, copies)).to_arrow_reader(store.ROW_GROUP),
                table.to_arrow(),
                group_rows=table.group_rows,
                looked_up=table.looked_up,
                plain=table.plain,
            )
        for table in load_package().tables.values():
            copy_table(build, large, table)


def _copied(table: Table, copies: int) -> str:
    """Rows in the order of a build: articles and what belongs to them by day, other tables by their key."""
    columns = [c.name for c in table.columns]
    changed = [f'copy_id(t."{c}", n) AS "{c}"' for c in columns if c in _OF_ARTICLE]
    days = ("published", "published_earliest", "published_latest")
    changed += [f"t.{c} + (3 * n)::INTEGER AS {c}" for c in columns if c in days]
    if not changed:
        return f"SELECT * FROM {table.name} ORDER BY {', '.join(table.primary_key)}"
    key = ", ".join(f'"{c}"' for c in table.order)
    rows = f"SELECT t.* REPLACE ({', '.join(changed)}), n FROM {table.name} t, range({copies}) r(n)"
    if not table.of_article:
        return f"SELECT * EXCLUDE (n) FROM ({rows}) ORDER BY {key}"
    of_articles = (
        "SELECT copy_id(article_id, n) AS article_id, published + (3 * n)::INTEGER AS day "
        f"FROM articles, range({copies}) r(n)"
    )
    return (
        f"SELECT t.* EXCLUDE (n) FROM ({rows}) t JOIN ({of_articles}) USING (article_id) ORDER BY day NULLS LAST, {key}"
    )


def _print_sizes(title: str, folder: Path) -> None:
    articles = count_rows(folder, "articles")
    print(f"{title}\n{'table':16} {'rows':>12} {'MB':>9} {'bytes a row':>12} {'files':>6}")
    whole = 0
    for name in load_package().tables:
        files, rows = files_of(folder, name), count_rows(folder, name)
        size = sum(path.stat().st_size for path in files)
        whole += size
        print(f"{name:16} {rows:12,} {size / 1e6:9.2f} {size / max(rows, 1):12.0f} {len(files):6}")
    print(f"{'all':16} {'':12} {whole / 1e6:9.2f}   {whole / articles / 1e3:.1f} kB an article\n")


def _parameters(folder: Path) -> Mapping[str, object]:
    """A day, an article of it, the actor quoted most, and one that is seldom mentioned."""
    with open_tables(folder) as connection:
        ((day, article),) = connection.execute(
            "SELECT published, article_id FROM articles WHERE published IS NOT NULL "
            "ORDER BY published, article_id LIMIT 1 OFFSET (SELECT count(published) // 2 FROM articles)"
        ).fetchall()
        ((actor,),) = connection.execute(
            "SELECT speaker_actor_id FROM quotes WHERE speaker_actor_id IS NOT NULL "
            "GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 1"
        ).fetchall()
        ((rare,),) = connection.execute(
            "SELECT actor_id FROM mentions GROUP BY ALL ORDER BY count(*), 1 LIMIT 1"
        ).fetchall()
    return {"day": day, "article": article, "actor": actor, "rare": rare}


def _print_times(folder: Path, given: Mapping[str, object]) -> None:
    print(f"{'query':30} {'rows':>9} {'onrecord sql':>13} {'DuckDB':>9}   seconds, median of {RUNS}")
    with open_tables(folder) as safe, duckdb.connect() as plain:
        for name in load_package().tables:
            plain.execute(f"CREATE VIEW {name} AS FROM {scan(files_of(folder, name))}")
        _make_views(plain)
        for name, query in QUERIES.items():
            wanted = {key: value for key, value in given.items() if f"${key}" in query}
            times = []
            for connection in (safe, plain):
                spent = []
                for _ in range(RUNS):
                    start = time.perf_counter()
                    rows = connection.execute(query, wanted or None).fetchall()
                    spent.append(time.perf_counter() - start)
                times.append(statistics.median(spent))
            print(f"{name:30} {len(rows):9,} {times[0]:13.3f} {times[1]:9.3f}")


def _make_views(connection: duckdb.DuckDBPyConnection) -> None:
    for view in load_views():
        for statement in view.to_statements():
            connection.execute(statement)


def _print_shares(folder: Path, given: Mapping[str, object]) -> None:
    print(f"\n{'over HTTP':30} {'rows':>9} {'sent':>10} {'of the file':>12}   by")
    with served(folder) as address:
        for name, (table, query) in REMOTE.items():
            files = files_of(folder, table)
            size = sum(path.stat().st_size for path in files)
            addresses = [f"{address}/{path.relative_to(folder).as_posix()}" for path in files]
            for reader, read in (("polars", _by_polars), ("DuckDB", _by_duckdb)):
                Ranges.sent = 0
                rows = read(addresses, query.format(**given))
                print(f"{name:30} {rows:9,} {Ranges.sent / 1e3:7.0f} kB {Ranges.sent / size:12.1%}   {reader}")


def _by_polars(addresses: list[str], query: str) -> int:
    return pl.SQLContext(t=pl.scan_parquet(addresses)).execute(query).collect().height


class Web(HTTPFileSystem):  # type: ignore[misc]
    """fsspec's, since DuckDB's own extension for HTTP has to be fetched first."""

    def modified(self, path: str) -> datetime:
        return datetime(2000, 1, 1)

    async def _exists(self, path: str, **_: object) -> bool:
        return True  # fsspec's asks for the whole file, and hangs up when some of it is on its way


def _by_duckdb(addresses: list[str], query: str) -> int:
    with duckdb.connect() as connection:
        connection.register_filesystem(Web(cache_type="none"))
        connection.execute(f"CREATE VIEW t AS FROM read_parquet({addresses})")
        return len(connection.execute(query).fetchall())


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "datasets" / "releases" / "latest",
        int(sys.argv[2]) if len(sys.argv) > 2 else 200,
    )
