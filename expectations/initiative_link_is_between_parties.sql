-- table: initiative_links
-- severity: critical
-- Nobody answers an own initiative: a link is between two, whose proposers differ.
WITH linked AS (
  SELECT initiative_id, proposers FROM initiatives
  SEMI JOIN (SELECT initiative_id FROM initiative_links UNION SELECT responds_to FROM initiative_links) USING (initiative_id)
)
SELECT l.initiative_id, l.responds_to FROM initiative_links l
LEFT JOIN linked i USING (initiative_id) LEFT JOIN linked r ON r.initiative_id = l.responds_to
WHERE l.initiative_id = l.responds_to OR list_has_any(i.proposers, r.proposers)
