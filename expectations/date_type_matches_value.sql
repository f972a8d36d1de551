-- table: dates
-- severity: warning
-- scope: article
-- TIMEX3 values tell their type: P begins a duration, T stands before a time of day, and a date has neither.
SELECT date_id, type, value, text
FROM dates
WHERE NOT ends_with(value, '_REF')
  AND CASE type WHEN 'DATE' THEN starts_with(value, 'P') OR contains(value, 'T')
                WHEN 'TIME' THEN starts_with(value, 'P') OR NOT contains(value, 'T')
                WHEN 'DURATION' THEN NOT starts_with(value, 'P')
                WHEN 'SET' THEN false END
