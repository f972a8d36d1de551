-- table: corrections
-- severity: critical
-- A row that says it was corrected leads to the correction, and that to the row's table.
WITH marked AS (
    SELECT 'quotes' AS name, quote_id AS row_id, unnest(corrected_by) AS correction_id FROM quotes
    UNION ALL
    SELECT 'proposals', proposal_id, unnest(corrected_by) FROM proposals
    UNION ALL
    SELECT 'dates', date_id, unnest(corrected_by) FROM dates
    UNION ALL
    SELECT 'mentions', mention_id, unnest(corrected_by) FROM mentions
)
SELECT m.name, m.row_id, m.correction_id, c.corrected_table
FROM marked m LEFT JOIN corrections c USING (correction_id)
WHERE c.correction_id IS NULL OR (c.corrected_table <> m.name AND c.corrected_table <> 'actors' AND m.name <> 'mentions')
