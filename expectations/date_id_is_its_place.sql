-- table: dates
-- severity: critical
-- scope: article
-- An identifier is made of the article, the kind of row and the offsets: the same place has one row, in every build.
SELECT date_id, article_id, start, "end"
FROM dates
WHERE date_id IS DISTINCT FROM concat(article_id, ':d:', start, '-', "end")
