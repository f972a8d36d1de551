"""Which word of a name is the family name: the first of Chinese and Korean names, else the last."""

import re

from onrecord.knowledge.word_lists import listed, listed_lower
from onrecord.knowledge.words import fold

_EAST_ASIAN = listed_lower("family_name_east_asian")


def family_name(name: str, country: str | None) -> str:
    """The folded family name, which stands first in Chinese and Korean names."""
    words = re.findall(r"[^\s]+", name)
    if (
        len(words) > 1
        and fold(words[0]) in _EAST_ASIAN
        and (
            country in _FAMILY_FIRST
            or re.search(r"\w-\w", name)
            or (
                country is None
                and all(len(w) <= 8 for w in words)
                and fold(words[-1]) not in _EAST_ASIAN
                and _looks_chinese(words)
            )
        )
    ):
        return fold(words[0])
    return surname(name, country if fold(words[0]) in _EAST_ASIAN else None)


_SYLLABLE = re.compile(r"(?:[bcdfghjklmnpqrstwxyz]|zh|ch|sh)?(?:[aeiou]{1,3})(?:n|ng|r|k|m|l|p|t|h)?", re.IGNORECASE)


def _looks_chinese(words: list[str]) -> bool:
    """Whether the given name is built of one or two Chinese or Korean syllables."""
    return all(
        any(_SYLLABLE.fullmatch(w[:k]) and (k == len(w) or _SYLLABLE.fullmatch(w[k:])) for k in range(1, len(w) + 1))
        for w in words[1:]
    )


_SUFFIXES = listed_lower("name_suffix", "name_suffix_spelt")
SUFFIXES = _SUFFIXES | {f"{suffix}." for suffix in _SUFFIXES}  # Eric Holder Jr. is called Mr. Holder

# Family names that stand first in Chinese and Korean names; Vietnamese and Japanese names are printed in both orders.
_FAMILY_FIRST = listed("family_name_first")


def surname(name: str, country: str | None) -> str:
    """The folded family name: the first word of Chinese and Korean names, else the last with its particle."""
    words = name.split()
    if len(words) > 2 and fold(words[-1]) in SUFFIXES:
        words = [*words[:-2], words[-2].removesuffix(",")]
    if country in _FAMILY_FIRST and len(words) > 1:
        return fold(words[0])
    return fold(words[-1].removeprefix("al-").removeprefix("el-"))
