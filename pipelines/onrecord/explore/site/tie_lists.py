"""Ties between actors, as the page of the network asks a server for them: the macros' own rows."""

from collections.abc import Mapping
from typing import Any

from onrecord.explore.networks import DUPLICATES, UNITS
from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import one, records

_MEASURES = ("congruence", "conflict", "subtract")
_CALL = (
    "since := $since, until := $until, unit := $unit, duplicates := $duplicates, min_confidence := $min_confidence, "
    "issue_ids := $issue_ids"
)
# In the order of the macro; of millions of ties, the strongest.
_MOST = 20_000
_STRONGEST = f"""
FROM (FROM ties('{{measure}}', {_CALL}) ORDER BY abs(weight) DESC, id_1, id_2 LIMIT {_MOST})
ORDER BY weight DESC, id_1, id_2"""


def network(opened: Opened, asked: Mapping[str, str]) -> dict[str, Any]:
    """The strongest ties and whether there are more, the stances that they rest on, and how many positions the window
    leaves out.

    Args:
        asked: unit, measure, duplicates, from, to, min, issues (ids, with commas), as the macros take them.
            ValueError for others.
    """
    measure = asked.get("measure") or "subtract"
    issues = [issue for issue in (asked.get("issues") or "").split(",") if issue]
    arguments: dict[str, Any] = {
        "since": asked.get("from") or None,
        "until": asked.get("to") or None,
        "unit": asked.get("unit") or UNITS[0],
        "duplicates": asked.get("duplicates") or DUPLICATES[0],
        "min_confidence": float(asked.get("min") or 0),
        "issue_ids": issues or None,
    }
    if measure not in _MEASURES or arguments["unit"] not in UNITS or arguments["duplicates"] not in DUPLICATES:
        raise ValueError(f"measure is one of {', '.join(_MEASURES)}; unit of {', '.join(UNITS)}")
    with opened.cursor() as cursor:
        ties = records(cursor, _STRONGEST.format(measure=measure), arguments)
        stances = records(cursor, f"FROM stances({_CALL})", arguments)
        undated = one(
            cursor,
            "SELECT count(*) FROM positions_between(min_confidence := $min_confidence, issue_ids := $issue_ids) "
            "WHERE earliest IS NULL OR latest IS NULL",
            {name: arguments[name] for name in ("min_confidence", "issue_ids")},
        )
    return {"ties": ties, "more": len(ties) == _MOST, "stances": stances, "undated": undated}
