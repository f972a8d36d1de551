-- of: utterances.utterance_wording_is_its_quote
-- The few whose wording is that of a quote in a later article are looked up.
WITH worded AS (
  SELECT utterance_id, quote_id, text, first_article_id FROM utterances
  WHERE coalesce(NOT starts_with(quote_id, first_article_id || ':'), true)
)
SELECT u.utterance_id, u.quote_id FROM worded u LEFT JOIN quotes q USING (quote_id)
WHERE q.utterance_id IS DISTINCT FROM u.utterance_id OR q.utterance_method IS DISTINCT FROM 'fullest'
   OR NOT coalesce(starts_with(u.text, q.text), false)
   OR split_part(u.utterance_id, ':', 1) IS DISTINCT FROM u.first_article_id
