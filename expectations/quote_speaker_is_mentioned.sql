-- table: quotes
-- severity: critical
-- scope: article
-- Whoever speaks in an article is mentioned in it, by name, role or pronoun.
SELECT q.quote_id, q.speaker_actor_id
FROM quotes q ANTI JOIN mentions m ON q.article_id = m.article_id AND q.speaker_actor_id = m.actor_id
WHERE q.speaker_actor_id IS NOT NULL
