"""What two wordings have in common: their content words, in order.

Outlets cut a sentence, insert names in brackets, translate it in their own way, or report it without quotation marks.
What survives is the row of its content words: endings, tense, person and words of grammar change, and so are left out.
Negations and numbers stay, for they decide what was said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from onrecord.knowledge.word_lists import listed, with_meaning

Words: TypeAlias = Sequence[int] | Sequence[str]

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")  # one word: U.N., as UN is
# Names of bodies that outlets print in full or by their initials.
_IN_FULL = re.compile(r"\b(?:(united nations)|(european union)|(united kingdom))\b")
_SHORT = ("un", "eu", "uk")
_MENDED = re.compile(r"(?<=\w)[\[\]](?=\w)")  # brackets within a word, where an outlet mended it: tap[ped], [t]hey
# Endings that inflection puts behind English words, the longest first; three letters stay. A light stemmer, as Harman's
# (1991): it need not give words, only the same letters for the forms of one word.
_ENDING = re.compile(r"(?<=.{3})(?:ations?|ings?|ies|ied|ed|es|ly|s|e|y)$")
_GRAMMAR = listed("function_word")
_FINITE = with_meaning("finite", "function_word") | {"not"}  # stand beside a finite verb, before it or for it


def to_words(text: str) -> list[str]:
    """The content words of a text in order: lower case, without endings, words of grammar left out, "not" for "n't"."""
    found = []
    text = _MENDED.sub("", text.casefold().replace("’", "'"))
    text = _INITIALS.sub(lambda letters: letters[0].replace(".", ""), text)
    text = _IN_FULL.sub(lambda name: _SHORT[(name.lastindex or 1) - 1], text)
    for token in _TOKEN.findall(text):
        word, _, clitic = token.partition("'")
        if clitic == "t" and word.endswith("n"):
            found += ([] if word[:-1] in _GRAMMAR or word in ("can", "won", "shan") else [_bare(word[:-1])]) + ["not"]
        elif word not in _GRAMMAR:
            found.append(_bare(word))
    return found


@lru_cache(maxsize=65_536)
def _bare(word: str) -> str:
    return _ENDING.sub("", word).replace("z", "s")  # denuclearization, denuclearisation


def is_clause(text: str) -> bool:
    """Whether a text tells what is or should be, as far as its words of grammar show; else it only names a thing."""
    tokens = _TOKEN.findall(text.casefold().replace("’", "'"))
    return tokens[:1] == ["to"] or any(t.partition("'")[0] in _FINITE or t.endswith("n't") for t in tokens)


@dataclass(frozen=True, slots=True)
class Common:
    """What two wordings share. `kept`: content words of both, in the same order; `pairs`: different pairs of
    neighbouring content words in both; `shorter` and `longer`: how many content words they have."""

    kept: int
    pairs: int
    shorter: int
    longer: int

    @property
    def coverage(self) -> float:
        """What share of the shorter wording is in the longer, from 0 to 1."""
        return self.kept / self.shorter if self.shorter else 0.0


def compare(ours: Words, theirs: Words) -> Common:
    """What two rows of content words share."""
    shorter, longer = sorted((ours, theirs), key=len)
    pairs = set(pairwise(shorter)) & set(pairwise(longer))
    return Common(_common_subsequence(shorter, longer), len(pairs), len(shorter), len(longer))


def _common_subsequence(ours: Words, theirs: Words) -> int:
    """Length of the longest common subsequence, by one addition of long integers a word (Hyyrö 2004)."""
    places: dict[object, int] = {}
    for at, word in enumerate(ours):
        places[word] = places.get(word, 0) | 1 << at
    row = whole = (1 << len(ours)) - 1
    for word in theirs:
        matched = row & places.get(word, 0)
        row = (row + matched) | (row - matched)
    return len(ours) - (row & whole).bit_count()
