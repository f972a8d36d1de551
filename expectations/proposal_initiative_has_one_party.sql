-- table: proposals
-- severity: critical
-- Proposals are joined only if a proposer is the same: what two parties want is two initiatives, whatever the words.
WITH told AS MATERIALIZED (
  SELECT proposal_id, initiative_id, initiative_method FROM proposals
  SEMI JOIN (SELECT initiative_id FROM proposals WHERE initiative_method <> 'fullest') USING (initiative_id)
),
wanted AS (
  SELECT DISTINCT proposal_id, initiative_id, actor_id FROM told JOIN proposal_actors USING (proposal_id)
  WHERE role = 'proposer'
),
shared AS (SELECT initiative_id, actor_id FROM wanted GROUP BY ALL HAVING count(*) > 1),
of_one AS (SELECT proposal_id FROM wanted SEMI JOIN shared USING (initiative_id, actor_id))
SELECT proposal_id, initiative_id FROM told ANTI JOIN of_one USING (proposal_id) WHERE initiative_method <> 'fullest'
