-- A row with the words around it: context('an id', 300) takes the id of a quote, proposal, date or mention and gives its
-- text with n characters of the article before and after, cut at words. Only where the article bodies are at hand, so
-- not in a public release.
MACRO (id, n)
WITH bodies AS (
  SELECT * EXCLUDE text, text AS body FROM articles
), spans AS (
  SELECT quote_id AS row_id, 'quote' AS kind, article_id, start, "end" FROM quotes
  UNION ALL SELECT proposal_id, 'proposal', article_id, start, "end" FROM proposals
  UNION ALL SELECT date_id, 'date', article_id, start, "end" FROM dates
  UNION ALL SELECT mention_id, 'mention', article_id, start, "end" FROM mentions
)
SELECT s.kind,
  regexp_replace(a.body[greatest(s.start - n, 0) + 1 : s.start], CASE WHEN s.start > n THEN '^\S*\s' ELSE '' END, '') AS before,
  a.body[s.start + 1 : s."end"] AS text,
  regexp_replace(a.body[s."end" + 1 : s."end" + n], CASE WHEN s."end" + n < length(a.body) THEN '\s\S*$' ELSE '' END, '') AS after,
  a.outlet, a.published, a.title, a.url, s.article_id, s.row_id
FROM spans s JOIN bodies a USING (article_id)
WHERE s.row_id = id
