"""Whether two wordings report the same words, and how the one differs from the other.

The limits were chosen on pairs of quotes that were judged by reading (tests/gold/across).
"""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.assemble.across.wording import Common, Words, compare


class WordingMethod(StrEnum):
    """How a quote was found to report an utterance. Published in quotes.utterance_method."""

    EXACT = "exact"
    CUT = "cut"
    CHANGED = "changed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Wording:
    """What an article tells as one utterance."""

    words: Words  # content words in order (wording.to_words)
    marked: Words  # those in quotation marks; none if it is told without
    is_clause: bool


@dataclass(frozen=True, slots=True)
class SameWords:
    similarity: float  # what share of the content words of the shorter wording is in the longer, from 0 to 1
    method: WordingMethod


def same_words(ours: Wording, theirs: Wording, *, are_dated: bool) -> SameWords | None:
    """How two reports of one speaker tell the same words, None if they do not.

    Where both quote, it is enough that the words in quotation marks are the same: around them each article tells in its
    own way. Else the shorter one must be a clause: what only names a thing was named on many days. `are_dated` says
    whether both are known to be of the same days; if not, three words are too few.
    """
    whole = compare(ours.words, theirs.words)
    least = 3 if are_dated else 4
    if ours.marked and theirs.marked:
        for common in (whole, compare(ours.marked, theirs.marked)):
            if _is_quoted_again(common, least):
                return SameWords(round(common.coverage, 3), _method(common))
        return SameWords(round(whole.coverage, 3), WordingMethod.CHANGED) if _is_retold(whole, least) else None
    shorter = min(ours, theirs, key=lambda wording: len(wording.words))
    if (shorter.marked or shorter.is_clause) and _is_retold(whole, least):
        return SameWords(round(whole.coverage, 3), WordingMethod.INDIRECT)
    return None


def _is_quoted_again(common: Common, least: int) -> bool:
    """Most of the shorter quotation is in the longer, or a long stretch is in both, as where each cuts another end."""
    mostly = common.kept >= least and common.pairs >= 2 and common.coverage >= 0.75
    return mostly or (common.pairs >= 5 and common.coverage >= 0.4)


def _is_retold(common: Common, least: int) -> bool:
    """All of the shorter telling is in the longer, or nearly all, or much of it in a row."""
    wholly = common.kept >= least and common.pairs >= 1 and common.kept == common.shorter
    nearly = common.kept >= 4 and common.coverage >= 0.6
    return wholly or nearly or (common.kept >= 5 and common.pairs >= 3 and common.coverage >= 0.55)


def _method(common: Common) -> WordingMethod:
    if common.kept < common.shorter:
        return WordingMethod.CHANGED
    return WordingMethod.EXACT if common.shorter == common.longer else WordingMethod.CUT
