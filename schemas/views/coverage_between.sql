-- The coverage of utterances by quotes that are sure and articles that appeared in a window of time, both days included:
-- coverage_between(min_confidence := 0.8). Its columns are those of coverage. Quotes less sure than min_confidence are
-- left out before anything is counted, and so is an utterance that only one outlet then reports; fullest remains the
-- wording that utterances has. An article that is only known to have appeared between two days counts if both are in
-- the window; null is no limit.
MACRO (since := NULL, until := NULL, min_confidence := 0)
WITH told AS (
  SELECT q.utterance_id, a.article_id, a.outlet AS named, a.published_latest, q.*,
    coalesce(a.outlet, lower(nullif(regexp_extract(a.url, '^https?://(?:www\.)?([^/:?#]+)', 1), ''))) AS name
  FROM current_quotes q JOIN articles a USING (article_id)
  SEMI JOIN (FROM utterances WHERE outlet_count > 1) USING (utterance_id)
  WHERE q.confidence >= min_confidence AND (since IS NULL OR a.published_earliest >= CAST(since AS DATE))
    AND (until IS NULL OR a.published_latest <= CAST(until AS DATE))
), outlets AS (
  SELECT utterance_id, any_value(name) AS outlet, string_agg(text, ' […] ' ORDER BY published_latest, quote_id) AS words,
    list_distinct(regexp_extract_all(lower(string_agg(text, ' ')), '[\p{L}\p{N}]+')) AS own,
    CASE WHEN bool_or(kind = 'direct') THEN 'direct' WHEN bool_or(kind = 'mixed') THEN 'mixed' ELSE 'indirect' END AS kind,
    first(utterance_method ORDER BY utterance_method <> 'fullest', utterance_similarity DESC, quote_id) AS method,
    max(utterance_similarity) AS similarity, min(confidence) AS confidence, min(published_latest) AS told,
    count(DISTINCT article_id) AS articles, min(article_id) AS article_id
  FROM told GROUP BY utterance_id, coalesce(name, article_id)
  QUALIFY count(*) OVER (PARTITION BY utterance_id) > 1
), fullest AS (
  SELECT utterance_id, speaker_actor_id, text AS fullest,
    list_distinct(regexp_extract_all(lower(text), '[\p{L}\p{N}]+')) AS whole
  FROM utterances WHERE outlet_count > 1
)
SELECT s.name AS speaker, f.fullest, o.outlet, o.words, len(list_intersect(own, whole)) AS kept,
  len(whole) - len(list_intersect(own, whole)) AS cut, len(own) - len(list_intersect(own, whole)) AS changed,
  o.kind, o.method, o.similarity, o.confidence, o.told, o.told - min(o.told) OVER (PARTITION BY utterance_id) AS lag,
  o.articles, f.speaker_actor_id, o.article_id, utterance_id
FROM outlets o JOIN fullest f USING (utterance_id)
LEFT JOIN actors s ON s.actor_id = f.speaker_actor_id
