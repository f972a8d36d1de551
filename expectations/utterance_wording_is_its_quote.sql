-- table: utterances
-- severity: critical
-- The wording shown is that of one of its quotes, the fullest, and the id that of the first article that told it.
SELECT u.utterance_id, u.quote_id FROM utterances u LEFT JOIN quotes q USING (quote_id)
WHERE q.utterance_id IS DISTINCT FROM u.utterance_id OR q.utterance_method <> 'fullest' OR NOT starts_with(u.text, q.text)
   OR split_part(u.utterance_id, ':', 1) <> u.first_article_id
