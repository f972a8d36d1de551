-- table: articles
-- severity: warning
-- A few days that lie years after all others are more often mistyped than true. An article alone does not say what day
-- it is, the others do: twenty dated ones are enough, with three years between nearly all of them and the last.
WITH ordered AS (
    SELECT published, lag(published) OVER in_order AS before, row_number() OVER in_order - 1 AS earlier,
           count(*) OVER () AS dated
    FROM articles WHERE published IS NOT NULL WINDOW in_order AS (ORDER BY published, article_id)
),
gap AS (
    SELECT min(published) AS day FROM ordered
    WHERE published > before + INTERVAL 3 YEAR AND earlier >= 0.95 * dated AND dated >= 20
)
SELECT a.article_id, a.source_file, a.published, a.published_basis FROM articles a JOIN gap ON a.published >= gap.day
