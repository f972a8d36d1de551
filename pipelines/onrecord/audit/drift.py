"""Outlets whose articles have changed from one day to the next, as when a page's layout breaks: a look at each build.

The articles that are new since the release before are compared, outlet by outlet, with that outlet's articles before.
What is compared stands in MEASURES. Two things must hold for an alarm, since a day's news differ from the week's:

- the difference is large: a new article lies above, or below, an old one in at least 9 of 10 pairs (the probability of
  superiority, Vargha and Delaney 2000), ties counting half; of a yes or no: the shares differ by half at least
- and no accident: p below 0.001 over the number of comparisons (Bonferroni), by the Mann-Whitney test with the normal
  approximation and correction for ties, of a yes or no by Fisher's exact test; both of scipy

An outlet is looked at that has 8 new articles and 20 old ones. Where fewer are new, they are looked at together with
those that came since the releases before that, up to seven.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from onrecord.storage.database import opened
from onrecord.storage.parts import files_of, scan

_NEW, _OLD = 8, 20  # articles of an outlet, at least
_LOOKED_BACK = 7  # releases
_ALPHA = 0.001  # of one build, over all that it compares
_FAR = 0.9  # probability of superiority
_APART = 0.5  # shares

# What an article is like, in SQL over its row `a` and what was found in it; then whether it is a yes or no.
MEASURES: Mapping[str, tuple[str, bool]] = {
    "words": ("a.word_count", False),
    "quotes per 100 words": ("100.0 * q.quotes / greatest(a.word_count, 1)", False),
    "proposals per 100 words": ("100.0 * p.proposals / greatest(a.word_count, 1)", False),
    "actors mentioned per 100 words": ("100.0 * m.mentions / greatest(a.word_count, 1)", False),
    "dates per 100 words": ("100.0 * d.dates / greatest(a.word_count, 1)", False),
    "share of quotes without a speaker": ("q.unattributed", False),
    "share of quotes in quotation marks": ("q.direct", False),
    "confidence of quotes": ("q.confidence", False),
    "confidence of proposals": ("p.confidence", False),
    "title known": ("(a.title IS NOT NULL)::INT", True),
    "author known": ("(len(a.authors) > 0)::INT", True),
    "day known": ("(a.published IS NOT NULL)::INT", True),
    "section known": ("(a.section IS NOT NULL)::INT", True),
}
# The articles of outlets that have enough of both, and are not looked at yet.
_CHOSEN = """
INSERT INTO chosen
WITH told AS (
    SELECT article_id, outlet, old.article_id IS NULL AS is_new
    FROM (SELECT article_id, outlet FROM {articles} WHERE outlet IS NOT NULL) a
    LEFT JOIN (SELECT article_id FROM {before}) old USING (article_id)
)
SELECT article_id, outlet, is_new, {place} FROM told
SEMI JOIN (SELECT outlet FROM told GROUP BY ALL
           HAVING count_if(is_new) >= {new} AND count_if(NOT is_new) >= {old}) USING (outlet)
ANTI JOIN (SELECT outlet FROM chosen) USING (outlet)
"""
_VALUES = """
SELECT c.place, c.outlet, c.is_new, {measures}
FROM chosen c JOIN (SELECT article_id, word_count, title, authors, published, section FROM {articles}) a
    USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS quotes, avg((speaker_actor_id IS NULL)::INT) AS unattributed,
           avg((kind = 'direct')::INT) AS direct, avg(confidence) AS confidence
           FROM {quotes} SEMI JOIN chosen USING (article_id) GROUP BY ALL) q USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS proposals, avg(confidence) AS confidence
           FROM {proposals} SEMI JOIN chosen USING (article_id) GROUP BY ALL) p USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS mentions FROM {mentions} SEMI JOIN chosen USING (article_id) GROUP BY ALL) m
    USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS dates FROM {dates} SEMI JOIN chosen USING (article_id) GROUP BY ALL) d
    USING (article_id)
GROUP BY ALL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What has changed in an outlet's articles since a release."""

    outlet: str
    measure: str
    since: str  # the release that has the articles before
    articles: int  # new ones
    before: float  # median, or share, in those before
    now: float

    def __str__(self) -> str:
        return (
            f"{self.outlet}: {self.measure} {self.now:.3g}, was {self.before:.3g}, in {self.articles:,} articles since "
            f"{self.since}; look whether its pages are built in another way"
        )


def find_drift(build: Path, releases: Sequence[Path]) -> tuple[Drift, ...]:
    """Changes in the articles of `build`, a build or a release, against `releases` before it, the newest first.

    Each outlet is compared with the newest of at most seven that leaves it articles enough; nothing without releases.
    """
    with opened() as connection:
        connection.execute("CREATE TABLE chosen (article_id VARCHAR, outlet VARCHAR, is_new BOOLEAN, place BIGINT)")
        articles = scan(files_of(build, "articles"))
        for place, release in enumerate(releases[:_LOOKED_BACK]):
            if files := files_of(release, "articles"):
                connection.execute(
                    _CHOSEN.format(articles=articles, before=scan(files), place=place, new=_NEW, old=_OLD)
                )
        values = _values(connection, build)
    found = [drift for place, rows in values.items() for drift in _compare(rows, releases[place].name)]
    return tuple(sorted(found, key=lambda each: (each.outlet, each.measure)))


_Values = Mapping[str, Mapping[bool, Mapping[str, Sequence[float]]]]  # outlet -> is new -> measure -> of each article


def _values(connection: duckdb.DuckDBPyConnection, build: Path) -> Mapping[int, _Values]:
    """What the chosen articles are like, by the place of the release that their outlets are compared with."""
    measured = ((f"coalesce({sql}, 0)" if " per " in name else f"({sql})", name) for name, (sql, _) in MEASURES.items())
    lists = (f'list({sql}::DOUBLE) FILTER ({sql} IS NOT NULL) AS "{name}"' for sql, name in measured)
    tables = ("articles", "quotes", "proposals", "mentions", "dates")
    query = _VALUES.format(**{table: scan(files_of(build, table)) for table in tables}, measures=", ".join(lists))
    found: dict[int, dict[str, dict[bool, dict[str, Sequence[float]]]]] = {}
    for place, outlet, is_new, *values in connection.execute(query).fetchall():
        found.setdefault(place, {}).setdefault(outlet, {})[is_new] = dict(zip(MEASURES, values, strict=True))
    return found


def _compare(values: _Values, since: str) -> list[Drift]:
    limit = _ALPHA / max(len(values) * len(MEASURES), 1)
    found = []
    for outlet, articles in values.items():
        for measure, (_, is_share) in MEASURES.items():
            before, now = (articles[is_new][measure] or [] for is_new in (False, True))
            if len(before) < _OLD or len(now) < _NEW:
                continue
            middles = (_mean(before), _mean(now)) if is_share else (_median(before), _median(now))
            if (_shares_differ if is_share else _values_differ)(before, now, limit):
                told = Drift(
                    outlet=outlet, measure=measure, since=since, articles=len(now), before=middles[0], now=middles[1]
                )
                found.append(told)
    return found


def _values_differ(before: Sequence[float], now: Sequence[float], limit: float) -> bool:
    if min(before) == max(before) == min(now) == max(now):
        return False
    ordered = sorted(before)
    above = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in now) / 2
    superior = above / (len(now) * len(before))
    if max(superior, 1 - superior) < _FAR:
        return False
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(now, before, method="asymptotic").pvalue) < limit


def _shares_differ(before: Sequence[float], now: Sequence[float], limit: float) -> bool:
    if abs(_mean(before) - _mean(now)) < _APART:
        return False
    from scipy.stats import fisher_exact

    table = [[sum(now), len(now) - sum(now)], [sum(before), len(before) - sum(before)]]
    return float(fisher_exact(table).pvalue) < limit


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
