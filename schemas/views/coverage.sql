-- What each outlet made of an utterance: one row per utterance that several outlets report and outlet, over
-- current_quotes. outlet is its name, else the host of its articles' addresses; null where neither is known, and such an
-- article stands alone. Counted are different words, capitals and marks aside: kept are those of the fullest wording
-- (fullest) that the outlet has in any of its quotes of it (words), cut those that it has not, changed those that it has
-- instead. kind: direct if it quotes any as a sentence, else mixed, else indirect. method and similarity: how its closest
-- quote was found to be of this utterance, as in quotes. told: the last day on which its first article can have appeared,
-- lag the days from the first outlet's to it; null where unknown.
WITH told AS (
  SELECT q.utterance_id, a.article_id, a.outlet AS named, a.published_latest, q.*,
    coalesce(a.outlet, lower(nullif(regexp_extract(a.url, '^https?://(?:www\.)?([^/:?#]+)', 1), ''))) AS name
  FROM current_quotes q JOIN articles a USING (article_id)
  SEMI JOIN (FROM utterances WHERE outlet_count > 1) USING (utterance_id)
), outlets AS (
  SELECT utterance_id, any_value(name) AS outlet, string_agg(text, ' […] ' ORDER BY published_latest, quote_id) AS words,
    list_distinct(regexp_extract_all(lower(string_agg(text, ' ')), '[\p{L}\p{N}]+')) AS own,
    CASE WHEN bool_or(kind = 'direct') THEN 'direct' WHEN bool_or(kind = 'mixed') THEN 'mixed' ELSE 'indirect' END AS kind,
    first(utterance_method ORDER BY utterance_method <> 'fullest', utterance_similarity DESC, quote_id) AS method,
    max(utterance_similarity) AS similarity, min(published_latest) AS told,
    count(DISTINCT article_id) AS articles, min(article_id) AS article_id
  FROM told GROUP BY utterance_id, coalesce(name, article_id)
), fullest AS (
  SELECT utterance_id, speaker_actor_id, text AS fullest,
    list_distinct(regexp_extract_all(lower(text), '[\p{L}\p{N}]+')) AS whole
  FROM utterances
)
SELECT s.name AS speaker, f.fullest, o.outlet, o.words, len(list_intersect(own, whole)) AS kept,
  len(whole) - len(list_intersect(own, whole)) AS cut, len(own) - len(list_intersect(own, whole)) AS changed,
  o.kind, o.method, o.similarity, o.told, o.told - min(o.told) OVER (PARTITION BY utterance_id) AS lag,
  o.articles, f.speaker_actor_id, o.article_id, utterance_id
FROM outlets o JOIN fullest f USING (utterance_id)
LEFT JOIN actors s ON s.actor_id = f.speaker_actor_id
