-- table: quotes
-- severity: warning
-- Pieces of one utterance have one speaker; two speakers point to a lost boundary between utterances.
SELECT group_id, count(DISTINCT speaker_actor_id) AS speakers
FROM quotes
GROUP BY group_id
HAVING count(DISTINCT speaker_actor_id) > 1
