"""Which of the actors in sight said it, or nobody: the one with the most in its favour, and how probable that is.

A conditional logit (McFadden 1974), fitted on articles labelled by reading; its weights lie beside the encoder.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.annotate.quotes.speakers.sight import Sighted


@dataclass(frozen=True, slots=True)
class Choosing:
    """`weights` of traits. Whoever is less probable than `least` is not named."""

    weights: Mapping[str, float]
    least: float

    def shares(self, found: Sequence[Sighted]) -> tuple[float, ...]:
        """How probable each is among those in sight."""
        totals = [sum(self.weights.get(name, 0.0) * value for name, value in each.traits.items()) for each in found]
        most = max(totals)
        odds = [math.exp(max(total - most, -60.0)) for total in totals]
        return tuple(each / sum(odds) for each in odds)

    def choose(self, found: Sequence[Sighted]) -> tuple[Sighted | None, float]:
        """The most probable actor, None where nobody is likelier or it is not sure enough; how probable it is."""
        shares = self.shares(found)
        share, _, best = max(zip(shares, range(0, -len(found), -1), found, strict=True), key=lambda each: each[:2])
        return (best, share) if best.reference is not None and share >= self.least else (None, share)


def chooser_of(decoding: Mapping[str, Any]) -> Choosing | None:
    """The choosing of speakers that the encoder's decoding holds, if it does."""
    given = decoding.get("speakers")
    return Choosing(given["weights"], given["least"]) if given is not None else None
