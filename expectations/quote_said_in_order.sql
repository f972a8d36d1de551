-- table: quotes
-- severity: critical
-- scope: article
-- An interval begins before it ends.
SELECT quote_id, said_earliest, said_latest FROM quotes WHERE said_earliest > said_latest
