-- The conflict network: two actors (or states) are tied by the concepts that one supports and the other opposes.
-- weight: summed over concepts, the number of statements of one times those of the other with the opposite stance.
-- average_activity, jaccard, cosine: the weight, normalized as DNA does. Parameters as in stances.
MACRO (since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
SELECT id_1, name_1, id_2, name_2, conflict AS weight,
  conflict / ((activity_1 + activity_2) / 2) AS average_activity,
  conflict / (either + congruence) AS jaccard,
  conflict / (activity_1 * activity_2) AS cosine,
  disputed AS concept_ids
FROM agreement(since, until, unit, duplicates, min_confidence, issue_ids)
WHERE conflict <> 0
ORDER BY weight DESC, id_1, id_2
