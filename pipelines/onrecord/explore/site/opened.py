"""A release opened for the explorer: its tables and views, what is kept of them, and how the shards are cut."""

import contextlib
import functools
import re
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from onrecord.explore.query import whole_release
from onrecord.explore.site.packing import digits_for, hashed, one, values
from onrecord.schema import load_package
from onrecord.schema.tables import literal, quoted
from onrecord.schema.views import load_views
from onrecord.storage import store
from onrecord.storage.database import connect
from onrecord.storage.parts import MONTH, YEAR, files_of, scan
from onrecord.storage.readonly import create_views
from onrecord.storage.releases import ReleaseError, profile_of, read_descriptor, schema_version_of

_ARTICLES = 8  # that a shard of articles holds at most, on average: some 100 kB
_ACTORS = 48
_REPORTED = 32  # utterances or initiatives
STATEMENTS = 5000  # of a shard of quotes
_STORE = "explorer"  # what is kept beside the release's tables, in a file of its own
_MEMORY = 450_000_000  # bytes for DuckDB at least, unless ONRECORD_MEMORY says otherwise
_SHARE = 1.25  # of the bytes of a release's files; for the 356 MB of 100,000 articles it needs some 350 MB
_THREADS = 2  # each of them takes memory, and one reader asks
_NEWEST = 60  # uncoded proposals of an actor that are kept


def _body_of(view: str) -> str:
    """The SELECT of a view: what it reads can be told anew by a WITH around it."""
    return next(each.sql for each in load_views() if each.name == view)


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
    "FROM quotes q JOIN {heads} a USING (article_id) "
    "LEFT JOIN {cast} s ON s.actor_id = q.speaker_actor_id WHERE a.is_current AND q.within_quote_id IS NULL "
    "AND q.polarity IS DISTINCT FROM 'hypothetical' AND q.attitude IS DISTINCT FROM 'eventuality'",
    # Who said which row of said, the newest of each actor first.
    "spoken": "SELECT actor, q.rowid::INTEGER AS said, q.earliest, q.latest FROM quote_speakers s "
    "JOIN {said} q USING (quote_id) JOIN {cast} USING (actor_id) "
    "ORDER BY actor, q.latest DESC NULLS LAST, q.earliest DESC NULLS LAST, quote_id",
    "named": "SELECT actor, article, count(*)::INTEGER AS mentions FROM mentions JOIN {cast} USING (actor_id) "
    "JOIN {heads} USING (article_id) GROUP BY ALL ORDER BY actor, article",
    "stood": "SELECT p.*, s.name AS state FROM positions p LEFT JOIN actors s ON s.actor_id = p.state_id",
    "positions": "SELECT p.*, t.text, t.initiative_id FROM {stood} p JOIN proposals t USING (proposal_id)",
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
    # Of all initiatives it would take forty times the time: hardly any is answered or told twice.
    "steps": "WITH initiatives AS (FROM main.initiatives SEMI JOIN {acts} USING (initiative_id)) SELECT initiative_id, "
    f"status, by_whom, day, in_words, responds_by, link_method, similarity FROM ({_body_of('initiative_status')})",
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


def _typical_first(files: Sequence[Path]) -> list[Path]:
    """The files with one of them in front from whose length DuckDB can guess that of all, as it does to plan its joins.

    The first one mostly is of an early month with few articles: then DuckDB takes a table of texts for a short one, and
    holds it in memory to join it with numbers.
    """
    sizes = {path: path.stat().st_size for path in files}
    mean = sum(sizes.values()) / len(sizes)
    typical = min(files, key=lambda path: abs(sizes[path] - mean))
    return [typical, *(path for path in files if path != typical)]


def _connect(release: Path, spilled: Path) -> duckdb.DuckDBPyConnection:
    """A release's tables and views for queries of ours; those of readers are answered where nothing can be written.

    DamagedReleaseError if a file of it is missing.
    """
    whole_release(release)
    files = {name: found for name in load_package().tables if (found := files_of(release, name))}
    paths = [path for found in files.values() for path in found]
    connection = connect(spilled, max(_MEMORY, int(_SHARE * sum(path.stat().st_size for path in paths))))
    connection.execute(f"SET threads = {_THREADS}")
    allowed = {*map(str, paths), *map(store.literal, paths)}  # a file is asked for by a pattern, then by its name
    connection.execute(f"SET allowed_paths = [{', '.join(map(literal, sorted(allowed)))}]")
    create_views(connection, {name: scan(_typical_first(found)) for name, found in files.items()})
    return connection


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
        # Others may still be reading when it is closed; on some systems such a file cannot be removed.
        self._folder = tempfile.TemporaryDirectory(prefix="onrecord-", ignore_cleanup_errors=True)
        place = Path(self._folder.name)
        self.connection = connection or _connect(release, place / "spilled")
        views = self.connection.execute("SELECT view_name FROM duckdb_views()").fetchall()
        if missing := _NEEDED - {name for (name,) in views}:
            raise EarlierReleaseError(
                f"{release.name} is of schema {schema_version_of(release)} and has no {', '.join(sorted(missing))}, "
                "which the explorer shows: build it again with this onrecord"
            )
        self.has_across = {*_LATER} <= {name for (name,) in views}
        self.has_months = one(self.connection, f"{_HAS_COLUMN} AND column_name = '{YEAR}'") > 0
        self.has_text = one(self.connection, f"{_HAS_COLUMN} AND column_name = 'text'") > 0
        self.connection.execute(f"ATTACH {literal(str(place / 'kept.duckdb'))} AS {_STORE}")
        self.connection.execute("SET python_enable_replacements = false")  # a variable of ours is no table
        self.connection.execute("SET enable_external_access = false")  # from now on these files and no others
        self.connection.execute("SET lock_configuration = true")
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
        """The name of a table that is computed once, for queries of ours."""
        with self._locks[name]:
            if name not in self._kept:
                self._keep(name)
                self._kept.add(name)
        return f"{_STORE}.{name}"

    def _query(self, name: str) -> str:
        """What a table is computed by; what it reads of others is computed first."""
        sources = {"month": f", {YEAR} AS year, {MONTH} AS month" if self.has_months else ""}
        for of in re.findall(r"{(\w+)}", _KEPT[name]):
            if of in _KEPT:
                sources[of] = self.kept(of)
            elif of in _LATER:
                sources[of] = of if self.has_across else _empty(of)
        return _KEPT[name].format(**sources)

    def _keep(self, name: str) -> None:
        with self.cursor() as cursor:
            cursor.execute(f"CREATE OR REPLACE TABLE {_STORE}.{name} AS {self._query(name)}")

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
        self._folder.cleanup()
