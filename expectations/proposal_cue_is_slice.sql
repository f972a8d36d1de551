-- table: proposals
-- severity: critical
-- scope: article
-- A cue is the slice of the article that its offsets point to, and has no offsets without a text.
SELECT t.proposal_id, t.cue, t.cue_start, t.cue_end
FROM proposals t JOIN articles a USING (article_id)
WHERE t.cue IS DISTINCT FROM a.text[t.cue_start + 1 : t.cue_end]
