-- of: utterances.utterance_wording_is_its_quote
-- scope: article
-- given: quotes.quote_id__values_to_be_unique
-- Most utterances have the wording of a quote in the article that told them first; of these the rule is seen there.
SELECT u.utterance_id, u.quote_id FROM utterances u
LEFT JOIN quotes q ON q.quote_id = u.quote_id AND q.article_id = u.first_article_id
WHERE starts_with(u.quote_id, u.first_article_id || ':')
  AND (q.utterance_id IS DISTINCT FROM u.utterance_id OR q.utterance_method IS DISTINCT FROM 'fullest'
       OR NOT coalesce(starts_with(u.text, q.text), false)
       OR split_part(u.utterance_id, ':', 1) IS DISTINCT FROM u.first_article_id)
