-- table: quotes
-- severity: critical
-- Quotes are joined only if one speaker is the same: what two people say is two utterances, whatever the words.
WITH told AS MATERIALIZED (
  SELECT quote_id, utterance_id, group_id, utterance_method FROM quotes
  SEMI JOIN (SELECT utterance_id FROM quotes WHERE utterance_method <> 'fullest') USING (utterance_id)
),
said AS (SELECT DISTINCT utterance_id, group_id, actor_id FROM told JOIN quote_speakers USING (quote_id)),
shared AS (SELECT utterance_id, actor_id FROM said GROUP BY ALL HAVING count(*) > 1),
by_one AS (SELECT group_id FROM said SEMI JOIN shared USING (utterance_id, actor_id))
SELECT quote_id, utterance_id FROM told ANTI JOIN by_one USING (group_id) WHERE utterance_method <> 'fullest'
