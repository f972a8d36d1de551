"""What is no proposal, or none as the heads take it, by words of grammar that they read too seldom."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from onrecord.annotate.syntax.pronouns import is_first_person
from onrecord.annotate.syntax.subjects import is_thing
from onrecord.annotate.syntax.tree import child, climb, is_negated
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotate.proposals.act import Act

_DROPPING = word_set("drop shelve scrap abandon withdraw cancel ditch axe")
_LACKING = word_set("fail refuse")
_ASKING = listed("asking_verb")
_OWN = frozenset({"propose", "plan", "commit", "offer", "demand", "request", "threaten"})
_PROMISES = frozenset({"commit", "plan", "offer"})
_AUXILIARIES = ("aux", "auxpass", "neg")


def _is_neither(act: "Act") -> bool:
    """Neither called for nor ruled out; urged neither side to leave."""
    words = (act.verb, *act.verb.children, *act.verb.conjuncts, *(c for w in act.verb.conjuncts for c in w.children))
    sides = (c for word in act.verb.children if word.dep_ in ("dobj", "nsubj") for c in word.children)
    return any(word.lower_ == "neither" for word in (*words, *sides))


def _is_denied(act: "Act") -> bool:
    """Did not call for sanctions, had not endorsed the plan: where the heads see the act and pass over its denial, or
    take the denial of the act, *did not*, for a refusal of what it would ask.
    """
    verb = _governing(act.verb)
    denials = [c for c in verb.children if c.dep_ == "neg"]
    is_told = any(c.dep_ == "aux" and c.lemma_ in ("do", "have") for c in verb.children)
    in_cue = [act.cue[0] <= c.idx < act.cue[1] for c in denials]
    if verb != act.verb:
        return is_told and any(in_cue) and verb.lemma_.lower() in _ASKING and not act.start <= verb.idx < act.end
    return not all(in_cue) and is_told and act.wanted == "yes" and act.type not in ("reject", "oppose")


def _is_given_up(act: "Act") -> bool:
    """A plan of one's own that was given up: dropped plans for a road, its proposal was shelved, cancelled plans to."""
    if act.type not in _OWN or act.wanted == "no":
        return False
    if act.verb.pos_ == "NOUN" or act.verb.dep_ in ("dobj", "pobj"):
        governor = next((word for word in climb(act.verb) if word.pos_ == "VERB"), None)
        return _is_dropping(governor) or any(c.dep_ == "amod" and _is_dropping(c) for c in act.verb.children)
    # Of what a verb drops it may be told as its plan only what is planned.
    dropped = (c for c in act.verb.children if c.dep_ in ("dobj", "nsubjpass") and not act.start <= c.idx < act.end)
    return _is_dropping(act.verb) and any(is_thing(noun) for noun in dropped)


def _is_dropping(word: "Token | None") -> bool:
    return word is not None and word.lemma_.lower() in _DROPPING


def _is_threat(act: "Act") -> bool:
    """What one will do unless somebody acts, if they do not, or else; who says *promise* promises all the same."""
    verb = _governing(act.verb)
    if act.verb.dep_ == "mark":  # *unless*, with what follows from it as its content
        return verb.head == act.head and _is_of_failure(verb) and _is_of_others(verb)
    failures = [c for word in (verb, act.head) for c in word.children if c.dep_ == "advcl" and _is_of_failure(c)]
    if act.type == "threaten":
        return bool(failures) and act.modality == "asserted"
    is_promise = act.type in _PROMISES and act.verb.pos_ == "AUX"
    return is_promise and (any(map(_is_of_others, failures)) or _is_alternative(verb))


def _is_refusal(act: "Act") -> bool:
    """Will *not* raise fares: of what is not to be done, where the content leaves the `not` out."""
    verb = _governing(act.verb)
    is_left_out = any(c.dep_ == "neg" and c.idx < act.start for c in verb.children)
    return act.type in _PROMISES and verb != act.verb and act.start <= verb.idx < act.end and is_left_out


def _is_of_failure(clause: "Token") -> bool:
    """Unless they pay; if they do not pay, if there is no money, if they refuse to; not: even if they do not."""
    marks = _marks(clause)
    if "if" in marks and "even" not in {c.lower_ for c in clause.children}:
        told = (c for c in clause.children if c.dep_ in ("attr", "dobj", "nsubj"))
        without = any(d.lower_ == "no" for c in told for d in c.children)
        return without or is_negated(clause) or clause.lemma_.lower() in _LACKING
    return "unless" in marks


def _is_of_others(clause: "Token") -> bool:
    """Whether who speaks will act where others fail: we will leave if they do not pay, it will leave unless they do."""
    own, others = (child(word, "nsubj", "nsubjpass", "expl") for word in (clause.head, clause))
    will_act = clause.head.lemma_ != "be" and any(c.tag_ == "MD" for c in clause.head.children)
    if own is None or not will_act or (others is not None and own.lower_ == others.lower_):
        return False
    return is_first_person(own) or (own.pos_ == "PRON" and "unless" in _marks(clause))


def _marks(clause: "Token") -> frozenset[str]:
    return frozenset(c.lower_ for c in clause.children if c.dep_ == "mark")


def _is_alternative(verb: "Token") -> bool:
    """Pay *or we will leave*: the alternative to what is told to be done."""
    own, asked = child(verb, "nsubj"), verb.head
    if verb.dep_ != "conj" or own is None or own.pos_ != "PRON":
        return False
    subjects = {c.lower_ for c in asked.children if c.dep_ in ("nsubj", "aux")}
    is_asked = asked.tag_ == "VB" and (not subjects or "must" in subjects)
    return is_asked and any(c.dep_ == "cc" and c.lower_ == "or" for c in asked.children)


def _governing(word: "Token") -> "Token":
    """The verb that an auxiliary, a `not` or a conjunction belongs to; any other word itself."""
    return word.head if word.dep_ in (*_AUXILIARIES, "mark") else word


_VETOES: Mapping[str, Callable[["Act"], bool]] = {"neither this nor that": _is_neither, "denied": _is_denied}
_SENSES: Mapping[str, tuple[Callable[["Act"], bool], Callable[["Act"], "Act"]]] = {
    "given up": (_is_given_up, partial(replace, modality="withdrawn")),
    "will not": (_is_refusal, partial(replace, wanted="no")),
    "or else": (_is_threat, partial(replace, type="threaten", modality="conditional")),
}


def veto(act: "Act") -> str | None:
    """The name of the veto against an act, if there is one."""
    return next((name for name, holds in _VETOES.items() if holds(act)), None)


def in_its_sense(act: "Act") -> "Act":
    """The act with what the grammar around it tells and the heads do not."""
    for holds, as_it_is in _SENSES.values():
        act = as_it_is(act) if holds(act) else act
    return act
