"""Who reports by the parse: the subject of a cue verb, the owner of a noun of speech, and whom they address."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.noun_phrases import SOURCE_POS, noun_phrase
from onrecord.annotate.quotes.reading import NOUNISH, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
HANGS_ON = frozenset({"conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "parataxis", "dep"})
OBJECTS = frozenset({"dobj", "pobj", "attr", "oprd"})
BREAKS = frozenset({",", "—", "–", "--"})
STEPS = 8  # from a verb up to the one whose subject it shares


def find_subject(verb: "Token", reading: Reading) -> int | None:
    """Index of the head noun of whoever reports, through shared subjects, participles and relative clauses.

    None for a passive without agent and where the parser gives a quoted word.
    """
    current = verb
    for _ in range(STEPS):
        children = list(current.children)
        if current is verb and _is_passive(verb, children) and verb.lemma_ not in cue_words.QUOTED_AS:
            agent = _agent(children)
            return agent if agent is not None and reading.quoted[agent] < 0 else None
        subjects = [
            child
            for child in children
            if child.dep_ in SUBJECT
            and child.pos_ in SOURCE_POS
            and child.lower_ not in cue_words.REFLEXIVE
            and (current.dep_ == "relcl" or child.lower_ not in ("which", "that"))
            and reading.quoted[child.i] < 0
        ]
        if subjects:
            nearest = subjects[-1]
            relative = nearest.lower_ in cue_words.RELATIVE and current.dep_ == "relcl"
            return int(current.head.i if relative else nearest.i)
        if current.head.i == current.i:
            return None
        if current.dep_ == "relcl":
            return int(current.head.i) if current.tag_ == "VBG" or current is not verb else None
        if current.dep_ == "acl":
            noun = current.head
            if current.tag_ == "VBG" and reading.lower[current.i - 1] in BREAKS and noun.dep_ in OBJECTS:
                current = noun  # ", claiming …" after an object: the sentence's subject claims
                while current.pos_ in NOUNISH and current.dep_ in OBJECTS | {"prep"} and current.head.i != current.i:
                    current = current.head
                    while current.dep_ == "prep" and current.head.i != current.i:
                        current = current.head
                continue
            if noun.lemma_.lower() not in cue_words.SPEECH_NOUN:
                return int(noun.i)
            owner = owner_of(noun)
            if owner is not None:
                return owner
            above = noun.head.head if noun.dep_ == "pobj" else noun.head
            if noun.dep_ not in ("dobj", "attr", "pobj", "oprd") or above.pos_ not in ("VERB", "AUX"):
                return int(noun.i)
            current = above
            continue
        if current.dep_ not in HANGS_ON or (current.dep_ == "ccomp" and current is verb and verb.tag_ != "VBG"):
            return None
        above = current.head
        if current.dep_ == "xcomp" and above.lemma_ in cue_words.OBJECT_CONTROL:
            controller = next((c for c in above.rights if c.dep_ == "dobj" and c.i < current.i), None)
            if controller is not None:
                return int(controller.i)
        current = above
        while current.pos_ in NOUNISH and current.dep_ in OBJECTS and current.head.i != current.i:
            current = current.head
        if current.pos_ in NOUNISH and current.dep_ in SUBJECT:
            return int(current.i)
    return None


def _is_passive(verb: "Token", children: "Sequence[Token]") -> bool:
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in children):
        return True
    if verb.tag_ != "VBN" or verb.dep_ == "conj":
        return False
    return not any(
        child.lemma_ == "have" or child.lower_ in ("'s", "’s", "'ve", "’ve", "'d", "’d") for child in children
    )


def _agent(children: "Sequence[Token]") -> int | None:
    for child in children:
        if child.dep_ == "agent":
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return int(grandchild.i)
    return None


def owner_of(noun: "Token") -> int | None:
    """Whose statement it is: the president's statement, a statement by the ministry, a tally by Jane Smith."""
    for child in noun.children:
        if child.dep_ == "poss":
            return int(child.i)
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return int(grandchild.i)
        if child.dep_ == "acl":
            agent = _agent(list(child.children))
            if agent is not None:
                return agent
    return None


def find_addressee(reading: Reading, verb: "Token", lemma: str) -> tuple[int, int] | None:
    """Characters of whoever is told, asked, urged or called on."""
    for child in verb.rights:
        if (
            child.dep_ in ("dobj", "dative", "iobj")
            and child.pos_ in NOUNISH
            and lemma in cue_words.ADDRESSED - {"call"}
        ):
            return noun_phrase(reading, child.i)
        wanted = "on" if lemma == "call" else "to"
        if child.dep_ in ("prep", "dative") and child.lower_ == wanted and (lemma == "call" or lemma in cue_words.SAY):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj" and grandchild.pos_ in NOUNISH:
                    return noun_phrase(reading, grandchild.i)
        infinitive = child.dep_ in ("ccomp", "xcomp") and any(c.lower_ == "to" for c in child.lefts if c.dep_ == "aux")
        if infinitive and lemma in cue_words.ADDRESSED & cue_words.TO_DO:
            for grandchild in child.lefts:
                if grandchild.dep_ == "nsubj" and grandchild.pos_ in NOUNISH:
                    return noun_phrase(reading, grandchild.i)
    return None
