"""The gender of persons as the words of their article tell it, and nothing else: no given name, no photograph.

In this order: an honorific before the name (Mr, Ms), a word of the role (spokeswoman), the pronouns that refer to the
person. Where words of one kind disagree, nothing is told.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.references.pronouns import pronoun
from onrecord.document import Actor
from onrecord.knowledge.titles import FEMALE, MALE, honorific_gender
from onrecord.knowledge.words import WORD, fold, word_set

_Genders = defaultdict[str, set[str]]  # by actor id
_MALE, _FEMALE = "male", "female"  # as actors.gender has them
_SPELT = {"m": _MALE, "f": _FEMALE}
# Subjects and possessors; an object is more often somebody else than the last person named.
_PRONOUNS = {"he": _MALE, "his": _MALE, "himself": _MALE, "she": _FEMALE, "her": _FEMALE, "herself": _FEMALE}
_WORDS_OF_ROLES = {**dict.fromkeys(FEMALE, _FEMALE), **dict.fromkeys(MALE, _MALE)}
# `Chairman` is printed for women, too.
_NEUTRAL = word_set("chairman")
_OF = re.compile(r"\s(?:of|for|to|at|in|with|from|on)\s")
_AND = re.compile(r",\s|\s(?:and|&)\s")


def tell_genders(cast: Cast) -> tuple[Actor, ...]:
    """The actors of `cast`, persons with the gender that the article tells or a user's file states."""
    actors = cast.actors()
    persons = {actor.actor_id: actor for actor in actors if actor.type == "person"}
    kinds = [_by_honorifics(cast), _by_roles(cast, persons.values()), _by_pronouns(cast)]
    told = {actor_id: _told(tuple(kind[actor_id] for kind in kinds)) for actor_id in persons}
    return tuple(
        replace(actor, gender=actor.gender or told[actor.actor_id]) if actor.actor_id in persons else actor
        for actor in actors
    )


def _told(kinds: tuple[set[str], ...]) -> str | None:
    """What the first kind of words that tells anything tells; None if it tells both."""
    first = next(filter(None, kinds), set())
    return next(iter(first)) if len(first) == 1 else None


def _by_honorifics(cast: Cast) -> _Genders:
    found: _Genders = defaultdict(set)
    for mention in cast.mentions():
        gender = honorific_gender(cast.doc.text, mention.start, mention.end)
        if gender and mention.form in ("name", "surname"):
            found[mention.actor_id].add(_SPELT[gender])
    return found


def _by_roles(cast: Cast, persons: Iterable[Actor]) -> _Genders:
    found: _Genders = defaultdict(set)
    for actor in persons:
        found[actor.actor_id].update(gender for role in actor.roles for gender in _of_words(role))
    for mention in cast.mentions():
        if mention.form == "role":
            found[mention.actor_id].update(_of_words(cast.doc.text[mention.start : mention.end]))
    return found


def _by_pronouns(cast: Cast) -> _Genders:
    found: _Genders = defaultdict(set)
    for token in cast.syntax:
        gender = _PRONOUNS.get(token.lower_)
        if gender is None or token.tag_ not in ("PRP", "PRP$") or (token.lower_, token.tag_) == ("her", "PRP"):
            continue
        referred = cast.at(token.idx, token.idx + len(token.text))
        for actor_id in [referred.actor_id] if referred else [other.actor_id for other in pronoun(cast, token)]:
            found[actor_id].add(gender)
    return found


def _of_words(words: str) -> Iterable[str]:
    """What the heads of a role tell; not what they are of: a professor at King's College, an adviser to the queen."""
    heads = _AND.split(_OF.split(words, maxsplit=1)[0])
    last = (fold(word) for head in heads for word in WORD.findall(head)[-1:])
    found = (_WORDS_OF_ROLES.get(word) for word in last if word not in _NEUTRAL)
    return (gender for gender in found if gender)
