-- of: initiatives.initiative_counts_match_proposals, proposals.initiative_id__foreign_key
-- given: initiatives.initiative_id__values_to_be_unique, proposals.proposal_id__values_to_be_unique
-- given: proposals.proposal_id_is_its_place, proposals.article_id__foreign_key
-- What initiatives say they have, and what proposals say they report, is the same sum of digests. Likewise of articles: each
-- initiative is told by the proposal that it is named after, in its first article; what others tell is counted, less what
-- copies and superseded articles do.
WITH outside AS (
  SELECT article_id FROM articles WHERE duplicate_of IS NOT NULL
  UNION SELECT supersedes FROM articles WHERE supersedes IS NOT NULL
), elsewhere AS (
  SELECT DISTINCT initiative_id, article_id FROM proposals WHERE split_part(initiative_id, ':', 1) <> article_id
), more AS (
  SELECT e.initiative_id,
         greatest(count(*) FILTER (o.article_id IS NULL) + any_value((f.article_id IS NULL)::INT), 1) - 1 AS articles
  FROM elsewhere e LEFT JOIN outside o USING (article_id)
  LEFT JOIN outside f ON f.article_id = split_part(e.initiative_id, ':', 1) GROUP BY e.initiative_id
), told AS (
  SELECT sum(hash(initiative_id)) AS ids, sum(hash(initiative_id)::HUGEINT * proposal_count) AS proposals,
         sum(hash(initiative_id)::HUGEINT * article_count) AS articles, count_if(outlet_count > article_count) AS wrong
  FROM initiatives
), counted AS (
  SELECT sum(hash(initiative_id)) FILTER (proposal_id = initiative_id) AS ids, sum(hash(initiative_id)) AS proposals
  FROM proposals
), others AS (SELECT coalesce(sum(hash(initiative_id)::HUGEINT * articles), 0) AS articles FROM more)
SELECT told.proposals FROM told, counted, others
WHERE told.ids IS DISTINCT FROM counted.ids OR told.proposals IS DISTINCT FROM counted.proposals
   OR told.articles IS DISTINCT FROM told.ids + others.articles OR told.wrong > 0
