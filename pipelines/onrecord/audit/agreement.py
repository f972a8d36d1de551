"""How far judges agree: Krippendorff's alpha over right and wrong, where two or more judged a row.

`unsure` is no verdict, so it counts as a missing one. A library computes it, as an extra: only several judges need it.
"""

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.audit.judged import Judgment

_CODES = {"right": 1.0, "wrong": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    judges: int
    rows: int  # that two or more judged right or wrong
    same: int  # of these, with one verdict
    alpha: float | None  # None where all verdicts are the same, or without the library


def has_library() -> bool:
    return importlib.util.find_spec("krippendorff") is not None


def agreement(judgments: Iterable[Judgment]) -> Agreement | None:
    """None where no row has two verdicts."""
    by_row: dict[str, dict[str, float]] = {}
    for judgment in judgments:
        if judgment.verdict in _CODES:
            by_row.setdefault(judgment.row_id, {})[judgment.who or ""] = _CODES[judgment.verdict]
    shared = {row_id: given for row_id, given in sorted(by_row.items()) if len(given) > 1}
    if not shared:
        return None
    judges = sorted({who for given in shared.values() for who in given})
    table = [[given.get(who, float("nan")) for given in shared.values()] for who in judges]
    return Agreement(
        judges=len(judges),
        rows=len(shared),
        same=sum(len(set(given.values())) == 1 for given in shared.values()),
        alpha=_alpha(table) if len({code for given in shared.values() for code in given.values()}) > 1 else None,
    )


def _alpha(table: list[list[float]]) -> float | None:
    if not has_library():
        return None
    import krippendorff
    import numpy as np

    return float(krippendorff.alpha(reliability_data=np.array(table), level_of_measurement="nominal"))
