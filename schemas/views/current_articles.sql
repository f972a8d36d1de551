-- Articles that count once: the newest version of each, copies left out.
-- An update (supersedes) takes the place of what it updates; a copy (duplicate_of) stands behind what it repeats. Every
-- article that is left out leads, by these two columns, to one that is here.
SELECT * FROM articles a
WHERE duplicate_of IS NULL
  AND NOT EXISTS (SELECT 1 FROM articles newer WHERE newer.supersedes = a.article_id)
