-- table: actors
-- severity: critical
-- An actor's counts, forms and days are those of its mentions, so that nobody has to count again.
WITH counted AS (
    SELECT m.actor_id, count(*) AS mention_count, count(DISTINCT m.article_id) AS article_count,
           min(a.published) AS first_seen, max(a.published) AS last_seen,
           coalesce(list_sort(list(DISTINCT m.text) FILTER (m.form <> 'pronoun')), []) AS aliases
    FROM mentions m JOIN (SELECT article_id, published FROM articles) a USING (article_id)
    GROUP BY m.actor_id
)
SELECT a.actor_id, a.name, a.mention_count, a.article_count, a.first_seen, a.last_seen
FROM actors a LEFT JOIN counted c USING (actor_id)
WHERE a.mention_count <> coalesce(c.mention_count, 0)
   OR a.article_count <> coalesce(c.article_count, 0)
   OR a.first_seen IS DISTINCT FROM c.first_seen
   OR a.last_seen IS DISTINCT FROM c.last_seen
   OR a.aliases <> coalesce(c.aliases, [])
