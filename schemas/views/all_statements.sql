-- Who said what, when and where: one row per quote of current_articles, with its speaker and its article, whatever its
-- polarity and attitude, quotations within quotations among them; what counts as said is in statements. speaker is the
-- actor's name, or the words that name the speaker where no actor was found; joint speakers are all in speakers. role is
-- the one printed with the mention that the quote is attributed to, else the first one in the article. earliest and
-- latest bound the day on which it was said, by the quote itself, else by the publication of its article; null where
-- nothing does. speaker_type, country, sector, is_named, is_government, gender and party are the actor's.
SELECT coalesce(s.name, q.speaker_text) AS speaker, q.text, m.role, s.country, a.outlet,
  coalesce(q.said_earliest, a.published_earliest) AS earliest,
  coalesce(q.said_latest, a.published_latest) AS latest,
  q.kind, q.attitude, q.polarity, coalesce(j.speakers, []) AS speakers, t.name AS addressee,
  s.type AS speaker_type, s.sector, s.is_named, s.is_government, s.gender, s.party,
  q.speaker_text, q.confidence, a.published, a.title, a.url, q.article_id, q.start, q."end", q.group_id,
  q.within_quote_id, q.speaker_actor_id, q.quote_id
FROM quotes q SEMI JOIN current_articles c USING (article_id)
JOIN articles a USING (article_id)
LEFT JOIN actors s ON s.actor_id = q.speaker_actor_id
LEFT JOIN actors t ON t.actor_id = q.addressee_actor_id
LEFT JOIN (
  SELECT q.quote_id,
    first(m.role ORDER BY coalesce(m.start < q.speaker_end AND m."end" > q.speaker_start, false) DESC, m.start) AS role
  FROM quotes q JOIN mentions m ON m.article_id = q.article_id AND m.actor_id = q.speaker_actor_id
  WHERE m.role IS NOT NULL
  GROUP BY ALL
) m USING (quote_id)
LEFT JOIN (
  SELECT quote_id, list(name ORDER BY place) AS speakers FROM quote_speakers JOIN actors USING (actor_id) GROUP BY ALL
) j USING (quote_id)
