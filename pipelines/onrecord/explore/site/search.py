"""Statements that hold words and pass filters, as the page of quotes asks a server for them."""

from collections.abc import Mapping
from typing import Any

from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import one, records, values
from onrecord.explore.site.quote_shards import to_columns, word_forms

_STEP = 50
_MOST = 1000  # rows of one answer
_FACETS = 12  # values of each facet

_HIT = (
    "quote_id, article_id, kind, attitude, polarity, confidence, speaker_actor_id, speaker_text, country, sector, "
    "outlet, earliest, latest, s.rowid AS place"
)
# Of each filter: the condition on a hit, with the value that is asked for.
_FILTERS = {
    "speaker": "speaker_actor_id = $speaker",
    "named": "speaker_actor_id IS NULL AND coalesce(speaker_text, '') = $named",
    "country": "country = $country",
    "sector": "sector = $sector",
    "outlet": "outlet = $outlet",
    "kind": "kind = $kind",
    "attitude": "attitude = $attitude",
    "polarity": "polarity = $polarity",
    "from": "earliest >= $from::DATE",
    "to": "latest <= $to::DATE",
    "min": "round(confidence, 4) >= $min::DOUBLE",
    "issue": "len(list_filter(codes, lambda k: k[1] = $issue)) > 0",
    "stance": "len(list_filter(codes, lambda k: k[2] = $stance)) > 0",
}
_ISSUE_AND_STANCE = "list_contains(codes, [$issue, $stance])"
_ORDERS = {
    "new": "{h}latest DESC NULLS LAST, {h}earliest DESC NULLS LAST, {h}quote_id",
    "old": "{h}earliest ASC NULLS LAST, {h}latest ASC NULLS LAST, {h}quote_id",
    "sure": "round({h}confidence, 4) DESC, {h}latest DESC NULLS LAST, {h}earliest DESC NULLS LAST, {h}quote_id",
}
_SHOWN = """
CREATE TEMP TABLE shown AS SELECT h.* EXCLUDE (place), s.text
FROM (FROM hits ORDER BY {order} LIMIT {step} OFFSET {skip}) h JOIN {said} s ON s.rowid = h.place"""
# As schemas/views/statements.sql has them, of the hits of a page.
_PAGE = """
WITH roles AS (
  SELECT q.quote_id,
    first(m.role ORDER BY coalesce(m.start < q.speaker_end AND m."end" > q.speaker_start, false) DESC, m.start) AS role
  FROM (FROM quotes SEMI JOIN shown USING (quote_id) WHERE {month}) q
  JOIN (FROM mentions WHERE role IS NOT NULL AND {month}) m
    ON m.article_id = q.article_id AND m.actor_id = q.speaker_actor_id
  GROUP BY ALL
)
SELECT h.*, coalesce(s.name, h.speaker_text) AS speaker, s.type AS speaker_type, a.title, c.codes, r.role,
  u.utterance_id, u.outlets
FROM shown h JOIN {heads} a USING (article_id)
LEFT JOIN {cast} s ON s.actor_id = h.speaker_actor_id LEFT JOIN {codes} c ON c.quote_id = h.quote_id
LEFT JOIN roles r ON r.quote_id = h.quote_id LEFT JOIN {retold} u ON u.id = h.quote_id
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
    said, codes = opened.kept("said"), opened.kept("codes")
    hits = f"SELECT {_HIT} FROM {said} s"
    if "issue" in filters or "stance" in filters:
        hits += f" JOIN {codes} USING (quote_id)"
    words = [(word, forms) for word, forms in word_forms(opened, asked.get("q", "")) if word]
    met, needles = _met(words)
    kind = "VIEW"  # all quotes need not be copied
    if told := [*conditions, *met]:
        kind, hits = "TABLE", f"{hits} WHERE {' AND '.join(told)}"
    order = _ORDERS.get(asked.get("sort", ""), _ORDERS["new"])
    step, skip = min(int(asked.get("step") or _STEP), _MOST), int(asked.get("skip") or 0)
    with opened.cursor() as cursor:
        cursor.execute(f"CREATE TEMP {kind} hits AS {hits}", {**filters, **needles})
        cursor.execute(_SHOWN.format(order=order.format(h=""), step=step, skip=skip, said=said))
        month = opened.in_months(cursor, "article_id IN (SELECT article_id FROM shown)")
        kept = {name: opened.kept(name) for name in ("heads", "cast", "codes", "retold")}
        page = records(cursor, _PAGE.format(outer=order.format(h="h."), month=month, **kept))
        found = {"found": one(cursor, "SELECT count(*) FROM hits"), "facets": _facets(cursor)}
        found["total"] = one(cursor, f"SELECT count(*) FROM {said}")
    return {**found, "forms": dict(words), "hits": to_columns(page)}


def _met(words: list[tuple[str, list[str]]]) -> tuple[list[str], dict[str, str]]:
    """A condition for each word, that it or a form of it is among the words of a quote; and the parameters of them."""
    conditions: list[str] = []
    needles: dict[str, str] = {}
    for at, (word, forms) in enumerate(words):
        # Whoever holds a form that begins with the word holds the word's beginning.
        wanted = [f" {word}", *(f" {form} " for form in dict.fromkeys(forms) if not form.startswith(word))]
        named = {f"word_{at}_{place}": needle for place, needle in enumerate(wanted)}
        conditions.append("(" + " OR ".join(f"contains(words, ${name})" for name in named) + ")")
        needles |= named
    return conditions, needles


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
