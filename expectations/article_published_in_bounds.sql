-- table: articles
-- severity: critical
-- scope: article
-- The publication day lies within its bounds, and the bounds are in order.
SELECT article_id, published, published_earliest, published_latest
FROM articles
WHERE published_earliest > published_latest
   OR (published IS NOT NULL AND NOT coalesce(published BETWEEN published_earliest AND published_latest, false))
