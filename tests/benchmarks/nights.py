"""Nights on which nothing changes, and one on which an outlet's layout does: what the look for drift says of them.

    python tests/benchmarks/nights.py RELEASE [--nights 30] [--articles 9] [--seed 7]

Each night brings every outlet of RELEASE that has articles enough so many articles, drawn with replacement from its
own: so no night differs from another but by chance, and each alarm is a false one. Then each outlet in turn brings
articles as a broken layout gives them: of the body only the first 300 characters are left, or the names of authors
have gone. Printed are alarms, and how many of the broken outlets were named, and no other one.
"""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from onrecord.audit.drift import Drift, find_drift
from onrecord.storage.parts import files_of, scan

_LEAST = 20  # articles of an outlet, as drift wants them
_LEFT = 300  # characters of a body that is cut
_TABLES: Mapping[str, str] = {
    "articles": "article_id, outlet, word_count, title, authors, published, section",
    "quotes": "article_id, speaker_actor_id, kind, confidence, start",
    "proposals": "article_id, confidence, start",
    "mentions": "article_id, start",
    "dates": "article_id, start",
}
_BROKEN = {
    "body": "UPDATE articles SET word_count = 50 WHERE article_id IN (FROM broken); "
    + "".join(
        f"DELETE FROM {table} WHERE start > {_LEFT} AND article_id IN (FROM broken); " for table in list(_TABLES)[1:]
    ),
    "authors": "UPDATE articles SET authors = [] WHERE article_id IN (FROM broken)",
}


class Nights:
    """The tables that drift reads, growing night by night; each state is a folder like a release."""

    def __init__(self, release: Path, folder: Path, seed: int, articles: int) -> None:
        self.folder, self.articles, self.connection = folder, articles, duckdb.connect()
        self.connection.execute(f"SELECT setseed({seed % 1000 / 1000})")
        self.connection.execute("SET threads = 1")  # else the draw depends on their order
        for table, columns in _TABLES.items():
            query = f"CREATE TABLE old_{table} AS SELECT {columns} FROM {scan(files_of(release, table))} ORDER BY ALL"
            self.connection.execute(query)
            self.connection.execute(f"CREATE TABLE {table} AS FROM old_{table}")
        query = (
            "SELECT outlet FROM articles GROUP BY outlet HAVING outlet IS NOT NULL AND count(*) >= $least ORDER BY 1"
        )
        self.outlets = [outlet for (outlet,) in self.connection.execute(query, {"least": _LEAST}).fetchall()]

    def bring(self, night: str) -> None:
        """New articles of every outlet, with all that was found in those that they are drawn from."""
        self.connection.execute(f"""
            CREATE OR REPLACE TABLE drawn AS
            WITH own AS (
                SELECT outlet, article_id, row_number() OVER (PARTITION BY outlet ORDER BY article_id) AS place,
                       count(*) OVER (PARTITION BY outlet) AS held
                FROM old_articles WHERE list_contains($outlets, outlet)
            ), wanted AS (
                SELECT outlet, number, 1 + floor(random() * held)::BIGINT AS place
                FROM (SELECT DISTINCT outlet, held FROM own ORDER BY ALL), range({self.articles}) r(number)
                ORDER BY outlet, number
            )
            SELECT article_id, outlet, $night || ':' || outlet || ':' || number AS new_id
            FROM wanted JOIN own USING (outlet, place)
            """, {"outlets": self.outlets, "night": night})  # fmt: skip
        for table in _TABLES:
            query = f"SELECT t.* REPLACE (d.new_id AS article_id) FROM old_{table} t JOIN drawn d USING (article_id)"
            self.connection.execute(f"INSERT INTO {table} BY NAME {query}")

    def kept(self, name: str) -> Path:
        """The tables as they are now, as files."""
        folder = self.folder / name
        folder.mkdir(parents=True)
        for table in _TABLES:
            self.connection.execute(f"COPY {table} TO '{folder}/{table}.parquet'")
        return folder


def ordinary(nights: Nights, count: int) -> tuple[list[Drift], list[Path]]:
    """The alarms of so many nights, and the releases that these leave, the newest first."""
    alarms: list[Drift] = []
    releases = [nights.kept("0")]
    for night in range(1, count + 1):
        nights.bring(str(night))
        releases.insert(0, nights.kept(str(night)))
        alarms += find_drift(releases[0], releases[1:])
    return alarms, releases


def broken(nights: Nights, releases: list[Path], how: str) -> dict[str, set[str]]:
    """Of each outlet whose layout breaks which outlets are named."""
    named = {}
    for number, outlet in enumerate(nights.outlets):
        nights.connection.execute("BEGIN")
        nights.bring(f"{how}{number}")
        nights.connection.execute(
            "CREATE TABLE broken AS SELECT new_id FROM drawn WHERE outlet = $outlet", {"outlet": outlet}
        )
        nights.connection.execute(_BROKEN[how])
        named[outlet] = {each.outlet for each in find_drift(nights.kept(f"{how}{number}"), releases)}
        nights.connection.execute("ROLLBACK")
    return named


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("release", type=Path)
    options.add_argument("--nights", type=int, default=30)
    options.add_argument("--articles", type=int, default=9, help="new ones of each outlet a night")
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        nights = Nights(given.release, Path(folder), given.seed, given.articles)
        alarms, releases = ordinary(nights, given.nights)
        print(f"{len(nights.outlets)} outlets, {given.nights} nights, {given.articles} new articles of each a night")
        print(f"alarms on ordinary nights: {len(alarms)}", *alarms, sep="\n  ")
        for how in _BROKEN:
            named = broken(nights, releases, how)
            right = sum(found == {outlet} for outlet, found in named.items())
            wrong = sum(bool(found - {outlet}) for outlet, found in named.items())
            print(f"{how} broken: named alone {right} of {len(named)}, another one named {wrong}")
            print("  not named: " + (", ".join(o for o, found in named.items() if o not in found) or "none"))


if __name__ == "__main__":
    main()
