-- table: proposals
-- severity: critical
-- A proposal without a proposer is nobody's: such rows belong in no discourse network.
SELECT p.proposal_id, p.text
FROM proposals p ANTI JOIN (FROM proposal_actors WHERE role = 'proposer') a USING (proposal_id)
