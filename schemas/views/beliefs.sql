-- What each actor stands for: one row per actor and concept of positions, with how many of its proposals are for it,
-- against it, or for it on a condition, and between which days. Mere possibilities do not count.
SELECT actor, concept,
  count(*) FILTER (agreement) AS support, count(*) FILTER (NOT agreement) AS oppose,
  count(*) FILTER (agreement IS NULL) AS conditional,
  min(earliest) AS first_day, max(latest) AS last_day, count(DISTINCT article_id) AS articles,
  actor_type, country, state_id, actor_id, concept_id
FROM positions
WHERE modality NOT IN ('hypothetical', 'withdrawn')
GROUP BY ALL
ORDER BY support + oppose + conditional DESC, actor_id, concept_id
