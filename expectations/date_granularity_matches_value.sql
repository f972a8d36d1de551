-- table: dates
-- severity: warning
-- scope: article
-- The unit of a calendar value shows in its form: 2018-09 is a month and nothing else.
WITH shown AS (
    SELECT date_id, value, granularity, text,
           CASE WHEN value LIKE '%\_REF' ESCAPE '\' THEN 'ref'
                WHEN regexp_full_match(value, '[0-9X]{2}') THEN 'century'
                WHEN regexp_full_match(value, '[0-9X]{3}') THEN 'decade'
                WHEN regexp_full_match(value, '[0-9X]{4}') THEN 'year'
                WHEN regexp_full_match(value, '[0-9X]{4}-(SP|SU|FA|WI)') THEN 'season'
                WHEN regexp_full_match(value, '[0-9X]{4}-Q[1-4X]') THEN 'quarter'
                WHEN regexp_full_match(value, '[0-9X]{4}-H[12X]') THEN 'half'
                WHEN regexp_full_match(value, '[0-9X]{4}-W[0-9X]{2}') THEN 'week'
                WHEN regexp_full_match(value, '[0-9X]{4}-W[0-9X]{2}-WE') THEN 'weekend'
                WHEN regexp_full_match(value, '[0-9X]{4}-[0-9X]{2}') THEN 'month'
                WHEN regexp_full_match(value, '[0-9X]{4}-(W[0-9X]{2}-[1-7]|[0-9X]{2}-[0-9X]{2})') THEN 'day'
           END AS form
    FROM dates
    WHERE type = 'DATE'
)
SELECT date_id, value, granularity, text FROM shown WHERE form IS NOT NULL AND granularity IS DISTINCT FROM form
