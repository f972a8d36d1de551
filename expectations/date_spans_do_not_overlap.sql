-- table: dates
-- severity: warning
-- scope: article
-- One stretch of text is one expression: of two that overlap, one is a part of the other that was read twice.
WITH ordered AS (
    SELECT date_id, text, start, max("end") OVER (
               PARTITION BY article_id ORDER BY start, "end" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
    FROM dates
)
SELECT date_id, text FROM ordered WHERE start < reached
