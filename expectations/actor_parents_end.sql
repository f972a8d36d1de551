-- table: actors
-- severity: critical
-- Whoever follows parent_actor_id arrives at a body that is part of no other: no circle, not itself.
WITH RECURSIVE parents AS (
    SELECT actor_id, parent_actor_id FROM actors WHERE actor_id IN (SELECT parent_actor_id FROM actors)
),
reached(actor_id) AS (  -- of these few only: all actors at once are held in memory
    SELECT actor_id FROM parents WHERE parent_actor_id IS NULL
    UNION
    SELECT p.actor_id FROM parents p JOIN reached r ON p.parent_actor_id = r.actor_id
)
SELECT a.actor_id, name, parent_actor_id FROM actors a ANTI JOIN reached r ON r.actor_id = a.parent_actor_id
WHERE parent_actor_id IS NOT NULL
