"""PLOVER event category of a proposal, for those who compare it with event data (POLECAT).

Where the type does not decide, the manual of CAMEO does, whose codes PLOVER groups; the numbers below are CAMEO's.
"""

from typing import TYPE_CHECKING

from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.lexicon import Lexicon
from onrecord.annotate.proposals.parties.targets import ENDING
from onrecord.annotate.syntax.tree import NAMES, child, climb, is_negated
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# Lemmas of crowds and of what they do, by the mode of PROTEST; of several modes the first holds.
_PROTESTS = {
    "riot": word_set("rioter riot"),
    "obstruct": word_set("block blockade barricade besiege"),
    "strike": word_set("striker picketer strike picket"),
    "demonstrate": word_set("protester demonstrator marcher protest demonstrate march rally chant"),
}
_CROWDS = word_set("rioter striker picketer protester demonstrator marcher")
_LINKED = frozenset({"advcl", "pcomp", "prep", "xcomp", "acl"})  # of a purpose or manner: blocked roads *to press* for
_SANCTIONING = word_set("embargo boycott sanction blacklist")
BARRING = word_set("prohibit ban bar deny block withhold cut stop end halt suspend freeze restrict")
_BARRED = word_set("aid assistance trade import export asset entry visa")
_RALLYING = word_set("unite mobilize mobilise rally rise fight")
_RALLIED = word_set("sanction boycott embargo war jihad revolt uprising resistance struggle action measure retaliation")


def category(act: Act, type: str, head: "Token", lexicon: Lexicon) -> str | None:
    """Category of PLOVER 2021 for a proposal of `type` whose content has this head; None if it is no event there.

    The table is `plover` in data/proposal_cues.yml. To accept a demand is CONCEDE, to vow not to
    do something REJECT. PLOVER takes what is announced for
    the future as agreement if it is cooperative, as a threat if it is not: a plan to release something is AGREE, one
    to prohibit something is THREATEN. A decision to stop aid, trade or entry is no threat of it (13) but SANCTION (16).
    Who decides to let something happen has conceded it (08), who is willing to
    forgive or endorse somebody has done so (05).
    """
    lemma = head.lemma_.lower()
    if type in ("demand", "call_for", "urge") and _protest_words(act):
        return "PROTEST"
    if type in ("call_for", "urge") and _is_rally(head):
        return "ACCUSE"
    if type in ("commit", "plan") and is_negated(head):
        return "REJECT"  # vowed not to return the land
    if type in ("commit", "plan", "offer") and lemma in lexicon.approving:
        return "SUPPORT"
    if type == "commit" and lemma in lexicon.yielded:
        return "CONCEDE"
    if type == "plan" and lemma in lexicon.yielding and act.head.lemma_ in ("decide", "decision"):
        return "CONCEDE"
    if (type in ("commit", "plan") and is_sanction(head)) or (
        type == "reject" and is_sanction(act.head) and not is_negated(act.head)
    ):
        return "SANCTION"
    if type in ("plan", "commit", "offer") and _is_loss(head, lexicon):
        return "THREATEN"
    if type == "plan" and lemma in lexicon.cooperative:
        return "AGREE"
    if type in ("plan", "commit") and (lemma in lexicon.restrictive or _is_combat(head)):
        return "THREATEN"
    return lexicon.plover.get(type)


def mode(act: Act, plover: str | None) -> str | None:
    """Mode of the category, where the words tell it. Of the verbal categories PLOVER has modes of few.

    What its first version called DISAPPROVE is a mode of ACCUSE in that of 2021; a lawsuit alleges, which is no less.
    """
    if plover == "PROTEST":
        words = _protest_words(act)
        return next((mode for mode, lemmas in _PROTESTS.items() if not lemmas.isdisjoint(words)), None)
    return "disapprove" if plover == "ACCUSE" and act.head.lemma_ != "sue" else None


def _protest_words(act: Act) -> frozenset[str]:
    """The demonstration (14) whose cause an ask is, by its lemmas: rallied to demand, demonstrators demanded."""
    clauses = [act.head.head if act.head.dep_ == "dobj" else act.head]  # to press their *demands*
    for governor in climb(clauses[0]):
        if clauses[-1].dep_ not in _LINKED:
            break
        clauses.append(governor)
    people = [c for clause in clauses for c in clause.children if c.dep_ in ("nsubj", "dobj")]
    crowds = _CROWDS.intersection(token.lemma_.lower() for noun in people for token in noun.subtree)
    done = frozenset().union(*_PROTESTS.values()).intersection(clause.lemma_ for clause in clauses[1:])
    return crowds | done


def _is_rally(head: "Token") -> bool:
    """Whether others are called to turn against somebody (113): sanctions *against Iran*, to unite *against Iran*."""
    if head.lemma_.lower() not in (_RALLIED if head.pos_ == "NOUN" else _RALLYING):
        return False
    verbs = (head, *head.conjuncts)
    against = [c for verb in verbs for c in verb.children if c.dep_ == "prep" and c.lower_ in ("against", "on")]
    return any((noun := child(link, "pobj")) is not None and noun.ent_type_ in NAMES for link in against)


def is_sanction(verb: "Token") -> bool:
    """Whether aid, trade or entry is stopped: to prohibit all aid, deny them entry, boycott their oil."""
    barred = child(verb, "dobj")
    stopped = verb.lemma_ in BARRING and barred is not None and barred.lemma_.lower() in _BARRED
    return verb.lemma_ in _SANCTIONING or stopped


def _is_loss(verb: "Token", lexicon: Lexicon) -> bool:
    """Whether what helps is taken away: to withdraw inspectors, to end talks."""
    lost = child(verb, "dobj")
    return verb.lemma_ in ENDING and lost is not None and lost.lemma_.lower() in lexicon.benefits


def _is_combat(verb: "Token") -> bool:
    """Whether a fight is one with people: to fight on, to fight the Syrians; not: to fight the ruling, for the poor."""
    fought = [child(c, "pobj") if c.dep_ == "prep" else c for c in verb.children if c.dep_ == "dobj" or _is_front(c)]
    return verb.lemma_ == "fight" and all(noun is not None and noun.ent_type_ in NAMES for noun in fought)


def _is_front(link: "Token") -> bool:
    return link.dep_ == "prep" and link.lower_ in ("against", "for")
