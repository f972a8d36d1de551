-- Who took which stance on which issue, and when: one row per proposer of each proposal in current_proposals that is
-- on an issue; issue_origin says whether the codebook knows it or it was discovered (issues.origin). What nobody is
-- told to propose has no row. concept, agreement: the stance as discourse networks compare it; where the codebook calls an
-- issue the contrary of another, the concept is that other and agreement is turned; null if the stance is conditional.
-- state_id: the state that the actor is or speaks for (by its government, military or intelligence), null for all
-- others, whatever their country. earliest, latest: the days between which it was put forward, null where nothing
-- bounds them; dated_by says what does: date (an expression in the text), quote (the day it was said), article
-- (nothing closer than its day of publication, as is usual in discourse networks) or none. issue_similarity: as in proposals.
WITH dated AS (
  SELECT p.*, q.said_earliest, q.said_latest, r.published_earliest, r.published_latest,
    -- A day after the article appeared is a deadline or a plan, not the day of the act.
    coalesce(d.earliest, d.latest) <= coalesce(r.published_latest, d.earliest, d.latest) AS happened,
    CASE WHEN happened THEN d.earliest END AS act_earliest,
    CASE WHEN happened THEN d.latest END AS act_latest
  FROM current_proposals p
  JOIN current_articles r USING (article_id)
  LEFT JOIN quotes q USING (quote_id)
  LEFT JOIN dates d USING (date_id)
  WHERE p.issue_id IS NOT NULL
), chosen AS (
  SELECT *,
    CASE
      WHEN coalesce(act_earliest, act_latest) IS NOT NULL THEN 'date'
      WHEN coalesce(said_earliest, said_latest) IS NOT NULL THEN 'quote'
      WHEN coalesce(published_earliest, published_latest) IS NOT NULL THEN 'article'
      ELSE 'none'
    END AS dated_by
  FROM dated
)
SELECT p.proposal_id, a.actor_id, a.name AS actor, a.type AS actor_type, a.country,
  CASE
    WHEN a.type = 'state' THEN a.actor_id
    WHEN a.sector IN ('government', 'military', 'intelligence') THEN 'state:' || a.country
  END AS state_id,
  p.issue_id, i.label AS issue, p.stance,
  coalesce(c.issue_id, i.issue_id) AS concept_id,
  coalesce(c.label, i.label) AS concept,
  CASE p.stance WHEN 'support' THEN c.issue_id IS NULL WHEN 'oppose' THEN c.issue_id IS NOT NULL END AS agreement,
  p.type, p.modality,
  CASE dated_by
    WHEN 'date' THEN act_earliest WHEN 'quote' THEN said_earliest WHEN 'article' THEN published_earliest
  END AS earliest,
  least(
    CASE dated_by WHEN 'date' THEN act_latest WHEN 'quote' THEN said_latest WHEN 'article' THEN published_latest END,
    p.published_latest
  ) AS latest,
  dated_by, p.article_id, p.quote_id, p.confidence, p.issue_similarity, i.origin AS issue_origin
FROM chosen p
JOIN proposal_actors pa ON pa.proposal_id = p.proposal_id AND pa.role = 'proposer'
JOIN actors a ON a.actor_id = pa.actor_id
JOIN issues i ON i.issue_id = p.issue_id
LEFT JOIN issues c ON c.issue_id = i.opposite_of
