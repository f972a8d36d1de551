-- table: quotes
-- severity: critical
-- scope: article
-- A group is named after its first piece and lies in one article.
SELECT q.quote_id, q.group_id
FROM quotes q LEFT JOIN quotes first ON q.group_id = first.quote_id
WHERE first.article_id IS DISTINCT FROM q.article_id OR first.start > q.start
