-- of: corrections.corrected_row_names_its_correction
-- scope: article
-- A row that was not corrected names no correction.
SELECT quote_id FROM quotes WHERE len(corrected_by) > 0
UNION ALL SELECT proposal_id FROM proposals WHERE len(corrected_by) > 0
UNION ALL SELECT date_id FROM dates WHERE len(corrected_by) > 0
UNION ALL SELECT mention_id FROM mentions WHERE len(corrected_by) > 0
