-- of: actors.actor_counts_match_mentions
-- The forms of actors are those in which mentions name them, each once: the same sum of digests.
WITH forms AS (SELECT DISTINCT hash(concat_ws(' ', actor_id, text)) AS digest FROM mentions WHERE form <> 'pronoun'),
listed AS (SELECT actor_id, unnest(aliases) AS form FROM actors)
SELECT told.digest FROM (SELECT sum(hash(concat_ws(' ', actor_id, form))) AS digest FROM listed) told,
     (SELECT sum(digest) AS digest FROM forms) counted,
     (SELECT count_if(aliases <> list_sort(aliases) OR aliases IS NULL) AS wrong FROM actors) actors
WHERE told.digest IS DISTINCT FROM counted.digest OR actors.wrong > 0
