"""What was found against what was labelled: pairs of the most alike, and the shares that follow."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

OVERLAP = 0.5  # token Dice from which two spans are the same finding


class Optional(Protocol):
    """A label that says whether it counts: an optional one is neither rewarded when found nor punished when missed."""

    @property
    def optional(self) -> bool: ...


_Found = TypeVar("_Found")
_Label = TypeVar("_Label", bound=Optional)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind of finding; they add up over articles."""

    right: int = 0
    found: int = 0
    labelled: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.labelled) if self.right else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.found + other.found, self.labelled + other.labelled)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which finding is which label (by position in their lists), and what is left over on both sides."""

    pairs: tuple[tuple[int, int], ...] = ()  # found, label; optional labels among them
    spurious: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()  # optional labels are never missed

    def score(self, labels: Sequence[Optional]) -> Score:
        right = sum(not labels[label].optional for _, label in self.pairs)
        return Score(right, right + len(self.spurious), right + len(self.missed))


def align(found: Sequence[_Found], labels: Sequence[_Label], likeness: Callable[[_Found, _Label], float]) -> Alignment:
    """Pair findings with labels one to one, most alike first; likeness 0 never pairs.

    Labels that count go before optional ones of the same likeness, earlier before later.
    """
    candidates = sorted(
        (-alike, labels[label].optional, label, at)
        for at in range(len(found))
        for label in range(len(labels))
        if (alike := likeness(found[at], labels[label])) > 0
    )
    label_of: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, label, at in candidates:
        if at not in label_of and label not in taken:
            label_of[at] = label
            taken.add(label)
    return Alignment(
        pairs=tuple(sorted(label_of.items())),
        spurious=tuple(at for at in range(len(found)) if at not in label_of),
        missed=tuple(at for at, label in enumerate(labels) if at not in taken and not label.optional),
    )


def dice(one: str, other: str) -> float:
    """Twice the tokens that both have, repetitions counted, over the tokens of both."""
    left, right = Counter(tokens(one)), Counter(tokens(other))
    size = left.total() + right.total()
    return 2 * (left & right).total() / size if size else 0.0


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
