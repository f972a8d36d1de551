-- table: quotes
-- severity: warning
-- Whoever is addressed in an article is mentioned in it, and is not the speaker.
SELECT q.quote_id, q.speaker_actor_id, q.addressee_actor_id
FROM quotes q
WHERE q.addressee_actor_id IS NOT NULL
  AND (q.addressee_actor_id = q.speaker_actor_id
       OR NOT EXISTS (SELECT 1 FROM mentions m WHERE m.article_id = q.article_id AND m.actor_id = q.addressee_actor_id))
