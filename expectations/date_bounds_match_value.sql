-- table: dates
-- severity: critical
-- scope: article
-- A value that is a day, month or year has the bounds of that day, month or year: never more precise than the text.
WITH given AS (
    SELECT date_id, value, earliest, latest, try_cast(left(value || '-01-01', 10) AS DATE) AS first_day, length(value) AS precision
    FROM dates
    WHERE type = 'DATE' AND mod IS NULL AND regexp_full_match(value, '[0-9]{4}(-[0-9]{2}){0,2}')
)
SELECT date_id, value, earliest, latest
FROM given
WHERE earliest <> first_day
   OR latest <> first_day + CASE precision WHEN 10 THEN INTERVAL 0 DAY WHEN 7 THEN INTERVAL 1 MONTH ELSE INTERVAL 1 YEAR END
               - CASE precision WHEN 10 THEN INTERVAL 0 DAY ELSE INTERVAL 1 DAY END
