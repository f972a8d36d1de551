-- Who wants what of whom: one row per proposal of current_proposals, whether or not the codebook has an issue for it.
-- type says what the proposers do (demand, urge, offer, reject, commit ...), content what they want done, in the words
-- of the article, quote the speech that it stands in. proposers, targets and affected are names; states those of the
-- states that the proposers are or speak for. issue, stance: as in proposals, null where no issue fits. earliest, latest:
-- the days between which it was put forward, by what dated_by names: date (an expression in the text), quote (the day it
-- was said) or article (its publication); null where nothing bounds them. wanted: whether the proposers want it.
WITH parties AS (
  SELECT pa.proposal_id, list(a.name ORDER BY a.name) FILTER (pa.role = 'proposer') AS proposers,
    list(a.name ORDER BY a.name) FILTER (pa.role = 'target') AS targets,
    list(a.name ORDER BY a.name) FILTER (pa.role = 'affected') AS affected,
    list_sort(list(DISTINCT coalesce(s.name, a.country)) FILTER (pa.role = 'proposer'
      AND (a.type = 'state' OR a.sector IN ('government', 'military', 'intelligence')))) AS states
  FROM proposal_actors pa JOIN actors a USING (actor_id)
  LEFT JOIN actors s ON s.actor_id = CASE a.type WHEN 'state' THEN a.actor_id ELSE 'state:' || a.country END
  GROUP BY ALL
), dated AS (
  SELECT p.*, q.text AS quote, r.outlet, r.title, r.url, r.published, q.said_earliest, q.said_latest,
    r.published_earliest, r.published_latest,
    -- A day after the article appeared is a deadline or a plan, not the day of the act.
    coalesce(d.earliest, d.latest) <= coalesce(r.published_latest, d.earliest, d.latest) AS happened,
    CASE
      WHEN happened AND coalesce(d.earliest, d.latest) IS NOT NULL THEN 'date'
      WHEN coalesce(q.said_earliest, q.said_latest) IS NOT NULL THEN 'quote'
      WHEN coalesce(r.published_earliest, r.published_latest) IS NOT NULL THEN 'article'
      ELSE 'none'
    END AS dated_by,
    d.earliest AS date_earliest, d.latest AS date_latest
  FROM current_proposals p
  JOIN articles r USING (article_id)
  LEFT JOIN quotes q USING (quote_id)
  LEFT JOIN dates d USING (date_id)
)
SELECT p.type, coalesce(s.proposers, []) AS proposers, coalesce(s.targets, []) AS targets, p.text AS content,
  coalesce(s.states, []) AS states, i.label AS issue, p.stance,
  CASE dated_by
    WHEN 'date' THEN date_earliest WHEN 'quote' THEN said_earliest WHEN 'article' THEN published_earliest
  END AS earliest,
  least(
    CASE dated_by WHEN 'date' THEN date_latest WHEN 'quote' THEN said_latest WHEN 'article' THEN published_latest END,
    p.published_latest
  ) AS latest,
  dated_by, p.wanted, p.modality, p.cue, p.action, p.quote, coalesce(s.affected, []) AS affected, p.instrument, p.instrument_ref,
  p.plover, p.rule, p.confidence, p.outlet, p.published, p.title, p.url, p.issue_id, p.article_id, p.start, p."end",
  p.quote_id, p.date_id, p.proposal_id
FROM dated p
LEFT JOIN parties s USING (proposal_id)
LEFT JOIN issues i USING (issue_id)
