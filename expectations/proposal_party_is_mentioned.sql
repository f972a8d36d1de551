-- table: proposal_actors
-- severity: warning
-- Whoever takes part in a proposal is mentioned in its article, in the words that name the actor there.
SELECT t.proposal_id, t.actor_id, t.role, t.text
FROM proposal_actors t JOIN proposals p USING (proposal_id) JOIN articles a ON a.article_id = p.article_id
WHERE NOT EXISTS (SELECT 1 FROM mentions m WHERE m.article_id = p.article_id AND m.actor_id = t.actor_id)
   OR NOT contains(a.text, t.text)
