-- table: quotes
-- severity: critical
-- Quotes are joined only if one speaker is the same: what two people say is two utterances, whatever the words.
WITH joined AS (SELECT quote_id, utterance_id, group_id FROM quotes WHERE utterance_method <> 'fullest'),
told_again AS (SELECT quote_id, utterance_id, group_id FROM quotes SEMI JOIN joined USING (utterance_id)),
said AS (SELECT DISTINCT utterance_id, group_id, actor_id FROM told_again JOIN quote_speakers USING (quote_id)),
shared AS (
  SELECT own.group_id FROM said own JOIN said other USING (utterance_id, actor_id) WHERE other.group_id <> own.group_id
)
SELECT quote_id, utterance_id FROM joined ANTI JOIN shared USING (group_id)
