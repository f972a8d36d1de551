"""Whose a noun is, and how far its phrase goes, in the dependency tree."""

from typing import TYPE_CHECKING

from onrecord.annotate.syntax.tree import (
    LONGEST_CLIMB,
    LONGEST_CONTENT,
    NAMES,
    child,
    end_of,
)
from onrecord.knowledge.word_lists import listed, with_meaning

if TYPE_CHECKING:
    from spacy.tokens import Token

# What one writes: issued a declaration demanding.
PAPERS = with_meaning("paper", "speech_noun")
_THINGS = PAPERS | listed("policy_noun")


def source_of_noun(noun: "Token") -> "Token | None":
    """Whose demand, call or plan it is: Iran's, by Iran, from Tehran, Iranian."""
    if (possessor := child(noun, "poss")) is not None:
        return possessor
    for c in noun.children:
        if c.i > noun.i and c.lower_ in ("by", "from") and c.dep_ in ("prep", "agent"):
            return child(c, "pobj")
        if c.dep_ == "acl" and c.tag_ == "VBN" and (agent := child(c, "agent")) is not None:
            return child(agent, "pobj")
    return next((c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and c.ent_type_ in NAMES), None)


def is_thing(noun: "Token") -> bool:
    """Whether a noun is what somebody writes, decides or does: the report demands, the effort seeks."""
    return noun.lemma_.lower() in _THINGS


def phrase(noun: "Token") -> tuple[int, int]:
    """Characters of a noun phrase without the clauses and appositions after its head; coordinated names stay in."""
    first, last = noun.left_edge.i, noun.i
    if noun.pos_ in ("PRON", "DET", "ADJ"):
        first = noun.i
    for c in noun.children:
        if c.i < noun.i:
            continue
        if c.dep_ == "conj":
            last = _coordination_end(c)
        elif c.dep_ in ("prep", "cc", "nummod", "amod", "compound"):
            last = c.right_edge.i
        elif c.dep_ != "punct":
            break
    doc = noun.doc
    while last > noun.i and (doc[last].is_space or doc[last].dep_ in ("cc", "punct")):
        last -= 1
    return doc[first].idx, end_of(doc[min(last, first + LONGEST_CONTENT)])


def _coordination_end(noun: "Token") -> int:
    """Index of the last token of a coordination of which `noun` is a part."""
    last = noun.i
    for _ in range(LONGEST_CLIMB):
        following = None
        for c in noun.children:
            if c.i > noun.i and c.dep_ == "prep":
                last = max(last, c.right_edge.i)
            elif c.i > noun.i and c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN"):
                following = c
        if following is None:
            break
        noun, last = following, max(last, following.i)
    return last
