"""Proposals by a judgement in what somebody is reported or quoted to say: lifting the ban would be premature."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.acts.speech import statement
from onrecord.annotate.proposals.acts.stated import stated
from onrecord.annotate.proposals.findings import Findings
from onrecord.annotate.syntax.tree import child, end_of, infinitive_mark, is_negated, is_question

if TYPE_CHECKING:
    from spacy.tokens import Token

_JUDGED = frozenset({"acomp", "attr", "oprd"})


def judgement(token: "Token", judgements: Mapping[str, str]) -> str | None:
    """What a predicate judges: premature, out of the question; None if it is no judgement."""
    if token.dep_ == "prep" and token.lower_ in ("out", "off"):
        return judgements.get(token.doc[token.i : token.i + 4].text.lower()) or judgements.get(
            token.doc[token.i : token.i + 3].text.lower()
        )
    if (token.head if token.dep_ == "conj" else token).dep_ not in _JUDGED:
        return None
    return judgements.get(token.lemma_.lower())


def judgement_acts(predicate: "Token", act: str, findings: Findings) -> Iterator[Act]:
    verb = predicate.head.head if predicate.dep_ == "conj" else predicate.head
    if verb.lemma_ not in ("be", "remain", "seem"):
        return
    source, speech = statement(verb, findings)
    if (source is None and speech is None) or is_question(verb):
        return
    if verb.tag_ == "VBD" and speech is not None and speech.kind == "direct":
        return  # “my vote was a mistake”
    if is_negated(verb) or is_negated(predicate):
        if act != "support":
            return
        act = "reject"
    asked = next((c for c in (*predicate.children, *verb.children) if infinitive_mark(c) is not None), None)
    if predicate.lemma_ == "time" and asked is None:
        return
    if asked is not None and any(c.dep_ == "aux" and c.lemma_ == "have" for c in asked.children):
        return  # wrong to have made it
    subject = child(verb, "nsubj")
    judged = subject is not None and subject.lemma_.lower() in findings.codebook.lexicon.policy_nouns
    clause = next((c for c in (*predicate.children, *verb.children) if _is_that_clause(c)), None)  # vital that it end
    acted = asked is not None or clause is not None or judged or child(verb, "csubj") is not None
    if act == "call_for" and asked is None and any(c.lower_ in ("for", "to") for c in predicate.children):
        return  # crucial for the economy: what it is good for, not what should be done
    cue = (predicate.idx, end_of(predicate))
    yield from stated(verb, cue, act, source, speech, weak=not acted, agent=child(asked or clause or verb, "nsubj"))


def _is_that_clause(verb: "Token") -> bool:
    mark = child(verb, "mark")
    return verb.dep_ in ("ccomp", "acl") and mark is not None and mark.lower_ == "that"
