-- Quotes of current_articles that stand in no other quote: count these, or a quote counts once for every copy and version
-- of its article, and its words once more for every quotation within it.
SELECT * FROM quotes SEMI JOIN current_articles USING (article_id) WHERE within_quote_id IS NULL
