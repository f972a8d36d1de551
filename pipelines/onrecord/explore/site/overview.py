"""The shard of the first page, and the dictionary of tables and views."""

from typing import Any

from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import one, values
from onrecord.schema.views import load_views
from onrecord.storage.releases import read_sums

_SPEAKERS = 12
_SERIES = 5  # speakers with a colour of their own in the picture of months
_ISSUES = 12
_ARTICLES = 8


def overview(opened: Opened) -> dict[str, Any]:
    with opened.cursor() as cursor:
        cursor.execute(f"CREATE TEMP VIEW quoted AS SELECT *, speaker_actor_id AS id FROM {opened.kept('said')}")
        speakers = values(
            cursor,
            f"SELECT id, a.name, a.country, a.type, count(*) AS n FROM quoted q JOIN actors a ON a.actor_id = q.id "
            f"GROUP BY ALL ORDER BY n DESC, id LIMIT {_SPEAKERS}",
        )
        found = {
            "speakers": speakers,
            "months": _months(cursor, [speaker[0] for speaker in speakers[:_SERIES]]),
            "undated": {
                "quotes": values(cursor, "SELECT count(*) FILTER (coalesce(earliest, latest) IS NULL), count(*) "
                "FROM quoted")[0],
                "positions": values(cursor, "SELECT count(*) FILTER (coalesce(earliest, latest) IS NULL), count(*) "
                f"FROM {opened.kept('positions')}")[0],
                "articles": values(cursor, "SELECT count(*) FILTER (coalesce(published_earliest, published_latest) "
                "IS NULL), count(*) FROM current_articles")[0],
            },
            "unlinked": values(cursor, "SELECT count(*) FILTER (id IS NULL AND speaker_text IS NOT NULL), "
            "count(*) FILTER (id IS NULL AND speaker_text IS NULL), count(*) FROM quoted")[0],
            "copies": one(cursor, "SELECT count(*) FROM articles ANTI JOIN current_articles USING (article_id)"),
            "articles": values(cursor, "SELECT article_id, title, outlet, published_earliest, published_latest FROM "
            "current_articles ORDER BY published_latest DESC NULLS LAST, published_earliest DESC NULLS LAST, "
            f"article_id LIMIT {_ARTICLES}"),
            "rejections": values(cursor, "SELECT reason, count(*) AS n FROM rejections GROUP BY ALL "
            "ORDER BY n DESC, reason"),
            "days": values(cursor, "SELECT published, count(*) FROM current_articles WHERE published IS NOT NULL "
            "GROUP BY ALL ORDER BY published"),
            "outlets": values(cursor, "SELECT outlet, count(*) AS n FROM current_articles WHERE outlet IS NOT NULL "
            "GROUP BY ALL ORDER BY n DESC, outlet LIMIT 200"),
            "issues": values(cursor, "SELECT issue_id, issue, count(DISTINCT proposal_id) FILTER (stance = 'support'), "
            "count(DISTINCT proposal_id) FILTER (stance = 'oppose'), count(DISTINCT proposal_id) FILTER (stance = "
            f"'conditional') FROM {opened.kept('positions')} GROUP BY ALL "
            f"ORDER BY count(DISTINCT proposal_id) DESC, issue_id LIMIT {_ISSUES}"),
        }  # fmt: skip
    return found


def _months(cursor: Any, speakers: list[str]) -> dict[str, Any]:
    """Quotes by month, for all and for some speakers; one whose month is not certain is in none."""
    dated = "date_trunc('month', earliest) = date_trunc('month', latest)"
    rows = values(
        cursor,
        "SELECT strftime(latest, '%Y-%m') AS month, count(*), "
        "list_transform($ids::VARCHAR[], lambda i: 0) FROM quoted WHERE " + dated + " GROUP BY ALL ORDER BY month",
        {"ids": speakers},
    )
    counted = values(
        cursor,
        f"SELECT strftime(latest, '%Y-%m'), id, count(*) FROM quoted WHERE {dated} "
        "AND id IN (SELECT unnest($ids::VARCHAR[])) GROUP BY ALL",
        {"ids": speakers},
    )
    by = {(month, speaker): n for month, speaker, n in counted}
    return {
        "months": [month for month, *_ in rows],
        "all": [n for _, n, _ in rows],
        "speakers": [[by.get((month, speaker), 0) for month, *_ in rows] for speaker in speakers],
    }


def dictionary(opened: Opened) -> dict[str, Any]:
    """The tables with their columns and files, and the views and macros, as the release describes them."""
    sums = read_sums(opened.release)
    tables = []
    for resource in opened.descriptor["resources"]:
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        files = [[path, (opened.release / path).stat().st_size, sums[path]] for path in paths if path in sums]
        fields = [[f["name"], f["type"], f.get("description", "")] for f in resource["schema"]["fields"]]
        tables.append({"name": resource["name"], "description": resource.get("description", ""), "fields": fields,
                       "files": files})  # fmt: skip
    for table in tables:
        table["rows"] = opened.counts[table["name"]]
    with opened.cursor() as cursor:
        there = {
            name
            for (name,) in values(
                cursor,
                "SELECT view_name FROM duckdb_views() UNION ALL SELECT function_name FROM duckdb_functions()",
            )
        }
    views = [[view.signature, view.comment] for view in load_views() if view.name in there]
    return {"tables": tables, "views": sorted(views)}
