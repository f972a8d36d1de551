-- table: dates
-- severity: critical
-- scope: article
-- An interval begins before it ends, and is open at both ends or at neither.
SELECT date_id, value, earliest, latest
FROM dates
WHERE earliest > latest OR (earliest IS NULL) <> (latest IS NULL)
