"""A proposal in what somebody is reported or quoted to say: the act that a modal or a judgement makes of its clause."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.clauses.content import content_of
from onrecord.annotate.proposals.clauses.frames import doer
from onrecord.annotate.syntax.tree import child, infinitive_mark, is_negated
from onrecord.document import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 1200  # characters: what is longer is no clause but a lost full stop
# What may become of a policy, besides what is done to it: the sanctions will remain.
_OWN_ACTS = frozenset({"commit", "plan", "threaten", "reject"})


def acting_verb(modal: "Token") -> "Token":
    """The verb after have to, need to, ought to; the modal itself if there is none."""
    clauses = ("xcomp", "advcl") if modal.lemma_ == "need" else ("xcomp",)
    return next((c for c in modal.children if c.dep_ in clauses and infinitive_mark(c) is not None), modal)


def subject_of(verb: "Token") -> "Token | None":
    """The subject of a verb, or the one it shares with the verb before it: we do not and will not yield."""
    subject = child(verb, "nsubj", "nsubjpass", "expl")
    return subject or (child(verb.head, "nsubj") if verb.dep_ == "conj" else None)


def stated(
    verb: "Token",
    cue: tuple[int, int],
    act: str,
    source: "Token | None",
    speech: Quote | None,
    *,
    weak: bool,
    public: bool = False,
    also: tuple[Reference, ...] = (),
    agent: "Token | None" = None,
) -> Iterator[Act]:
    asks = act in ("demand", "call_for", "urge")
    first, last = verb.left_edge.i, verb.right_edge.i
    mark = child(verb, "mark")
    if mark is not None and mark.lower_ == "that":
        first = mark.i + 1
    if verb.dep_ == "conj":
        if child(verb, "nsubj", "nsubjpass") is not None:
            first = max(first, verb.head.i + 1)
        elif act not in _OWN_ACTS or verb.head.lemma_ == "do":
            first = verb.head.left_edge.i
    content = content_of(verb, first, last, (agent or doer(verb)) if asks else None)
    if asks and _is_disbelieved(verb):
        act = "oppose"
    if speech is not None and source is None:
        content = replace(content, start=max(content.start, speech.start), end=min(content.end, speech.end))
    if (
        not content.start <= min(cue[0], verb.idx) <= max(cue[0], verb.idx) < content.end
        or content.end - content.start > LONGEST
    ):
        return
    yield Act(
        content=content,
        cue=cue,
        type=act,
        source=source,
        speech=speech if source is None else None,
        head=verb,
        weak=weak,
        public=public,
        confidence=0.6,
        spoken=True,
        also=also,
    )


def _is_disbelieved(verb: "Token") -> bool:
    """Whether what should be is denied by whoever states it: we do not think they should go."""
    return verb.dep_ == "ccomp" and verb.head.lemma_ in ("think", "believe") and is_negated(verb.head)
