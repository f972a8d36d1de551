"""Descriptions by which news style goes on with somebody named before: the governor, the Ohio Republican."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.actors.references.descriptions import first_description
from onrecord.annotate.actors.references.offices import can_be_bare, own_body, title_words
from onrecord.annotate.actors.references.pronouns import fits_pronoun
from onrecord.annotate.quotes.speakers.salience import most_salient
from onrecord.document import Actor, Attribution, Mention, Quote
from onrecord.knowledge.titles import COVERS, FEMALE, MALE, ROLE_HEADS, covers
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Span

    from onrecord.annotate.actors.cast import Cast

_PARTISANS = listed("partisan")
# What politicians are called whatever office they hold or want.
_POLITICAL = _PARTISANS | listed("political_description")
_OFFICES = listed("public_office")
_ANYBODY = listed("anybody")
_WOMEN = FEMALE | {"woman", "businesswoman"}
_MEN = MALE | {"man", "businessman"}


def find_described(
    tokens: "Span", attribution: Attribution, cast: "Cast", earlier: Sequence[Quote], others: Sequence[Attribution]
) -> Reference | None:
    """The named person whom "the governor" or "the Ohio Republican" goes on with.

    A description that was introduced with "a" before is that person's. An office needs one who holds or held it, and a
    party somebody with an office of any kind.
    """
    root = tokens.root
    word = fold(root.text)
    if tokens[0].lower_ != "the" or root.tag_ not in ("NN", "NNP") or not word.isalpha():
        return None
    if word not in ROLE_HEADS | _POLITICAL | _ANYBODY or first_description(root) is not None or _known(cast, word):
        return None
    if word in _ANYBODY and any(child.dep_ in ("prep", "relcl") for child in root.rights):
        return None  # the man in Harbour City who lost his boat is introduced by these words
    gender = "f" if word in _WOMEN else "m" if word in _MEN else None
    body = own_body(root)

    def fits(mention: Mention) -> bool:
        actor = cast[mention.actor_id]
        if not body <= {known for role in actor.roles for known in title_words(role)}:
            return False  # the president of the growers' association is no other president
        if actor.link_method == "unnamed" or not fits_pronoun(cast, mention, person=True, gender=gender):
            return False
        if not can_be_bare(cast, actor, word, tokens.start_char):
            return False
        return _can_be_called(cast, actor, word)

    found = most_salient(root, attribution, cast, earlier, others, fits)
    return refer(cast[found], tokens.start_char, tokens.end_char, "role") if found is not None else None


def _can_be_called(cast: "Cast", actor: Actor, word: str) -> bool:
    """Whether what somebody is or was is called by the word."""
    if word not in _POLITICAL:
        return word in _ANYBODY or _holds(cast, actor, {word})
    unknown = word in _PARTISANS and not (actor.roles or cast.offices(actor.actor_id))
    return unknown or _holds(cast, actor, _OFFICES)


def _known(cast: "Cast", word: str) -> bool:
    """Somebody unnamed was described by this noun before, or by one that it covers: the lawmaker, a senator."""
    return any(cast.described("person", noun) for noun in {word, *COVERS.get(word, ())})


def _holds(cast: "Cast", actor: Actor, words: Collection[str]) -> bool:
    """The person has a role that one of the words covers."""
    return any(covers(word, role) for role in (*actor.roles, *cast.offices(actor.actor_id)) for word in words)
