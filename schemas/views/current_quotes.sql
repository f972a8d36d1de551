-- Quotes of current_articles: count these, or a quote counts once for every copy and version of its article.
SELECT * FROM quotes SEMI JOIN current_articles USING (article_id)
