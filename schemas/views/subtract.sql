-- The subtract network: congruence less conflict, so that a negative weight means that two actors (or states) disagree
-- more than they agree. average_activity, jaccard, cosine: the weight, normalized as DNA does. Parameters as in
-- stances.
MACRO (since := NULL, until := NULL, unit := 'actor', duplicates := 'include', min_confidence := 0, issue_ids := NULL)
FROM ties('subtract', since := since, until := until, unit := unit, duplicates := duplicates, min_confidence := min_confidence, issue_ids := issue_ids)
