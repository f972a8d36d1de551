"""Whether two wordings report the same words, and how the one differs from the other."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.assemble.across.wording import Words, compare


class Method(StrEnum):
    """How a quote was found to report an utterance. Published in quotes.utterance_method."""

    FULLEST = "fullest"
    EXACT = "exact"
    CUT = "cut"
    CHANGED = "changed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class SameWords:
    similarity: float  # what share of the shorter wording is in the longer, from 0 to 1
    method: Method


def same_words(ours: Words, theirs: Words, *, both_quoted: bool, both_dated: bool) -> SameWords | None:
    """How the words of two reports of one speaker are the same, None if they are not.

    Args:
        ours, theirs: content words in order (`wording.to_words`).
        both_quoted: whether both have words in quotation marks; else one tells them in its own way.
        both_dated: whether both are known to be from the same days.
    """
    common = compare(ours, theirs)
    least = 0.75 if both_quoted else 0.8
    if common.kept < (3 if both_dated and common.coverage == 1 and both_quoted else 4) or common.coverage < least:
        return None
    return SameWords(round(common.coverage, 3), _method(common.kept, common.shorter, common.longer, both_quoted))


def _method(kept: int, shorter: int, longer: int, both_quoted: bool) -> Method:
    if not both_quoted:
        return Method.INDIRECT
    if kept < shorter:
        return Method.CHANGED
    return Method.EXACT if shorter == longer else Method.CUT
