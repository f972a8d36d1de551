-- table: proposals
-- severity: critical
-- A stance is taken on the label of an issue; without one it means nothing.
SELECT proposal_id, issue_id, stance FROM proposals WHERE (issue_id IS NULL) <> (stance IS NULL)
