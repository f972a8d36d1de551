-- Who speaks about whom: one row per quote of current_quotes, speaker of it and other actor named within its words, by
-- name, place or role; pronouns do not count. Joint speakers are a row each. What is only imagined is left out; polarity
-- tells whether it was said, denied or asked.
SELECT s.name AS speaker, o.name AS about, q.text, s.country AS speaker_country, o.country AS about_country,
  s.type AS speaker_type, o.type AS about_type, m.named_as,
  coalesce(q.said_earliest, a.published_earliest) AS earliest, coalesce(q.said_latest, a.published_latest) AS latest,
  q.polarity, q.confidence, a.outlet, a.title, a.url, q.article_id, q.quote_id, s.actor_id AS speaker_actor_id, o.actor_id AS about_actor_id
FROM current_quotes q
JOIN articles a USING (article_id)
JOIN quote_speakers p USING (quote_id)
JOIN actors s ON s.actor_id = p.actor_id
JOIN (
  SELECT q.quote_id, m.actor_id, first(m.text ORDER BY m.start) AS named_as
  FROM quotes q JOIN mentions m ON m.article_id = q.article_id AND m.start >= q.start AND m."end" <= q."end"
  WHERE m.form <> 'pronoun'
  GROUP BY ALL
) m ON m.quote_id = q.quote_id AND m.actor_id <> p.actor_id
JOIN actors o ON o.actor_id = m.actor_id
WHERE q.polarity IS DISTINCT FROM 'hypothetical'
