"""How sure a proposal is: a logistic regression over what the heads say of it.

The weights are fitted on articles that the heads were not trained on, and lie beside the encoder.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.annotate.proposals.heads import Candidate

SIGNALS = ("constant", "cue", "start", "end", "type", "quoted", "others")
_SMALLEST = 1e-4  # a probability


@dataclass(frozen=True, slots=True)
class Judge:
    """`weights` of SIGNALS; rows that are less sure than `least` are left out."""

    weights: Mapping[str, float]
    least: float

    def of(self, signals: Sequence[float]) -> float:
        """How probably a find with these signals is a proposal."""
        total = sum(self.weights[name] * value for name, value in zip(SIGNALS, signals, strict=True))
        return round(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), 3)


def judge_of(decoding: Mapping[str, Any]) -> Judge:
    """The judge that the encoder's decoding holds."""
    given = decoding["proposals"]
    return Judge(given["weights"], given["least"])


def signals(candidate: Candidate, *, quoted: bool, others: float) -> tuple[float, ...]:
    """In the order of SIGNALS: logarithms of odds and probabilities, 1 for what lies in a quotation, and the sum of the
    probabilities of other cues with the same content.
    """
    cue = min(max(candidate.cue_sure, _SMALLEST), 1 - _SMALLEST)
    return (
        1.0,
        math.log(cue / (1 - cue)),
        _log(candidate.start_sure),
        _log(candidate.end_sure),
        _log(max(candidate.types)),
        float(quoted),
        others,
    )


def _log(probability: float) -> float:
    return math.log(max(probability, _SMALLEST))
