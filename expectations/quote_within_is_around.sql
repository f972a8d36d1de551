-- table: quotes
-- severity: critical
-- scope: article
-- A quotation within a quotation names a row of its article that holds its words and more, and every such row has one:
-- else the same words would count twice.
SELECT q.quote_id, q.within_quote_id
FROM quotes q ANTI JOIN quotes o
  ON o.quote_id = q.within_quote_id AND o.article_id = q.article_id AND o.quote_id <> q.quote_id
  AND o.start <= q.start AND o."end" >= q."end"
WHERE q.within_quote_id IS NOT NULL
UNION ALL
SELECT q.quote_id, q.within_quote_id
FROM quotes q SEMI JOIN quotes e
  ON e.article_id = q.article_id AND e.quote_id <> q.quote_id AND e.start <= q.start AND e."end" >= q."end"
WHERE q.within_quote_id IS NULL
