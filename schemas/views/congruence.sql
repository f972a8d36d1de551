-- The congruence network: two actors (or states) are tied by the stances that they share. weight: summed over
-- concepts, the number of statements of one times those of the other with the same stance. average_activity, jaccard,
-- cosine: the weight, normalized as DNA does. Parameters as in stances.
MACRO (since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
SELECT id_1, name_1, id_2, name_2, congruence AS weight,
  congruence / ((activity_1 + activity_2) / 2) AS average_activity,
  congruence / (either + congruence) AS jaccard,
  congruence / (activity_1 * activity_2) AS cosine,
  agreed AS concept_ids
FROM agreement(since, until, unit, duplicates, min_confidence, issue_ids)
WHERE congruence <> 0
ORDER BY weight DESC, id_1, id_2
