-- Whom each outlet quotes: one row per outlet, by its name, else by the host of its articles' addresses, else 'unknown':
-- over the statements that are speech (attitude assertion) of current_articles. quotes: all; attributed: those whose
-- speaker is an actor. The shares are of attributed, from 0 to 1, null where nothing is attributed: by speakers that are
-- or act for a government, that are not named, that are women as far as the text tells (share_women is of those whose
-- gender it tells). speakers: how many actors are quoted.
SELECT coalesce(outlet, lower(nullif(regexp_extract(url, '^https?://(?:www\.)?([^/:?#]+)', 1), '')), 'unknown') AS outlet,
  count(DISTINCT article_id) AS articles, count(*) AS quotes, count(speaker_actor_id) AS attributed,
  count(DISTINCT speaker_actor_id) AS speakers,
  avg(is_government::INT) AS share_government,
  avg((NOT is_named)::INT) AS share_unnamed,
  avg((gender = 'female')::INT) AS share_women,
  avg((speaker_type = 'person')::INT) AS share_persons,
  avg((kind <> 'indirect')::INT) FILTER (speaker_actor_id IS NOT NULL) AS share_in_quotation_marks
FROM statements
WHERE attitude = 'assertion'
GROUP BY ALL
ORDER BY quotes DESC, outlet
