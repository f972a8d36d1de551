"""Reading a dependency tree (labels of spaCy's English models), bounded in every direction."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

NAMES = frozenset({"NORP", "GPE", "ORG", "PERSON", "LOC", "FAC"})
LONGEST_CONTENT = 120  # tokens
LONGEST_CLIMB = 12  # steps up the tree: more than any real sentence needs


@dataclass(frozen=True, slots=True)
class Step:
    """What a clause tells of who acts: the performer, or else the clause above, to be asked next. Neither: nobody."""

    performer: "Token | None" = None
    above: "Token | None" = None


def end_of(token: "Token") -> int:
    return token.idx + len(token)


def child(token: "Token", *labels: str) -> "Token | None":
    return next((c for c in token.children if c.dep_ in labels), None)


def infinitive_mark(verb: "Token") -> "Token | None":
    return next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux" and c.i < verb.i), None)


def is_passive(verb: "Token") -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def is_negated(head: "Token") -> bool:
    """Whether the act itself is denied: did not propose, no plans to, never promised, nobody wants."""
    for c in head.children:
        if (
            c.dep_ == "neg"
            or c.lower_ == "nor"
            or (c.dep_ in ("det", "advmod") and c.lower_ in ("no", "never", "neither", "hardly", "longer"))
        ):
            return True
        is_scarce = c.dep_ == "amod" and c.lower_ in ("little", "few") and c.i == head.i - 1
        if is_scarce and not any(d.dep_ in ("det", "poss") for d in head.children):
            return True  # has little desire to sign
        hedged = c.dep_ == "advmod" and c.lower_ not in ("only", "just", "simply", "merely")
        if hedged and any(d.dep_ == "neg" for d in c.children):
            return True  # would not automatically agree
        if c.dep_ == "nsubj" and any(d.i < c.i and d.lower_ in ("no", "neither") for d in c.children):
            return True
    return False


def climb(token: "Token") -> Iterator["Token"]:
    """The governors of a token, nearest first."""
    for _ in range(LONGEST_CLIMB):
        if token.head == token:
            return
        token = token.head
        yield token
