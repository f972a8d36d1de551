-- Statements that hold all the given words, or the beginnings of words, in any case: find('ease sanction'). No extension
-- is needed, and no mark in the words has a meaning; it reads all quotes, so it takes longer the more there are.
MACRO (words)
FROM statements
WHERE list_bool_and([contains(' ' || lower(regexp_replace(text, '\W+', ' ', 'g')), ' ' || word)
  for word in string_split(trim(lower(regexp_replace(words, '\W+', ' ', 'g'))), ' ')])
