-- table: quotes
-- severity: warning
-- scope: article
-- Pieces of one utterance have one speaker; two speakers point to a lost boundary between utterances.
SELECT group_id, count(DISTINCT speaker_actor_id) AS speakers
FROM quotes
GROUP BY article_id, group_id
HAVING count(DISTINCT speaker_actor_id) > 1
