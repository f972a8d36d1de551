-- table: initiative_links
-- severity: critical
-- Nobody answers an own initiative: a link is between two, whose proposers differ.
SELECT l.initiative_id, l.responds_to FROM initiative_links l
LEFT JOIN initiatives i USING (initiative_id) LEFT JOIN initiatives r ON r.initiative_id = l.responds_to
WHERE l.initiative_id = l.responds_to OR list_has_any(i.proposers, r.proposers)
