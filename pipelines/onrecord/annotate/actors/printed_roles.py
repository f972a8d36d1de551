"""The role printed with a name: before it, or behind it after a comma."""

from dataclasses import replace
from itertools import dropwhile
from typing import TYPE_CHECKING

from onrecord.annotate.actors.people import DETERMINERS, POSSESSIVES, PersonName, plain
from onrecord.knowledge.titles import LINKS, ROLE_HEADS, ROLE_MODIFIERS, SINGULAR
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LONGEST_ROLE = 14  # tokens
_GOVERNING = frozenset({"of", "for", "to", "at"})  # what an office is of
_HEAD_REACH = 4  # tokens between such a word and the head before it
_SIDED = frozenset({"pro", "anti"})
# Parts of speech that begin no role.
_NO_BEGINNING = frozenset({"ADV", "AUX", "PART", "SCONJ", "CCONJ", "ADP", "VERB", "PUNCT"})


def with_role(name: PersonName, text: str, syntax: "Doc") -> PersonName:
    """The role printed before (`Foreign Minister Wang Yi`) or after the name (`Wang Yi, the foreign minister, ...`)."""
    span = syntax.char_span(name.start, name.end, alignment_mode="expand")
    if span is None:
        return name
    place = _role_before(span[0]) or _role_after(span[-1])
    if place is None:
        return name
    printed = syntax.char_span(*place, alignment_mode="expand")
    if printed is not None and any(token.ent_type_ == "PERSON" and token.text[0].isupper() for token in printed):
        return name  # `Mr Lee, Prime Minister Smith, ...`: the role of somebody else
    return replace(name, role=text[slice(*place)], role_start=place[0], titled=True)


def _role_before(first: "Token") -> tuple[int, int] | None:
    """The office or trade printed right before a name, or before a comma that precedes it."""
    doc, last = first.doc, first.i - 1
    apposed = last > 0 and doc[last].text == ","
    if apposed:
        last -= 1
    start = _start_of_role(doc, last, apposed)
    if start is None:
        return None
    words = _from_last_office(_from_first_noun(doc[start : last + 1]))
    if not _is_role(words) or (apposed and not _is_definite(words[0])):
        return None
    return words[0].idx, words[-1].idx + len(words[-1].text)


def _start_of_role(doc: "Doc", last: int, apposed: bool) -> int | None:
    """Where a role that ends in the token at `last` begins: as far back as tokens belong to it; None without a head."""
    start, has_head = last, False
    for i in range(last, max(last - _LONGEST_ROLE, -1), -1):
        if doc[i + 1].is_sent_start or (apposed and doc[i].ent_type_ == "PERSON"):
            break
        if _takes_side(doc, i) or _is_credit(doc, i):
            break
        word = plain(doc[i])
        if not _belongs(doc, i, word, has_head=has_head, lower=has_head and doc[start].text[0].islower()):
            start = i if has_head and word == "the" else start
            break
        if word not in LINKS or doc[i].text in POSSESSIVES:
            start = i
        has_head = has_head or word in ROLE_HEADS
    return start if has_head else None


def _takes_side(doc: "Doc", i: int) -> bool:
    """pro-Beijing leader"""
    return i > 1 and doc[i - 1].text == "-" and fold(doc[i - 2].text) in _SIDED


def _is_credit(doc: "Doc", i: int) -> bool:
    """`Ola Testmann/AP President Smith`: who took the picture above the text."""
    return i > 0 and (
        doc[i].text == "/" or (doc[i - 1].text == "/" and not doc[i - 1].whitespace_) or "/" in doc[i].text
    )


def _belongs(doc: "Doc", i: int, word: str, *, has_head: bool, lower: bool) -> bool:
    """Whether the token at `i`, folded `word`, is part of the role behind it, in which a head stands or not yet.

    `Secretary of State Mike Pompeo`: a link continues a role only between its head and what that governs.
    `lower` tells that the role is in lower case so far.
    """
    if word in ROLE_HEADS:
        return True
    if word not in LINKS:
        return _qualifies(doc[i], lower)
    if doc[i].text in POSSESSIVES:
        return True
    return not has_head and (word not in _GOVERNING or _has_head(doc[max(0, i - _HEAD_REACH) : i]))


def _has_head(tokens: "Span") -> bool:
    return any(plain(token) in ROLE_HEADS for token in tokens)


def _from_first_noun(words: "Span") -> tuple["Token", ...]:
    """The words without those at the beginning that begin no role."""
    return tuple(dropwhile(lambda word: word.text in POSSESSIVES or word.pos_ in _NO_BEGINNING, words))


def _from_last_office(words: tuple["Token", ...]) -> tuple["Token", ...]:
    """`the special counsel President Smith fired`: an office with a capital behind a role in lower case is another."""
    for k in range(len(words) - 1, 0, -1):
        word, before = words[k], words[k - 1]
        if (
            fold(word.text) in SINGULAR
            and word.text[0].isupper()
            and before.text[0].islower()
            and plain(before) in ROLE_HEADS
        ):
            return words[k:]
    return words


def _is_role(words: tuple["Token", ...]) -> bool:
    """Whether words have a head that ends them or governs what follows it: `president`, `head of the mission`."""
    heads = [k for k, word in enumerate(words) if plain(word) in ROLE_HEADS]
    if not heads or fold(words[-1].text) in LINKS:
        return False
    return heads[-1] == len(words) - 1 or fold(words[heads[-1] + 1].text) in _GOVERNING | {"-"}


def _is_definite(first: "Token") -> bool:
    """`the foreign minister, Ann Smith`, `Russian president, Ola Testmann`: only such a role stands before a comma."""
    return fold(first.text) in DETERMINERS or first.ent_type_ in ("NORP", "GPE")


def _qualifies(token: "Token", lower: bool) -> bool:
    """Whether `token` can be part of a role before its head; beside a head in lower case any noun can."""
    if token.is_space or "\n" in token.text or (token.is_punct and token.text != "-"):
        return False
    if token.text[0].isupper():
        return token.ent_type_ not in ("PERSON", "DATE", "TIME")
    if token.text == "-":  # vice-president, not `JERUSALEM - President`
        return not token.whitespace_
    return fold(token.text) in ROLE_MODIFIERS or (lower and token.pos_ in ("NOUN", "ADJ"))


def _role_after(last: "Token") -> tuple[int, int] | None:
    """An apposition after a comma, up to the next comma or the end of its noun phrase."""
    doc, i = last.doc, last.i + 1
    if i + 1 >= len(doc) or doc[i].text != ",":
        return None
    i += 1
    words: list[Token] = []
    for token in doc[i : i + 20]:
        if token.is_sent_start or token.text in (",", ".", ";", ":", "—", "–", '"', "“", "”") or token.is_space:
            break
        if token.tag_ in ("VBD", "VBZ", "MD") and words and fold(words[0].text) == "the":
            return None  # `asked by Mr Lee, the president said`: the subject of a clause
        if token.pos_ in ("VERB", "AUX") or fold(token.text) in ("who", "which", "that", "whose", "said"):
            break
        if fold(token.text) == "and" and not _goes_on(token):
            break
        words.append(token)
    heads = [k for k, word in enumerate(words) if plain(word) in ROLE_HEADS]
    if not heads or heads[0] > 7:
        return None
    return words[0].idx, words[-1].idx + len(words[-1].text)


def _goes_on(conjunction: "Token") -> bool:
    """`Centre for Law and Justice`: whether `and` is a word of a name."""
    after = conjunction.i + 1
    return (
        conjunction.ent_type_ == "ORG"
        and conjunction.ent_iob_ == "I"
        and after < len(conjunction.doc)
        and conjunction.doc[after].ent_type_ == "ORG"
    )
