-- of: utterances.utterance_counts_match_quotes, quotes.utterance_id__foreign_key
-- given: utterances.utterance_id__values_to_be_unique, quotes.quote_id__values_to_be_unique
-- given: quotes.quote_id_is_its_place, quotes.article_id__foreign_key
-- given: quotes.quote_group_is_one_utterance, quotes.quote_utterance_is_one_of_its_group
-- Every group counts once, at its first piece, for the utterance that it reports: what utterances say they have, and what
-- groups say they report, is the same sum of digests. Likewise of articles: each utterance is told by the quote that it is
-- named after, in its first article; what others tell is counted, less what copies and superseded articles do.
WITH outside AS (
  SELECT article_id FROM articles WHERE duplicate_of IS NOT NULL
  UNION SELECT supersedes FROM articles WHERE supersedes IS NOT NULL
), elsewhere AS (
  SELECT DISTINCT utterance_id, article_id FROM quotes WHERE split_part(utterance_id, ':', 1) <> article_id
), more AS (
  SELECT e.utterance_id,
         greatest(count(*) FILTER (o.article_id IS NULL) + any_value((f.article_id IS NULL)::INT), 1) - 1 AS articles
  FROM elsewhere e LEFT JOIN outside o USING (article_id)
  LEFT JOIN outside f ON f.article_id = split_part(e.utterance_id, ':', 1) GROUP BY e.utterance_id
), told AS (
  SELECT sum(hash(utterance_id)) AS ids, sum(hash(utterance_id)::HUGEINT * quote_count) AS quotes,
         sum(hash(utterance_id)::HUGEINT * article_count) AS articles, count_if(outlet_count > article_count) AS wrong
  FROM utterances
), counted AS (
  SELECT sum(hash(utterance_id)) FILTER (quote_id = utterance_id) AS ids,
         sum(hash(utterance_id)) FILTER (quote_id = group_id) AS quotes
  FROM quotes
), others AS (SELECT coalesce(sum(hash(utterance_id)::HUGEINT * articles), 0) AS articles FROM more)
SELECT told.quotes FROM told, counted, others
WHERE told.ids IS DISTINCT FROM counted.ids OR told.quotes IS DISTINCT FROM counted.quotes
   OR told.articles IS DISTINCT FROM told.ids + others.articles OR told.wrong > 0
