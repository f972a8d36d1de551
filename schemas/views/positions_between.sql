-- The positions that certainly fall between the days since and until: a row counts if its whole span lies inside, so
-- one without a bound falls nowhere. Null means no bound, and keeps undated rows. Mere possibilities and what was given
-- up (modality hypothetical, withdrawn) and rows less sure than min_confidence are left out. issue_ids: a list of the issues or concepts
-- wanted, null for all.
MACRO (since := NULL, until := NULL, min_confidence := 0, issue_ids := NULL)
SELECT * FROM positions p
WHERE (since IS NULL OR p.earliest >= since::DATE)
  AND (until IS NULL OR p.latest <= until::DATE)
  AND p.modality NOT IN ('hypothetical', 'withdrawn')
  AND p.confidence >= min_confidence
  AND (issue_ids IS NULL OR list_contains(issue_ids, p.issue_id) OR list_contains(issue_ids, p.concept_id))
