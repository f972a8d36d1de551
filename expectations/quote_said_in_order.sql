-- table: quotes
-- severity: critical
-- An interval begins before it ends.
SELECT quote_id, said_earliest, said_latest FROM quotes WHERE said_earliest > said_latest
