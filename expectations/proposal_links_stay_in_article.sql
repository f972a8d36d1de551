-- table: proposals
-- severity: critical
-- scope: article
-- The quote and the date of a proposal are in its own article, and the quote holds some of its words.
SELECT p.proposal_id, p.quote_id, p.date_id
FROM proposals p ANTI JOIN quotes q
  ON q.quote_id = p.quote_id AND q.article_id = p.article_id AND q.start < p."end" AND q."end" > p.start
WHERE p.quote_id IS NOT NULL
UNION
SELECT p.proposal_id, p.quote_id, p.date_id
FROM proposals p ANTI JOIN dates d ON d.date_id = p.date_id AND d.article_id = p.article_id
WHERE p.date_id IS NOT NULL
