-- Ties between actors (or states) by how they agree: `measure` is congruence, conflict, or subtract, congruence less
-- conflict. weight is that measure; average_activity, jaccard, cosine: the weight, normalized as DNA does. The other
-- parameters are those of stances.
MACRO (measure, since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
WITH weighted AS (
  SELECT *,
    CASE measure
      WHEN 'congruence' THEN congruence WHEN 'conflict' THEN conflict WHEN 'subtract' THEN congruence - conflict
      ELSE error('measure is congruence, conflict or subtract')
    END AS weight,
    CASE measure
      WHEN 'congruence' THEN agreed WHEN 'conflict' THEN disputed ELSE list_sort(list_distinct(agreed || disputed))
    END AS concept_ids
  FROM agreement(since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids)
)
SELECT id_1, name_1, id_2, name_2, weight,
  weight / ((activity_1 + activity_2) / 2) AS average_activity,
  weight / (either + congruence) AS jaccard,
  weight / (activity_1 * activity_2) AS cosine,
  concept_ids
FROM weighted
WHERE weight <> 0
ORDER BY weight DESC, id_1, id_2
