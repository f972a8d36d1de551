"""Where the content of a cue stands in the dependency tree. The frames are explained in data/proposal_cues.yml."""

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.clauses.content import Complement, content_of, finished, spanned
from onrecord.annotate.syntax.tree import NAMES, RELATIVE, child, infinitive_mark
from onrecord.knowledge.word_lists import with_meaning

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "obj"})
_REPROACHES = with_meaning("reproach", "speech_noun")
# What tells more of a noun than that it is one: policies that they support, but *trade* policies, plans *for talks*.
_TELLING = frozenset({"amod", "compound", "nmod", "poss", "prep", "acl"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl"})


def complement(head: "Token", frame: str) -> Complement | None:
    """What stands in `frame` (see data/proposal_cues.yml) of a cue, or None."""
    somebody, _, then = frame.partition("+")
    if then:
        return _with_somebody(head, somebody, then)
    if frame == "that":
        return _finite(head)
    if frame == "to":
        return _infinitive(head)
    if frame == "to-noun":
        return _prepositional(head, "to")
    if frame == "ing":
        return _gerund(head)
    if frame == "done":
        return _participle(head)
    if frame == "obj":
        return _nominal(head) or shifted(head)
    if frame == "defended":
        return _defended(head)
    if frame == "for" and (clause := _for_clause(head)) is not None:
        return clause
    addressed = child(head, "dobj")
    if addressed is not None and addressed.i > head.i:
        return None  # called him brave for refusing
    return _prepositional(head, frame)


def _finite(head: "Token") -> Complement | None:
    for c in head.children:
        if c.dep_ in ("ccomp", "acl") and c.i > head.i and c.tag_ != "VBG" and infinitive_mark(c) is None:
            if c.left_edge.tag_ in ("WDT", "WP", "WRB") or c.left_edge.lower_ in ("whether", "if"):
                continue
            mark = next((m for m in c.children if m.dep_ == "mark" and m.lower_ == "that"), None)
            if mark is not None or (c.dep_ == "ccomp" and child(c, "nsubj", "nsubjpass", "expl") is not None):
                return spanned(c, head, first=mark.i + 1 if mark is not None else None, target=doer(c))
    return None


def _infinitive(head: "Token") -> Complement | None:
    for c in head.children:
        to, subject = infinitive_mark(c), child(c, "nsubj")
        adjacent = c.dep_ == "advcl" and to is not None and to.i == head.i + 1  # have sworn to fight
        if c.i < head.i or to is None or child(c, "mark") is not None or c.left_edge.tag_ in ("WRB", "WP", "WDT"):
            continue  # decided how to proceed
        inside = adjacent or c.dep_ in ("xcomp", "ccomp", "acl", "relcl")
        if inside and (subject is None or subject.lower_ not in RELATIVE):
            before = c.doc[to.i - 1]  # a deadline for Iran to comply
            who = before if before.dep_ == "pobj" and before.head.lower_ == "for" else None
            content = spanned(c, head, first=_start_of(to), target=subject or who)
            return content if not _is_gap(head) or child(c, "dobj", "xcomp", "ccomp") is not None else None
    return None


def _is_gap(verb: "Token") -> bool:
    """Whether the object stands before the clause: the wall that they vowed *to build*."""
    subject = child(verb, "nsubj")
    adverb = any(c.tag_ == "WRB" for c in verb.children)  # the year when they vowed to resign
    return verb.dep_ == "relcl" and subject is not None and subject.lower_ not in RELATIVE and not adverb


def _gerund(head: "Token") -> Complement | None:
    for c in head.children:
        finite = child(c, "aux") is not None  # suggested that he was leaving
        if c.i > head.i and c.tag_ == "VBG" and c.dep_ in ("xcomp", "ccomp", "dobj", "pcomp") and not finite:
            return spanned(c, head)
    return None


def _participle(head: "Token") -> Complement | None:
    """A clause without to: wants *the charges dropped*."""
    for c in head.children:
        if c.i > head.i and c.dep_ in _OBJECTS and any(a.dep_ == "acl" and a.tag_ == "VBN" for a in c.children):
            return spanned(c, head)
        if c.i > head.i and c.tag_ in ("VBN", "VBD") and c.dep_ in ("xcomp", "ccomp"):
            subject = child(c, "nsubj", "nsubjpass")
            if subject is not None and subject.i > head.i and child(c, "aux", "auxpass", "mark") is None:
                return spanned(c, head)
    return None


def _start_of(to: "Token") -> int:
    """Index of the first token of an infinitive: warned them *not* to go."""
    return to.i - 1 if to.i > 0 and to.nbor(-1).lower_ in ("not", "never") else to.i


def _for_clause(head: "Token") -> Complement | None:
    """`for` somebody `to` act: the clause after for."""
    for c in head.children:
        if c.i > head.i and c.dep_ in _CLAUSES:
            mark = next((m for m in c.children if m.dep_ == "mark" and m.lower_ == "for"), None)
            to_act = infinitive_mark(c) is not None or (c.tag_ in ("VB", "VBP") and child(c, "aux") is None)
            if mark is not None and to_act:
                return spanned(c, head, first=mark.i + 1, target=doer(c))
    return None


def doer(verb: "Token") -> "Token | None":
    """Who should act: the agent of a passive verb, else the subject."""
    agent = child(verb, "agent")
    by = child(agent, "pobj") if agent is not None else None
    return by or child(verb, "nsubj", "nsubjpass")


def _prepositional(head: "Token", preposition: str) -> Complement | None:
    for c in head.children:
        named = c.ent_type_ in NAMES and c.ent_iob_ == "I"  # demands of the National Union *for* Independence
        if c.lower_ == preposition and c.dep_ in ("prep", "dative", "agent") and c.i > head.i and not named:
            content = child(c, "pobj", "pcomp")
            if content is not None:
                acting = any(a.dep_ in ("acl", "relcl") and infinitive_mark(a) is not None for a in content.children)
                return finished(spanned(content, head, target=content if acting else None), head)
    return None


def _nominal(head: "Token") -> Complement | None:
    """The object: after an active verb, the subject of a passive one, or the noun that a relative clause modifies."""
    for c in head.children:
        if c.dep_ in _OBJECTS and c.i > head.i:
            return finished(spanned(c, head), head)
        if c.dep_ == "ccomp" and c.i > head.i and c.left_edge.lower_ == "what":
            return spanned(c, head)  # rejected what he called threats
    after = next((o for c in head.children if c.dep_ == "prt" and (o := child(c, "pobj")) is not None), None)
    if after is not None:
        return spanned(after, head)  # voted down a bill, whose object the parser gives to down
    subject = child(head, "nsubjpass")
    if subject is not None and subject.lower_ not in RELATIVE:
        return spanned(subject, head)
    asked = any(infinitive_mark(c) is not None for c in head.children)
    if head.dep_ in ("relcl", "acl") and head.head.pos_ == "NOUN" and not asked:
        own = child(head, "nsubj")
        told = any(c.dep_ in _TELLING and c.i < head.left_edge.i for c in head.head.children)
        told = told or head.doc[max(head.head.left_edge.i - 1, 0)].text == ","  # offered help, an offer they rejected
        relative = head.dep_ == "relcl" and own is not None and own.lower_ not in RELATIVE and told
        if relative or (head.tag_ == "VBN" and child(head, "agent") is not None):
            return spanned(head.head, head)
    return None


def shifted(head: "Token") -> Complement | None:
    """An object after what it is called: denounced as illegal *the annexation of the port*.

    The parser takes both for one phrase; the object begins at the determiner or possessor after an adjective or noun.
    """
    link = next((c for c in head.children if c.dep_ == "prep" and c.lower_ == "as" and c.i == head.i + 1), None)
    called = child(link, "pobj") if link is not None else None
    noun = (child(called, "appos") or called) if called is not None else None
    owner = child(noun, "poss", "det") if noun is not None else None
    if link is None or noun is None or owner is None:
        return None
    first = owner.left_edge.i + (owner.left_edge.i == link.i + 1 and owner.left_edge.pos_ == "ADJ")
    if first <= link.i + 1 or head.doc[first - 1].pos_ not in ("ADJ", "NOUN"):
        return None
    return spanned(noun, head, first=first)


def _defended(head: "Token") -> Complement | None:
    """Somebody who is defended in words: defended *France against criticism of its plan*."""
    person = child(head, "dobj")
    holders = (head, person) if person is not None else ()
    links = [c for holder in holders for c in holder.children if c.dep_ == "prep" and c.lower_ in ("against", "from")]
    for link in links:
        reproach = child(link, "pobj")
        if person is not None and reproach is not None and reproach.lemma_ in _REPROACHES and person.i < reproach.i:
            return content_of(person, person.left_edge.i, reproach.right_edge.i, person)
    return None


def _with_somebody(head: "Token", preposition: str, then: str) -> Complement | None:
    """Somebody (the object, or after a preposition) and what is wanted of them."""
    person: Token | None
    if preposition == "obj":
        person = child(head, "dobj", "dative", "nsubjpass", "iobj")
        if person is not None and person.dep_ != "nsubjpass" and person.i < head.i:
            person = None
        if person is None and head.dep_ == "acl" and head.tag_ == "VBN":
            person = head.head
    else:
        link = next((c for c in head.children if c.lower_ == preposition and c.dep_ in ("prep", "dative", "prt")), None)
        person = child(link, "pobj") if link is not None else None
        beside = child(head, "dobj")  # the parser may take `called on` for one verb
        if link is not None and person is None and beside is not None and beside.left_edge.i == link.i + 1:
            person = beside
    if then != "to":
        link_word = "to" if then == "to-noun" else then
        found = _prepositional(head, link_word) or (_prepositional(person, link_word) if person is not None else None)
        if person is None or found is None or found.start < person.idx:
            return None
        return replace(found, target=person)
    for c in head.children:
        to = infinitive_mark(c) if c.i > head.i and c.dep_ in _CLAUSES and child(c, "mark") is None else None
        if to is None:
            continue
        subject = child(c, "nsubj", "nsubjpass") if preposition == "obj" else None
        somebody = subject or person
        if somebody is not None and somebody.i < c.i and somebody.lower_ not in RELATIVE:
            return spanned(c, head, first=_start_of(to), target=somebody)
    for holder in (person, *person.conjuncts) if person is not None else ():
        for c in holder.children:
            to = infinitive_mark(c) if c.dep_ in ("acl", "relcl") else None
            if to is not None:
                return spanned(c, head, first=_start_of(to), target=person)
    return None
