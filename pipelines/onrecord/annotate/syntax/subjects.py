"""Who performs the act that a cue names, in the dependency tree."""

from typing import TYPE_CHECKING

from onrecord.annotate.syntax.tree import (
    FINITE,
    LONGEST_CLIMB,
    LONGEST_CONTENT,
    NAMES,
    RELATIVE,
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


def source_of(head: "Token") -> "Token | None":
    """Who performs the act that `head` names: its subject, or the one it inherits. None: the sentence does not say."""
    token = head
    for _ in range(LONGEST_CLIMB):
        if token.pos_ in ("NOUN", "PROPN"):
            return source_of_noun(token)
        if token.dep_ == "conj" and is_finite(token) and infinitive_mark(token.head) is not None:
            token = next((t for t in climb(token) if t.pos_ in ("VERB", "AUX") and is_finite(t)), token.head)
        agent = child(token, "agent")
        if is_passive(token) and token != head and (subject := child(token, "nsubjpass")) is not None:
            return subject
        if is_misread_predicate(token):
            return token.head
        if (token == head and is_passive(token)) or (token.tag_ == "VBN" and token.dep_ == "acl"):
            return child(agent, "pobj") if agent is not None else None
        subject = child(token, "nsubj")
        if subject is not None and subject.tag_ == "VBG" and (named := child(subject, "nsubj")) is not None:
            return named  # the agency *operating* in the camps said
        if subject is not None:
            return token.head if subject.lower_ in RELATIVE and token.dep_ == "relcl" else subject
        if (beside := misread_subject(token)) is not None:
            return beside
        label = token.dep_
        if label in ("xcomp", "ccomp") and infinitive_mark(token) is not None and child(token.head, "dobj") is not None:
            return None
        if label in ("conj", "advcl", "parataxis", "aux", "xcomp", "ccomp", "acomp"):
            token = token.head
        elif label == "acl":
            if token.tag_ != "VBG" or token.head.lemma_ not in PAPERS:
                return token.head if token.tag_ == "VBG" else None
            author = source_of_noun(token.head)
            if author is not None:
                return author
            token = token.head.head  # issued a declaration demanding
        elif label == "relcl":
            return token.head if is_finite(token) else None
        elif label == "pcomp":
            governor = token.head.head
            at = next((c for c in governor.children if c.dep_ == "prep" and c.lower_ == "at"), None)
            accused = child(governor, "dobj") or (child(at, "pobj") if at is not None else None)  # lashed out at them
            if token.head.lower_ in ("for", "of") and governor.pos_ == "VERB" and accused is not None:
                return accused
            token = governor
        else:
            return None
    return None


def is_misread_predicate(verb: "Token") -> bool:
    """Whether a participle after a noun is the verb of its sentence: the minister *called Thursday* for a truce."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ != "ROOT" or child(verb, "agent") is not None:
        return False
    return verb.i + 1 < len(verb.doc) and verb.nbor().ent_type_ == "DATE" and verb.nbor().head == verb


def misread_subject(verb: "Token") -> "Token | None":
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
            last = coordination_end(c)
        elif c.dep_ in ("prep", "cc", "nummod", "amod", "compound"):
            last = c.right_edge.i
        elif c.dep_ != "punct":
            break
    doc = noun.doc
    while last > noun.i and (doc[last].is_space or doc[last].dep_ in ("cc", "punct")):
        last -= 1
    return doc[first].idx, end_of(doc[min(last, first + LONGEST_CONTENT)])


def coordination_end(noun: "Token") -> int:
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
