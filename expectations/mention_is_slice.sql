-- table: mentions
-- severity: critical
-- scope: article
-- The text of a row is the slice of its article that its offsets point to: offsets are the evidence.
SELECT t.mention_id, t.text, a.text[t.start + 1 : t."end"] AS slice
FROM mentions t JOIN articles a USING (article_id)
WHERE t.text IS DISTINCT FROM a.text[t.start + 1 : t."end"]
