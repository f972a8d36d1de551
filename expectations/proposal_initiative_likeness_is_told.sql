-- table: proposals
-- severity: critical
-- scope: article
-- The fullest wording is compared with nothing; every other one with what it was joined by.
SELECT proposal_id, initiative_method, initiative_similarity FROM proposals
WHERE (initiative_method = 'fullest') <> (initiative_similarity IS NULL)
