-- table: proposals
-- severity: critical
-- scope: article
-- A stance is taken on the label of an issue, and an example is alike in an issue; without one they mean nothing.
-- A cosine that counts is between 0 and 1; validators that read a missing number as NaN cannot take that from a schema.
SELECT proposal_id, issue_id, stance, issue_similarity FROM proposals
WHERE (issue_id IS NULL) <> (stance IS NULL) OR (issue_id IS NULL AND issue_similarity IS NOT NULL)
   OR issue_similarity NOT BETWEEN 0 AND 1
