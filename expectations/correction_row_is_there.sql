-- table: corrections
-- severity: critical
-- A correction leads to the row that it made, and a row that was removed is in no table.
WITH held AS (
    SELECT quote_id AS row_now FROM quotes
    UNION ALL
    SELECT proposal_id FROM proposals
    UNION ALL
    SELECT date_id FROM dates
    UNION ALL
    SELECT mention_id FROM mentions
    UNION ALL
    SELECT actor_id FROM actors
)
SELECT correction_id, action, row_id, row_now FROM corrections WHERE (action = 'remove') <> (row_now IS NULL)
UNION
SELECT correction_id, action, row_id, row_now FROM corrections ANTI JOIN held USING (row_now)
WHERE row_now IS NOT NULL
