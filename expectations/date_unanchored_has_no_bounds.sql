-- table: dates
-- severity: critical
-- scope: article
-- What the text does not fix has no bounds: a value with an open year is not resolved.
SELECT date_id, value, earliest, latest FROM dates WHERE value LIKE 'XXXX%' AND earliest IS NOT NULL
