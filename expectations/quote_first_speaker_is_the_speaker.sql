-- table: quote_speakers
-- severity: critical
-- scope: article
-- Joins over quote_speakers and over quotes.speaker_actor_id must agree: a quote has a first speaker exactly where it has a
-- speaker, and they are the same.
SELECT q.quote_id, q.speaker_actor_id, s.actor_id
FROM quotes q LEFT JOIN (FROM quote_speakers WHERE place = 1) s USING (quote_id)
WHERE q.speaker_actor_id IS DISTINCT FROM s.actor_id
