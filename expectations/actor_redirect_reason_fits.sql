-- table: actor_redirects
-- severity: critical
-- A redirect leads to an actor, unless nobody mentions the actor any more.
SELECT old_id, actor_id, reason FROM actor_redirects WHERE (reason = 'gone') <> (actor_id IS NULL)
