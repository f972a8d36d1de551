-- table: articles
-- severity: critical
-- scope: article
-- The publication date in EDTF says the same as its bounds: a day, month or year, or an interval that may be open.
WITH parts AS (
    SELECT article_id, published_edtf, published_earliest, published_latest,
           split_part(published_edtf, '/', 1) AS head, list_last(string_split(published_edtf, '/')) AS tail
    FROM articles
),
spans AS (
    SELECT *,
           CASE WHEN head <> '..' THEN try_cast(left(head || '-01-01', 10) AS DATE) END AS first_day,
           CASE WHEN tail = '..' THEN NULL
                WHEN length(tail) = 7 THEN last_day(try_cast(tail || '-01' AS DATE))
                ELSE try_cast(left(tail || '-12-31', 10) AS DATE) END AS final_day
    FROM parts
)
SELECT article_id, published_edtf, published_earliest, published_latest
FROM spans
WHERE first_day IS DISTINCT FROM published_earliest OR final_day IS DISTINCT FROM published_latest
