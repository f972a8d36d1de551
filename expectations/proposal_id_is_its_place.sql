-- table: proposals
-- severity: critical
-- scope: article
-- An identifier is made of the article, the kind of row, the offsets and the type: an act has one row, in every build.
SELECT proposal_id, article_id, start, "end", type
FROM proposals
WHERE proposal_id IS DISTINCT FROM concat(article_id, ':p:', start, '-', "end", ':', type)
