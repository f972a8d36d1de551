-- How much each two actors (or states) agree and disagree: congruence is, summed over concepts, the number of
-- statements of one times those of the other with the same stance; conflict, with opposite stances. activity_1,
-- activity_2: statements of each on any concept; either: statements of stances that only one of the two takes.
-- Conditional stances count nowhere. An actor is not compared with the state that it speaks for. Parameters as in
-- stances.
MACRO (since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
WITH counted AS (
  FROM stances(since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids) WHERE stance <> 'conditional'
), activity AS (
  SELECT id, sum(statements)::BIGINT AS statements FROM counted GROUP BY ALL
), pairs AS (
  SELECT a.id AS id_1, a.name AS name_1, b.id AS id_2, b.name AS name_2,
    coalesce(sum(a.statements * b.statements) FILTER (a.stance = b.stance), 0)::BIGINT AS congruence,
    coalesce(sum(a.statements * b.statements) FILTER (a.stance <> b.stance), 0)::BIGINT AS conflict,
    coalesce(sum(a.statements + b.statements) FILTER (a.stance = b.stance), 0)::BIGINT AS shared,
    list(a.concept_id) FILTER (a.stance = b.stance) AS agreed,
    list(a.concept_id) FILTER (a.stance <> b.stance) AS disputed
  FROM counted a
  JOIN counted b ON b.concept_id = a.concept_id AND a.id < b.id
    AND a.id IS DISTINCT FROM b.state_id AND b.id IS DISTINCT FROM a.state_id
  GROUP BY ALL
)
SELECT p.* EXCLUDE (shared, agreed, disputed),
  list_sort(list_distinct(coalesce(agreed, []))) AS agreed, list_sort(list_distinct(coalesce(disputed, []))) AS disputed,
  x.statements AS activity_1, y.statements AS activity_2,
  x.statements + y.statements - shared AS either
FROM pairs p
JOIN activity x ON x.id = id_1
JOIN activity y ON y.id = id_2
