-- table: quotes
-- severity: critical
-- Quotes are joined only if one speaker is the same: what two people say is two utterances, whatever the words.
WITH said AS (SELECT DISTINCT q.utterance_id, q.group_id, s.actor_id FROM quotes q JOIN quote_speakers s USING (quote_id))
SELECT DISTINCT q.quote_id, q.utterance_id FROM quotes q
WHERE q.utterance_method <> 'fullest' AND NOT EXISTS (
  SELECT 1 FROM said own JOIN said other USING (utterance_id, actor_id)
  WHERE own.group_id = q.group_id AND other.group_id <> q.group_id
)
