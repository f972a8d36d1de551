"""Which names are those of bodies, by their words: `Harbour Commission`, but not `Harbour Agreement`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.knowledge.bodies import BODIES
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import listed, listed_lower, with_meaning
from onrecord.knowledge.words import fold, word_set

PAPERS = listed_lower("newspaper_word")
# What makes a body's name of any name that it ends, and any legal form of a company.
_TELLING = frozenset(map(str.lower, with_meaning("body", "legal_form_short", "legal_form", "newspaper_word")))
_FORMS = listed_lower("legal_form_short", "legal_form")
# Words by which a name is told to be a body's. Trade and part words, which describe none alone, do so in names only.
BODY_WORDS = (BODIES - listed("body_as_description")) | listed("name_of_body") | _TELLING
_NOT_BODIES = listed("head_of_no_body")
ENDINGS = listed("last_word_of_body") | (_TELLING & _FORMS)
# What may follow the name of a body and make no other body of it: Reuters news agency, Hezbollah movement.
DESCRIPTIONS = listed("behind_body") | _FORMS
_PERSON_LIKE = ENDINGS | listed("last_word_of_person_like_body")
_NEVER = listed("never_body")
_NOT_ALONE = listed("no_body_by_itself")
_LAWS = listed("last_word_of_no_body")
_CASE = frozenset({"v", "vs"})  # Smith v. Board of Education
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th)\Z")  # 3rd Battalion
_PREPOSITIONS = word_set("of for to on in at against with from by under")


def is_body(words: Sequence[str]) -> bool:
    """Whether a name that the tagger found holds a word for a body, and its head is none for something else."""
    folded = [fold(word).strip(".,") for word in words]
    if " ".join(folded) in _NOT_ALONE or folded[-1] in _LAWS or _CASE & set(folded):
        return False
    if len(folded) < 2 or not (words[0][0].isupper() or _ORDINAL.match(words[0])):
        return False
    link = next((at for at, word in enumerate(folded) if at and word in _PREPOSITIONS), len(folded))
    pairs = {f"{one} {other}" for one, other in pairwise(folded)}
    if _NEVER & {*folded, *pairs} or folded[link - 1] in _NOT_BODIES | ROLE_HEADS:  # State of the Union, Bureau Chief
        return False
    if len(words) > 10 or any(re.search(r"\d(?!\d*(?:st|nd|rd|th)\b)|@|/|http", word) for word in words):
        return False
    return any(word in BODY_WORDS for word in folded)


def ends_as_body(name: str, *, person_like: bool = False) -> bool:
    """Whether the last word tells that a name is a body's; `person_like` if the tagger sees a person."""
    return fold(name.split()[-1]).strip(".,") in (_PERSON_LIKE if person_like else ENDINGS)
