"""A release opened for the explorer: its tables and views, what is kept of them, and how the shards are cut."""

import contextlib
import functools
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.explore.query import open_release
from onrecord.explore.site.packing import digits_for, hashed, one, values
from onrecord.schema import load_package
from onrecord.schema.tables import quoted
from onrecord.storage.parts import MONTH, YEAR
from onrecord.storage.releases import ReleaseError, profile_of, read_descriptor, schema_version_of

_ARTICLES = 8  # that a shard of articles holds at most, on average: some 100 kB
_ACTORS = 48
_REPORTED = 32  # utterances or initiatives
STATEMENTS = 5000  # of a shard of quotes
_BATCH = 30_000  # rows
_PACKED = 6  # months, after which what is kept is compressed
_STORE = "explorer"  # what is kept in memory, compressed, beside the release's tables
_NEWEST = 60  # uncoded proposals of an actor that are kept

# What is asked for again and again, and costs a join of tables each time. {name} is another one of them, or a table
# that earlier releases lack. Articles and actors have numbers here: they take less room than ids, and are compared
# faster.
_KEPT = {
    # The articles, the newest first.
    "heads": "SELECT (row_number() OVER (ORDER BY published_latest DESC NULLS LAST, article_id) - 1)::INTEGER AS "
    "article, article_id, title, outlet, published_earliest AS earliest, published_latest AS latest, duplicate_of, "
    "supersedes, "
    "article_id IN (SELECT article_id FROM current_articles) AS is_current{month} FROM articles ORDER BY article",
    "cast": "SELECT (row_number() OVER (ORDER BY actor_id) - 1)::INTEGER AS actor, actor_id, name, type, country, "
    f"sector, {hashed('actor_id', 8)} AS hash FROM actors ORDER BY actor",
    # What a search passes over, the rows of the view statements: the words as `find` compares them
    # (schemas/views/find.sql), and the text to show.
    "said": "SELECT q.quote_id, q.article_id, q.kind, q.attitude, q.polarity, q.confidence, q.speaker_actor_id, "
    "q.speaker_text, s.country, s.sector, a.outlet, coalesce(q.said_earliest, a.earliest) AS earliest, "
    "coalesce(q.said_latest, a.latest) AS latest, q.text, "
    "' ' || lower(regexp_replace(strip_accents(q.text), '\\W+', ' ', 'g')) || ' ' AS words "
    "FROM (FROM quotes WHERE {within}) q JOIN {heads} a USING (article_id) "
    "LEFT JOIN {cast} s ON s.actor_id = q.speaker_actor_id WHERE a.is_current AND q.within_quote_id IS NULL "
    "AND q.polarity IS DISTINCT FROM 'hypothetical' AND q.attitude IS DISTINCT FROM 'eventuality'",
    # Who said which row of said, the newest of each actor first.
    "spoken": "SELECT actor, q.rowid::INTEGER AS said, q.earliest, q.latest FROM quote_speakers s "
    "JOIN {said} q USING (quote_id) JOIN {cast} USING (actor_id) "
    "ORDER BY actor, q.latest DESC NULLS LAST, q.earliest DESC NULLS LAST, quote_id",
    "named": "SELECT actor, article, count(*)::INTEGER AS mentions FROM mentions JOIN {cast} USING (actor_id) "
    "JOIN {heads} USING (article_id) GROUP BY ALL ORDER BY actor, article",
    "stood": "SELECT p.*, s.name AS state FROM positions p LEFT JOIN actors s ON s.actor_id = p.state_id",
    "positions": "SELECT p.*, t.text, t.initiative_id FROM {stood} p JOIN (SELECT proposal_id, text, initiative_id "
    "FROM proposals WHERE {within}) t USING (proposal_id)",
    # Proposals on no issue, the newest of each actor.
    "uncoded": "SELECT actor, article, p.proposal_id AS id, p.type, p.text, p.modality, p.initiative_id "
    "FROM proposal_actors pa JOIN current_proposals p USING (proposal_id) JOIN {heads} USING (article_id) "
    "JOIN {cast} USING (actor_id) WHERE pa.role = 'proposer' AND p.issue_id IS NULL "
    f"QUALIFY row_number() OVER (PARTITION BY actor ORDER BY article, id) <= {_NEWEST} ORDER BY actor, article, id",
    "statements": "SELECT row_number() OVER () - 1 AS place, * FROM (FROM statements ORDER BY latest DESC NULLS LAST, "
    "earliest DESC NULLS LAST, quote_id)",
    "codes": "SELECT quote_id, list([issue_id, stance] ORDER BY issue_id, stance) AS codes FROM (SELECT DISTINCT "
    "quote_id, issue_id, stance FROM current_proposals WHERE quote_id IS NOT NULL AND issue_id IS NOT NULL) "
    "GROUP BY ALL",
    "shifts": "FROM shifts",
    "stances": "SELECT id, name, type, country, state_id, concept_id, concept, stance, statements FROM stances()",
    # Utterances and initiatives that have a page of their own: told more than once, or answered.
    "repeated": "SELECT utterance_id, text, quote_id, speaker_actor_id, said_earliest, said_latest, quote_count, "
    "article_count, outlet_count AS outlets FROM {utterances} WHERE quote_count > 1",
    "acts": "SELECT initiative_id, text, proposal_id, type, issue_id, stance, proposers, targets, first_seen, "
    "last_seen, proposal_count, article_count, outlet_count AS outlets FROM {initiatives} WHERE proposal_count > 1 "
    "OR initiative_id IN (SELECT initiative_id FROM {initiative_links} UNION ALL SELECT responds_to FROM "
    "{initiative_links})",
    "retold": "SELECT q.utterance_id, outlets, q.group_id, q.quote_id AS id, q.article_id, q.start, q.text, q.kind, "
    "q.utterance_method AS method, q.utterance_similarity AS similarity FROM quotes q JOIN {repeated} "
    "USING (utterance_id)",
    "proposed": "SELECT p.initiative_id, p.proposal_id AS id, p.article_id, p.start, p.text, p.type, p.modality, "
    "p.initiative_method AS method, p.initiative_similarity AS similarity FROM proposals p SEMI JOIN {acts} "
    "USING (initiative_id)",
    "covered": "SELECT utterance_id, outlet, kept, cut, changed, kind, method, told, lag, articles, article_id "
    "FROM coverage",
    "steps": "SELECT initiative_id, status, by_whom, day, in_words, responds_by, link_method, similarity "
    "FROM initiative_status SEMI JOIN {acts} USING (initiative_id)",
}
FIRST = (
    *("heads", "cast", "repeated", "said", "positions", "codes", "acts", "stances", "named", "spoken", "uncoded"),
    *("retold", "proposed", "steps", "covered"),
)
_LATER = ("utterances", "initiatives", "initiative_links", "redirects")  # tables that earlier releases lack

_NEEDED = {"positions", "statements", "current_articles", "current_quotes", "current_proposals"}
_HAS_COLUMN = "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'articles'"


class EarlierReleaseError(ReleaseError):
    """A release whose schema had no positions or statements yet."""

    code = "OR114"


def _compress(writing: duckdb.DuckDBPyConnection) -> None:
    with contextlib.suppress(duckdb.TransactionException):  # others are being kept, or read: it stays as large as it is
        writing.execute(f"CHECKPOINT {_STORE}")


def _empty(table: str) -> str:
    columns = ", ".join(
        f"NULL::{column.to_duckdb()} AS {quoted(column.name)}" for column in load_package().tables[table].columns
    )
    return f"(SELECT {columns} WHERE false)"


@dataclass(frozen=True, slots=True)
class Cuts:
    """How many hexadecimal digits name a shard of articles, of actors, of utterances and of initiatives."""

    article: int
    actor: int
    utterance: int
    initiative: int


class Opened:
    """A release that stays open. Each thread reads through a cursor of its own."""

    def __init__(self, release: Path, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        """Open a release, or take a connection that has its tables and views already.

        Raises:
            EarlierReleaseError: it lacks the views that the pages show.
        """
        self.release = release
        self.descriptor: dict[str, Any] = dict(read_descriptor(release))
        self.version = str(self.descriptor.get("version", release.name))
        self.profile = profile_of(release).name
        self.connection = connection or open_release(release)
        views = self.connection.execute("SELECT view_name FROM duckdb_views()").fetchall()
        if missing := _NEEDED - {name for (name,) in views}:
            raise EarlierReleaseError(
                f"{release.name} is of schema {schema_version_of(release)} and has no {', '.join(sorted(missing))}, "
                "which the explorer shows: build it again with this onrecord"
            )
        self.has_across = {*_LATER} <= {name for (name,) in views}
        self.has_months = one(self.connection, f"{_HAS_COLUMN} AND column_name = '{YEAR}'") > 0
        self.has_text = one(self.connection, f"{_HAS_COLUMN} AND column_name = 'text'") > 0
        self.connection.execute(f"ATTACH ':memory:' AS {_STORE} (COMPRESS)")
        self._kept: set[str] = set()
        self._locks = {name: threading.Lock() for name in _KEPT}
        self.cuts = Cuts(
            digits_for(one(self.connection, "SELECT count(*) FROM articles"), _ARTICLES),
            digits_for(one(self.connection, "SELECT count(*) FROM actors"), _ACTORS),
            digits_for(self._count("repeated"), _REPORTED),
            digits_for(self._count("acts"), _REPORTED),
        )

    @functools.cached_property
    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        tables = [resource["name"] for resource in self.descriptor["resources"]]
        with self.cursor() as cursor:
            return {table: one(cursor, f"SELECT count(*) FROM {quoted(table)}") for table in tables}

    def _count(self, name: str) -> int:
        return int(one(self.connection, f"SELECT count(*) FROM {self.kept(name)}"))

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.connection.cursor()

    def kept(self, name: str) -> str:
        """The name of a table that is computed once, in memory, for queries of ours."""
        with self._locks[name]:
            if name not in self._kept:
                self._keep(name)
                self._kept.add(name)
        return f"{_STORE}.{name}"

    def _queries(self, name: str) -> list[str]:
        """What a table is computed by; what it reads of others is computed first."""
        sources = {"month": f", {YEAR} AS year, {MONTH} AS month" if self.has_months else ""}
        for of in re.findall(r"{(\w+)}", _KEPT[name]):
            if of in _KEPT:
                sources[of] = self.kept(of)
            elif of in _LATER:
                sources[of] = of if self.has_across else _empty(of)
        within = ["true"]
        if self.has_months and "{within}" in _KEPT[name]:  # by months: a join of all texts would hold them all at once
            with self.cursor() as cursor:
                query = f"SELECT DISTINCT year, month FROM {self.kept('heads')} ORDER BY ALL"
                within = [f"{YEAR} = {year} AND {MONTH} = {month}" for year, month in values(cursor, query)]
        return [_KEPT[name].format(**sources, within=each) for each in within]

    def _keep(self, name: str) -> None:
        table, queries = f"{_STORE}.{name}", self._queries(name)
        with self.cursor() as reading, self.cursor() as writing:
            # A batch at a time: CREATE TABLE AS would hold all rows twice until the last one has come.
            writing.execute(f"CREATE OR REPLACE TABLE {table} AS FROM ({queries[0]}) LIMIT 0")
            for number, query in enumerate(queries, 1):
                for batch in reading.sql(query).to_arrow_reader(_BATCH):
                    writing.register("batch", pa.Table.from_batches([batch]))
                    writing.execute(f"INSERT INTO {table} FROM batch")
                if number % _PACKED == 0:
                    _compress(writing)
            writing.unregister("batch")
            _compress(writing)

    def prepare(self) -> None:
        """Compute what first pages and searches need; without it the first of them would wait."""
        with contextlib.suppress(duckdb.Error):  # whoever asks for it is told; or nobody is there any more
            for name in FIRST:
                self.kept(name)

    def in_months(self, cursor: duckdb.DuckDBPyConnection, articles: str, arguments: object = None) -> str:
        """A condition that leads a query to the files of the months of some articles, and is true of all their rows.

        Args:
            articles: a condition on rows of the table heads.
        """
        if not self.has_months:
            return "true"
        query = f"SELECT DISTINCT year, month FROM {self.kept('heads')} WHERE {articles} ORDER BY ALL"
        months = [f"({YEAR} = {year} AND {MONTH} = {month})" for year, month in values(cursor, query, arguments)]
        return f"({' OR '.join(months)})" if months else "false"

    def close(self) -> None:
        self.connection.close()
