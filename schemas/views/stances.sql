-- How often each actor (unit 'actor') or each state by whoever speaks for it (unit 'state') supports or opposes each
-- concept of positions, or has a conditional stance on it. duplicates, as in rDNA: 'include' counts every proposal,
-- 'document' one a stance and article, 'acrossrange' one a stance. The other parameters are those of
-- positions_between.
MACRO (since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
SELECT
  CASE unit WHEN 'actor' THEN p.actor_id WHEN 'state' THEN p.state_id ELSE error('unit is actor or state') END AS id,
  CASE unit WHEN 'state' THEN coalesce(s.name, p.state_id[7:]) ELSE p.actor END AS name,
  CASE unit WHEN 'state' THEN 'state' ELSE p.actor_type END AS type,
  CASE unit WHEN 'state' THEN p.state_id[7:] ELSE p.country END AS country,
  p.state_id, p.concept_id, p.concept,
  CASE p.agreement WHEN true THEN 'support' WHEN false THEN 'oppose' ELSE 'conditional' END AS stance,
  CASE duplicates
    WHEN 'include' THEN count(DISTINCT p.proposal_id)
    WHEN 'document' THEN count(DISTINCT p.article_id)
    WHEN 'acrossrange' THEN 1
    ELSE error('duplicates is include, document or acrossrange')
  END AS statements
FROM positions_between(since := since, until := until, min_confidence := min_confidence, issue_ids := issue_ids) p
LEFT JOIN actors s ON s.actor_id = p.state_id
WHERE unit <> 'state' OR p.state_id IS NOT NULL
GROUP BY ALL
ORDER BY id, p.concept_id, stance
