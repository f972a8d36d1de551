-- table: proposal_actors
-- severity: warning
-- scope: article
-- Whoever takes part in a proposal is mentioned in its article, in the words that name the actor there.
WITH parties AS (SELECT t.*, p.article_id FROM proposal_actors t JOIN proposals p USING (proposal_id))
SELECT proposal_id, actor_id, role, text FROM parties ANTI JOIN mentions USING (article_id, actor_id)
UNION
SELECT t.proposal_id, t.actor_id, t.role, t.text
FROM parties t JOIN articles a USING (article_id) WHERE NOT contains(a.text, t.text)
