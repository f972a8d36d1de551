"""The PLOVER event of a proposal, for those who compare it with event data (POLECAT): its category and its mode."""

from typing import TYPE_CHECKING

from onrecord.annotate.proposals.heads import PLOVER
from onrecord.annotate.syntax.tree import climb
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from onrecord.annotate.proposals.act import Act

# The category that PLOVER's manual gives to an act of each type, if nothing else is told. A plan is an intention and no
# event unless its content makes it one.
_OF_TYPE = {
    "propose": "REQUEST",
    "call_for": "REQUEST",
    "urge": "REQUEST",
    "demand": "REQUEST",
    "request": "REQUEST",
    "reject": "REJECT",
    "oppose": "REJECT",
    "threaten": "THREATEN",
    "support": "SUPPORT",
    "commit": "AGREE",
    "offer": "AGREE",
}
_OWN_SHARE = 0.3  # what the type's own category has on top of what the head says
_LEAST = 0.5  # of a category with that: what is less probable is no event
# Lemmas of crowds and of what they do, by the mode of PROTEST; of several modes the first holds.
_PROTESTS = {
    "riot": word_set("rioter riot"),
    "obstruct": word_set("block blockade barricade besiege"),
    "strike": word_set("striker picketer strike picket"),
    "demonstrate": word_set("protester demonstrator marcher protest demonstrate march rally chant"),
}
_CROWDS = word_set("rioter striker picketer protester demonstrator marcher")
_LINKED = frozenset({"advcl", "pcomp", "prep", "xcomp", "acl"})  # of a purpose or manner: blocked roads *to press* for


def category_of(act: "Act") -> str | None:
    """Category of PLOVER 2021, of those that the head knows; None where none is probable."""
    own = _OF_TYPE.get(act.type)
    shares = {name: share + _OWN_SHARE * (name == own) for name, share in zip(PLOVER, act.events, strict=True)}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _LEAST else None


def mode_of(act: "Act", category: str | None) -> str | None:
    """Mode of the category, where the words tell it. Of the verbal categories PLOVER has modes of few.

    What its first version called DISAPPROVE is a mode of ACCUSE in that of 2021; a lawsuit alleges, which is no less.
    """
    if category == "PROTEST":
        words = _protest_words(act)
        return next((mode for mode, lemmas in _PROTESTS.items() if not lemmas.isdisjoint(words)), None)
    return "disapprove" if category == "ACCUSE" and act.verb.lemma_ != "sue" else None


def _protest_words(act: "Act") -> frozenset[str]:
    """The demonstration (14) whose cause an ask is, by its lemmas: rallied to demand, demonstrators demanded."""
    clauses = [act.verb.head if act.verb.dep_ == "dobj" else act.verb]  # to press their *demands*
    for governor in climb(clauses[0]):
        if clauses[-1].dep_ not in _LINKED:
            break
        clauses.append(governor)
    people = [c for clause in clauses for c in clause.children if c.dep_ in ("nsubj", "dobj")]
    crowds = _CROWDS.intersection(token.lemma_.lower() for noun in people for token in noun.subtree)
    done = frozenset().union(*_PROTESTS.values()).intersection(clause.lemma_ for clause in clauses[1:])
    return crowds | done
