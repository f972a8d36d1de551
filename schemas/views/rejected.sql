-- What was refused, and whether an article of that input is in the release all the same: then only a part of it was
-- refused, such as a date that cannot be read. Count by reason; README lists what each one means.
SELECT r.reason, r.stage, a.article_id IS NULL AS is_missing, r.detail, r.source_file, a.article_id, a.title
FROM rejections r
LEFT JOIN articles a ON a.source_file = r.source_file
ORDER BY r.reason, r.source_file, r.detail
