"""Proposals by an explicit cue: a verb (called for), a noun (its demand that), an adjective (ready to)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.clauses.content import Complement, conditioned, content_of
from onrecord.annotate.proposals.clauses.frames import complement
from onrecord.annotate.proposals.clauses.mood import (
    IMPLICATIVE,
    is_future,
    is_own,
    is_refusal,
    is_sanction,
    is_subjunctive,
    performed,
)
from onrecord.annotate.proposals.findings import Findings
from onrecord.annotate.proposals.lexicon import CueSense
from onrecord.annotate.syntax.subjects import source_of, source_of_noun
from onrecord.annotate.syntax.tree import FINITE, RELATIVE, child, end_of, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

_ADVISE = frozenset({"should", "must"})
_CAPACITY = frozenset({"ability", "inability", "failure", "capacity", "need", "right", "power", "chance"})
_FACING = frozenset(
    {"rule", "find", "decide", "comply", "agree", "disagree", "deal", "cope", "live", "meet", "associate", "charge"}
)


def cued(cue: CueSense, act: str, words: Sequence["Token"], content: Complement, **more: Any) -> Act:
    """An act by a cue: what the lexicon says of the cue, what the sentence says of the act."""
    return Act(
        content=content if content.head.pos_ == "PRON" else conditioned(content),
        cue=(min(w.idx for w in words), max(end_of(w) for w in words)),
        type=act,
        speech=None,
        weak=cue.weak,
        other=cue.other,
        public=cue.public,
        body=cue.body,
        policy=cue.policy,
        heads=cue.heads,
        plover=cue.plover,
        **more,
    )


def verb_acts(verb: "Token", cues: Sequence[CueSense], findings: Findings) -> Iterator[Act]:
    modality = performed(verb)
    for cue in cues if modality is not None else ():
        particle = next((c for c in verb.children if c.dep_ in ("prt", "advmod") and c.lower_ == cue.particle), None)
        if cue.particle is not None and particle is None:
            continue
        found = next(((f, c) for f in cue.frames if (c := complement(verb, f)) is not None), None)
        if found is None:
            continue
        frame, content = found
        nothing = _is_nothing(content.head)
        act = cue.negated if is_negated(verb) or nothing else cue.type
        if act == "oppose" and cue.type == "support" and not nothing and _is_perfect(verb):
            return  # has not endorsed a candidate
        if act == "support" and frame == "to" and content.head.lemma_ == "see":
            act = "call_for"  # wants to see a reduction
        if act == "threaten" and frame == "that":  # whoever will act is not whom they threaten
            content = replace(content, target=child(verb, "dobj"))
        source = source_of(verb)
        if cue.weak and frame == "obj" and content.head.i < verb.i:
            continue  # any war it wants
        if cue.subjunctive and not is_subjunctive(content.head):
            continue
        if act is None or source is None or (content.head.lower_ in RELATIVE and content.head.i < verb.i):
            return
        if frame == "to" and verb.lemma_ in IMPLICATIVE and content.head.lemma_ in findings.codebook.lexicon.verbs:
            return  # voted to reject: the rejection is found by itself
        if frame == "to" and verb.lemma_ in ("promise", "threaten") and content.head.lemma_ in ("be", "become"):
            return  # it promises to be a long night
        if act == "commit" and frame == "that" and not (is_future(content) or is_settled(verb, content)):
            return
        if cue.ongoing and verb.tag_ not in ("VBG", "VB"):
            return
        thing = source.pos_ == "NOUN" and source.lemma_.lower() not in findings.codebook.lexicon.people
        if cue.adjacent and (thing or source.lower_ == "it"):
            return  # his reaction was to defy them
        if cue.adjacent and (content.start != end_of(verb) + 1 or verb.tag_ not in FINITE):
            return
        if cue.timed and content.target is not None and content.target.ent_type_ in ("DATE", "TIME"):
            return  # gave 21 hours of interviews to explain it
        if cue.timed and not any(c.ent_type_ in ("DATE", "TIME") or c.lower_ == "until" for c in verb.children):
            return
        if (
            frame == "that"
            and cue.own
            and not (
                is_own(content, source)
                or is_refusal(content)
                or is_sanction(content, findings.codebook.lexicon.policy_nouns)
            )
        ):
            return
        words = [verb, *([particle] if particle is not None else []), *_linking(verb, content)]
        yield cued(
            cue,
            act,
            words,
            content,
            source=source,
            head=verb,
            contrary=frame.endswith("against"),
            modality=modality or "asserted",
            confidence=0.55 if cue.heads else 0.8 if frame in ("that", "to", "for") or "+" in frame else 0.7,
        )
        return


def _is_nothing(noun: "Token") -> bool:
    """Whether the content is denied: wants *no help*; not: urged a "no" vote."""
    return any(c.lower_ == "no" and c.dep_ == "det" and c.i < noun.i and not c.nbor().is_punct for c in noun.children)


def _is_perfect(verb: "Token") -> bool:
    has = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return has and not any(c.lower_ == "never" for c in verb.children)  # never: that is a position


def is_settled(verb: "Token", content: Complement) -> bool:
    """Whether several agree on what should be done: agreed that their countries *should* cooperate."""
    return verb.lemma_ == "agree" and any(c.lower_ in _ADVISE for c in content.head.children)


def noun_acts(noun: "Token", cues: Sequence[CueSense], findings: Findings) -> Iterator[Act]:
    verb = noun.head
    performing = (
        noun.dep_ in ("dobj", "pobj") and verb.pos_ == "VERB" and verb.lemma_ in findings.codebook.lexicon.performing
    )
    defined = noun.dep_ == "nsubj" and verb.lemma_ == "be"  # its demand is that ...
    if (performing and performed(verb) is None) or (verb.lower_ == "of" and verb.head.lemma_ in _CAPACITY):
        return  # the inability of their plans to qualify
    for cue in cues:
        if (cue.holder and noun.dep_ not in ("attr", "appos")) or (cue.performed and not performing):
            continue
        content = next((c for f in cue.frames if (c := complement(noun, f)) is not None), None)
        own = source_of_noun(noun)
        companion = _companion_of(noun) if own is None else None
        source = _holder_of(noun) if cue.holder else own or companion
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
        elif content is None and defined and cue.type not in ("support", "oppose"):  # their support is a condition
            content = _predicate(verb, findings.codebook.lexicon.policy_nouns)
        if content is None or source is None or content.head.lower_ in RELATIVE:
            continue
        undone = (performing or companion is not None) and is_negated(verb if performing else verb.head)
        act = cue.negated if is_negated(noun) or undone else cue.type
        if act is None:
            return
        head = verb if performing or defined else noun
        yield cued(cue, act, [noun, *_linking(noun, content)], content, source=source, head=head, confidence=0.65)
        return


def _companion_of(noun: "Token") -> "Token | None":
    """Who acts with or in what the noun says: hit back *with plans* to, came out *in favour* of."""
    link = noun.head
    if noun.dep_ != "pobj" or link.lower_ not in ("with", "in"):
        return None
    bare = link.lower_ == "with" or not any(c.i < noun.i for c in noun.children)  # in favour of, not in a call for
    holder = link.head if link.head.pos_ not in ("ADV", "ADP", "PART") else link.head.head  # came out in favour
    verb = holder if holder.pos_ in ("VERB", "AUX") else None
    if verb is not None and verb.lemma_ in _FACING:
        return None
    return source_of(verb) if bare and verb is not None and performed(verb) is not None else None


def adjective_acts(adjective: "Token", cues: Sequence[CueSense]) -> Iterator[Act]:
    verb = adjective.head if adjective.dep_ in ("acomp", "prep", "oprd") else adjective
    if performed(verb) is None or (adjective.dep_ == "prep" and verb.lemma_ != "be"):
        return
    for cue in cues:
        content = next((c for f in cue.frames if (c := complement(adjective, f)) is not None), None)
        if content is None and "obj" in cue.frames and (noun := child(adjective, "pobj", "pcomp")) is not None:
            content = content_of(noun, noun.left_edge.i, noun.right_edge.i)
        act = cue.negated if is_negated(verb) or is_negated(adjective) else cue.type
        source = child(verb, "nsubjpass") or source_of(verb)
        if content is None or act is None or source is None or (cue.subjunctive and not is_subjunctive(content.head)):
            continue
        yield cued(cue, act, [adjective, *_linking(adjective, content)], content, source=source, head=verb)
        return


def attribute_acts(participle: "Token", act: str) -> Iterator[Act]:
    """Somebody's proposed law, planned tariffs: whose they are must be said."""
    noun = participle.head
    source = source_of_noun(noun)
    if noun.pos_ != "NOUN" or source is None or source.i > participle.i or source.pos_ == "PRON":
        return
    cue = CueSense(type=act, frames=(), policy=True)
    content = content_of(noun, participle.i, noun.right_edge.i)
    yield cued(cue, act, [participle], content, source=source, head=noun, confidence=0.6)


def _holder_of(noun: "Token") -> "Token":
    """Who the noun says holds a position: a longtime *critic* of the deal."""
    if noun.dep_ == "attr" and (subject := source_of(noun.head)) is not None:
        return subject
    return noun.head if noun.dep_ == "appos" else noun


def _linking(head: "Token", content: Complement) -> list["Token"]:
    """The preposition between a cue and its content: called *for*."""
    link = content.head.head
    if link.dep_ in ("prep", "agent") and link.head == head and link.i == head.i + 1:
        return [link]
    return [m for m in content.head.children if m.dep_ == "mark" and m.i == head.i + 1 and m.lower_ == "for"]


def _predicate(verb: "Token", policy_nouns: frozenset[str]) -> Complement | None:
    """What a demand or an aim is said to be: its demand is *the end of the sanctions*, is *that they end*."""
    found = next((c for c in verb.children if c.i > verb.i and c.dep_ in ("attr", "ccomp", "xcomp")), None)
    if found is None or (found.dep_ == "attr" and found.lemma_.lower() not in policy_nouns):
        return None
    mark = child(found, "mark")
    first = found.left_edge.i if mark is None else mark.i + 1
    return content_of(found, first, found.right_edge.i, child(found, "nsubj"))
