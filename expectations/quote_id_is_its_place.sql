-- table: quotes
-- severity: critical
-- scope: article
-- An identifier is made of the article, the kind of row and the offsets: the same place has one row, in every build.
SELECT quote_id, article_id, start, "end"
FROM quotes
WHERE quote_id IS DISTINCT FROM concat(article_id, ':q:', start, '-', "end")
