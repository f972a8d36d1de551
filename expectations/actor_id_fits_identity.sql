-- table: actors
-- severity: critical
-- An identifier says what it was made from: a Wikidata item, a state's code, the name of an organization.
SELECT actor_id, name, type, wikidata_id, link_method
FROM actors
WHERE (starts_with(actor_id, 'wd:') AND actor_id IS DISTINCT FROM 'wd:' || wikidata_id)
   OR starts_with(actor_id, 'state:') <> (type = 'state')
   OR (starts_with(actor_id, 'org:') AND type <> 'organization')
   OR (starts_with(actor_id, 'x:') AND type = 'state')
