"""One row per actor over the whole corpus: ids that differ by spelling or by what one article left out become one.

An article knows a person outside the knowledge base by type, name and, if it is told there, country; `x:` ids are a
hash of these. Two such ids are joined where the corpus itself shows that they are one actor:

- merged_country: the same name with and without a country, when no other country bears that name and the roles fit or
  nobody else has that family name; or with two countries, when a word of the roles is the same, or one is known and
  nobody else has that family name: a journalist of Saudi Arabia, of the United States where he lived.
- merged_spelling: names that differ by middle initials or a short first name, where a role or country is the same or
  nobody else has that family name; or by transliteration, where role and country or family name are the same.

Only actors identified by name are joined to others, never described ones, and never two that one article tells apart.
Everything is a set of DuckDB queries over the batches; nothing depends on the order or size of the batches.
"""

from typing import TYPE_CHECKING

from onrecord.knowledge.given_names import NICKNAMES
from onrecord.knowledge.titles import LINKS
from onrecord.knowledge.word_lists import listed, listed_lower, meanings

if TYPE_CHECKING:
    import duckdb

# Columns that hold actor ids, by table.
ACTOR_COLUMNS = {
    "actors": ("actor_id", "parent_actor_id", "organization_actor_id"),
    "mentions": ("actor_id",),
    "quotes": ("speaker_actor_id", "addressee_actor_id"),
    "quote_speakers": ("actor_id",),
    "proposal_actors": ("actor_id",),
}
_LARGEST_BLOCK = 200  # names that sound alike; where there are more, likeness tells nothing
_SHORT_TITLES = {
    **{short.lower(): spelt for short, spelt in meanings("title_short").items()},
    **meanings("role_word_merged"),
}
# Words of a role that tell nothing about whose it is.
_VAGUE = sorted(listed("vague_of_role") | LINKS | {"a", "an"})
# Somebody in public life moves from one of these to another; a farmer of the same name is somebody else.
_OFFICES = sorted(listed("public_office", "public_life") - {"president"})  # companies have presidents, too
# Bodies that every country has under such names: without a country nobody can tell whose is meant.
_GENERIC = sorted(listed("generic_body"))

# What the spellings of one name share. `normal` is annotate.knowledge.normal; `sound` drops vowels, what
# transliterations write differently, and doubled letters, so that Sergey and Sergei, Yousef and Youssef are equal.
_LEGAL_FORMS = "|".join(sorted(form for form in listed_lower("legal_form_short", "legal_form") if form.isalpha()))
_MACROS = r"""
CREATE OR REPLACE TEMP MACRO normal(name) AS
    trim(regexp_replace(regexp_replace(strip_accents(lower(name)), '[''’]', '', 'g'), '[^\p{L}\p{N}]+', ' ', 'g'));
CREATE OR REPLACE TEMP MACRO undoubled(letters) AS
    array_to_string(list_filter(letters, lambda c, i: i = 1 OR c <> letters[i - 1]), '');
CREATE OR REPLACE TEMP MACRO sound(word) AS undoubled(string_split(
    regexp_replace(replace(replace(replace(replace(replace(replace(word,
        'ph', 'f'), 'ck', 'k'), 'kh', 'h'), 'gh', 'g'), 'q', 'k'), 'w', 'v'), '[aeiouyj]', '', 'g'), ''));
CREATE OR REPLACE TEMP MACRO unabbreviated(words) AS
    list_filter(words, lambda word, i: length(word) > 1 OR i = 1 OR i = len(words));
CREATE OR REPLACE TEMP MACRO body_key(name) AS trim(regexp_replace(
    regexp_replace(normal(replace(name, '&', ' and ')), '\b(the|and|LEGAL_FORMS)\b', ' ', 'g'),
    ' +', ' ', 'g'));
""".replace("LEGAL_FORMS", _LEGAL_FORMS)

# One row per id that the kept articles hold, with what can tell two bearers of a name apart.
_KNOWN = """
CREATE OR REPLACE TEMP TABLE known AS
WITH held AS (SELECT * FROM unmerged_actors SEMI JOIN kept USING (input_id, batch)),
     one AS (
        SELECT actor_id, min(name) AS name, min(type) AS type, min(country) AS country,
               min(link_method) AS link_method, count(*) AS articles
        FROM held WHERE type IN ('person', 'organization') AND link_method <> 'unnamed' GROUP BY actor_id
     ),
     printed AS (
        SELECT actor_id, list_sort(list(DISTINCT coalesce(titles.usual, word))) AS roles
        FROM (
            SELECT actor_id, unnest(string_split(normal(array_to_string(roles, ' ')), ' ')) AS word
            FROM held WHERE type = 'person'
        )
        LEFT JOIN titles ON titles.short = word
        WHERE word <> '' AND NOT list_contains($vague, word)
        GROUP BY actor_id
     ),
     worded AS (
        SELECT one.*, coalesce(roles, []) AS roles, normal(name) AS plain,
               unabbreviated(string_split(normal(name), ' ')) AS words
        FROM one LEFT JOIN printed USING (actor_id)
     ),
     spelt AS (
        SELECT * REPLACE (if(len(words) > 1, [coalesce(nicknames.usual, words[1])] || words[2:], words) AS words)
        FROM worded LEFT JOIN nicknames ON nicknames.short = words[1]
     )
SELECT actor_id, name, type, country, link_method, articles, roles, plain, words,
       if(type = 'person', array_to_string(list_transform(words, lambda word: sound(word)), ' '), body_key(name))
           AS key,
       nullif(array_to_string(list_filter(
           string_split(plain, ' '), lambda word, i: length(word) = 1 AND i > 1), ''), '') AS initials,
       count(DISTINCT words) OVER (PARTITION BY type, words[-1]) = 1 AS rare,  -- nobody else has that family name
       row_number() OVER (ORDER BY link_method <> 'kb', country IS NULL, articles DESC, name, actor_id) AS rank
FROM spelt
WHERE if(type = 'organization', contains(body_key(name), ' '), len(words) > 1);
"""

# In which articles each of them is.
_HELD = """
CREATE OR REPLACE TEMP TABLE held AS
SELECT DISTINCT actor_id, input_id, batch FROM unmerged_actors SEMI JOIN kept USING (input_id, batch)
SEMI JOIN known USING (actor_id)
"""

# Pairs that may be one actor: `old` may become `new`, which ranks before it.
_PAIRS = """
CREATE OR REPLACE TEMP TABLE pairs AS
WITH blocks AS (
        SELECT type, key FROM known WHERE key <> '' GROUP BY ALL HAVING count(*) BETWEEN 2 AND $largest
     ),
     members AS (SELECT * FROM known SEMI JOIN blocks USING (type, key)),
     neighbours AS (
        SELECT old.actor_id AS old_id, new.actor_id AS new_id FROM members old JOIN members new USING (type, key)
        WHERE new.rank < old.rank
        UNION
        SELECT old.actor_id, new.actor_id FROM known old JOIN known new USING (type, plain) WHERE new.rank < old.rank
     ),
     alike AS (
        SELECT old.actor_id AS old_id, new.actor_id, new.country AS new_country, new.rank,
               old.type, old.country AS old_country, old.plain = new.plain AS same_name,
               old.words = new.words AS same_words,
               old.initials AS old_initials, new.initials AS new_initials,
               old.country IS NOT NULL AND old.country = new.country AS same_country,
               (old.plain = new.plain AND old.rare) OR len(old.roles) = 0 OR len(new.roles) = 0
                   OR list_has_any(old.roles, new.roles)
                   OR (list_has_any(old.roles, $offices) AND list_has_any(new.roles, $offices)) AS fitting_roles,
               list_has_any(old.roles, new.roles) AS same_role,
               old.rare AS rare,
               old.type = 'organization' AND len(list_intersect(old.words, $generic)) > 0 AS generic,
               old.words[-1] = new.words[-1] AS same_family,
               len(old.words) = len(new.words) AND list_bool_and(list_transform(
                   list_zip(old.words, new.words),
                   lambda pair: pair[1] = pair[2] OR (
                       least(length(pair[1]), length(pair[2])) >= 4 AND left(pair[1], 1) = left(pair[2], 1)
                       AND levenshtein(pair[1], pair[2]) <= if(length(pair[1]) < 7, 1, 2))
               )) AS close_words
        FROM neighbours n JOIN known old ON old.actor_id = n.old_id JOIN known new ON new.actor_id = n.new_id
        WHERE old.link_method = 'name'
          AND (old.country IS NULL OR new.country IS NULL OR old.country = new.country
               OR (old.type = 'person' AND old.plain = new.plain
                   AND (list_has_any(old.roles, new.roles) OR (old.rare AND new.link_method = 'kb'))))
     ),
     reasoned AS (
        SELECT *, CASE
            WHEN generic THEN NULL
            WHEN same_name AND old_country IS DISTINCT FROM new_country AND fitting_roles THEN 'merged_country'
            WHEN type = 'organization' THEN 'merged_spelling'
            WHEN same_name THEN NULL
            WHEN same_words AND coalesce(old_initials = new_initials, true) AND fitting_roles
                AND (same_country OR same_role OR rare) THEN 'merged_spelling'
            WHEN close_words AND same_role AND (same_country OR same_family) THEN 'merged_spelling'
        END AS reason
        FROM alike
     ),
     together AS (  -- named side by side in one article, which tells them apart
        SELECT DISTINCT r.old_id, r.actor_id
        FROM reasoned r JOIN held one ON one.actor_id = r.old_id
        JOIN held other ON other.actor_id = r.actor_id AND (other.input_id, other.batch) = (one.input_id, one.batch)
        WHERE r.reason IS NOT NULL
     ),
     kept_pairs AS (SELECT * FROM reasoned ANTI JOIN together USING (old_id, actor_id) WHERE reason IS NOT NULL),
     agreed AS (  -- a name with two countries that is one person counts as of the better of them
        SELECT old_id AS actor_id, first(new_country ORDER BY rank) AS country
        FROM kept_pairs WHERE old_country <> new_country GROUP BY old_id
     )
SELECT old_id, actor_id, coalesce(agreed.country, new_country) AS new_country, old_initials, new_initials, reason, rank
FROM kept_pairs LEFT JOIN agreed USING (actor_id);
"""

# Each goes to the best of its pairs that goes nowhere itself. Where pairs are of several countries or have several
# middle initials, nobody can tell; nor may two go to the same one that differ in these or that one article tells apart.
_MERGES = """
CREATE OR REPLACE TEMP TABLE merges AS
WITH clear AS (
        SELECT * FROM pairs SEMI JOIN (
            SELECT old_id FROM pairs GROUP BY old_id
            HAVING count(DISTINCT new_country) <= 1 AND count(DISTINCT new_initials) <= 1
        ) USING (old_id)
     ),
     chosen AS (
        SELECT old_id, first(actor_id ORDER BY rank) AS actor_id, first(reason ORDER BY rank) AS reason,
               any_value(old_initials) AS initials
        FROM clear ANTI JOIN (SELECT old_id AS actor_id FROM clear) USING (actor_id)
        GROUP BY old_id
     ),
     rivals AS (
        SELECT one.old_id FROM chosen one JOIN chosen other USING (actor_id)
        JOIN held h ON h.actor_id = one.old_id
        JOIN held also ON also.actor_id = other.old_id AND (also.input_id, also.batch) = (h.input_id, h.batch)
        WHERE one.old_id <> other.old_id AND NOT (one.reason = 'merged_country' AND other.reason = 'merged_spelling')
        UNION
        SELECT one.old_id FROM chosen one JOIN chosen other USING (actor_id) WHERE one.initials <> other.initials
     )
SELECT old_id, actor_id, reason FROM chosen ANTI JOIN rivals USING (old_id);
"""


def merge_actors(connection: "duckdb.DuckDBPyConnection") -> None:
    """Put current ids into the views batch_<table>, and list the others in `merges` (old_id, actor_id, reason).

    Needs the views of the batches and the table `kept` of `assemble`. The views as they were stay as unmerged_<table>.
    """
    for table in ACTOR_COLUMNS:
        connection.execute(f"ALTER VIEW batch_{table} RENAME TO unmerged_{table}")
    for table, words in (("nicknames", NICKNAMES), ("titles", _SHORT_TITLES)):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} (short VARCHAR, usual VARCHAR)")
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", sorted(words.items()))
    connection.execute(_MACROS)
    connection.execute(_KNOWN, {"vague": _VAGUE})
    connection.execute(_HELD)
    connection.execute(_PAIRS, {"largest": _LARGEST_BLOCK, "offices": _OFFICES, "generic": _GENERIC})
    connection.execute(_MERGES)
    for scratch in ("known", "held", "pairs"):
        connection.execute(f"DROP TABLE {scratch}")
    for table, columns in ACTOR_COLUMNS.items():
        connection.execute(_renamed(table, columns))


def _renamed(table: str, columns: tuple[str, ...]) -> str:
    """A view of the table's rows under their current ids; an actor that others were merged into says so."""
    replaced = [f"coalesce(m{i}.actor_id, t.{column}) AS {column}" for i, column in enumerate(columns)]
    joins = [f"LEFT JOIN merges m{i} ON m{i}.old_id = t.{column}" for i, column in enumerate(columns)]
    if table == "actors":
        replaced.append(
            "if(t.link_method = 'name', coalesce(into_it.reason, t.link_method), t.link_method) AS link_method"
        )
        reasons = "SELECT actor_id, max(reason) AS reason FROM merges GROUP BY actor_id"
        joins.append(f"LEFT JOIN ({reasons}) into_it ON into_it.actor_id = coalesce(m0.actor_id, t.actor_id)")
    columns_now = f"t.* REPLACE ({', '.join(replaced)})"
    return f"CREATE VIEW batch_{table} AS SELECT {columns_now} FROM unmerged_{table} t {' '.join(joins)}"
