"""Statements that hold words and pass filters, as the page of quotes asks a server for them."""

from collections.abc import Mapping
from typing import Any

from onrecord.explore.site.opened import SAID, Opened
from onrecord.explore.site.packing import records, values
from onrecord.explore.site.quote_shards import to_columns, word_forms

_STEP = 50
_MOST = 1000  # rows of one answer
_FACETS = 12  # values of each facet

_PLAIN = "' ' || lower(regexp_replace(strip_accents(text), '\\W+', ' ', 'g')) || ' '"
# Without their texts, so that all quotes of a large release can be hits; those of a page are fetched after.
_HITS = """
SELECT q.quote_id, q.kind, q.attitude, q.polarity, q.confidence, q.speaker_actor_id, s.country, a.outlet,
  coalesce(q.said_earliest, a.published_earliest) AS earliest, coalesce(q.said_latest, a.published_latest) AS latest
FROM ({quotes}) q JOIN articles a USING (article_id) LEFT JOIN actors s ON s.actor_id = q.speaker_actor_id
LEFT JOIN {codes} c USING (quote_id)
WHERE {where}"""
# Of each filter: the condition on a hit, with the value that is asked for.
_FILTERS = {
    "speaker": "q.speaker_actor_id = $speaker",
    "named": "q.speaker_actor_id IS NULL AND coalesce(q.speaker_text, '') = $named",
    "country": "s.country = $country",
    "sector": "s.sector = $sector",
    "outlet": "a.outlet = $outlet",
    "kind": "q.kind = $kind",
    "attitude": "q.attitude = $attitude",
    "polarity": "q.polarity = $polarity",
    "from": "earliest >= $from::DATE",
    "to": "latest <= $to::DATE",
    "min": "round(q.confidence, 4) >= $min::DOUBLE",
    "issue": "len(list_filter(c.codes, lambda k: k[1] = $issue)) > 0",
    "stance": "len(list_filter(c.codes, lambda k: k[2] = $stance)) > 0",
}
_ISSUE_AND_STANCE = "list_contains(c.codes, [$issue, $stance])"
_ORDERS = {
    "new": "{h}latest DESC NULLS LAST, {h}earliest DESC NULLS LAST, {h}quote_id",
    "old": "{h}earliest ASC NULLS LAST, {h}latest ASC NULLS LAST, {h}quote_id",
    "sure": "round({h}confidence, 4) DESC, {h}latest DESC NULLS LAST, {h}earliest DESC NULLS LAST, {h}quote_id",
}
# As schemas/views/statements.sql has them, of the hits of a page.
_PAGE = """
WITH hit AS (FROM hits ORDER BY {order} LIMIT {step} OFFSET {skip}), roles AS (
  SELECT q.quote_id,
    first(m.role ORDER BY coalesce(m.start < q.speaker_end AND m."end" > q.speaker_start, false) DESC, m.start) AS role
  FROM quotes q JOIN mentions m ON m.article_id = q.article_id AND m.actor_id = q.speaker_actor_id
  WHERE m.role IS NOT NULL AND q.quote_id IN (SELECT quote_id FROM hit) GROUP BY ALL
)
SELECT h.*, q.article_id, q.text, coalesce(s.name, q.speaker_text) AS speaker, s.type AS speaker_type, s.sector,
  a.title, c.codes, r.role
FROM hit h JOIN quotes q USING (quote_id) JOIN articles a ON a.article_id = q.article_id
LEFT JOIN actors s ON s.actor_id = q.speaker_actor_id LEFT JOIN {codes} c ON c.quote_id = h.quote_id
LEFT JOIN roles r ON r.quote_id = h.quote_id
ORDER BY {outer}"""


def search(opened: Opened, asked: Mapping[str, str]) -> dict[str, Any]:
    """What is found, a page of it as columns, and how it divides.

    Args:
        asked: q (words, as `find` takes them), the names of filters, sort (new, old, sure), skip and step.
            ValueError for a number or day that is none.
    """
    filters = {name: asked[name] for name in _FILTERS if asked.get(name)}
    conditions = [_FILTERS[name] for name in filters]
    if "issue" in filters and "stance" in filters:
        conditions = [c for c in conditions if "codes" not in c] + [_ISSUE_AND_STANCE]
    quotes, words = _worded(opened, asked.get("q", ""))
    hits = _HITS.format(quotes=quotes, codes=opened.kept("codes"), where=" AND ".join(conditions) or "true")
    order = _ORDERS.get(asked.get("sort", ""), _ORDERS["new"])
    step, skip = min(int(asked.get("step") or _STEP), _MOST), int(asked.get("skip") or 0)
    with opened.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE hits AS {hits}", {**words, **filters})
        orders = {"order": order.format(h=""), "outer": order.format(h="h.")}
        page = records(cursor, _PAGE.format(**orders, codes=opened.kept("codes"), step=step, skip=skip))
        found = {"found": values(cursor, "SELECT count(*) FROM hits")[0][0], "facets": _facets(cursor)}
        found["total"] = values(cursor, f"SELECT count(*) FROM {SAID}")[0][0]
    return {**found, "forms": _asked_forms(words), "hits": to_columns(page)}


def _asked_forms(words: Mapping[str, Any]) -> dict[str, list[str]]:
    return dict(zip(words.get("given", ()), words.get("forms", ()), strict=True))


def _worded(opened: Opened, asked: str) -> tuple[str, dict[str, Any]]:
    """The query of the quotes that hold all the words, and its parameters."""
    found = [(word, forms) for word, forms in word_forms(opened, asked) if word]
    if not found:
        return f"FROM {SAID}", {}
    near = []
    parameters: dict[str, Any] = {"given": [word for word, _ in found], "forms": [forms for _, forms in found]}
    for at, (word, forms) in enumerate(found):
        # Reads far fewer quotes closely: whoever holds a form holds the shortest beginning of it.
        all_forms = {word, *forms}
        begins = sorted(f for f in all_forms if f and not any(f != g and g and f.startswith(g) for g in all_forms))
        parameters[f"begins_{at}"] = begins
        near.append(f"list_bool_or([contains(plain, b) for b in $begins_{at}::VARCHAR[]])")
    exact = (
        "list_bool_and([contains(' ' || words, ' ' || w.word) OR list_bool_or([contains(words, ' ' || f || ' ') "
        "for f in w.forms]) for w in list_transform(list_zip($given::VARCHAR[], $forms::VARCHAR[][]), "
        "lambda z: struct_pack(word := z[1], forms := z[2]))])"
    )
    query = f"""
    SELECT * EXCLUDE (words) FROM (
      SELECT * EXCLUDE (plain), {_PLAIN} AS words FROM (
        SELECT *, lower(strip_accents(text)) AS plain FROM {SAID}
      ) WHERE {" AND ".join(near)}
    ) WHERE {exact}"""
    return query, parameters


def _facets(cursor: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The most frequent values of each facet, with their labels and counts."""
    facets = {
        "speaker": ("speaker_actor_id", "''", "speaker_actor_id IS NOT NULL"),
        "country": ("country", "country", "country IS NOT NULL"),
        "outlet": ("outlet", "outlet", "outlet IS NOT NULL"),
        "kind": ("kind", "kind", "true"),
        "attitude": ("attitude", "attitude", "attitude IS NOT NULL"),
        "polarity": ("polarity", "polarity", "polarity IS NOT NULL"),
        "year": ("CASE WHEN year(earliest) = year(latest) THEN year(latest)::VARCHAR END", "''", "true"),
    }
    found = {
        name: values(
            cursor,
            f"SELECT {value} AS value, {label}, count(*) AS n FROM hits WHERE {where} GROUP BY value "
            f"ORDER BY n DESC, value LIMIT {_FACETS}",
        )
        for name, (value, label, where) in facets.items()
    }
    names = dict(
        values(
            cursor,
            "SELECT actor_id, name FROM actors WHERE actor_id IN (SELECT unnest($ids::VARCHAR[]))",
            {"ids": [actor for actor, *_ in found["speaker"]]},
        )
    )
    return {**found, "speaker": [(actor, names[actor], n) for actor, _, n in found["speaker"]]}
