-- table: quotes
-- severity: critical
-- scope: article
-- A way of attribution other than none says that a speaker was found; without one there is nothing to say how.
SELECT quote_id, attribution, speaker_actor_id, speaker_text
FROM quotes
WHERE (attribution = 'none') <> (speaker_actor_id IS NULL AND speaker_text IS NULL)
