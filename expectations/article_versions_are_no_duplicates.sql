-- table: articles
-- severity: critical
-- Versions of one article are linked by supersedes alone; called duplicates of each other, none of them would count.
WITH RECURSIVE chain(article_id, oldest) AS (
    SELECT article_id, article_id FROM articles WHERE supersedes IS NULL
    UNION ALL
    SELECT a.article_id, c.oldest FROM articles a JOIN chain c ON a.supersedes = c.article_id
)
SELECT a.article_id, a.duplicate_of
FROM articles a JOIN chain ours USING (article_id) JOIN chain theirs ON a.duplicate_of = theirs.article_id
WHERE ours.oldest = theirs.oldest AND a.article_id <> a.duplicate_of
