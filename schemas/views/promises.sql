-- What somebody commits to, and by when: the rows of demands with the type commit. deadline: the temporal expression
-- in the promise that says when it is to be kept, in the words of the article: one behind by, before, until, within and
-- the like, or one that lies behind the day of the article. deadline_earliest, deadline_latest: the days that it can
-- mean; null where it is relative to a day that nobody knows. All three are null where no deadline is named.
WITH named AS (
  SELECT p.proposal_id, d.text, d.earliest, d.latest,
    regexp_matches(left(p.text, (d.start - p.start)::INT),
      '(?i)\b(?:by|before|until|till|within|later than)(?: the)?(?: end of| start of| close of)?(?: the)? ?$') AS bound,
    d.type, coalesce(d.earliest, d.latest) > coalesce(r.published_earliest, r.published_latest) AS ahead, d.start
  FROM current_proposals p
  JOIN articles r USING (article_id)
  JOIN dates d ON d.article_id = p.article_id AND d.start >= p.start AND d."end" <= p."end"
  WHERE p.type = 'commit' AND d.type <> 'SET' AND d.granularity IS DISTINCT FROM 'ref'
), deadlines AS (
  SELECT proposal_id, first(struct_pack(text, earliest, latest) ORDER BY bound DESC, start) AS deadline
  FROM named WHERE coalesce(ahead, bound) OR (bound AND type = 'DURATION')
  GROUP BY ALL
)
SELECT m.proposers, m.content, d.deadline.text AS deadline, d.deadline.earliest AS deadline_earliest,
  d.deadline.latest AS deadline_latest, m.targets, m.* EXCLUDE (type, proposers, content, targets)
FROM demands m LEFT JOIN deadlines d USING (proposal_id)
WHERE m.type = 'commit'
