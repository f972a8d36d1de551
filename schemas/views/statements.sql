-- Who said what, when and where: the rows of all_statements that somebody said, denied or asked, each once. Left out are
-- words that were only imagined or might be said (polarity hypothetical), what was wanted, decided or done and not put in
-- words (attitude eventuality), and quotations within quotations. Only where polarity is said does the speaker stand by
-- the text: a denial has the words that are denied, a question is no claim.
FROM all_statements
WHERE polarity IS DISTINCT FROM 'hypothetical' AND attitude IS DISTINCT FROM 'eventuality' AND within_quote_id IS NULL
