-- table: proposals
-- severity: critical
-- A stance is taken on the label of an issue, and an example is alike in an issue; without one they mean nothing.
SELECT proposal_id, issue_id, stance, issue_similarity FROM proposals
WHERE (issue_id IS NULL) <> (stance IS NULL) OR (issue_id IS NULL AND issue_similarity IS NOT NULL)
