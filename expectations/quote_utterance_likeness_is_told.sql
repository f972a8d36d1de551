-- table: quotes
-- severity: critical
-- scope: article
-- The fullest wording is compared with nothing; every other one with what it was joined by.
SELECT quote_id, utterance_method, utterance_similarity FROM quotes
WHERE (utterance_method = 'fullest') <> (utterance_similarity IS NULL)
