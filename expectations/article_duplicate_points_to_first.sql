-- table: articles
-- severity: critical
-- A duplicate points to an earlier article that is no duplicate itself, so that one step leads to the first of its kind.
SELECT a.article_id, a.duplicate_of, a.published_latest, first.published_latest AS first_latest
FROM articles a JOIN articles first ON a.duplicate_of = first.article_id
WHERE first.duplicate_of IS NOT NULL
   OR a.article_id = first.article_id
   OR a.published_latest < first.published_latest
   OR (a.published_latest IS NOT NULL AND first.published_latest IS NULL)
   OR (a.published_latest IS NOT DISTINCT FROM first.published_latest AND a.source_file < first.source_file)
