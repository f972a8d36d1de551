"""Mode of a PLOVER event, for those who compare proposals with event data (POLECAT); the heads tell its category."""

from onrecord.annotate.proposals.act import Act
from onrecord.annotate.syntax.tree import climb
from onrecord.knowledge.words import word_set

# Lemmas of crowds and of what they do, by the mode of PROTEST; of several modes the first holds.
_PROTESTS = {
    "riot": word_set("rioter riot"),
    "obstruct": word_set("block blockade barricade besiege"),
    "strike": word_set("striker picketer strike picket"),
    "demonstrate": word_set("protester demonstrator marcher protest demonstrate march rally chant"),
}
_CROWDS = word_set("rioter striker picketer protester demonstrator marcher")
_LINKED = frozenset({"advcl", "pcomp", "prep", "xcomp", "acl"})  # of a purpose or manner: blocked roads *to press* for


def mode_of(act: Act) -> str | None:
    """Mode of the category, where the words tell it. Of the verbal categories PLOVER has modes of few.

    What its first version called DISAPPROVE is a mode of ACCUSE in that of 2021; a lawsuit alleges, which is no less.
    """
    if act.plover == "PROTEST":
        words = _protest_words(act)
        return next((mode for mode, lemmas in _PROTESTS.items() if not lemmas.isdisjoint(words)), None)
    return "disapprove" if act.plover == "ACCUSE" and act.verb.lemma_ != "sue" else None


def _protest_words(act: Act) -> frozenset[str]:
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
