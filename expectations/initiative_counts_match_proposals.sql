-- table: initiatives
-- severity: critical
-- An initiative is what its proposals report; copies and superseded articles are no reports of their own.
WITH counting AS (
  SELECT article_id FROM articles a WHERE duplicate_of IS NULL
    AND NOT EXISTS (SELECT 1 FROM articles newer WHERE newer.supersedes = a.article_id)
), told AS (
  SELECT p.initiative_id, count(*) AS proposals, count(DISTINCT c.article_id) AS articles
  FROM proposals p LEFT JOIN counting c USING (article_id) GROUP BY p.initiative_id
)
SELECT i.initiative_id, i.proposal_count, t.proposals, i.article_count, t.articles
FROM initiatives i LEFT JOIN told t USING (initiative_id)
WHERE i.proposal_count IS DISTINCT FROM t.proposals OR i.article_count IS DISTINCT FROM greatest(t.articles, 1)
   OR i.outlet_count > i.article_count
