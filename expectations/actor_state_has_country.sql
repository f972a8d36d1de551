-- table: actors
-- severity: critical
-- A state is its own country, and its identifier says which.
SELECT actor_id, name, country FROM actors WHERE type = 'state' AND actor_id IS DISTINCT FROM 'state:' || country
