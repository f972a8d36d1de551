-- table: dates
-- severity: critical
-- scope: article
-- What is counted from the publication date needs one: an article without a bound cannot anchor an expression.
SELECT d.date_id, d.value, d.anchor
FROM dates d JOIN articles a USING (article_id)
WHERE d.anchor = 'publication' AND d.earliest IS NOT NULL AND a.published_earliest IS NULL AND a.published_latest IS NULL
