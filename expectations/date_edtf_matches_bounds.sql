-- table: dates
-- severity: critical
-- scope: article
-- EDTF of days, months and years says the same as the bounds, be it one or an interval of two.
WITH parts AS (
    SELECT date_id, edtf, earliest, latest,
           split_part(edtf, '/', 1) AS head, list_last(string_split(edtf, '/')) AS tail
    FROM dates
    WHERE earliest IS NOT NULL AND regexp_full_match(edtf, '\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?(/\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?)?')
)
SELECT date_id, edtf, earliest, latest
FROM parts
WHERE earliest IS DISTINCT FROM try_cast(left(head || '-01-01', 10) AS DATE)
   OR latest IS DISTINCT FROM CASE WHEN length(tail) = 7 THEN last_day(try_cast(tail || '-01' AS DATE))
                                   ELSE try_cast(left(tail || '-12-31', 10) AS DATE) END
