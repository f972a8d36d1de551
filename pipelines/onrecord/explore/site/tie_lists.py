"""Ties between actors, as the page of the network asks a server for them: those of the macros, the strongest first.

The macro `ties` holds every pair with the names of all that it agrees on: gigabytes where thousands of actors take
positions. Here pairs are weighed a slice of actors at a time, by numbers, and only what the strongest rest on is named.
"""

import re
from collections.abc import Mapping
from typing import Any

from onrecord.explore.networks import DUPLICATES, UNITS
from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import one, records, values
from onrecord.schema.views import load_views

_MEASURES = ("congruence", "conflict", "subtract")
_MOST = 5000  # ties of an answer, unless others are asked for
_SLICE = 2_000_000  # pairs of stances that are compared at once
_CALL = (
    "since := $since, until := $until, unit := $unit, duplicates := $duplicates, min_confidence := $min_confidence, "
    "issue_ids := $issue_ids"
)
_UNITS = """
CREATE TEMP TABLE units AS
SELECT (row_number() OVER (ORDER BY id) - 1)::INTEGER AS unit, id, any_value(name) AS name,
  any_value(state_id) AS state_id, sum(statements) FILTER (stance <> 'conditional')::BIGINT AS activity
FROM taken GROUP BY id"""
_SIDES = """
CREATE TEMP TABLE sides AS
SELECT u.unit, coalesce(s.unit, -1) AS state, concept_id, dense_rank() OVER (ORDER BY concept_id) AS concept,
  stance = 'support' AS agrees, statements::BIGINT AS statements,
  count(*) OVER (PARTITION BY concept_id) AS others
FROM taken t JOIN units u USING (id) LEFT JOIN units s ON s.id = u.state_id
WHERE stance <> 'conditional' ORDER BY unit"""
_SLICES = f"""
SELECT min(unit), max(unit) FROM (
  SELECT unit, sum(sum(others)) OVER (ORDER BY unit) // {_SLICE} AS slice FROM sides GROUP BY unit
) GROUP BY slice ORDER BY 1"""
# Two of a concept; nobody is compared with the state that it speaks for.
_PAIRED = (
    "sides a JOIN sides b ON b.concept = a.concept AND a.unit < b.unit AND a.state <> b.unit AND b.state <> a.unit"
)
_WEIGHTS = {
    "congruence": "CASE WHEN a.agrees = b.agrees THEN 1 ELSE 0 END",
    "conflict": "CASE WHEN a.agrees <> b.agrees THEN 1 ELSE 0 END",
    "subtract": "CASE WHEN a.agrees = b.agrees THEN 1 ELSE -1 END",
}
_WEIGHED = f"""
CREATE OR REPLACE TEMP TABLE weighed AS
SELECT a.unit AS one, b.unit AS other, sum((a.statements * b.statements * {{factor}})::DOUBLE)::BIGINT AS weight
FROM {_PAIRED} WHERE a.unit BETWEEN $first AND $last GROUP BY ALL HAVING weight <> 0"""
_STRONGEST = """
CREATE OR REPLACE TEMP TABLE strongest AS
FROM (FROM weighed UNION ALL FROM strongest) ORDER BY abs(weight) DESC, one, other LIMIT $most"""
# As schemas/views/agreement.sql and ties.sql have them.
_TIES = """
WITH shared AS (
  SELECT one, other, any_value(weight) AS weight,
    coalesce(sum(a.statements * b.statements) FILTER (a.agrees = b.agrees), 0) AS congruence,
    coalesce(sum(a.statements + b.statements) FILTER (a.agrees = b.agrees), 0) AS twice,
    list_sort(list_distinct(list(a.concept_id) FILTER ({factor} <> 0))) AS concept_ids
  FROM strongest JOIN sides a ON a.unit = one JOIN sides b ON b.unit = other AND b.concept = a.concept
  GROUP BY ALL
)
SELECT x.id AS id_1, x.name AS name_1, y.id AS id_2, y.name AS name_2, weight,
  weight / ((x.activity + y.activity) / 2) AS average_activity,
  weight / (x.activity + y.activity - twice + congruence) AS jaccard,
  weight / (x.activity * y.activity) AS cosine,
  concept_ids
FROM shared JOIN units x ON x.unit = one JOIN units y ON y.unit = other
ORDER BY weight DESC, id_1, id_2"""
_TIED = "FROM taken WHERE id IN (SELECT id FROM units WHERE unit IN (SELECT unnest([one, other]) FROM strongest))"


def network(opened: Opened, asked: Mapping[str, str]) -> dict[str, Any]:
    """The strongest ties and how many there are, the stances that they rest on, and how many positions the window
    leaves out. Where not all ties are told, only the stances of those who are in them.

    Args:
        asked: unit, measure, duplicates, from, to, min, issues (ids, with commas), as the macros take them; most, how
            many ties. ValueError for others.
    """
    measure = asked.get("measure") or "subtract"
    most = int(asked.get("most") or _MOST)
    arguments: dict[str, Any] = {
        "since": asked.get("from") or None,
        "until": asked.get("to") or None,
        "unit": asked.get("unit") or UNITS[0],
        "duplicates": asked.get("duplicates") or DUPLICATES[0],
        "min_confidence": float(asked.get("min") or 0),
        "issue_ids": [issue for issue in (asked.get("issues") or "").split(",") if issue] or None,
    }
    if measure not in _MEASURES or arguments["unit"] not in UNITS or arguments["duplicates"] not in DUPLICATES:
        raise ValueError(f"measure is one of {', '.join(_MEASURES)}; unit of {', '.join(UNITS)}")
    factor = _WEIGHTS[measure]
    with opened.cursor() as cursor:
        _define_macros(cursor, opened.kept("positions"))
        cursor.execute(f"CREATE TEMP TABLE taken AS FROM stances_of_kept({_CALL})", arguments)
        cursor.execute(_UNITS)
        cursor.execute(_SIDES)
        cursor.execute("CREATE TEMP TABLE strongest (one INTEGER, other INTEGER, weight BIGINT)")
        total = 0
        for first, last in values(cursor, _SLICES):
            cursor.execute(_WEIGHED.format(factor=factor), {"first": first, "last": last})
            total += one(cursor, "SELECT count(*) FROM weighed")
            cursor.execute(_STRONGEST, {"most": most})
        ties = records(cursor, _TIES.format(factor=factor))
        stances = records(cursor, _TIED if len(ties) < total else "FROM taken")
        undated = one(
            cursor,
            "SELECT count(*) FROM positions_between_of_kept(min_confidence := $min_confidence, "
            "issue_ids := $issue_ids) WHERE earliest IS NULL OR latest IS NULL",
            {name: arguments[name] for name in ("min_confidence", "issue_ids")},
        )
    return {"ties": ties, "total": total, "stances": stances, "undated": undated}


def _define_macros(cursor: Any, positions: str) -> None:
    """The macros positions_between and stances, of the positions that are kept: the view would be joined anew."""
    views = {view.name: view for view in load_views()}
    for name, source, kept in (
        ("positions_between", "positions", positions),
        ("stances", "positions_between", "positions_between_of_kept"),
    ):
        body = re.sub(rf"\bFROM {source}\b", f"FROM {kept}", views[name].sql)
        cursor.execute(f"CREATE TEMP MACRO {name}_of_kept({views[name].parameters}) AS TABLE {body}")
