-- Who changed position: one row where an actor, after one stance on a concept, takes the contrary one, both rows side
-- by side. Compared are neighbouring positions of an actor on a concept, in the order of their days, that certainly lie
-- apart: the last day that the earlier one can be of is before the first day of the later. Conditional stances, mere
-- possibilities and positions without a day take no part. confidence: of the less sure of the two.
WITH placed AS (
  SELECT p.*, t.text, a.outlet, a.title, a.url
  FROM positions p JOIN proposals t USING (proposal_id) JOIN articles a ON a.article_id = p.article_id
  WHERE p.agreement IS NOT NULL AND p.earliest IS NOT NULL AND p.latest IS NOT NULL
    AND p.modality NOT IN ('hypothetical', 'withdrawn')
), days AS (  -- one stance a day: whoever takes both on one day has changed nothing
  SELECT actor_id, concept_id, earliest, latest, min(agreement::INT) = 1 AS agreement,
    min(agreement::INT) = max(agreement::INT) AS clear, first(placed ORDER BY confidence DESC, proposal_id) AS position
  FROM placed GROUP BY ALL
), ordered AS (
  SELECT *, lag(position) OVER earlier AS before, lag(agreement) OVER earlier AS agreed, lag(latest) OVER earlier AS last
  FROM days WHERE clear
  WINDOW earlier AS (PARTITION BY actor_id, concept_id ORDER BY latest, earliest)
)
SELECT position.actor, position.actor_type, position.country, position.concept,
  CASE WHEN agreed THEN 'support' ELSE 'oppose' END AS stance_before, CASE WHEN agreement THEN 'support' ELSE 'oppose' END AS stance_after,
  before.earliest AS earliest_before, before.latest AS latest_before, earliest AS earliest_after, latest AS latest_after,
  before.text AS text_before, position.text AS text_after,
  before.outlet AS outlet_before, position.outlet AS outlet_after, before.url AS url_before, position.url AS url_after,
  least(before.confidence, position.confidence) AS confidence,
  actor_id, concept_id, before.proposal_id AS proposal_id_before, position.proposal_id AS proposal_id_after
FROM ordered
WHERE agreed <> agreement AND last < earliest
ORDER BY earliest, actor_id, concept_id
