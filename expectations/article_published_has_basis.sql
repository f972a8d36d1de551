-- table: articles
-- severity: critical
-- scope: article
-- A publication date has a basis, and a basis has a date or bounds, a rule and a confidence; stated and inferred ones show
-- their evidence.
SELECT article_id, published_basis, published, published_earliest, published_latest, published_evidence,
       published_rule, published_confidence
FROM articles
WHERE (published_basis = 'unknown') <> (published_earliest IS NULL AND published_latest IS NULL)
   OR (published_basis IN ('stated', 'inferred') AND published_evidence IS NULL)
   OR (published_basis = 'unknown') <> (published_rule IS NULL)
   OR (published_basis = 'unknown') <> (published_confidence IS NULL)
   OR NOT published_confidence BETWEEN 0 AND 1
