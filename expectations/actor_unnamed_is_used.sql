-- table: actors
-- severity: warning
-- An actor that no article names is there because a quote or a proposal uses it, or because such a one is part of it.
SELECT actor_id, name FROM actors a
WHERE link_method = 'unnamed'
  AND NOT EXISTS (FROM quotes WHERE speaker_actor_id = a.actor_id OR addressee_actor_id = a.actor_id)
  AND NOT EXISTS (FROM quote_speakers WHERE actor_id = a.actor_id)
  AND NOT EXISTS (FROM proposal_actors WHERE actor_id = a.actor_id)
  AND NOT EXISTS (FROM actors WHERE parent_actor_id = a.actor_id)
