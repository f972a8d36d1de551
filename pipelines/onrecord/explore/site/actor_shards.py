"""The shards of actors: what each says and wants, with whom it agrees, and where it is named."""

from typing import Any

from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import records, values

_LISTED = 20_000  # actors of the index: the most quoted and mentioned ones
_SAID = 60  # newest statements and articles that an actor's page lists
_POSITIONS = 2000  # newest ones
_TIES = 10

_ACTOR = """
SELECT a.actor_id, a.name, a.type, a.country, a.sector, a.is_named, a.is_government, a.gender, a.party, a.wikidata_id,
  a.parent_actor_id, p.name AS parent, a.roles, a.aliases, a.article_count, a.mention_count, a.first_seen, a.last_seen,
  a.link_method
FROM actors a SEMI JOIN ours USING (actor_id) LEFT JOIN {cast} p ON p.actor_id = a.parent_actor_id
ORDER BY a.actor_id"""
# All that follows is of the actors of the temporary table ours: (actor, actor_id), of which `of` names each in a row.
_SPOKEN = """
SELECT actor_id AS of, s.*, row_number() OVER (PARTITION BY s.actor ORDER BY s.rowid) AS place
FROM {spoken} s JOIN ours USING (actor)"""
_SAYS = f"""
SELECT n.of, q.quote_id AS id, q.text, q.kind, q.attitude, q.polarity, q.earliest, q.latest, q.article_id, h.title,
  q.outlet, r.utterance_id AS utterance, r.outlets
FROM spoken n JOIN {{said}} q ON q.rowid = n.said JOIN {{heads}} h USING (article_id)
LEFT JOIN {{retold}} r ON r.id = q.quote_id
WHERE n.place <= {_SAID} ORDER BY n.of, n.place"""
_MONTHS = """
SELECT of,
  CASE WHEN date_trunc('month', earliest) = date_trunc('month', latest) THEN strftime(latest, '%Y-%m') END AS month,
  count(*)
FROM spoken GROUP BY ALL ORDER BY ALL"""
_UNCODED = """
SELECT actor_id AS of, u.id, u.type, u.text, u.modality, h.article_id, h.title, h.outlet, h.earliest, h.latest,
  a.initiative_id AS initiative, a.outlets
FROM {uncoded} u JOIN ours USING (actor) JOIN {heads} h USING (article)
LEFT JOIN (SELECT initiative_id, outlets FROM {acts}) a USING (initiative_id)
ORDER BY of, article, id"""
# As schemas/views/agreement.sql counts, without a window.
_AGREEMENT = """
WITH counted AS (FROM {stances} WHERE stance <> 'conditional'),
own AS (FROM counted SEMI JOIN ours ON actor_id = id)
SELECT a.id, b.id AS other, b.name, b.type, b.country,
  coalesce(sum(a.statements * b.statements) FILTER (a.stance = b.stance), 0)::BIGINT AS congruence,
  coalesce(sum(a.statements * b.statements) FILTER (a.stance <> b.stance), 0)::BIGINT AS conflict
FROM own a JOIN counted b ON b.concept_id = a.concept_id AND a.id <> b.id
  AND a.id IS DISTINCT FROM b.state_id AND b.id IS DISTINCT FROM a.state_id
GROUP BY ALL"""
_TIED = f"""
FROM (FROM tied WHERE {{0}} > 0 QUALIFY row_number() OVER (PARTITION BY id ORDER BY {{0}} DESC, other) <= {_TIES})
SELECT id, other, name, type, country, {{0}} ORDER BY id, {{0}} DESC, other"""
_WITH = f"""
WITH named AS (SELECT actor_id AS of, actor, article FROM {{named}} JOIN ours USING (actor)),
counted AS (
  SELECT n.of, o.actor, count(*) AS articles
  FROM {{named}} o JOIN named n ON n.article = o.article AND n.actor <> o.actor
  GROUP BY n.of, o.actor
  QUALIFY row_number() OVER (PARTITION BY n.of ORDER BY articles DESC, o.actor) <= {_TIES}
)
SELECT of, actor_id, name, type, country, articles FROM counted JOIN {{cast}} USING (actor)
ORDER BY of, articles DESC, actor"""
_ARTICLES = f"""
SELECT actor_id AS of, article_id AS id, title, outlet, earliest, latest, mentions
FROM {{named}} JOIN ours USING (actor) JOIN {{heads}} USING (article) WHERE is_current
QUALIFY row_number() OVER (PARTITION BY actor ORDER BY article) <= {_SAID}
ORDER BY of, article"""
_WANTED = f"""
SELECT p.actor_id AS of, proposal_id AS id, issue_id, issue, stance, agreement, concept_id, concept, type, modality,
  earliest, latest, dated_by, article_id, text, a.initiative_id AS initiative, a.outlets
FROM {{positions}} p SEMI JOIN ours USING (actor_id)
LEFT JOIN (SELECT initiative_id, outlets FROM {{acts}}) a USING (initiative_id)
QUALIFY row_number()
  OVER (PARTITION BY of ORDER BY coalesce(latest, earliest) DESC NULLS LAST, proposal_id) <= {_POSITIONS}
ORDER BY of, coalesce(latest, earliest) DESC NULLS LAST, proposal_id"""
_COUNTED = "SELECT actor_id, count(*) FROM {positions} SEMI JOIN ours USING (actor_id) GROUP BY ALL"
_THROUGH = """
SELECT state_id, p.actor_id, actor, actor_type, country, count(DISTINCT proposal_id) AS proposals
FROM {positions} p WHERE state_id IN (SELECT actor_id FROM ours) AND p.actor_id <> state_id GROUP BY ALL
ORDER BY state_id, proposals DESC, p.actor_id"""
_READ = ("heads", "cast", "said", "spoken", "named", "positions", "uncoded", "stances", "retold", "acts")


def actor_shard(opened: Opened, key: str) -> dict[str, Any]:
    """The actors whose ids hash to something that ends in `key`, by id."""
    kept = {name: opened.kept(name) for name in _READ}
    with opened.cursor() as cursor:
        ours = f"CREATE TEMP TABLE ours AS SELECT actor, actor_id FROM {kept['cast']} WHERE ends_with(hash, $key)"
        cursor.execute(ours, {"key": key})
        found = {row["actor_id"]: row for row in records(cursor, _ACTOR.format(**kept))}
        for row in found.values():
            row |= {name: [] for name in ("months", "says", "wants", "uncoded", "with", "articles", "through")}
            row |= {"quotes": 0, "positions": 0, "agrees": [], "disagrees": []}
        cursor.execute(f"CREATE TEMP TABLE spoken AS {_SPOKEN.format(**kept)}")
        for actor, month, count in values(cursor, _MONTHS):
            found[actor]["quotes"] += count
            if month:
                found[actor]["months"].append([month, count])
        for name, query in (("says", _SAYS), ("uncoded", _UNCODED), ("articles", _ARTICLES), ("wants", _WANTED)):
            for row in records(cursor, query.format(**kept)):
                found[row.pop("of")][name].append(row)
        for actor, count in values(cursor, _COUNTED.format(**kept)):
            found[actor]["positions"] = count
        cursor.execute(f"CREATE TEMP TABLE tied AS {_AGREEMENT.format(**kept)}")
        lists = (
            ("with", _WITH),
            ("through", _THROUGH),
            ("agrees", _TIED.format("congruence")),
            ("disagrees", _TIED.format("conflict")),
        )
        for name, query in lists:
            for actor, *other in values(cursor, query.format(**kept)):
                found[actor][name].append(other)
    return found


def actor_index(opened: Opened) -> dict[str, Any]:
    """Actors by how often they are quoted and mentioned, as far as the index goes."""
    query = f"""
    WITH said AS (
      SELECT speaker_actor_id AS actor_id, count(*) AS quotes FROM {opened.kept("said")} GROUP BY ALL
    ), wanted AS (
      SELECT actor_id, count(DISTINCT proposal_id) AS positions FROM {opened.kept("positions")} GROUP BY ALL
    )
    SELECT actor_id, name, type, country, coalesce(quotes, 0), coalesce(positions, 0), article_count
    FROM actors LEFT JOIN said USING (actor_id) LEFT JOIN wanted USING (actor_id)
    ORDER BY coalesce(quotes, 0) DESC, article_count DESC, mention_count DESC, actor_id LIMIT {_LISTED}"""
    with opened.cursor() as cursor:
        rows = values(cursor, query)
        total = values(cursor, "SELECT count(*) FROM actors")[0][0]
    names = ("id", "name", "type", "country", "quotes", "positions", "articles")
    return {"total": total, **{name: [row[at] for row in rows] for at, name in enumerate(names)}}


def redirects(opened: Opened) -> dict[str, Any]:
    """Ids of actors, utterances and initiatives that are not used any more, with those that took their places; null:
    nothing has."""
    found: dict[str, Any] = {}
    with opened.cursor() as cursor:
        there = {name for (name,) in values(cursor, "SELECT view_name FROM duckdb_views()")}
        for table, column in (("actor_redirects", "actor_id"), ("redirects", "new_id")):
            if table in there:
                found |= dict(values(cursor, f"SELECT old_id, {column} FROM {table} ORDER BY ALL"))
    return found
