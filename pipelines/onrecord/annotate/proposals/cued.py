"""Proposals by an explicit cue: a verb (called for), a noun (its demand that), an adjective (ready to)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.knowledge import word_set
from onrecord.annotate.proposals.content import Complement, complement, content_of, cut, extended
from onrecord.annotate.proposals.cues import Cue
from onrecord.annotate.proposals.reading import Act, Reading, is_first_person
from onrecord.annotate.proposals.source import source_of, source_of_noun
from onrecord.annotate.proposals.tree import FINITE, RELATIVE, child, end_of, infinitive_mark, is_negated, is_question

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that let their infinitive happen: `decided to reject` is a rejection, `failed to reject` is not.
IMPLICATIVE = word_set(
    """decide vote continue begin start move try come go rush join choose opt elect dare proceed seek use
    want like"""
)
EXPECTED = word_set("expect set likely due poise schedule")
INSTEAD = frozenset({"instead", "rather", "without", "than"})
NOT_DONE = frozenset({"should", "must", "can", "ca", "ought"})
PERHAPS = frozenset({"may", "might", "could"})
FUTURE = frozenset({"will", "would", "’ll", "'ll", "’d", "'d"})
CONDITIONS = (("in", "exchange"), ("in", "return"), ("if", None), ("unless", None), ("with", None))


def verb_acts(verb: "Token", cues: Sequence[Cue], reading: Reading) -> Iterator[Act]:
    modality = performed(verb)
    for cue in cues if modality is not None else ():
        particle = next((c for c in verb.children if c.dep_ in ("prt", "advmod") and c.lower_ == cue.particle), None)
        if cue.particle is not None and particle is None:
            continue
        found = next(((f, c) for f in cue.frames if (c := complement(verb, f)) is not None), None)
        if found is None:
            continue
        frame, content = found
        act = cue.negated if is_negated(verb) else cue.type
        if act == "support" and frame == "to" and content.head.lemma_ == "see":
            act = "call_for"  # wants to see a reduction
        if act == "threaten" and frame == "that" and (warned := child(verb, "dobj")) is not None:
            content = replace(content, target=warned)
        source = source_of(verb)
        if cue.weak and frame == "obj" and content.head.i < verb.i:
            continue  # any war it wants
        if cue.subjunctive and not is_subjunctive(content.head):
            continue
        if act is None or source is None or (content.head.lower_ in RELATIVE and content.head.i < verb.i):
            return
        if frame == "to" and verb.lemma_ in IMPLICATIVE and content.head.lemma_ in reading.codebook.lexicon.verbs:
            return  # voted to reject: the rejection is found by itself
        if act == "commit" and frame == "that" and not is_future(content):
            return
        if cue.adjacent and (content.start != end_of(verb) + 1 or verb.tag_ not in FINITE):
            return
        if cue.timed and not any(c.ent_type_ in ("DATE", "TIME") or c.lower_ == "until" for c in verb.children):
            return
        if (
            frame == "that"
            and cue.own
            and not (
                is_own(content, source)
                or is_refusal(content)
                or is_sanction(content, reading.codebook.lexicon.policy_nouns)
            )
        ):
            return
        words = [verb, *([particle] if particle is not None else []), *linking(verb, content)]
        yield Act(
            content=content if content.head.pos_ == "PRON" else conditioned(content),
            cue=spanned(words),
            type=act,
            source=source,
            speech=None,
            head=verb,
            weak=cue.weak,
            other=cue.other,
            public=cue.public,
            policy=cue.policy,
            draft=cue.draft,
            contrary=frame.endswith("against"),
            plover=cue.plover,
            modality=modality or "asserted",
            confidence=0.55 if cue.draft else 0.8 if frame in ("that", "to", "for") or "+" in frame else 0.7,
        )
        return


def noun_acts(noun: "Token", cues: Sequence[Cue], reading: Reading) -> Iterator[Act]:
    verb = noun.head
    performing = (
        noun.dep_ in ("dobj", "pobj") and verb.pos_ == "VERB" and verb.lemma_ in reading.codebook.lexicon.performing
    )
    defined = noun.dep_ == "nsubj" and verb.lemma_ == "be"  # its demand is that ...
    if performing and performed(verb) is None:
        return
    for cue in cues:
        if cue.holder and noun.dep_ not in ("attr", "appos"):
            continue
        content = next((c for f in cue.frames if (c := complement(noun, f)) is not None), None)
        source = holder_of(noun) if cue.holder else source_of_noun(noun)
        if source is None and verb.pos_ == "ADP" and verb.lower_ == "with" and performed(verb.head) is not None:
            source = source_of(verb.head)  # hit back with plans to
        if performing:
            if source is None or source.pos_ == "PRON":
                performer = source_of(verb)
                within = (
                    source_of_noun(performer) if performer is not None and performer.pos_ in ("NOUN", "VERB") else None
                )
                source = within or performer
            if content is None:
                frames = [f for f in cue.frames if f in ("to", "for")]
                content = next((c for f in frames if (c := complement(verb, f)) is not None), None)
        elif content is None and defined:
            content = predicate(verb, reading.codebook.lexicon.policy_nouns)
        if content is None or source is None or content.head.lower_ in RELATIVE:
            continue
        denied = is_negated(noun) or (performing and is_negated(verb))
        act = cue.negated if denied else cue.type
        if act is None:
            return
        words = [noun, *linking(noun, content)]
        yield Act(
            content=conditioned(content),
            cue=spanned(words),
            type=act,
            source=source,
            speech=None,
            head=verb if performing or defined else noun,
            weak=cue.weak,
            policy=cue.policy,
            plover=cue.plover,
            confidence=0.65,
        )
        return


def spanned(words: Sequence["Token"]) -> tuple[int, int]:
    """From the first character of `words` to the last, in whatever order they come."""
    return min(w.idx for w in words), max(end_of(w) for w in words)


def adjective_acts(adjective: "Token", cues: Sequence[Cue]) -> Iterator[Act]:
    verb = adjective.head if adjective.dep_ in ("acomp", "prep", "oprd") else adjective
    if performed(verb) is None or (adjective.dep_ == "prep" and verb.lemma_ != "be"):
        return
    for cue in cues:
        content = next((c for f in cue.frames if (c := complement(adjective, f)) is not None), None)
        if content is None and "obj" in cue.frames and (noun := child(adjective, "pobj", "pcomp")) is not None:
            content = content_of(noun, noun.left_edge.i, noun.right_edge.i)
        act = cue.negated if is_negated(verb) or is_negated(adjective) else cue.type
        source = child(verb, "nsubjpass") or source_of(verb)
        if content is None or act is None or source is None:
            continue
        words = [adjective, *linking(adjective, content)]
        yield Act(
            content=conditioned(content),
            cue=spanned(words),
            type=act,
            source=source,
            speech=None,
            head=verb,
            weak=cue.weak,
            plover=cue.plover,
        )
        return


def attribute_acts(participle: "Token", act: str) -> Iterator[Act]:
    """Somebody's proposed law, planned tariffs: whose they are must be said."""
    noun = participle.head
    source = source_of_noun(noun)
    if noun.pos_ != "NOUN" or source is None or source.i > participle.i or source.pos_ == "PRON":
        return
    yield Act(
        content=content_of(noun, participle.i, noun.right_edge.i),
        cue=(participle.idx, end_of(participle)),
        type=act,
        source=source,
        speech=None,
        head=noun,
        policy=True,
        confidence=0.6,
    )


def holder_of(noun: "Token") -> "Token":
    """Who the noun says holds a position: a longtime *critic* of the deal."""
    if noun.dep_ == "attr" and (subject := source_of(noun.head)) is not None:
        return subject
    return noun.head if noun.dep_ == "appos" else noun


def performed(verb: "Token") -> str | None:
    """Modality of the act of a verb: asserted, hypothetical, or None where nobody performs it."""
    modality = "asserted"
    for c in verb.children:
        if c.dep_ == "aux" and c.tag_ == "MD":
            if c.lower_ in NOT_DONE:
                return None
            if c.lower_ in PERHAPS:
                modality = "hypothetical"
        if c.dep_ == "mark" and c.lower_ in ("if", "whether", "unless", "for"):
            return None
        if c.dep_ == "advmod" and c.lower_ in ("why", "how"):
            return None
        if verb.lemma_ == "want" and c.lower_ in FUTURE:
            return None
    if is_question(verb):
        return None
    if verb.dep_ == "pcomp" and (
        verb.head.lower_ in INSTEAD or verb.head.head.lower_ in INSTEAD or verb.doc[verb.head.i - 1].lower_ in INSTEAD
    ):
        return None
    if infinitive_mark(verb) is not None and verb.dep_ in ("xcomp", "ccomp", "acl", "relcl"):
        governor = verb.head.lemma_.lower()
        if governor in EXPECTED:
            return "hypothetical"
        if governor not in IMPLICATIVE or is_negated(verb.head) or performed(verb.head) is None:
            return None
    return modality


def is_own(content: Complement, source: "Token | None") -> bool:
    """Whether the clause is about what its source will do: warned it would respond."""
    subject = child(content.head, "nsubj")
    if subject is None or source is None or not is_future(content):
        return False
    return is_first_person(subject) or subject.lower_ in ("it", "they", "he", "she") or subject.lower_ == source.lower_


def is_future(content: Complement) -> bool:
    return any(c.lower_ in FUTURE for c in content.head.children)


def is_refusal(content: Complement) -> bool:
    """Whether the clause announces the end of patience: warned that the police will no longer tolerate it."""
    return is_future(content) and is_negated(content.head) and content.head.lemma_ in ("tolerate", "accept", "allow")


def is_subjunctive(verb: "Token") -> bool:
    """Whether a clause tells what should be, not what is: insisted that Iran *halt* the tests."""
    subject = child(verb, "nsubj")
    bare = verb.tag_ == "VB" or (verb.tag_ == "VBP" and subject is not None and subject.tag_ in ("NN", "NNP"))
    return bare and not any(c.tag_ == "MD" or c.lemma_ == "do" for c in verb.children if c.dep_ == "aux")


def is_sanction(content: Complement, policy_nouns: frozenset[str]) -> bool:
    """Whether the clause announces a policy for a case: warned that tariffs will follow if no deal is reached."""
    subject = child(content.head, "nsubj", "nsubjpass")
    condition = next((c for c in content.head.children if c.dep_ == "advcl"), None)
    case = condition is not None and any(m.lower_ in ("if", "unless") for m in condition.children)
    return case and subject is not None and subject.lemma_.lower() in policy_nouns and is_future(content)


def linking(head: "Token", content: Complement) -> list["Token"]:
    """The preposition between a cue and its content: called *for*."""
    link = content.head.head
    if link.dep_ in ("prep", "agent") and link.head == head and link.i == head.i + 1:
        return [link]
    return [m for m in content.head.children if m.dep_ == "mark" and m.i == head.i + 1 and m.lower_ == "for"]


def predicate(verb: "Token", policy_nouns: frozenset[str]) -> Complement | None:
    """What a demand or an aim is said to be: its demand is *the end of the sanctions*, is *that they end*."""
    found = next((c for c in verb.children if c.i > verb.i and c.dep_ in ("attr", "ccomp", "xcomp")), None)
    if found is None or (found.dep_ == "attr" and found.lemma_.lower() not in policy_nouns):
        return None
    mark = child(found, "mark")
    first = found.left_edge.i if mark is None else mark.i + 1
    return content_of(found, first, found.right_edge.i, child(found, "nsubj"))


def conditioned(content: Complement) -> Complement:
    """A condition that the parser hangs elsewhere belongs to the content: relief *in exchange for a step*."""
    doc, last = content.head.doc, content.last
    following = last + 2 if last + 1 < len(doc) and doc[last + 1].text == "," else last + 1
    if following + 1 >= len(doc):
        return content
    token, after = doc[following], doc[following + 1]
    if not any(token.lower_ == word and then in (None, after.lower_) for word, then in CONDITIONS):
        return content
    anchor = token if token.lower_ in ("in", "with") else token.head
    if anchor.i < following or (token.lower_ == "with" and not is_absolute(token, content)):
        return content
    return extended(content, cut(anchor, following, anchor.right_edge.i))


def is_absolute(preposition: "Token", content: Complement) -> bool:
    """A comma, with, somebody or something, and a participle: a phased process, *with aid granted at each step*."""
    noun = child(preposition, "pobj")
    clause = noun is not None and any(c.dep_ == "acl" and c.tag_ in ("VBN", "VBG") for c in noun.children)
    return clause and content.end < preposition.idx - 1
