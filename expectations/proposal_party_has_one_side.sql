-- table: proposal_actors
-- severity: warning
-- scope: article
-- Nobody addresses a proposal to themselves: of two such roles one was read wrongly.
SELECT t.proposal_id, t.actor_id
FROM proposal_actors t
JOIN proposal_actors p ON p.proposal_id = t.proposal_id AND p.actor_id = t.actor_id AND p.role = 'proposer'
WHERE t.role = 'target'
