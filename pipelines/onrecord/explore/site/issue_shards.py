"""What the shards tell of issues: the index, each issue's positions, and all positions as the network reads them."""

from typing import Any

from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import Listed, digits_for, hashed, records, values

_ISSUES = 24  # that a shard holds at most, on average

_COUNTS = """
SELECT i.issue_id, i.label, i.opposite_of, i.origin, i.definition,
  count(DISTINCT proposal_id) FILTER (stance = 'support') AS support,
  count(DISTINCT proposal_id) FILTER (stance = 'oppose') AS oppose,
  count(DISTINCT proposal_id) FILTER (stance = 'conditional') AS conditional,
  count(DISTINCT p.actor_id) AS actors
FROM issues i LEFT JOIN {positions} p USING (issue_id)
GROUP BY ALL
ORDER BY count(DISTINCT proposal_id) DESC, i.issue_id"""
_POSITIONS = """
SELECT p.issue_id, p.concept_id, p.proposal_id AS id, p.actor_id, p.actor, p.actor_type, p.country, p.state_id, p.state,
  p.stance, p.agreement, p.type, p.modality, p.earliest, p.latest, p.dated_by, p.confidence, p.article_id, a.title,
  a.outlet, p.text
FROM {positions} p JOIN {heads} a USING (article_id)
WHERE p.concept_id IN (SELECT unnest($ids::VARCHAR[])) OR p.issue_id IN (SELECT unnest($ids::VARCHAR[]))
ORDER BY coalesce(p.latest, p.earliest) DESC NULLS LAST, p.proposal_id, p.actor_id"""
_SHIFTS = """
SELECT concept_id, actor_id, actor, stance_before, stance_after, earliest_before, latest_before, earliest_after,
  latest_after, text_before, text_after, proposal_id_before, proposal_id_after
FROM {shifts} WHERE concept_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY earliest_after, actor_id"""


def issue_digits(opened: Opened) -> int:
    with opened.cursor() as cursor:
        return digits_for(values(cursor, "SELECT count(*) FROM issues")[0][0], _ISSUES)


def issue_index(opened: Opened) -> list[dict[str, Any]]:
    """Every issue, those with most proposals first; support, oppose and conditional count proposals, each once."""
    with opened.cursor() as cursor:
        return records(cursor, _COUNTS.format(positions=opened.kept("positions")))


def issue_shard(opened: Opened, key: str) -> dict[str, Any]:
    """The issues whose ids hash to something that ends in `key`, by id, with the positions on each and its contrary."""
    with opened.cursor() as cursor:
        query = f"""
        SELECT i.issue_id, i.label, i.definition, i.origin, i.opposite_of, c.label AS opposite
        FROM issues i LEFT JOIN issues c ON c.issue_id = i.opposite_of
        WHERE {hashed("i.issue_id", len(key))} = $key ORDER BY i.issue_id"""
        found = {row["issue_id"]: row | {"positions": [], "shifts": []} for row in records(cursor, query, {"key": key})}
        ours = {"ids": list(found)}
        contraries = "SELECT opposite_of, issue_id, label FROM issues WHERE opposite_of IS NOT NULL ORDER BY ALL"
        for row in found.values():
            row["contraries"] = [other for of, *other in values(cursor, contraries) if of == row["issue_id"]]
        for row in records(
            cursor, _POSITIONS.format(positions=opened.kept("positions"), heads=opened.kept("heads")), ours
        ):
            for issue in {row["issue_id"], row["concept_id"]} & found.keys():
                found[issue]["positions"].append({k: v for k, v in row.items() if k not in ("concept_id",)})
        for row in records(cursor, _SHIFTS.format(shifts=opened.kept("shifts")), ours):
            found[row.pop("concept_id")]["shifts"].append(row)
    return found


def position_shard(opened: Opened) -> dict[str, Any]:
    """All positions as columns, of which the pages compute networks as the macros do."""
    query = f"""
    SELECT actor_id, actor, actor_type, country, state_id, state, concept_id, concept, issue_id, article_id,
      proposal_id, agreement, earliest, latest, round(confidence, 6), modality
    FROM {opened.kept("positions")} ORDER BY proposal_id, actor_id"""
    actors, concepts, issues, articles, modalities = Listed(), Listed(), Listed(), Listed(), Listed()
    states: dict[str, str | None] = {}
    names = ("actor", "concept", "issue", "article", "id", "agreement", "earliest", "latest", "confidence", "modality")
    rows: dict[str, list[Any]] = {name: [] for name in names}
    with opened.cursor() as cursor:
        for actor, name, kind, country, state, state_name, concept, label, issue, article, proposal, *facts in values(
            cursor, query
        ):
            if state:
                states[state] = state_name
            agreement, earliest, latest, confidence, modality = facts
            row = (
                actors.place(actor, name, kind, country, state),
                concepts.place(concept, label),
                issues.place(issue),
                articles.place(article),
                proposal.removeprefix(article),
                None if agreement is None else int(agreement),
                *(earliest, latest, confidence),
                modalities.place(modality),
            )
            for column, value in zip(names, row, strict=True):
                rows[column].append(value)
    lists = {"actors": actors.items, "concepts": concepts.items, "states": dict(sorted(states.items()))}
    lists |= {"issues": [i for (i,) in issues.items], "articles": [a for (a,) in articles.items]}
    return {**lists, "modalities": [m for (m,) in modalities.items], "rows": rows}
