-- table: actors
-- severity: critical
-- An actor is there because an article mentions it, or because a mentioned one is a part of it.
SELECT a.actor_id, a.name
FROM actors a
WHERE a.mention_count = 0 AND NOT EXISTS (SELECT 1 FROM actors child WHERE child.parent_actor_id = a.actor_id)
