"""report.html of a release: what is in it and how good it is, on one page that needs nothing else.

It comes from strangers' text, so everything is escaped, and the page forbids itself to run or load anything. Counts are
made by DuckDB and samples are short: the page of a million rows is as long as that of a thousand.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from onrecord.checks import REPORT as CHECKS
from onrecord.document import Reason
from onrecord.release.charts import ColumnChart, periods, to_bars, to_columns
from onrecord.release.facts import Facts
from onrecord.release.linked_data import to_linked_data
from onrecord.schema import Package, Profile
from onrecord.schema.quality import Quality
from onrecord.storage import store
from onrecord.storage.database import opened
from onrecord.storage.parts import files_of, scan
from onrecord.storage.readonly import create_views

PAGE = "report.html"
TEMPLATES = Path(__file__).parent
SAMPLE = 12  # rows of a table that are shown
_LEADING = 15  # speakers and issues in the charts
KINDS, _STANCES = ("direct", "mixed", "indirect"), ("support", "conditional", "oppose")
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}  # could show a text backwards

# An article counts in a month or year if both its bounds lie there; how many do not is told beside the chart.
_OVER_TIME = """
SELECT CASE WHEN first = last THEN first END AS month, CASE WHEN first[:4] = last[:4] THEN first[:4] END AS year,
       {series}, count(*)
FROM {rows} JOIN (
    SELECT article_id, strftime(published_earliest, '%Y-%m') AS first, strftime(published_latest, '%Y-%m') AS last
    FROM articles
) USING (article_id)
WHERE {series} IS NOT NULL GROUP BY ALL
"""
MONTHS = 60  # at most, in a chart by months
# Lists are made of the leading ones only.
_SPEAKERS = f"""
WITH counted AS (SELECT speaker_actor_id AS actor_id, kind, count(*) AS n FROM current_quotes GROUP BY ALL),
most AS (
    SELECT actor_id, a.name, a.country, total
    FROM (SELECT actor_id, sum(n) AS total FROM counted GROUP BY ALL) JOIN actors a USING (actor_id)
    ORDER BY total DESC, a.name, actor_id LIMIT {_LEADING}
)
SELECT name, country, map_from_entries(list((kind, n) ORDER BY kind)) AS counts
FROM counted JOIN most USING (actor_id)
GROUP BY actor_id, name, country, total ORDER BY total DESC, name, actor_id
"""
_ISSUES = f"""
WITH counted AS (SELECT issue_id, stance, count(*) AS n FROM current_proposals GROUP BY ALL),
most AS (
    SELECT issue_id, i.label, nullif(i.origin, 'codebook') AS origin, total
    FROM (SELECT issue_id, sum(n) AS total FROM counted GROUP BY ALL) JOIN issues i USING (issue_id)
    ORDER BY total DESC, i.label, issue_id LIMIT {_LEADING}
)
SELECT label, origin, map_from_entries(list((stance, n) ORDER BY stance)) AS counts
FROM counted JOIN most USING (issue_id)
GROUP BY issue_id, label, origin, total ORDER BY total DESC, label, issue_id
"""
# By chance, but the same rows in every build: by the digest of their ids.
_SAMPLES = {
    "quotes": f"""
        WITH ids AS (SELECT quote_id FROM current_quotes ORDER BY md5(quote_id), quote_id LIMIT {SAMPLE}),
        drawn AS (FROM quotes SEMI JOIN ids USING (quote_id))
        SELECT q.quote_id, q.article_id, q.text, q.kind, q.speaker_text, s.name AS speaker, s.country, q.confidence,
               a.title, a.outlet, a.published
        FROM drawn q JOIN articles a USING (article_id) LEFT JOIN actors s ON s.actor_id = q.speaker_actor_id
        ORDER BY a.published NULLS LAST, q.article_id, q.start""",
    "proposals": f"""
        WITH drawn AS (FROM current_proposals ORDER BY md5(proposal_id), proposal_id LIMIT {SAMPLE}),
        parties AS (
            SELECT proposal_id, role, string_agg(name, ', ' ORDER BY name) AS names
            FROM proposal_actors SEMI JOIN drawn USING (proposal_id) JOIN actors USING (actor_id) GROUP BY ALL
        )
        SELECT p.proposal_id, p.article_id, p.type, p.text, p.stance, p.modality, p.confidence, i.label AS issue,
               w.names AS proposers, t.names AS targets, a.title, a.outlet, a.published
        FROM drawn p JOIN articles a USING (article_id) LEFT JOIN issues i USING (issue_id)
        LEFT JOIN parties w ON w.proposal_id = p.proposal_id AND w.role = 'proposer'
        LEFT JOIN parties t ON t.proposal_id = p.proposal_id AND t.role = 'target'
        ORDER BY a.published NULLS LAST, p.article_id, p.start""",
    "dates": f"""
        SELECT d.date_id, d.article_id, d.text, d.type, d.value, d.mod, d.earliest, d.latest, d.anchor, a.title
        FROM (FROM dates ORDER BY md5(date_id), date_id LIMIT {SAMPLE}) d JOIN articles a USING (article_id)
        ORDER BY d.earliest NULLS LAST, d.date_id""",
    "actors": f"""
        SELECT a.actor_id, a.name, a.type, a.country, a.roles, a.article_count, a.mention_count, p.name AS part_of
        FROM actors a LEFT JOIN actors p ON p.actor_id = a.parent_actor_id
        ORDER BY a.article_count DESC, a.mention_count DESC, a.actor_id LIMIT {SAMPLE}""",
    "rejections": f"SELECT reason, stage, source_file, detail FROM rejections ORDER BY ALL LIMIT {SAMPLE}",
}
_ARTICLES = """
SELECT a.article_id, a.title, a.url, a.outlet, a.published, a.published_edtf, a.published_basis, a.word_count,
       (SELECT count(*) FROM quotes q WHERE q.article_id = a.article_id) AS quotes,
       (SELECT count(*) FROM proposals p WHERE p.article_id = a.article_id) AS proposals
FROM articles a WHERE list_contains($shown, a.article_id) ORDER BY a.published NULLS LAST, a.article_id
"""


def to_report(folder: Path, package: Package, version: str, profile: Profile, facts: Facts, quality: Quality) -> str:
    """The page of the release whose tables and checks.json are in `folder`. The same tables give the same page."""
    with opened() as connection:  # that of `onrecord sql` may not spill
        create_views(connection, {name: scan(files_of(folder, name)) for name in facts.files})
        samples = {name: _rows(connection, query) for name, query in _SAMPLES.items()}
        shown = sorted({r["article_id"] for rows in samples.values() for r in rows if "article_id" in r})
        sums = {name: store.sha256_of(folder / name) for files in facts.files.values() for name in files}
        content = {
            "package": package,
            "version": version,
            "profile": profile,
            "facts": facts,
            "quality": quality,
            "reasons": _reasons(connection),
            "checks": json.loads((folder / CHECKS).read_text(encoding="utf-8"))["checks"],
            "over_time": _over_time(connection),
            "speakers": to_bars(_leading(connection, _SPEAKERS, KINDS)),
            "issues": to_bars(_leading(connection, _ISSUES, _STANCES)),
            "samples": samples,
            "articles": _rows(connection, _ARTICLES, {"shown": shown}),
            "sizes": {n: sum((folder / f).stat().st_size for f in files) for n, files in facts.files.items()},
            "linked_data": _in_script(to_linked_data(package, version, facts, quality.measures, sums)),
        }
    return _template().render(content)


def _rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: object = None) -> list[dict[str, Any]]:
    return connection.sql(query, params=parameters).to_arrow_table().to_pylist()  # type: ignore[no-any-return]


def _reasons(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    meanings = {reason.value: reason.meaning for reason in Reason}
    counted = _rows(
        connection, "SELECT reason, count(*) AS rows FROM rejections GROUP BY ALL ORDER BY rows DESC, reason"
    )
    return [row | {"meaning": meanings.get(row["reason"], "")} for row in counted]


def _over_time(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, ColumnChart, int]]:
    """Charts of quotes and of proposals: of what, when, the chart, and how many rows no chart can place.

    By months, and what has only a year by years beside it; all by years if the months are too many. Nothing if no
    article tells the year.
    """
    found = {
        name: (series, connection.execute(_OVER_TIME.format(rows=rows, series=column)).fetchall())
        for name, rows, column, series in (
            ("Quotes", "current_quotes", "kind", KINDS),
            ("Proposals on an issue", "current_proposals", "stance", _STANCES),
        )
    }
    months = _periods({month for _, rows in found.values() for month, *_ in rows})
    months = months if len(months) <= MONTHS else []
    years = _periods({year for _, rows in found.values() for month, year, *_ in rows if month not in months})
    charts = []
    for name, (series, rows) in found.items():
        by_month = {(month, s): n for month, _, s, n in rows if month in months}
        by_year: Counter[tuple[str, str]] = Counter()
        for month, year, s, n in rows:
            if year and month not in months:
                by_year[year, s] += n
        undated = sum(n for _, year, _, n in rows if year is None)
        if months:
            told = "by the month in which their article was published"
            charts.append((name, told, to_columns(months, series, by_month), 0 if by_year else undated))
        if by_year:
            told = "whose article tells only the year" if months else "by the year in which their article was published"
            charts.append((name, told, to_columns(years, series, by_year), undated))
    return charts


def _periods(told: Set[str | None]) -> list[str]:
    """All from the first to the last of the months or years that are told."""
    known = [label for label in told if label]
    return periods(min(known), max(known)) if known else []


def _leading(
    connection: duckdb.DuckDBPyConnection, query: str, series: Sequence[str]
) -> list[tuple[str, str | None, Mapping[str, int]]]:
    return [
        (label, note, {s: counts[s] for s in series if s in counts})
        for label, note, counts in connection.execute(query).fetchall()
    ]


def _in_script(content: Mapping[str, Any]) -> str:
    """JSON that no text in it can end: the letter < is written as an escape."""
    return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")


def _shown(value: object) -> object:
    """What every expression goes through before it is escaped: no character is left that hides or turns text."""
    if value is None:
        return ""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "".join(
        "\ufffd" if c in _BIDI or (unicodedata.category(c) == "Cc" and c not in "\n\t") else c for c in value
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["size"] = lambda n: f"{n / 1e6:.1f} MB" if n >= 1e6 else f"{n / 1e3:.0f} kB"
    environment.filters["is_web"] = lambda url: bool(url) and url.lower().startswith(("https://", "http://"))
    return environment.get_template(PAGE)
