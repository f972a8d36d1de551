-- table: articles
-- severity: critical
-- scope: article
-- Words are what white space divides, that of Unicode, too.
SELECT article_id, word_count
FROM articles
WHERE word_count <> len(regexp_extract_all(text, '[^\t-\r\x1c-\x20\x{85}\p{Z}]+'))
