"""The shards of actors: what each says and wants, with whom it agrees, and where it is named."""

from typing import Any

from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import records, values

_LISTED = 20_000  # actors of the index: the most quoted and mentioned ones
_SAID = 60  # newest statements, proposals and articles that an actor's page lists
_POSITIONS = 2000  # newest ones
_TIES = 10

_ACTOR = (
    "a.actor_id, a.name, a.type, a.country, a.sector, a.is_named, a.is_government, a.gender, a.party, a.wikidata_id, "
    "a.parent_actor_id, p.name AS parent, a.roles, a.aliases, a.article_count, a.mention_count, a.first_seen, "
    "a.last_seen, a.link_method"
)
# All that follows is of the actors $ids.
_OURS = "IN (SELECT unnest($ids::VARCHAR[]))"
_SPOKEN = f"""
CREATE TEMP TABLE spoken AS SELECT s.actor_id, q.* EXCLUDE (words)
FROM quote_speakers s JOIN {{said}} q USING (quote_id) WHERE s.actor_id {_OURS}"""
_SAYS = f"""
WITH newest AS (
  FROM spoken
  QUALIFY row_number()
    OVER (PARTITION BY actor_id ORDER BY latest DESC NULLS LAST, earliest DESC NULLS LAST, quote_id) <= {_SAID}
)
SELECT n.actor_id, n.quote_id AS id, q.text, n.kind, n.attitude, n.polarity, n.earliest, n.latest, n.article_id,
  a.title, n.outlet
FROM newest n JOIN quotes q USING (quote_id) JOIN articles a ON a.article_id = n.article_id
ORDER BY n.actor_id, n.latest DESC NULLS LAST, n.earliest DESC NULLS LAST, n.quote_id"""
_MONTHS = """
SELECT actor_id,
  CASE WHEN date_trunc('month', earliest) = date_trunc('month', latest) THEN strftime(latest, '%Y-%m') END AS month,
  count(*)
FROM spoken GROUP BY ALL ORDER BY ALL"""
_UNCODED = f"""
SELECT pa.actor_id, p.proposal_id AS id, p.type, p.text, p.modality, a.article_id, a.title, a.outlet,
  a.published_earliest AS earliest, a.published_latest AS latest
FROM proposal_actors pa JOIN current_proposals p USING (proposal_id) JOIN articles a USING (article_id)
WHERE pa.role = 'proposer' AND p.issue_id IS NULL AND pa.actor_id {_OURS}
QUALIFY row_number() OVER (PARTITION BY pa.actor_id ORDER BY a.published_latest DESC NULLS LAST, p.proposal_id)
  <= {_SAID}
ORDER BY pa.actor_id, a.published_latest DESC NULLS LAST, p.proposal_id"""
# As schemas/views/agreement.sql counts, without a window.
_AGREEMENT = f"""
WITH counted AS (FROM {{stances}} WHERE stance <> 'conditional')
SELECT a.id, b.id AS other, b.name, b.type, b.country,
  coalesce(sum(a.statements * b.statements) FILTER (a.stance = b.stance), 0)::BIGINT AS congruence,
  coalesce(sum(a.statements * b.statements) FILTER (a.stance <> b.stance), 0)::BIGINT AS conflict
FROM counted a JOIN counted b ON b.concept_id = a.concept_id AND a.id <> b.id
  AND a.id IS DISTINCT FROM b.state_id AND b.id IS DISTINCT FROM a.state_id
WHERE a.id {_OURS}
GROUP BY ALL ORDER BY a.id, other"""
_WITH = f"""
WITH ours AS (FROM {{named}} WHERE actor_id {_OURS}),
counted AS (
  SELECT o.actor_id, n.actor_id AS other, count(*) AS articles
  FROM ours o JOIN {{named}} n ON n.article_id = o.article_id AND n.actor_id <> o.actor_id
  GROUP BY o.actor_id, n.actor_id
  QUALIFY row_number() OVER (PARTITION BY o.actor_id ORDER BY articles DESC, other) <= {_TIES}
)
SELECT c.actor_id, c.other, a.name, a.type, a.country, c.articles FROM counted c JOIN actors a ON a.actor_id = c.other
ORDER BY c.actor_id, c.articles DESC, c.other"""
_ARTICLES = f"""
WITH named AS (FROM {{named}} WHERE actor_id {_OURS})
SELECT n.actor_id, a.article_id AS id, a.title, a.outlet, a.published_earliest AS earliest,
  a.published_latest AS latest, n.mentions
FROM named n JOIN current_articles a USING (article_id)
QUALIFY row_number() OVER (PARTITION BY n.actor_id ORDER BY a.published_latest DESC NULLS LAST, a.article_id) <= {_SAID}
ORDER BY n.actor_id, a.published_latest DESC NULLS LAST, a.article_id"""
_WANTS = (
    "proposal_id AS id, issue_id, issue, stance, agreement, concept_id, concept, type, modality, earliest, latest, "
    "dated_by, article_id, text"
)
_WANTED = f"""
WITH newest AS (
  FROM {{positions}} WHERE actor_id {_OURS}
  QUALIFY row_number()
    OVER (PARTITION BY actor_id ORDER BY coalesce(latest, earliest) DESC NULLS LAST, proposal_id) <= {_POSITIONS}
)
SELECT actor_id, {_WANTS} FROM newest JOIN (SELECT proposal_id, text FROM proposals) USING (proposal_id)
ORDER BY actor_id, coalesce(latest, earliest) DESC NULLS LAST, proposal_id"""


def actor_shard(opened: Opened, key: str) -> dict[str, Any]:
    """The actors whose ids hash to something that ends in `key`, by id."""
    positions, stances, named = (opened.kept(name) for name in ("positions", "stances", "named"))
    with opened.cursor() as cursor:
        query = (
            f"SELECT {_ACTOR} FROM actors a JOIN {opened.kept('hashes')} h ON h.actor_id = a.actor_id "
            "LEFT JOIN actors p ON p.actor_id = a.parent_actor_id WHERE ends_with(h.hash, $key) ORDER BY a.actor_id"
        )
        found = {row["actor_id"]: row for row in records(cursor, query, {"key": key})}
        for row in found.values():
            row |= {name: [] for name in ("months", "says", "wants", "uncoded", "with", "articles", "through")}
            row |= {"quotes": 0, "positions": 0, "agrees": [], "disagrees": []}
        ours = {"ids": list(found)}
        cursor.execute(_SPOKEN.format(said=opened.kept("said")), ours)
        for actor, month, count in values(cursor, _MONTHS):
            found[actor]["quotes"] += count
            if month:
                found[actor]["months"].append([month, count])
        listed = (
            ("says", _SAYS, None),
            ("uncoded", _UNCODED, ours),
            ("articles", _ARTICLES.format(named=named), ours),
            ("wants", _WANTED.format(positions=positions), ours),
        )  # fmt: skip
        for name, query, arguments in listed:
            for row in records(cursor, query, arguments):
                found[row.pop("actor_id")][name].append(row)
        query = f"SELECT actor_id, count(*) FROM {positions} WHERE actor_id {_OURS} GROUP BY ALL"
        for actor, count in values(cursor, query, ours):
            found[actor]["positions"] = count
        for actor, *other in values(cursor, _WITH.format(named=named), ours):
            found[actor]["with"].append(other)
        through = (
            "SELECT state_id, actor_id, actor, actor_type, country, count(DISTINCT proposal_id) AS proposals "
            f"FROM {positions} WHERE state_id {_OURS} AND actor_id <> state_id GROUP BY ALL "
            "ORDER BY state_id, proposals DESC, actor_id"
        )
        for state, *speaker in values(cursor, through, ours):
            found[state]["through"].append(speaker)
        _add_ties(found, values(cursor, _AGREEMENT.format(stances=stances), ours))
    return found


def _add_ties(found: dict[str, Any], ties: list[tuple[Any, ...]]) -> None:
    """The strongest by congruence, and by conflict."""
    for name, at in (("agrees", 5), ("disagrees", 6)):
        for actor, *tie in sorted(ties, key=lambda tie: (tie[0], -tie[at], tie[1])):
            if tie[at - 1] and len(found[actor][name]) < _TIES:
                found[actor][name].append([*tie[:4], tie[at - 1]])


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
    """Ids that are not used any more, with those that took their places; null: no article mentions it."""
    with opened.cursor() as cursor:
        there = values(cursor, "SELECT 1 FROM duckdb_views() WHERE view_name = 'actor_redirects'")
        return dict(values(cursor, "SELECT old_id, actor_id FROM actor_redirects ORDER BY ALL")) if there else {}
