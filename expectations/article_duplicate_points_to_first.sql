-- table: articles
-- severity: critical
-- A duplicate points to the first article with its text, never to another duplicate or to itself.
SELECT a.article_id, a.duplicate_of
FROM articles a JOIN articles first ON a.duplicate_of = first.article_id
WHERE first.duplicate_of IS NOT NULL OR a.article_id = first.article_id
