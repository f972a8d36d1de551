-- table: mentions
-- severity: critical
-- scope: article
-- An identifier is made of the article, the kind of row and the offsets: the same place has one row, in every build.
SELECT mention_id, article_id, start, "end"
FROM mentions
WHERE mention_id IS DISTINCT FROM concat(article_id, ':m:', start, '-', "end")
