-- The congruence network: two actors (or states) are tied by the stances that they share. weight: summed over
-- concepts, the number of statements of one times those of the other with the same stance. average_activity, jaccard,
-- cosine: the weight, normalized as DNA does. Parameters as in stances.
MACRO (since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
FROM ties('congruence', since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids)
