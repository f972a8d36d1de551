-- table: proposals
-- severity: warning
-- Where a text names nobody a proposal has no proposer, but in most it is told who wants something.
SELECT count(*) AS proposals, count(a.proposal_id) AS with_proposer
FROM proposals p LEFT JOIN (SELECT DISTINCT proposal_id FROM proposal_actors WHERE role = 'proposer') a USING (proposal_id)
HAVING count(*) >= 20 AND count(a.proposal_id) < 0.75 * count(*)
