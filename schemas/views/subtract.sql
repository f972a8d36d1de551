-- The subtract network: congruence less conflict, so that a negative weight means that two actors (or states) disagree
-- more than they agree. average_activity, jaccard, cosine: the weight, normalized as DNA does. Parameters as in
-- stances.
MACRO (since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
SELECT id_1, name_1, id_2, name_2, (congruence - conflict) AS weight,
  (congruence - conflict) / ((activity_1 + activity_2) / 2) AS average_activity,
  (congruence - conflict) / (either + congruence) AS jaccard,
  (congruence - conflict) / (activity_1 * activity_2) AS cosine,
  list_sort(list_distinct(agreed || disputed)) AS concept_ids
FROM agreement(since, until, unit, duplicates, min_confidence, issue_ids)
WHERE (congruence - conflict) <> 0
ORDER BY weight DESC, id_1, id_2
