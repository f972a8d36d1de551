-- table: proposals
-- severity: critical
-- The quote and the date of a proposal are in its own article, and the quote holds some of its words.
SELECT p.proposal_id, p.quote_id, p.date_id
FROM proposals p LEFT JOIN quotes q USING (quote_id) LEFT JOIN dates d ON p.date_id = d.date_id
WHERE (p.quote_id IS NOT NULL AND (q.article_id <> p.article_id OR q.start >= p."end" OR q."end" <= p.start))
   OR (p.date_id IS NOT NULL AND d.article_id <> p.article_id)
