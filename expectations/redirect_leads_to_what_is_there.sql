-- table: redirects
-- severity: critical
-- An id that is borne leads nowhere else, and a redirect leads to an id that is borne, or says that nothing is left.
WITH borne AS (
  SELECT 'utterance' AS kind, utterance_id AS id FROM utterances UNION ALL SELECT 'initiative', initiative_id FROM initiatives
)
SELECT r.old_id, r.new_id FROM redirects r
WHERE EXISTS (SELECT 1 FROM borne b WHERE b.kind = r.kind AND b.id = r.old_id)
   OR (r.new_id IS NULL) <> (r.reason = 'gone')
   OR (r.new_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM borne b WHERE b.kind = r.kind AND b.id = r.new_id))
