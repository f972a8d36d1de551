-- table: rejections
-- severity: warning
-- An internal error is a bug: the article deserves a test case and a fix.
SELECT source_file, stage, detail FROM rejections WHERE reason = 'internal_error'
