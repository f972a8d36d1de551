-- table: initiatives
-- severity: critical
-- The wording shown is that of one of its proposals, the fullest, and the id that of the first article that told it.
SELECT i.initiative_id, i.proposal_id FROM initiatives i LEFT JOIN proposals p USING (proposal_id)
WHERE p.initiative_id IS DISTINCT FROM i.initiative_id OR p.initiative_method <> 'fullest' OR p.text <> i.text
   OR split_part(i.initiative_id, ':', 1) <> i.first_article_id
