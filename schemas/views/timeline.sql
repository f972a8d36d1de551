-- What can be dated, in the order of days: statements (kind quote), the proposals of positions (proposal) and resolved
-- temporal expressions (date), each counted once. text is what was said, what was proposed, or the expression; actor
-- says by whom. earliest and latest bound the day, no more exactly than the article does. polarity is that of statements:
-- said, denied or asked; confidence is that of the quote, proposal or date.
SELECT * FROM (
  SELECT earliest, latest, 'quote' AS kind, speaker AS actor, text, article_id, title, quote_id AS id, polarity, confidence
  FROM statements
  WHERE earliest IS NOT NULL OR latest IS NOT NULL
  UNION ALL
  SELECT earliest, latest, 'proposal', string_agg(actor, ', ' ORDER BY actor), p.text, article_id, a.title, proposal_id, NULL, any_value(p.confidence)
  FROM positions JOIN proposals p USING (proposal_id, article_id) JOIN articles a USING (article_id)
  WHERE earliest IS NOT NULL OR latest IS NOT NULL
  GROUP BY ALL
  UNION ALL
  SELECT earliest, latest, 'date', NULL, d.text, article_id, a.title, date_id, NULL, d.confidence
  FROM dates d JOIN current_articles a USING (article_id)
  WHERE earliest IS NOT NULL
)
ORDER BY coalesce(earliest, latest), latest, kind, id
