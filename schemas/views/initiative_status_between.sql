-- The steps of initiative_status that were certainly taken in a window of time, both days included, and are sure:
-- initiative_status_between(min_confidence := 0.8). One whose day is not known falls in no window; null is no limit. Rows
-- less sure than min_confidence are left out.
MACRO (since := NULL, until := NULL, min_confidence := 0)
FROM initiative_status
WHERE confidence >= min_confidence AND (since IS NULL OR day >= CAST(since AS DATE)) AND (until IS NULL OR day <= CAST(until AS DATE))
