"""Who wants, offers, refuses, promises, threatens or plans what.

A proposal is found by an explicit cue (called for, its demand that, ready to: data/proposal_cues.yml), or by a modal
or judgement in what somebody is reported or quoted to say (must, should, we will, would be premature). The reporter's
own should is nobody's proposal.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.action import action_of
from onrecord.annotate.proposals.acts.cued import adjective_acts, attribute_acts, noun_acts, verb_acts
from onrecord.annotate.proposals.acts.futures import HOSTILE, LOGISTICS
from onrecord.annotate.proposals.acts.judgements import judgement, judgement_acts
from onrecord.annotate.proposals.acts.modals import modal_acts
from onrecord.annotate.proposals.clauses.content import strip
from onrecord.annotate.proposals.coding.codebook import Codebook, load_codebook, with_examples
from onrecord.annotate.proposals.coding.topics import coded_by_topic, topic_of
from onrecord.annotate.proposals.findings import Findings, is_body
from onrecord.annotate.proposals.nested import LONGEST, Made, answered, distinct, outermost
from onrecord.annotate.proposals.parties.proposers import proposers_of
from onrecord.annotate.proposals.parties.sanctions import imposers_of
from onrecord.annotate.proposals.parties.targets import affected_of, targets_of
from onrecord.annotate.proposals.plover import category, mode
from onrecord.annotate.syntax.tree import NAMES, child
from onrecord.document import Actor, Date, Document, Proposal, Quote
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.annotate.actors.cast import Cast

__all__ = ["Codebook", "find_proposals", "load_codebook", "with_examples"]

_INSTRUMENT = re.compile(
    r"\b(?:(?:u\.?n\.? |united nations )?(?:security council )?(?:draft )?resolutions?|executive order"
    r"|peace (?:treaty|agreement|accord|deal)|memorand(?:um|a)|declaration|bill|legislation|amendment|ultimatum"
    r"|deadline|joint statement|letter|petition|referendum|nuclear (?:deal|agreement|accord)|treaty|white paper"
    r"|roadmap)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:[Rr]esolutions? (?:No\. ?)?\d{2,4}|Article [IVXLC\d]+"
    r"|[A-Z][a-z]+ (?:Amendment|Act|Protocol|Accords?|Convention))\b"
)
# What is done to somebody in answer: a threat, whatever verb announces it.
_AGAINST = re.compile(
    r"\b(?:countermeasures?|retaliat\w+|reprisals?|revenge|(?:hit|strike|fight) back"
    r"|tak(?:e|ing) (?:\w+ ){0,2}(?:action|measures|steps) against)\b",
    re.IGNORECASE,
)
_PREVENTING = frozenset({"avoid", "prevent", "avert", "deter", "discourage", "forestall"})
_CONDITION = re.compile(r"\b(?:if|unless|in exchange for|in return for|provided that|on condition)\b", re.IGNORECASE)
_STANDING_FOR = frozenset({"it", "them", "that", "this", "these", "those"})  # pronouns for a policy
_ARTICLE = re.compile(r"an? ", re.IGNORECASE)  # a four-day week is no date
_CONJUNCTION = re.compile(r"\W+(?:and|but|or)(?: \w{1,12}){0,2}\W*$")
_PREDICATIVE = frozenset({"acomp", "ROOT", "prep", "oprd", "conj", "relcl", "ccomp"})
_GATHERINGS = word_set(
    """conference meeting dinner lunch rally event briefing ceremony interview session reception party concert"""
)
_LONGEST_JOIN = 40  # characters of `and also`, before a coordinated cue
_ANTECEDENT_REACH = 60  # tokens before a pronoun in which its policy noun is looked for


def find_proposals(
    doc: Document,
    syntax: "Doc",
    cast: "Cast",
    quotes: tuple[Quote, ...],
    dates: tuple[Date, ...],
    codebook: Codebook,
) -> tuple[Proposal, ...]:
    """The proposals of a document behind its headline, in text order; what they use of the cast is recorded there.

    Each has a proposer; what nobody is said to want is none.
    """
    adjectives = {adjective: state for state in cast.knowledge.states.values() for adjective in state.adjectives}
    findings = Findings(
        text=doc.text,
        syntax=syntax,
        cast=cast,
        mentions=tuple(sorted(cast.mentions(), key=lambda m: m.start)),
        quotes=tuple(sorted((q for q in quotes if q.speaker_actor_id is not None), key=lambda q: q.start)),
        dates=dates,
        codebook=codebook,
        states={a.country: a.actor_id for a in cast.actors() if a.type == "state" and a.country},
        adjectives=adjectives,
        demonyms={adjectives[token.text].iso3: token for token in reversed(syntax) if token.text in adjectives},
        marked=tuple((q.start, q.end) for q in quotes if q.kind != "indirect"),
        speakers=tuple(sorted((*q.speaker, q.speaker_actor_id) for q in quotes if q.speaker and q.speaker_actor_id)),
    )
    findings = replace(findings, imposers=imposers_of(findings))
    found = [made for act in _apart(list(_acts(findings)), findings) if (made := _resolved(act, findings)) is not None]
    kept = [made for made in distinct(outermost(answered(found))) if made.proposal.start >= doc.headline_end]
    kept.sort(key=lambda made: (made.proposal.start, made.proposal.end, made.proposal.type))
    for made in kept:
        parties = {party.actor_id for party in made.proposal.parties}
        for reference in made.references:
            if reference.actor_id in parties:
                cast.record(reference)
    return tuple(made.proposal for made in kept)


def _acts(findings: Findings) -> Iterator[Act]:
    lexicon = findings.codebook.lexicon
    for token in findings.syntax:
        lemma = token.lemma_.lower()
        participle = token.tag_ == "VBN" and (token.dep_ == "acomp" or child(token, "nsubjpass") is not None)
        if participle and token.lower_ in lexicon.adjectives:
            yield from adjective_acts(token, lexicon.adjectives[token.lower_])
        elif token.lower_ in lexicon.attributes and token.dep_ == "amod":
            yield from attribute_acts(token, lexicon.attributes[token.lower_])
        elif token.pos_ in ("VERB", "AUX") and lemma in lexicon.verbs:
            yield from verb_acts(token, lexicon.verbs[lemma], findings)
        elif token.pos_ == "NOUN" and lemma in lexicon.nouns:
            yield from noun_acts(token, lexicon.nouns[lemma], findings)
        elif token.lower_ in lexicon.adjectives and token.dep_ in _PREDICATIVE:
            yield from adjective_acts(token, lexicon.adjectives[token.lower_])
        if token.tag_ == "MD" or token.pos_ == "AUX" or lemma in ("have", "need", "go", "let", "get"):
            yield from modal_acts(token, findings)
        elif (judged := judgement(token, lexicon.judgements)) is not None:
            yield from judgement_acts(token, judged, findings)


def _apart(found: list[Act], findings: Findings) -> Iterator[Act]:
    """A clause that is said ends where a coordinated cue begins: may only be eased by consensus *and called for*."""
    cues = sorted(act.cue[0] for act in found if not act.spoken and act.head.dep_ == "conj")
    for act in found:
        at = bisect_right(cues, act.cue[1])
        if act.spoken and at < len(cues) and cues[at] < act.content.end:
            text, start, end = findings.text, act.content.start, cues[at]
            if join := _CONJUNCTION.search(text, max(start, end - _LONGEST_JOIN), end):
                end = join.start()
            start, end = strip(text, start, end)
            if end <= act.head.idx:
                continue
            yield replace(act, content=replace(act.content, start=start, end=end))
        else:
            yield act


def _resolved(act: Act, findings: Findings) -> Made | None:
    """The proposal of an act; None if nobody is known to make it, or if its content is no matter of policy."""
    text, content, lexicon = findings.text, act.content, findings.codebook.lexicon
    start, end = content.start, content.end
    words = text[start:end]
    head = content.head
    if head.pos_ in ("PRON", "DET") or head.lower_ in _STANDING_FOR:
        antecedent = _policy_before(head, lexicon.policy_nouns) if head.lower_ in _STANDING_FOR else None
        if antecedent is None:
            return None
        start, end = min(start, act.cue[0]), max(end, act.cue[1])
        head, words = antecedent, text[start:end]
    act_type = "oppose" if act.contrary else act.type
    code = findings.codebook.code(words, act_type)
    if head.ent_type_ in ("DATE", "TIME") and not _ARTICLE.match(words):
        return None
    noun = head.lemma_.lower()
    held = child(head, "dobj")
    if head.lemma_ == "do" and held is None and not act.spoken:
        return None  # what the president wants to do
    if act.type == "plan" and head.lemma_ == "hold" and held is not None and held.lemma_.lower() in _GATHERINGS:
        return None
    explained = any(c.lower_ in ("of", "that") or c.dep_ == "acl" for c in head.children)  # the idea of a summit
    trifle = (
        noun in lexicon.no_content
        and not (noun == "idea" and explained)
        and (head.pos_ != "NOUN" or noun not in lexicon.policy_nouns)
    )
    if code.issue_id is None and not act.spoken and head.pos_ not in ("VERB", "AUX"):
        if act.policy and noun not in lexicon.policy_nouns:
            return None
        if (head.ent_type_ in NAMES and head is not content.target) or trifle:
            return None
    if act.heads and noun not in lexicon.heads[act.heads]:
        return None
    if act.type == "reject" and not act.spoken and trifle:
        return None
    trying = act.plover == "SUPPORT" and noun in ("effort", "attempt", "campaign")
    if act.plover in ("ACCUSE", "SUPPORT") and noun in lexicon.past_acts and not trying:
        return None
    own = act.type in ("plan", "commit", "offer") and (code.issue_id is None or (act.type == "plan" and not act.spoken))
    if own and head.lemma_ in LOGISTICS and not (head.lemma_ in ("return", "run") and child(head, "dobj") is not None):
        return None
    proposers = proposers_of(act, findings)
    if not proposers or not 3 <= end - start <= LONGEST:
        return None
    taken = {part.actor_id: part.reference.actor for part in proposers}
    if _is_themselves(act, findings, taken):
        return None
    hostile = head.lemma_ in HOSTILE or (_AGAINST.search(words) is not None and head.lemma_ not in _PREVENTING)
    kind = "threaten" if act.type in ("offer", "commit", "plan") and hostile else act.type
    targets = targets_of(act, kind, findings, taken)
    subject = child(head, "nsubj")
    personal = subject is not None and subject.lower_ == "i"
    body = act.body or (act.spoken and not personal)
    actors = [part.reference.actor for part in proposers]
    public = act.public and any(findings.is_public(actor) or (body and is_body(actor)) for actor in actors)
    agent = content.target
    another = act.other and (
        targets or (agent is not None and (agent.pos_ == "PROPN" or agent.lemma_.lower() in lexicon.policy_nouns))
    )
    wished = _is_policy(head, lexicon.policy_nouns, strict=act.spoken or act.type == "plan")
    if code.issue_id is None and act.weak and not public and not another and not wished:
        return None
    if act.weak and not act.spoken and head.lemma_ in lexicon.no_wish:
        return None
    plover = act.plover or category(act, kind, head, lexicon)
    affected = affected_of(start, end, findings, taken | {part.actor_id: part.reference.actor for part in targets})
    reference, instrument = _REFERENCE.search(words), _INSTRUMENT.search(words)
    around = list(findings.quotes_around(start, end))
    if code.issue_id is None:  # only now: what counts as a proposal does not depend on examples
        code = findings.codebook.code_by_example(words, act_type)
    topic = topic_of(findings.syntax, start, end, act_type) if code.issue_id is None else None
    code = coded_by_topic(findings.codebook, code, topic)
    parts = (*proposers, *targets, *affected)
    proposal = Proposal(
        start=start,
        end=end,
        type=kind,
        plover=plover,
        plover_mode=mode(act, plover),
        action=action_of(head),
        issue_id=code.issue_id,
        stance=code.stance,
        issue_similarity=code.similarity,
        topic=topic if code.issue_id is None else None,
        modality="conditional" if act.modality == "asserted" and _CONDITION.search(words) else act.modality,
        cue=act.cue,
        instrument=instrument[0] if instrument else None,
        instrument_ref=reference[0] if reference else None,
        quote=min(around, key=lambda q: q.end - q.start, default=None),
        date=_date_of(act, findings),
        parties=tuple(part.to_party() for part in parts),
        confidence=act.confidence,
    )
    return Made(act, proposal, tuple(part.reference for part in parts))


def _is_themselves(act: Act, findings: Findings, taken: Mapping[str, Actor]) -> bool:
    """Whether an ask would be made to whoever makes it: took calls, *urging him* to resign, is of those who called."""
    target = act.content.target
    if target is None or target.lower_ not in ("him", "her", "them", "it") or child(act.head, "nsubj") is not None:
        return False
    return any(each.actor_id in taken for each in findings.actors_of(target))


def _is_policy(head: "Token", policy_nouns: frozenset[str], *, strict: bool) -> bool:
    """Whether a content is, or does something to, a policy: to push for *talks*, to keep *sanctions* on.

    `strict`: only what is done to the object of its verb counts.
    """
    if head.pos_ == "NOUN":
        return head.lemma_.lower() in policy_nouns
    nouns = [c for c in head.children if c.dep_ == "dobj" or (c.dep_ == "nsubjpass" and not strict)]
    if not strict:
        nouns += [n for c in head.children if c.dep_ in ("prep", "prt") if (n := child(c, "pobj")) is not None]
    return any(noun.lemma_.lower() in policy_nouns for noun in nouns)


def _policy_before(pronoun: "Token", policy_nouns: frozenset[str]) -> "Token | None":
    """The policy that a pronoun stands for: the nearest policy noun before it, of its number."""
    tag = "NNS" if pronoun.lower_ in ("them", "these", "those") else "NN"
    for i in range(pronoun.i - 1, max(pronoun.i - _ANTECEDENT_REACH, -1), -1):
        token = pronoun.doc[i]
        if token.tag_ == tag and token.lemma_.lower() in policy_nouns:
            return token
    return None


def _date_of(act: Act, findings: Findings) -> Date | None:
    """The date in the clause of the cue, outside the content: proposed *on Monday* that ..."""
    low, high = act.head.left_edge.idx, act.head.right_edge.idx + len(act.head.right_edge)
    near = [
        d
        for d in findings.dates
        if low <= d.start and d.end <= high and d.type in ("DATE", "TIME") and not d.value.endswith("_REF")
        if not act.content.start <= d.start < act.content.end
    ]
    return min(near, key=lambda d: abs(d.start - act.cue[0]), default=None)
