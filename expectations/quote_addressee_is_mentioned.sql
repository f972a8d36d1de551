-- table: quotes
-- severity: warning
-- scope: article
-- Whoever is addressed in an article is mentioned in it, and is not the speaker.
SELECT quote_id, speaker_actor_id, addressee_actor_id FROM quotes WHERE addressee_actor_id = speaker_actor_id
UNION
SELECT q.quote_id, q.speaker_actor_id, q.addressee_actor_id
FROM quotes q ANTI JOIN mentions m ON m.article_id = q.article_id AND m.actor_id = q.addressee_actor_id
WHERE q.addressee_actor_id IS NOT NULL
