-- table: utterances
-- severity: critical
-- An utterance is what its quotes report; copies and superseded articles are no reports of their own.
WITH counting AS (
  SELECT article_id FROM articles a WHERE duplicate_of IS NULL
    AND NOT EXISTS (SELECT 1 FROM articles newer WHERE newer.supersedes = a.article_id)
), told AS (
  SELECT q.utterance_id, count(DISTINCT q.group_id) AS quotes, count(DISTINCT c.article_id) AS articles
  FROM quotes q LEFT JOIN counting c USING (article_id) GROUP BY q.utterance_id
)
SELECT u.utterance_id, u.quote_count, t.quotes, u.article_count, t.articles
FROM utterances u LEFT JOIN told t USING (utterance_id)
WHERE u.quote_count IS DISTINCT FROM t.quotes OR u.article_count IS DISTINCT FROM greatest(t.articles, 1)
   OR u.outlet_count > u.article_count
