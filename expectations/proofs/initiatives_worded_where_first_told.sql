-- of: initiatives.initiative_wording_is_its_proposal
-- scope: article
-- given: proposals.proposal_id__values_to_be_unique
-- Most initiatives have the wording of a proposal in the article that told them first; of these the rule is seen there.
SELECT i.initiative_id, i.proposal_id FROM initiatives i
LEFT JOIN proposals p ON p.proposal_id = i.proposal_id AND p.article_id = i.first_article_id
WHERE starts_with(i.proposal_id, i.first_article_id || ':')
  AND (p.initiative_id IS DISTINCT FROM i.initiative_id OR p.initiative_method IS DISTINCT FROM 'fullest'
       OR p.text IS DISTINCT FROM i.text OR split_part(i.initiative_id, ':', 1) IS DISTINCT FROM i.first_article_id)
