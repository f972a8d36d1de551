-- table: articles
-- severity: critical
-- Whatever current_articles leaves out leads, by newer versions and by what it repeats, to an article that is there.
WITH RECURSIVE steps AS (
    SELECT a.article_id, coalesce(newer.article_id, a.duplicate_of) AS next
    FROM articles a LEFT JOIN articles newer ON newer.supersedes = a.article_id
),
reached(article_id) AS (
    SELECT article_id FROM steps WHERE next IS NULL
    UNION
    SELECT s.article_id FROM steps s JOIN reached r ON s.next = r.article_id
)
SELECT article_id, duplicate_of, supersedes FROM articles WHERE article_id NOT IN (FROM reached)
