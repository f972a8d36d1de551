-- Proposals of current_articles: count these, or a proposal counts once for every copy and version of its article.
SELECT * FROM proposals SEMI JOIN current_articles USING (article_id)
