-- table: actors
-- severity: warning
-- Only persons have a gender or a party; another actor with one was taken for a person somewhere.
SELECT actor_id, type, gender, party FROM actors
WHERE type <> 'person' AND (gender IS NOT NULL OR party IS NOT NULL)
