-- table: actors
-- severity: warning
-- An actor that no article names is there because a quote or a proposal uses it, or because such a one is part of it.
WITH used AS (
    SELECT speaker_actor_id AS actor_id FROM quotes
    UNION ALL SELECT addressee_actor_id FROM quotes
    UNION ALL SELECT actor_id FROM quote_speakers
    UNION ALL SELECT actor_id FROM proposal_actors
    UNION ALL SELECT parent_actor_id FROM actors
)
SELECT actor_id, name FROM actors ANTI JOIN used USING (actor_id) WHERE link_method = 'unnamed'
