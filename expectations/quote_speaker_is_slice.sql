-- table: quotes
-- severity: critical
-- scope: article
-- The local mention of a speaker is the slice of the article that its offsets point to.
SELECT q.quote_id, q.speaker_text, q.speaker_start, q.speaker_end
FROM quotes q JOIN articles a USING (article_id)
WHERE q.speaker_text IS DISTINCT FROM a.text[q.speaker_start + 1 : q.speaker_end]
