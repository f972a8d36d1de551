-- The conflict network: two actors (or states) are tied by the concepts that one supports and the other opposes.
-- weight: summed over concepts, the number of statements of one times those of the other with the opposite stance.
-- average_activity, jaccard, cosine: the weight, normalized as DNA does. Parameters as in stances.
MACRO (since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
FROM ties('conflict', since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids)
