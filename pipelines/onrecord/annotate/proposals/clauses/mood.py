"""Whether an act is done: its modality, and what its clause says about who will do what."""

from typing import TYPE_CHECKING

from onrecord.annotate.proposals.clauses.content import Complement
from onrecord.annotate.syntax.pronouns import is_first_person
from onrecord.annotate.syntax.tree import LONGEST_CLIMB, child, climb, infinitive_mark, is_negated, is_question
from onrecord.knowledge.word_lists import with_meaning
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that let their infinitive happen: `decided to reject` is a rejection, `failed to reject` is not.
IMPLICATIVE = word_set(
    """decide vote continue begin start move try come go rush join choose opt elect dare proceed seek use
    want like"""
)
_EXPECTED = word_set("expect set likely due poise schedule")
_INSTEAD = frozenset({"instead", "rather", "without", "than"})
_NOT_DONE = frozenset({"should", "must", "can", "ca", "ought"})
_PERHAPS = frozenset({"may", "might", "could"})
_FUTURE = frozenset({"will", "would", "’ll", "'ll", "’d", "'d"})


_SHARED = {("VB", "VB"), ("VBN", "VBN"), ("VBD", "VBN")}  # forms of coordinated verbs that one auxiliary may serve
_UNREAL = frozenset({"might", "could", "would"})
SPECULATING = with_meaning("speculates", "attitude_word")


def performed(verb: "Token", steps: int = LONGEST_CLIMB) -> str | None:
    """Modality of the act of a verb: asserted, hypothetical, or None where nobody performs it."""
    modality = "asserted"
    shared = verb.dep_ == "conj" and (verb.tag_, verb.head.tag_) in _SHARED
    if shared and not any(c.dep_ in ("aux", "nsubj", "mark") for c in verb.children):
        modality = (
            performed(verb.head, steps - 1) if steps else None
        ) or ""  # might have doubted it and *demanded* proof
        if not modality:
            return None
    if verb.dep_ == "conj" and child(verb, "nsubj") is None and any(c.lower_ == "whether" for c in verb.head.children):
        return None  # whether they support or *oppose* it
    for c in verb.children:
        if c.dep_ == "aux" and c.tag_ == "MD":
            if c.lower_ in _NOT_DONE:
                return None
            if c.lower_ in _UNREAL and any(a.lower_ == "have" and a.dep_ == "aux" for a in verb.children):
                return None  # might have demanded
            if c.lower_ in _PERHAPS:
                modality = "hypothetical"
        if c.dep_ == "mark" and c.lower_ in ("if", "whether", "unless", "for"):
            return None
        if c.dep_ == "advmod" and c.lower_ in ("why", "how"):
            return None
        if verb.lemma_ == "want" and c.lower_ in _FUTURE:
            return None
    if is_question(verb) or child(verb, "csubj") is not None:
        return None  # ending the ban would encourage them to come: nobody encourages
    if verb.dep_ == "ccomp" and verb.head.lemma_ in SPECULATING and _is_future_clause(verb):
        return None  # assumed that he would vote to end it
    if verb.dep_ == "pcomp" and (_is_supposed(verb) or (verb.head.lower_ == "by" and is_negated(verb.head.head))):
        return None
    if verb.dep_ == "pcomp" and (
        verb.head.lower_ in _INSTEAD
        or verb.head.head.lower_ in _INSTEAD
        or verb.doc[verb.head.i - 1].lower_ in _INSTEAD
    ):
        return None
    if infinitive_mark(verb) is not None and verb.dep_ in ("xcomp", "ccomp", "acl", "relcl"):
        governor = verb.head.lemma_.lower()
        if governor in _EXPECTED:
            return "hypothetical"
        if governor not in IMPLICATIVE or is_negated(verb.head) or not steps or performed(verb.head, steps - 1) is None:
            return None
    return modality


def is_own(content: Complement, source: "Token | None") -> bool:
    """Whether the clause is about what its source will do: warned it would respond."""
    subject = child(content.head, "nsubj")
    if subject is None or source is None or not is_future(content):
        return False
    return is_first_person(subject) or subject.lower_ in ("it", "they", "he", "she") or subject.lower_ == source.lower_


def _is_future_clause(verb: "Token") -> bool:
    return any(c.lower_ in _FUTURE for c in verb.children)


def _is_supposed(verb: "Token") -> bool:
    """Whether a gerund stands in a condition: if they are serious about *rejecting* it."""
    clause = next((g for g in climb(verb) if g.pos_ in ("VERB", "AUX")), None)
    return clause is not None and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in clause.children)


def is_future(content: Complement) -> bool:
    return _is_future_clause(content.head)


def is_refusal(content: Complement) -> bool:
    """Whether the clause announces the end of patience: warned that the police will no longer tolerate it."""
    return is_future(content) and is_negated(content.head) and content.head.lemma_ in ("tolerate", "accept", "allow")


def is_subjunctive(verb: "Token") -> bool:
    """Whether a clause tells what should be, not what is: insisted that Iran *halt* the tests."""
    subject = child(verb, "nsubj")
    passive = child(verb, "auxpass")
    bare = (
        verb.tag_ == "VB"
        or (passive is not None and passive.tag_ == "VB")
        or (verb.tag_ == "VBP" and subject is not None and subject.tag_ in ("NN", "NNP"))
    )
    return bare and not any(
        c.tag_ in ("MD", "VBD", "VBZ") or c.lemma_ == "do" for c in verb.children if c.dep_ == "aux"
    )


def is_sanction(content: Complement, policy_nouns: frozenset[str]) -> bool:
    """Whether the clause announces a policy for a case: warned that tariffs will follow if no deal is reached."""
    subject = child(content.head, "nsubj", "nsubjpass")
    condition = next((c for c in content.head.children if c.dep_ == "advcl"), None)
    case = condition is not None and any(m.lower_ in ("if", "unless") for m in condition.children)
    return case and subject is not None and subject.lemma_.lower() in policy_nouns and is_future(content)
