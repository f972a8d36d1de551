"""What the tagger takes for somebody and is nobody: places, laws, slogans, the beginning of a headline."""

import re
from collections.abc import Container, Sequence

from onrecord.annotate.actors.organization_words import BODY_WORDS
from onrecord.knowledge.bodies import BODIES
from onrecord.knowledge.given_names import gender_of_name
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import listed_lower
from onrecord.knowledge.words import fold

_BODY_WORDS = BODY_WORDS | BODIES
_PLACE_FIRST = listed_lower("first_word_of_place", "first_word_of_thing")
_PLACE_LAST = listed_lower("last_word_of_place", "last_word_of_thing")
_PARTISANS = {f"{one}s" for one in listed_lower("partisan")}
_FAMILY_NAMES = listed_lower("family_name_word", "family_name_common")
# `Shattered Consensus`, `Emerging Adulthood`: how no first name ends, and how no family name does.
_NO_FIRST = re.compile(r"(?!\w+(?:fred|dred|hammed)$)\w{5,}(?:ing|ed|ory|tion|ous)")
_NO_LAST = re.compile(r"\w{3,}(?:hood|tion|sion|ness|ism|ships?|sensus|eries|care)")
_PLURAL_OFFICE = re.compile(r"(?P<stem>\w+?)(?:ies|s)")


def is_nobody(words: Sequence[str], ordinary: Container[str], families: Container[str]) -> bool:
    """Whether nobody is called by these words.

    `ordinary` are the words that the article has in lower case, `families` the folded family names of its people.
    """
    folded = [fold(word) for word in words]
    first, last = folded[0], folded[-1]
    if len(words) == 1:
        named = first in _FAMILY_NAMES or first in families
        if first in _PARTISANS or _NO_LAST.fullmatch(first):
            return True
        return not named and (first in ordinary or first in _BODY_WORDS or _is_plural_office(first))
    if gender_of_name(f"{first} x") is not None:
        return last in _PLACE_LAST or (last in _BODY_WORDS and last not in _FAMILY_NAMES)
    return (
        first in _PLACE_FIRST
        or last in _PLACE_LAST
        or _NO_FIRST.fullmatch(first) is not None
        or _NO_LAST.fullmatch(last) is not None
        or len(words[-1]) == 1
        or (last in _BODY_WORDS and last not in _FAMILY_NAMES)
        or all(word in ordinary for word in folded)
    )


def names_thing(word: str) -> bool:
    """Whether what begins with a family name is a place or thing by this word: `Smith Tower`."""
    return word[:1].isupper() and fold(word) in _PLACE_LAST


def _is_plural_office(word: str) -> bool:
    plural = _PLURAL_OFFICE.fullmatch(word)
    return plural is not None and ({plural["stem"], plural["stem"] + "y"} & ROLE_HEADS) != set()
