-- of: initiatives.initiative_wording_is_its_proposal
-- The few whose wording is that of a proposal in a later article are looked up.
WITH worded AS (
  SELECT initiative_id, proposal_id, text, first_article_id FROM initiatives
  WHERE coalesce(NOT starts_with(proposal_id, first_article_id || ':'), true)
)
SELECT i.initiative_id, i.proposal_id FROM worded i LEFT JOIN proposals p USING (proposal_id)
WHERE p.initiative_id IS DISTINCT FROM i.initiative_id OR p.initiative_method IS DISTINCT FROM 'fullest'
   OR p.text IS DISTINCT FROM i.text OR split_part(i.initiative_id, ':', 1) IS DISTINCT FROM i.first_article_id
