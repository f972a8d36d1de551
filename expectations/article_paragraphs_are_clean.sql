-- table: articles
-- severity: critical
-- scope: article
-- Paragraphs are split by exactly one blank line, and the body has no white space at its ends and no control characters.
SELECT article_id, left(text, 80) AS head
FROM articles
WHERE text <> trim(text, E' \t\n\r') OR contains(text, E'\n\n\n') OR regexp_matches(text, '[\x00-\x08\x0b-\x1f\x7f]')
