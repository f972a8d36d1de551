-- table: redirects
-- severity: critical
-- An id that is borne leads nowhere else, and a redirect leads to an id that is borne, or says that nothing is left.
WITH named AS (SELECT old_id AS id FROM redirects UNION SELECT new_id FROM redirects WHERE new_id IS NOT NULL),
borne AS MATERIALIZED (  -- of these few only
  SELECT 'utterance' AS kind, utterance_id AS id FROM utterances SEMI JOIN named ON id = utterance_id
  UNION ALL SELECT 'initiative', initiative_id FROM initiatives SEMI JOIN named ON id = initiative_id
)
SELECT r.old_id, r.new_id FROM redirects r SEMI JOIN borne b ON b.kind = r.kind AND b.id = r.old_id
UNION
SELECT old_id, new_id FROM redirects WHERE (new_id IS NULL) <> (reason = 'gone')
UNION
SELECT r.old_id, r.new_id FROM redirects r ANTI JOIN borne b ON b.kind = r.kind AND b.id = r.new_id
WHERE r.new_id IS NOT NULL
