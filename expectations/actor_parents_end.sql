-- table: actors
-- severity: critical
-- Whoever follows parent_actor_id arrives at a body that is part of no other: no circle, not itself.
WITH RECURSIVE reached(actor_id) AS (
    SELECT actor_id FROM actors WHERE parent_actor_id IS NULL
    UNION
    SELECT a.actor_id FROM actors a JOIN reached r ON a.parent_actor_id = r.actor_id
)
SELECT actor_id, name, parent_actor_id FROM actors WHERE actor_id NOT IN (FROM reached)
