-- table: proposals
-- severity: critical
-- Proposals are joined only if a proposer is the same: what two parties want is two initiatives, whatever the words.
WITH wanted AS (
  SELECT p.initiative_id, p.proposal_id, a.actor_id FROM proposals p JOIN proposal_actors a USING (proposal_id)
  WHERE a.role = 'proposer'
)
SELECT p.proposal_id, p.initiative_id FROM proposals p
WHERE p.initiative_method <> 'fullest' AND NOT EXISTS (
  SELECT 1 FROM wanted own JOIN wanted other USING (initiative_id, actor_id)
  WHERE own.proposal_id = p.proposal_id AND other.proposal_id <> p.proposal_id
)
