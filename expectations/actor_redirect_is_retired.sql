-- table: actor_redirects
-- severity: critical
-- An id that an actor bears leads nowhere else, and a redirect leads to its end in one step.
SELECT r.old_id, r.actor_id FROM actor_redirects r SEMI JOIN actors a ON a.actor_id = r.old_id
