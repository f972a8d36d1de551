-- Statements that hold all the given words, in any case and form: find('ease sanction') meets easing and eased, too, and
-- words that begin with one given. Forms are made by the rules of English endings and a list of irregular verbs. No
-- extension is needed, and no mark in the words has a meaning; it reads all quotes, so it takes longer the more there are.
-- Statements less sure than min_confidence are left out.
MACRO (words, min_confidence := 0)
WITH given AS (
  SELECT unnest(string_split(trim(lower(regexp_replace(strip_accents(words), '\W+', ' ', 'g'))), ' ')) AS word
), stems AS (
  SELECT word, CASE
      WHEN regexp_matches(word, '^\w\w+(ies|ied|ying)$') THEN regexp_replace(word, '(ies|ied|ying)$', 'y')
      WHEN regexp_matches(word, '^\w\w+eed(s|ed|ing)?$') THEN regexp_replace(word, '(s|ed|ing)$', '')
      WHEN regexp_matches(word, '^\w*[aeiouy]\w*\w(ing|ings|ed)$') AND length(word) > 4
        THEN regexp_replace(word, '(ing|ings|ed)$', '')
      WHEN regexp_matches(word, '(s|x|z|ch|sh)es$') THEN regexp_replace(word, 'es$', '')
      WHEN regexp_matches(word, '^\w\w+[^s]s$') THEN regexp_replace(word, '(es|s)$', '')
      WHEN regexp_matches(word, '^\w\w+e$') THEN regexp_replace(word, 'e$', '')
      ELSE word
    END AS stem
  FROM given
), irregular AS (
  SELECT unnest(string_split(family, ' ')) AS member, string_split(family, ' ') AS family FROM (VALUES
    ('be is are was were been being'), ('begin began begun'), ('break broke broken'), ('bring brought'),
    ('build built'), ('buy bought'), ('choose chose chosen'), ('come came'), ('deal dealt'), ('do did done'),
    ('draw drew drawn'), ('drive drove driven'), ('fall fell fallen'), ('feel felt'), ('fight fought'),
    ('find found'), ('forbid forbade forbidden'), ('freeze froze frozen'), ('get got gotten'),
    ('give gave given'), ('go went gone'), ('grow grew grown'), ('have has had'), ('hold held'), ('keep kept'),
    ('know knew known'), ('lead led'), ('leave left'), ('lose lost'), ('make made'), ('mean meant'), ('meet met'),
    ('overthrow overthrew overthrown'), ('pay paid'), ('rise rose risen'), ('run ran'), ('say said'), ('see saw seen'),
    ('seek sought'), ('sell sold'), ('send sent'), ('shoot shot'), ('speak spoke spoken'), ('spend spent'),
    ('stand stood'), ('strike struck'), ('take took taken'), ('teach taught'), ('tell told'), ('think thought'),
    ('throw threw thrown'), ('understand understood'), ('win won'), ('withdraw withdrew withdrawn'),
    ('withhold withheld'), ('write wrote written'), ('man men'), ('woman women'), ('child children'), ('person people')
  ) f(family)
), bases AS (
  SELECT word, any_value(i.family) AS family, regexp_replace(coalesce(any_value(i.family)[1], any_value(g.stem)), 'e$', '') AS stem
  FROM stems g LEFT JOIN irregular i ON i.member IN (g.word, g.stem, g.stem || 'e')
  GROUP BY word
), forms AS (
  SELECT word, coalesce(family, []) || CASE
      WHEN stem LIKE '%y' THEN [stem] || [stem[:-2] || ending for ending in ['ies', 'ied', 'ying']] || [stem || 's', stem || 'ed']
      ELSE [stem || ending for ending in ['', 'e', 's', 'es', 'd', 'ed', 'ing', 'ings']]
        || [stem || stem[-1] || ending for ending in ['ed', 'ing']]
        || CASE WHEN length(stem) > 3 AND stem[-1] = stem[-2]
          THEN [stem[:-2] || ending for ending in ['', 's', 'ed', 'ing']] ELSE [] END
    END AS forms
  FROM bases
), wanted AS (
  SELECT list(struct_pack(word, forms)) AS wanted FROM forms
)
SELECT s.* EXCLUDE plain
FROM (
  SELECT *, ' ' || lower(regexp_replace(strip_accents(text), '\W+', ' ', 'g')) || ' ' AS plain FROM statements
  WHERE confidence >= min_confidence
) s, wanted
WHERE list_bool_and([
  contains(plain, ' ' || w.word) OR list_bool_or([contains(plain, ' ' || form || ' ') for form in w.forms])
  for w in wanted])
