-- What became of what somebody wanted: one row per initiative and step, by day. status: proposed, when it was first told,
-- by its proposers; backed, opposed, rejected, accepted, when another party supported, opposed or refused it, or promised
-- to do it, by initiative_links; withdrawn, when it was told to be given up (proposals.modality). Whether it was
-- adopted, such as by a vote, is not known. by_whom: the names of who took the step. day: the last day on which the first
-- article that tells of it can have appeared; null where unknown. responds_by: the initiative that is the step; link_method
-- and similarity as in initiative_links. confidence: that of the surest proposal which reports the step, or which reports
-- what it answers if that is less. Only what others want is here: an initiative that is nothing but an answer, and
-- so has a row in initiative_links, has none of its own.
WITH steps AS (
  SELECT initiative_id, 'proposed' AS status, initiative_id AS responds_by, NULL AS link_method, NULL AS similarity
  FROM initiatives ANTI JOIN initiative_links USING (initiative_id)
  UNION ALL
  SELECT responds_to,
    CASE relation WHEN 'rejects' THEN 'rejected' WHEN 'opposes' THEN 'opposed' WHEN 'supports' THEN 'backed' ELSE 'accepted' END,
    initiative_id, link_method, similarity
  FROM initiative_links
), sure AS (
  SELECT initiative_id, max(confidence) AS confidence FROM proposals GROUP BY ALL
), taken AS (
  SELECT s.*, r.proposers AS parties, r.first_seen AS day, least(here.confidence, there.confidence) AS confidence
  FROM steps s JOIN initiatives r ON r.initiative_id = s.responds_by
  LEFT JOIN sure here ON here.initiative_id = s.initiative_id LEFT JOIN sure there ON there.initiative_id = s.responds_by
  UNION ALL
  SELECT p.initiative_id, 'withdrawn', p.initiative_id, NULL, NULL, any_value(i.proposers), min(a.published_latest), max(p.confidence)
  FROM current_proposals p JOIN articles a USING (article_id) JOIN initiatives i USING (initiative_id)
  WHERE p.modality = 'withdrawn' GROUP BY p.initiative_id
), named AS (
  SELECT t.initiative_id, t.status, t.responds_by, list(a.name ORDER BY a.name) AS by_whom
  FROM (SELECT initiative_id, status, responds_by, unnest(parties) AS actor_id FROM taken) t JOIN actors a USING (actor_id)
  GROUP BY ALL
)
SELECT i.text AS content, i.type, t.status, coalesce(n.by_whom, []) AS by_whom, t.day, r.text AS in_words, t.link_method, t.similarity,
  t.confidence, i.issue_id, i.stance, i.article_count, i.outlet_count, t.responds_by, t.initiative_id
FROM taken t JOIN initiatives i USING (initiative_id) JOIN initiatives r ON r.initiative_id = t.responds_by
LEFT JOIN named n USING (initiative_id, status, responds_by)
ORDER BY i.first_seen, t.initiative_id, t.day, t.status, t.responds_by
