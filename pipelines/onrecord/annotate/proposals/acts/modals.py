"""Proposals by a modal in what somebody is reported or quoted to say: must, should, need to, let us, will."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.acts.futures import (
    APPOINTED,
    BE,
    MAY,
    WILL,
    WOULD,
    foretold,
    is_announced,
    is_conditional,
    own_actors,
    own_type,
)
from onrecord.annotate.proposals.acts.speech import statement
from onrecord.annotate.proposals.acts.stated import acting_verb, stated, subject_of
from onrecord.annotate.proposals.clauses.mood import SPECULATING, performed
from onrecord.annotate.proposals.findings import Findings
from onrecord.annotate.syntax.tree import child, end_of, is_negated, is_passive, is_question
from onrecord.document import Quote
from onrecord.knowledge.word_lists import with_meaning

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBLIGE = frozenset({"must"})
_ADVISE = frozenset({"should", "ought"})
# Must say, have to wonder: manners of speaking, not demands.
_SPEAKING = with_meaning("mind", "attitude_word")
_ATTAINED = frozenset({"able", "free", "allowed", "ready", "responsible", "accountable", "part"})  # should be free
_ANNOUNCING = frozenset({"will", "shall", "’ll", "'ll", "wo"})
# The clause is an embedded question: where they should be placed, what must be done.
_QUESTIONING = frozenset({"WRB", "WP", "WDT"})


def modal_acts(modal: "Token", findings: Findings) -> Iterator[Act]:
    verb = _modal_clause(modal)
    if verb is None or is_question(verb):
        return
    source, speech = statement(verb, findings)
    if source is None and speech is None:
        yield from foretold(modal, verb, findings)
        return
    if verb.dep_ == "ccomp" and verb.head.lemma_ in SPECULATING and modal.lower_ in WILL:
        return  # believed they would withstand a challenge
    future = modal.lower_ in WILL or modal.lemma_ == "go" or (modal.tag_ != "MD" and modal.pos_ == "AUX")
    also = own_actors(verb, source, speech, findings) if future or modal.lower_ in MAY else None
    if modal.lemma_ in ("have", "get", "need") and _is_own_need(verb, source, speech, findings):
        return
    act = _modal_type(modal, verb, also is not None)
    announcing = modal.lower_ in _ANNOUNCING or (modal.lower_ == "would" and source is not None)
    if act is None and announcing and is_announced(verb, source, speech, findings):
        subject = subject_of(verb)
        appointed = subject is not None and subject.lemma_.lower() in APPOINTED
        yield from stated(verb, (modal.idx, end_of(modal)), "plan", source, speech, weak=appointed)
    elif act is None and source is not None and _is_nobody_known(source, findings):
        if verb.head.lemma_ in findings.codebook.lexicon.reporting:
            yield from foretold(modal, verb, findings, "ccomp")
    elif act is not None:
        cue = (modal.idx, end_of(modal))
        subject = child(verb, "nsubj")
        progressive = modal.lower_ in BE
        announced = source is not None and subject is not None and subject.pos_ == "PRON"
        yield from stated(
            verb, cue, act, source, speech, weak=future, public=announced or not progressive, also=also or ()
        )


def _is_own_need(verb: "Token", source: "Token | None", speech: Quote | None, findings: Findings) -> bool:
    """Whether somebody tells what they had to do themselves: the workers felt *they had to leave*."""
    subject = child(verb, "nsubj")
    if subject is None or source is None or subject.lower_ not in ("he", "she", "it", "they"):
        return False
    return own_actors(verb, source, speech, findings) is not None


def _is_nobody_known(source: "Token", findings: Findings) -> bool:
    """Whether who tells is as good as the reporter: officials, sources, the agency."""
    told = [each.actor for each in findings.actors_of(source)]
    return source.pos_ == "NOUN" and all(a.link_method == "unnamed" or a.sector == "media" for a in told)


def _modal_clause(modal: "Token") -> "Token | None":
    """The verb that heads the clause of a modal or of have to, need to, going to, let us; None for other words."""
    if modal.tag_ == "MD":
        if modal.lower_ == "ought" and acting_verb(modal) != modal:
            return modal
        return modal.head if modal.dep_ == "aux" else None
    lemma = modal.lemma_.lower()
    if lemma == "let":
        words = [c for e in modal.children for c in (e, *e.children)]
        return modal if any(c.lower_ in ("us", "’s", "'s") and c.i == modal.i + 1 for c in words) else None
    if modal.dep_ == "aux":
        progressive = modal.head.tag_ == "VBG" and modal.head.lower_ != "going" and modal.lower_ in BE
        return modal.head if progressive else None
    if lemma == "need" and modal.tag_ == "VBN" and child(modal, "nsubjpass") is not None:
        return modal  # a new treaty is needed
    if lemma not in ("have", "need", "go", "get") or (lemma == "need" and modal.tag_ == "VBG"):
        return None
    if lemma == "get" and (modal.lower_ != "got" or not any(c.dep_ in ("aux", "auxpass") for c in modal.children)):
        return None
    acting = acting_verb(modal)
    if any(c.lower_ == "yet" for c in modal.children):
        return None  # has yet to answer
    if acting == modal or acting.i - modal.i > 4 or (lemma == "go" and modal.lower_ != "going"):
        return None
    return modal if lemma == "go" or performed(modal) is not None else None


def _modal_type(modal: "Token", verb: "Token", own: bool) -> str | None:
    """Type of proposal that a modal makes of its clause, None if it makes none. `own`: it is the source's own act."""
    word, lemma = modal.lower_, modal.lemma_.lower()
    if lemma == "let":
        urged = child(verb, "ccomp", "xcomp")
        return None if urged is None or urged.lemma_ in _SPEAKING else "call_for"
    acting = acting_verb(verb) if verb == modal else verb
    subject = subject_of(verb)
    if subject is None and word not in _OBLIGE | _ADVISE | MAY and lemma != "need":
        return None
    if any(
        c.lower_ == "whether" or (c.tag_ in _QUESTIONING and c.lower_ != "why" and c.i < modal.i) for c in verb.children
    ):
        return None
    state = subject is not None and subject.pos_ == "PRON" and subject.lower_ not in ("it", "there")
    if acting.lemma_ == "be" and state and not any(c.lemma_ in _ATTAINED for c in acting.children):
        return None  # we ought to be in better shape
    if acting.lemma_ in _SPEAKING or any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve") for c in verb.children):
        return None
    if subject is not None and modal.i < subject.i and word in _ADVISE:
        return None  # should they resume: a condition
    negated = is_negated(verb) or is_negated(acting)
    only = any(c.lower_ == "only" for c in acting.children)
    if acting.lemma_ == "do" and lemma in ("have", "get") and any(c.lower_ == "with" for c in acting.children):
        return None  # it has to do with money
    necessary = acting.lemma_ == "have" and acting_verb(acting) != acting and child(acting, "dobj") is None
    if necessary and not negated and (lemma == "go" or word in _ANNOUNCING) and subject is not None:
        return "demand"  # they are going to have to choose
    if word in MAY and not own:
        return "demand" if only and (is_passive(acting) or is_conditional(acting)) else None
    if word in MAY | WILL | BE or lemma == "go":
        return own_type(modal, acting, negated, only) if own else None
    if subject is not None and subject.lower_ in ("you", "i"):
        return None
    if word in _OBLIGE or lemma in ("have", "get"):
        return (
            None if lemma in ("have", "get") and (negated or any(c.tag_ == "MD" for c in verb.children)) else "demand"
        )
    if word in _ADVISE or lemma == "need":
        foregone = lemma == "need" and (negated or any(c.lower_ in WOULD for c in verb.children))
        return None if foregone else "call_for"
    return None
