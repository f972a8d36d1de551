-- of: actors.actor_counts_match_mentions
-- given: actors.actor_id__values_to_be_unique, mentions.article_id__foreign_key
-- In how many articles actors are, and from when to when, is what their mentions say: the same sum of digests.
WITH named AS (SELECT DISTINCT hash(actor_id) AS actor, article_id FROM mentions),
seen AS (
  SELECT actor, count(*) AS articles, min(published) AS first, max(published) AS last
  FROM named JOIN (SELECT article_id, published FROM articles) USING (article_id) GROUP BY actor
)
SELECT told.digest FROM (
  SELECT sum(hash(concat_ws(' ', hash(actor_id), article_count, first_seen, '-', last_seen)))
           FILTER (mention_count <> 0) AS digest,
         count_if(mention_count = 0 AND (article_count <> 0 OR first_seen IS NOT NULL OR last_seen IS NOT NULL)) AS wrong
  FROM actors
) told, (SELECT sum(hash(concat_ws(' ', actor, articles, first, '-', last))) AS digest FROM seen) counted
WHERE told.digest IS DISTINCT FROM counted.digest OR told.wrong > 0
