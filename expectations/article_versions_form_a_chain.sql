-- table: articles
-- severity: critical
-- Each version supersedes one and is superseded by one, from the first to the last: no fork, no circle, not itself.
WITH RECURSIVE reached(article_id) AS (
    SELECT article_id FROM articles WHERE supersedes IS NULL
    UNION ALL
    SELECT a.article_id FROM articles a JOIN reached r ON a.supersedes = r.article_id WHERE a.article_id <> r.article_id
)
SELECT article_id, supersedes FROM articles
WHERE article_id NOT IN (FROM reached)
   OR supersedes IN (SELECT supersedes FROM articles GROUP BY supersedes HAVING count(*) > 1)
