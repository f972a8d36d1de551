-- table: quotes
-- severity: critical
-- scope: article
-- The pieces of a group were said as one, so all report one utterance, in one way.
SELECT group_id, list(DISTINCT utterance_id) AS utterances
FROM quotes GROUP BY article_id, group_id HAVING count(DISTINCT (utterance_id, utterance_method, utterance_similarity)) > 1
