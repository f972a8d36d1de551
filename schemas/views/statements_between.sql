-- Statements that were made in a window of time, both days included: statements_between(since := DATE '2019-01-01').
-- One that is only known to lie between two days counts if both are in the window; null is no limit. With
-- everything := true those that statements leaves out are there, too. Rows less sure than min_confidence are left out.
MACRO (since := NULL, until := NULL, everything := false, min_confidence := 0)
FROM all_statements
WHERE confidence >= min_confidence AND (since IS NULL OR earliest >= CAST(since AS DATE)) AND (until IS NULL OR latest <= CAST(until AS DATE))
  AND (everything OR (polarity IS DISTINCT FROM 'hypothetical' AND attitude IS DISTINCT FROM 'eventuality' AND within_quote_id IS NULL))
