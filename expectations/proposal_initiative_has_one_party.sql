-- table: proposals
-- severity: critical
-- Proposals are joined only if a proposer is the same: what two parties want is two initiatives, whatever the words.
WITH joined AS (SELECT proposal_id, initiative_id FROM proposals WHERE initiative_method <> 'fullest'),
told_again AS (SELECT proposal_id, initiative_id FROM proposals SEMI JOIN joined USING (initiative_id)),
wanted AS (
  SELECT proposal_id, initiative_id, actor_id FROM told_again JOIN proposal_actors USING (proposal_id)
  WHERE role = 'proposer'
),
shared AS (
  SELECT own.proposal_id FROM wanted own JOIN wanted other USING (initiative_id, actor_id)
  WHERE other.proposal_id <> own.proposal_id
)
SELECT proposal_id, initiative_id FROM joined ANTI JOIN shared USING (proposal_id)
