-- table: issues
-- severity: critical
-- What only one article speaks of is no issue of the corpus; and no discovered issue stands in the codebook's place.
SELECT i.issue_id, count(DISTINCT p.article_id) AS articles FROM issues i LEFT JOIN proposals p USING (issue_id)
WHERE i.origin = 'discovered'
GROUP BY ALL HAVING count(DISTINCT p.article_id) < 2
UNION ALL
SELECT issue_id, NULL FROM issues
WHERE origin = 'discovered' AND (NOT regexp_matches(issue_id, '^d-.*-[0-9a-f]{8}$') OR opposite_of IS NOT NULL)
