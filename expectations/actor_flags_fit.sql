-- table: actors
-- severity: critical
-- is_named and is_government say what link_method, type and sector say, in a form that counts and averages rightly.
SELECT actor_id, link_method, is_named, type, sector, is_government FROM actors
WHERE is_named <> (link_method <> 'unnamed')
   OR is_government <> (type = 'state' OR coalesce(sector IN ('government', 'military', 'intelligence'), false))
