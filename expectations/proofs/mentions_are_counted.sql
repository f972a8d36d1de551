-- of: mentions.actor_id__foreign_key, actors.actor_counts_match_mentions
-- Whom mentions name, and how often, is what actors say: the same sum of digests, to which one who is not there adds.
SELECT told.mentions FROM (SELECT sum(hash(actor_id)::HUGEINT * mention_count) AS mentions FROM actors) told,
     (SELECT coalesce(sum(hash(actor_id)), 0) AS mentions FROM mentions) counted
WHERE told.mentions IS DISTINCT FROM counted.mentions
