"""The shards of utterances and initiatives: which articles report each, in which words, and what became of it."""

from typing import Any

from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import records, values

_LISTED = 2000  # of an index: those that most outlets report
_LEAD = 240  # characters of their words in an index

_WITHIN = "{0} >= $since AND {0} < $until"
_UTTERANCES = f"""
SELECT r.* EXCLUDE (outlets), outlets, s.name AS speaker, s.country
FROM {{repeated}} r LEFT JOIN {{cast}} s ON s.actor_id = r.speaker_actor_id
WHERE {_WITHIN.format("utterance_id")} ORDER BY utterance_id"""
_RETOLD = f"""
SELECT r.utterance_id AS of, r.id, r.group_id, r.text, r.kind, r.method, r.similarity, article_id, title, outlet,
  earliest, latest, is_current
FROM {{retold}} r JOIN {{heads}} USING (article_id)
WHERE {_WITHIN.format("r.utterance_id")} ORDER BY of, latest NULLS LAST, article_id, r.start, r.id"""
_COVERED = f"FROM {{covered}} WHERE {_WITHIN.format('utterance_id')} ORDER BY utterance_id, told NULLS LAST, article_id"
_INITIATIVES = f"""
SELECT a.* EXCLUDE (outlets), outlets, i.label AS issue
FROM {{acts}} a LEFT JOIN issues i USING (issue_id)
WHERE {_WITHIN.format("initiative_id")} ORDER BY initiative_id"""
_PROPOSED = f"""
SELECT p.initiative_id AS of, p.id, p.text, p.type, p.modality, p.method, p.similarity, article_id, title, outlet,
  earliest, latest, is_current
FROM {{proposed}} p JOIN {{heads}} USING (article_id)
WHERE {_WITHIN.format("p.initiative_id")} ORDER BY of, latest NULLS LAST, article_id, p.start, p.id"""
_STEPS = f"""
FROM {{steps}} WHERE {_WITHIN.format("initiative_id")}
ORDER BY initiative_id, day NULLS LAST, status <> 'proposed', status, responds_by"""
_ANSWERS = f"""
SELECT l.initiative_id AS of, l.relation, l.responds_to AS id, a.text, l.link_method, l.similarity
FROM initiative_links l JOIN {{acts}} a ON a.initiative_id = l.responds_to
WHERE {_WITHIN.format("l.initiative_id")} ORDER BY of, l.responds_to"""
_NAMES = "SELECT actor_id, name, country FROM {cast} WHERE actor_id IN (SELECT unnest($ids::VARCHAR[]))"

_MOST_RETOLD = f"""
SELECT utterance_id AS id, text[:{_LEAD}] AS text, speaker_actor_id AS speaker_id, s.name AS speaker,
  said_earliest AS earliest, said_latest AS latest, article_count AS articles, outlets
FROM {{repeated}} LEFT JOIN {{cast}} s ON s.actor_id = speaker_actor_id
ORDER BY outlets DESC, articles DESC, id LIMIT {_LISTED}"""
_MOST_PROPOSED = f"""
WITH listed AS (
  FROM {{acts}} ORDER BY outlets DESC, article_count DESC, proposal_count DESC, initiative_id LIMIT {_LISTED}
), became AS (
  SELECT initiative_id, list(DISTINCT status ORDER BY status) AS status FROM {{steps}} SEMI JOIN listed
  USING (initiative_id) GROUP BY ALL
)
SELECT initiative_id AS id, text[:{_LEAD}] AS text, type, issue_id, stance, first_seen AS seen, proposers,
  coalesce(status, []) AS status, article_count AS articles, outlets
FROM listed LEFT JOIN became USING (initiative_id)
ORDER BY outlets DESC, articles DESC, proposal_count DESC, id"""


def utterance_shard(opened: Opened, prefix: str) -> dict[str, Any]:
    """Utterances that are told more than once and whose ids begin with `prefix`, by id, with their reports, the first
    told first, and what each outlet made of them."""
    if not opened.has_across:
        return {}
    kept = {name: opened.kept(name) for name in ("repeated", "retold", "covered", "heads", "cast")}
    bounds = {"since": prefix, "until": prefix + "g"}
    with opened.cursor() as cursor:
        found = {
            row.pop("utterance_id"): row | {"reports": [], "coverage": []}
            for row in records(cursor, _UTTERANCES.format(**kept), bounds)
        }
        for name, query in (("reports", _RETOLD), ("coverage", _COVERED)):
            for row in records(cursor, query.format(**kept), bounds):
                found[row.pop("of" if "of" in row else "utterance_id")][name].append(row)
    return found


def initiative_shard(opened: Opened, prefix: str) -> dict[str, Any]:
    """Initiatives that are told more than once, answered or answers, and whose ids begin with `prefix`, by id, with
    their reports, what became of them, and what they answer."""
    if not opened.has_across:
        return {}
    kept = {name: opened.kept(name) for name in ("acts", "proposed", "steps", "heads", "cast")}
    bounds = {"since": prefix, "until": prefix + "g"}
    with opened.cursor() as cursor:
        found = {
            row.pop("initiative_id"): row | {"reports": [], "steps": [], "answers": []}
            for row in records(cursor, _INITIATIVES.format(**kept), bounds)
        }
        for name, query in (("reports", _PROPOSED), ("steps", _STEPS), ("answers", _ANSWERS)):
            for row in records(cursor, query.format(**kept), bounds):
                found[row.pop("of" if "of" in row else "initiative_id")][name].append(row)
        _name(cursor, kept["cast"], [*found.values()], "proposers", "targets")
    return found


def utterance_index(opened: Opened) -> dict[str, Any]:
    """The utterances that most outlets report, and how many are told more than once."""
    return _index(opened, "repeated", _MOST_RETOLD)


def initiative_index(opened: Opened) -> dict[str, Any]:
    """The initiatives that most outlets report, and how many are told more than once, answered or answers."""
    return _index(opened, "acts", _MOST_PROPOSED)


def _index(opened: Opened, name: str, query: str) -> dict[str, Any]:
    if not opened.has_across:
        return {"total": 0, "rows": []}
    kept = {name: opened.kept(name) for name in ("repeated", "acts", "steps", "cast")}
    with opened.cursor() as cursor:
        rows = records(cursor, query.format(**kept))
        _name(cursor, kept["cast"], rows, "proposers")
        return {"total": values(cursor, f"SELECT count(*) FROM {kept[name]}")[0][0], "rows": rows}


def _name(cursor: Any, cast: str, rows: list[dict[str, Any]], *columns: str) -> None:
    """Put in the place of each id of an actor the id, the name and the country."""
    wanted = sorted({actor for row in rows for column in columns for actor in row.get(column, ())})
    names = {row[0]: row for row in values(cursor, _NAMES.format(cast=cast), {"ids": wanted})}
    for row in rows:
        for column in columns:
            if column in row:
                row[column] = [names.get(actor, (actor, actor, None)) for actor in row[column]]
