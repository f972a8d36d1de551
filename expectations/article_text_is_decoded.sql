-- table: articles
-- severity: warning
-- scope: article
-- UTF-8 that was read as Windows-1252 leaves pairs that no text has: the reader repairs them, and missed these.
SELECT article_id, regexp_extract(text, '.{0,20}(â€|Ã[\x{80}-\x{bf}]|Â[\x{a0}-\x{bf}]|\x{fffd}).{0,20}') AS around
FROM articles
WHERE regexp_matches(text, 'â€|Ã[\x{80}-\x{bf}]|Â[\x{a0}-\x{bf}]|\x{fffd}')
