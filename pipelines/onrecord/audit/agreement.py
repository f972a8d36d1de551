"""How far judges agree: Krippendorff's alpha over right and wrong, where two or more judged a row.

`unsure` is no verdict, so it counts as a missing one. A library computes it, as an extra: only several judges need it.
"""

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.audit.judged import Judgment

_VERDICTS = ("right", "wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    judges: int
    rows: int  # that two or more judged right or wrong
    same: int  # of these, with one verdict
    alpha: float | None  # None where all verdicts are the same, or without the library


def has_library() -> bool:
    return importlib.util.find_spec("nltk") is not None


def agreement(judgments: Iterable[Judgment]) -> Agreement | None:
    """None where no row has two verdicts."""
    by_row: dict[str, dict[str, str]] = {}
    for judgment in judgments:
        if judgment.verdict in _VERDICTS:
            by_row.setdefault(judgment.row_id, {})[judgment.who or ""] = judgment.verdict
    shared = {row_id: given for row_id, given in sorted(by_row.items()) if len(given) > 1}
    if not shared:
        return None
    given = [(who, row_id, verdict) for row_id, by in shared.items() for who, verdict in sorted(by.items())]
    return Agreement(
        judges=len({who for who, _, _ in given}),
        rows=len(shared),
        same=sum(len(set(by.values())) == 1 for by in shared.values()),
        alpha=_alpha(given) if len({verdict for _, _, verdict in given}) > 1 else None,
    )


def _alpha(given: list[tuple[str, str, str]]) -> float | None:
    """Of (judge, row, verdict)."""
    if not has_library():
        return None
    from nltk.metrics.agreement import AnnotationTask

    return float(AnnotationTask(given).alpha())
