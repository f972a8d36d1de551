"""The shards of statements, the newest first, and how words are found in them."""

import re
from typing import Any

from onrecord.explore.site.opened import STATEMENTS, Opened
from onrecord.explore.site.packing import Listed, records, values
from onrecord.schema.views import load_views

_ROW = (
    "s.text, s.role, s.speaker, s.speaker_actor_id, s.speaker_type, s.country, s.sector, s.kind, s.attitude, "
    "s.polarity, s.earliest, s.latest, s.confidence, s.article_id, s.title, s.outlet, s.quote_id, c.codes, "
    "u.utterance_id, u.outlets"
)
_COLUMNS = (
    *("id", "text", "speaker", "role", "article", "kind", "attitude", "polarity"),
    *("earliest", "latest", "confidence", "codes", "utterance"),
)

_PLURALS = {"polarity": "polarities"}


def quote_spans(opened: Opened) -> list[dict[str, Any]]:
    """Each shard of quotes: how many it holds, and the last days of its first and last one."""
    query = f"""
    SELECT count(*) AS n, arg_min(latest, place) AS first, arg_max(latest, place) AS last
    FROM {opened.kept("statements")} GROUP BY place // {STATEMENTS} ORDER BY min(place)"""
    with opened.cursor() as cursor:
        return records(cursor, query)


def quote_shard(opened: Opened, number: int) -> dict[str, Any]:
    query = f"""
    SELECT {_ROW} FROM {opened.kept("statements")} s LEFT JOIN {opened.kept("codes")} c USING (quote_id)
    LEFT JOIN {opened.kept("retold")} u ON u.id = s.quote_id WHERE place >= $since AND place < $until ORDER BY place"""
    with opened.cursor() as cursor:
        rows = records(cursor, query, {"since": number * STATEMENTS, "until": (number + 1) * STATEMENTS})
    return to_columns(rows)


def to_columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Statements as columns; speakers, articles and the like are named by their places in lists."""
    speakers, articles = Listed(), Listed()
    lists = {name: Listed() for name in ("role", "kind", "attitude", "polarity", "issue")}
    found: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for row in rows:
        article = row["article_id"]
        codes = [[lists["issue"].place(issue), stance] for issue, stance in row["codes"] or ()]
        values_of = (
            row["quote_id"].removeprefix(article),
            row["text"],
            speakers.place(*(row[n] for n in ("speaker_actor_id", "speaker", "country", "sector", "speaker_type"))),
            lists["role"].place(row["role"]) if row["role"] else None,
            articles.place(article, row["title"], row["outlet"]),
            lists["kind"].place(row["kind"]),
            lists["attitude"].place(row["attitude"]),
            lists["polarity"].place(row["polarity"]),
            *(row["earliest"], row["latest"], round(row["confidence"], 4)),
            codes or None,
            [row["utterance_id"], row["outlets"]] if row["outlets"] else None,
        )
        for name, value in zip(_COLUMNS, values_of, strict=True):
            found[name].append(value)
    told = {_PLURALS.get(name, f"{name}s"): [value for (value,) in listed.items] for name, listed in lists.items()}
    return {"n": len(rows), "speakers": speakers.items, "articles": articles.items, **told, "rows": found}


def _find_sql() -> str:
    """The body of the macro `find`, which says what words meet."""
    return next(view.sql for view in load_views() if view.name == "find")


def word_families(_: Opened) -> list[list[str]]:
    """The irregular forms that `find` knows, by family; the pages make the regular ones by the same rules."""
    return [family.split() for family in re.findall(r"\('([a-z ]+)'\)", _find_sql())]


def word_forms(opened: Opened, words: str) -> list[tuple[str, list[str]]]:
    """The words asked for, each with the forms that `find` meets."""
    forms = _find_sql().split("), wanted AS")[0].replace("strip_accents(words)", "strip_accents($words)")
    with opened.cursor() as cursor:
        return values(cursor, f"{forms}) SELECT word, forms FROM forms ORDER BY word", {"words": words})
