-- table: actors
-- severity: critical
-- An actor's counts, forms and days are those of its mentions, so that nobody has to count again.
WITH worded AS (  -- by digests: lists of all forms at once would be held in memory
    SELECT actor_id, count(*) AS forms, bit_xor(hash(text)) AS digest
    FROM (SELECT DISTINCT actor_id, text FROM mentions WHERE form <> 'pronoun') GROUP BY actor_id
),
counted AS (
    SELECT actor_id, sum(mentions) AS mention_count, count(*) AS article_count,
           min(published) AS first_seen, max(published) AS last_seen
    FROM (SELECT actor_id, article_id, count(*) AS mentions FROM mentions GROUP BY ALL)
    JOIN (SELECT article_id, published FROM articles) USING (article_id)
    GROUP BY actor_id
)
SELECT a.actor_id, a.name, a.mention_count, a.article_count, a.first_seen, a.last_seen
FROM actors a LEFT JOIN counted c USING (actor_id) LEFT JOIN worded w USING (actor_id)
WHERE a.mention_count <> coalesce(c.mention_count, 0)
   OR a.article_count <> coalesce(c.article_count, 0)
   OR a.first_seen IS DISTINCT FROM c.first_seen
   OR a.last_seen IS DISTINCT FROM c.last_seen
   OR len(a.aliases) <> coalesce(w.forms, 0)
   OR list_aggregate(list_transform(a.aliases, lambda form: hash(form)), 'bit_xor') IS DISTINCT FROM w.digest
   OR a.aliases <> list_sort(a.aliases)
