"""Who performs the act that a cue names, in the dependency tree."""

from typing import TYPE_CHECKING

from onrecord.annotate.syntax.tree import (
    FINITE,
    LONGEST_CLIMB,
    LONGEST_CONTENT,
    NAMES,
    RELATIVE,
    Step,
    child,
    climb,
    end_of,
    infinitive_mark,
    is_finite,
    is_passive,
)
from onrecord.knowledge.word_lists import with_meaning

if TYPE_CHECKING:
    from spacy.tokens import Token

# What one writes: issued a declaration demanding.
PAPERS = with_meaning("paper", "speech_noun")
# What a clause is to the one above, whose subject it shares.
_SHARES_SUBJECT = frozenset({"conj", "advcl", "parataxis", "aux", "xcomp", "ccomp", "acomp"})


def source_of(head: "Token") -> "Token | None":
    """Who performs the act that `head` names: its subject, or the one it inherits. None: the sentence does not say."""
    clause = head
    for _ in range(LONGEST_CLIMB):
        if clause.pos_ in ("NOUN", "PROPN"):
            return source_of_noun(clause)
        clause = _without_misread_conjunct(clause)
        step = _own_performer(clause, head) or _from_above(clause)
        if step.above is None:
            return step.performer
        clause = step.above
    return None


def _without_misread_conjunct(verb: "Token") -> "Token":
    """The finite verb above one that the parser joins to an infinitive, or that one: *refused* to sign and says."""
    if verb.dep_ != "conj" or not is_finite(verb) or infinitive_mark(verb.head) is None:
        return verb
    return next((t for t in climb(verb) if t.pos_ in ("VERB", "AUX") and is_finite(t)), verb.head)


def _own_performer(clause: "Token", head: "Token") -> Step | None:
    """Who performs the act by the clause itself, its subject or agent. None: it shares its subject with another."""
    passive = is_passive(clause)
    if passive and clause != head and (subject := child(clause, "nsubjpass")) is not None:
        return Step(subject)  # the *minister* was forced to announce
    if _is_misread_predicate(clause):
        return Step(clause.head)
    if (passive and clause == head) or (clause.tag_ == "VBN" and clause.dep_ == "acl"):
        agent = child(clause, "agent")
        return Step(child(agent, "pobj") if agent is not None else None)
    subject = child(clause, "nsubj")
    if subject is None:
        beside = _misread_subject(clause)
        return Step(beside) if beside is not None else None
    if subject.tag_ == "VBG" and (named := child(subject, "nsubj")) is not None:
        return Step(named)  # the agency *operating* in the camps said
    return Step(clause.head if subject.lower_ in RELATIVE and clause.dep_ == "relcl" else subject)


def _from_above(clause: "Token") -> Step:
    """Who performs the act of a clause without a subject, by what it depends on."""
    label = clause.dep_
    if label in ("xcomp", "ccomp") and infinitive_mark(clause) is not None and child(clause.head, "dobj") is not None:
        return Step()  # urged them *to sign*: not whoever urged
    if label in _SHARES_SUBJECT:
        return Step(above=clause.head)
    if label == "acl":
        return _from_noun(clause)
    if label == "relcl":
        return Step(clause.head if is_finite(clause) else None)
    return _from_preposition(clause) if label == "pcomp" else Step()


def _from_noun(modifier: "Token") -> Step:
    """Of a participle that modifies a noun: the noun itself, or who wrote the paper that it names."""
    noun = modifier.head
    if modifier.tag_ != "VBG":
        return Step()
    if noun.lemma_ not in PAPERS:
        return Step(noun)
    author = source_of_noun(noun)
    return Step(author) if author is not None else Step(above=noun.head)  # issued a declaration demanding


def _from_preposition(gerund: "Token") -> Step:
    """Of a gerund after a preposition: whom the verb before accuses or thanks *for* it, else that verb's subject."""
    preposition, governor = gerund.head, gerund.head.head
    if preposition.lower_ in ("for", "of") and governor.pos_ == "VERB":
        at = next((c for c in governor.children if c.dep_ == "prep" and c.lower_ == "at"), None)
        accused = child(governor, "dobj") or (child(at, "pobj") if at is not None else None)  # lashed out at them
        if accused is not None:
            return Step(accused)
    return Step(above=governor)


def _is_misread_predicate(verb: "Token") -> bool:
    """Whether a participle after a noun is the verb of its sentence: the minister *called Thursday* for a truce."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ != "ROOT" or child(verb, "agent") is not None:
        return False
    return verb.i + 1 < len(verb.doc) and verb.nbor().ent_type_ == "DATE" and verb.nbor().head == verb


def _misread_subject(verb: "Token") -> "Token | None":
    """The name right before a finite verb that the parser left without a subject."""
    if verb.tag_ not in FINITE or verb.dep_ in ("conj", "relcl", "acl") or verb.i == 0:
        return None
    before = verb.doc[verb.i - 1]
    if before.pos_ in ("ADV", "AUX") and before.i > 0:
        before = verb.doc[before.i - 1]
    for governor in (before, *climb(before)):
        if governor.i > verb.i or governor.pos_ not in ("PROPN", "ADP", "NOUN"):
            break
        if governor.pos_ == "PROPN":
            before = governor
    return before if before.pos_ == "PROPN" else None


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
