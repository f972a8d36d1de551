"""What is no proposal, or no live one, whatever the heads say: by words of grammar that they read too seldom."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from onrecord.annotate.syntax.tree import climb
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from onrecord.annotate.proposals.act import Act

_DROPPING = word_set("drop shelve scrap abandon withdraw cancel ditch axe")
_OWN = frozenset({"propose", "plan", "commit", "offer", "demand", "request", "threaten"})


def _is_neither(act: "Act") -> bool:
    """Neither called for nor ruled out; urged neither side to leave."""
    words = (act.verb, *act.verb.children, *act.verb.conjuncts, *(c for w in act.verb.conjuncts for c in w.children))
    sides = (c for word in act.verb.children if word.dep_ in ("dobj", "nsubj") for c in word.children)
    return any(word.lower_ == "neither" for word in (*words, *sides))


def _is_denied(act: "Act") -> bool:
    """Did not call for sanctions, had not endorsed the plan: where the heads see the act and pass over its denial."""
    verb = act.verb
    denied = any(c.dep_ == "neg" and not act.cue[0] <= c.idx < act.cue[1] for c in verb.children)
    is_told = any(c.dep_ == "aux" and c.lemma_ in ("do", "have") for c in verb.children)
    return denied and is_told and act.wanted == "yes" and act.type not in ("reject", "oppose")


_VETOES: Mapping[str, Callable[["Act"], bool]] = {"neither this nor that": _is_neither, "denied": _is_denied}


def veto(act: "Act") -> str | None:
    """The name of the veto against an act, if there is one."""
    return next((name for name, holds in _VETOES.items() if holds(act)), None)


def is_withdrawn(act: "Act") -> bool:
    """Whether a plan of one's own was given up: dropped plans for a road, shelved its proposal to tax sugar."""
    governor = next((word for word in climb(act.verb) if word.pos_ == "VERB"), None)
    return act.type in _OWN and act.verb.pos_ == "NOUN" and governor is not None and governor.lemma_ in _DROPPING
