"""Content that no pattern of the codebook matches, compared with the examples that it gives of each issue.

A sentence embedding sees what a content is about better than what it wants, so an example counts only where it is
alike beyond doubt, and clearly nearer than any of another issue or of the other side of the same one. Measured as
docs/codebook.md tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.annotate.proposals.coding.embedder import Embedder

ALIKE = 0.75  # the least cosine that counts
_APART = 0.05  # by so much it must exceed that of any example of another issue,
_DECIDED = 0.08  # and of any example of the same issue's other side,
_SAME = 0.98  # unless it is that example in all but words such as `the`


@dataclass(frozen=True, slots=True)
class Example:
    issue_id: str
    contrary: bool  # it would do the contrary of the issue's label
    text: str


@dataclass(frozen=True, slots=True)
class Nearest:
    example: Example
    cosine: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """With all examples of a codebook."""

    examples: tuple[Example, ...]
    vectors: "NDArray[np.float32]"  # (examples, dimensions), each of length one
    embedder: "Embedder"

    @classmethod
    def of(cls, examples: Sequence[Example], embedder: "Embedder") -> "Comparison":
        """With one or more examples."""
        return cls(tuple(examples), np.stack([embedder.embed(example.text) for example in examples]), embedder)

    def nearest(self, content: str) -> Nearest | None:
        """The example that a content is alike; None without one, or if another one speaks against it."""
        vector = self.embedder.embed(content)
        cosines = [float(cosine) for cosine in (self.vectors * vector).sum(axis=1)]
        best = max(range(len(cosines)), key=cosines.__getitem__)
        found = self.examples[best]
        if cosines[best] < ALIKE:
            return None
        if cosines[best] >= _SAME:
            return Nearest(found, cosines[best])
        for example, cosine in zip(self.examples, cosines, strict=True):
            same = example.issue_id == found.issue_id
            if cosine > cosines[best] - _APART and not same:
                return None
            if cosine > cosines[best] - _DECIDED and same and example.contrary != found.contrary:
                return None
        return Nearest(found, cosines[best])
