"""Pronouns, by what they can stand for."""

from typing import TYPE_CHECKING

from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST_PERSON = frozenset({"i", "we", "us", "me", "our", "my", "ours"})

NOBODY = word_set("you one there that this these those what everyone anyone who nobody")


def is_first_person(token: "Token") -> bool:
    """Whether a token is we, I, our and the like; US is the country."""
    return token.lower_ in _FIRST_PERSON and token.text != "US"
