"""A release opened for the explorer: its tables and views, what is kept of them, and how the shards are cut."""

import contextlib
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.explore.query import open_release
from onrecord.explore.site.packing import digits_for, hashed, one
from onrecord.storage.releases import ReleaseError, profile_of, read_descriptor, schema_version_of

_ARTICLES = 32  # that a shard of articles holds at most, on average: a few hundred kB
_ACTORS = 48
STATEMENTS = 5000  # of a shard of quotes
_BATCH = 120_000  # rows
_STORE = "explorer"  # what is kept in memory, compressed, beside the release's tables

# The quotes that are rows of the view statements, without the names that it joins.
SAID = (
    "(FROM current_quotes WHERE polarity IS DISTINCT FROM 'hypothetical' AND attitude IS DISTINCT FROM 'eventuality')"
)
# What is asked for again and again, and costs a join of tables each time.
_KEPT = {
    # What a search passes over: no texts to show, but the words as `find` compares them (schemas/views/find.sql).
    "said": "SELECT q.quote_id, q.article_id, q.kind, q.attitude, q.polarity, q.confidence, q.speaker_actor_id, "
    "q.speaker_text, s.country, s.sector, a.outlet, coalesce(q.said_earliest, a.published_earliest) AS earliest, "
    "coalesce(q.said_latest, a.published_latest) AS latest, "
    "' ' || lower(regexp_replace(strip_accents(q.text), '\\W+', ' ', 'g')) || ' ' AS words "
    f"FROM {SAID} q JOIN articles a USING (article_id) LEFT JOIN actors s ON s.actor_id = q.speaker_actor_id",
    "named": "SELECT actor_id, article_id, count(*) AS mentions FROM mentions GROUP BY ALL",
    "hashes": f"SELECT actor_id, {hashed('actor_id', 8)} AS hash FROM actors",
    "positions": "SELECT p.*, s.name AS state FROM positions p LEFT JOIN actors s ON s.actor_id = p.state_id",
    "statements": "SELECT row_number() OVER () - 1 AS place, * FROM (FROM statements ORDER BY latest DESC NULLS LAST, "
    "earliest DESC NULLS LAST, quote_id)",
    "codes": "SELECT quote_id, list([issue_id, stance] ORDER BY issue_id, stance) AS codes FROM (SELECT DISTINCT "
    "quote_id, issue_id, stance FROM current_proposals WHERE quote_id IS NOT NULL AND issue_id IS NOT NULL) "
    "GROUP BY ALL",
    "shifts": "FROM shifts",
    "stances": "SELECT id, name, type, country, state_id, concept_id, concept, stance, statements FROM stances()",
}

_NEEDED = {"positions", "statements", "current_articles", "current_quotes", "current_proposals"}


class EarlierReleaseError(ReleaseError):
    """A release whose schema had no positions or statements yet."""

    code = "OR114"


@dataclass(frozen=True, slots=True)
class Cuts:
    """How many hexadecimal digits name a shard of articles, and of actors."""

    article: int
    actor: int


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
        self.connection.execute(f"ATTACH ':memory:' AS {_STORE} (COMPRESS)")
        self._kept: set[str] = set()
        self._locks = {name: threading.Lock() for name in _KEPT}
        self.cuts = Cuts(
            digits_for(one(self.connection, "SELECT count(*) FROM articles"), _ARTICLES),
            digits_for(one(self.connection, "SELECT count(*) FROM actors"), _ACTORS),
        )
        self.has_text = bool(
            one(
                self.connection,
                "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'articles' AND column_name = 'text'",
            )
        )

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.connection.cursor()

    def kept(self, name: str) -> str:
        """The name of a table that is computed once, in memory, for queries of ours."""
        with self._locks[name]:
            if name not in self._kept:
                self._keep(name)
                self._kept.add(name)
        return f"{_STORE}.{name}"

    def _keep(self, name: str) -> None:
        table, query = f"{_STORE}.{name}", _KEPT[name]
        with self.cursor() as reading, self.cursor() as writing:
            # A batch at a time: CREATE TABLE AS would hold all rows twice until the last one has come.
            writing.execute(f"CREATE OR REPLACE TABLE {table} AS FROM ({query}) LIMIT 0")
            for batch in reading.sql(query).to_arrow_reader(_BATCH):
                writing.register("batch", pa.Table.from_batches([batch]))
                writing.execute(f"INSERT INTO {table} FROM batch")
            with contextlib.suppress(duckdb.TransactionException):  # others are being kept: it stays as large as it is
                writing.execute(f"CHECKPOINT {_STORE}")  # compresses it

    def prepare(self) -> None:
        """Compute what first pages and searches need; without it the first of them would wait."""
        with contextlib.suppress(duckdb.Error):  # whoever asks for it is told; or nobody is there any more
            for name in ("said", "positions", "codes", "stances", "hashes", "named"):
                self.kept(name)

    def close(self) -> None:
        self.connection.close()
