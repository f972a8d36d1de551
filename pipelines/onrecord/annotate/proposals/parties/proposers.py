"""Who makes a proposal."""

import re
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.findings import REGIONS, Findings
from onrecord.annotate.proposals.parties.part import Part
from onrecord.annotate.syntax.pronouns import NOBODY, is_first_person
from onrecord.annotate.syntax.subjects import PAPERS, phrase, source_of, source_of_noun
from onrecord.annotate.syntax.tree import child
from onrecord.document import Quote
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERCENT = frozenset({"percent", "%", "percentage"})
_SHARES = word_set("majority plurality minority half third quarter most")
_POLLED = word_set("american voter respondent adult people public briton european population resident citizen")
_COORDINATED = re.compile(r"\band\b")


def proposers_of(act: Act, findings: Findings) -> tuple[Part, ...]:
    """Whoever performs the act, with the state for which a minister, spokesperson or ministry speaks.

    Where a state is reported to want something by somebody who speaks for it, that voice is a proposer, too.
    """
    source, speech = act.source, act.speech
    if source is not None and is_first_person(source):
        speech, source = findings.speech(source), None
    if source is not None and source.pos_ == "NOUN" and _is_thing(source, findings):
        paper = source
        source = source_of_noun(paper) or _author_of(paper, findings)  # its efforts, a statement by it
        if source is None:
            return tuple(Part(each, "proposer", None) for each in findings.speaker_at(paper))
    if source is not None:
        if not _can_propose(source):
            return ()
        parts = _performing(source, findings)
        if parts is None:
            return ()
    elif speech is not None and speech.speaker_actor_id is not None:
        parts = _speaking(speech, speech.speaker_actor_id, findings)
    else:
        parts = []
    found: dict[str, Part] = {}
    for part in parts:
        found.setdefault(part.actor_id, part)
    states = (findings.state_of(part.reference.actor) for part in tuple(found.values()))
    for reference in filter(None, (*act.also, *states)):
        found.setdefault(reference.actor_id, Part(reference, "proposer", None))
    return tuple(found.values())


def _can_propose(source: "Token") -> bool:
    """Nobody, no government and a share of those who were asked in a poll propose nothing."""
    none = any(c.dep_ == "det" and c.lower_ == "no" for c in source.children)
    return source.lower_ not in NOBODY and not none and not _is_share(source)


def _performing(source: "Token", findings: Findings) -> list[Part] | None:
    """Whom the subject of an act names or describes, its voice first, its states last; None if it can want nothing."""
    named = findings.actors_of(source) or findings.actors_before(source)
    if _is_people(source) and any(each.actor.type == "state" for each in named):
        return None
    if not named and source.dep_ == "appos" and source.head.pos_ == "PROPN":
        source = source.head  # the senator, a Democrat who opposes
        named = findings.actors_of(source)
    named = named or _told(source, findings)
    if not named and _is_region(source):
        return None
    start, end = phrase(source)
    if not named and (source.pos_ == "PROPN" or _is_of_people(source, findings)):
        named = (unnamed(findings.cast, start, end),)
    if not named and source.pos_ == "PRON":
        named = findings.told_of(source)
    voice = findings.voice_of(source, named)
    words = findings.text[start:end]
    parts = [*(Part(each, "proposer", None) for each in voice), *(Part(each, "proposer", words) for each in named)]
    states = (findings.state_in(source) if parts else None, *findings.states_joined(source))
    return parts + [Part(state, "proposer", None) for state in states if state is not None]


def _is_region(name: "Token") -> bool:
    """Whether a name is of a part of the world that wants nothing, unlike the West and Europe."""
    return name.ent_type_ == "LOC" and name.text not in REGIONS


def _told(source: "Token", findings: Findings) -> tuple[Reference, ...]:
    """Who is quoted under these words; a description of no people, such as the paper, is not followed to one."""
    told = findings.speaker_at(source)
    described = bool(told) and told[0].actor.link_method == "unnamed" and source.pos_ == "NOUN"
    return () if described and not _is_of_people(source, findings) else told


def _is_of_people(noun: "Token", findings: Findings) -> bool:
    return noun.lemma_.lower() in findings.codebook.lexicon.people


def _speaking(speech: Quote, speaker: str, findings: Findings) -> list[Part]:
    """Who says it: the speaker of a quote, and those whom its source joins."""
    words = findings.text[slice(*speech.speaker)] if speech.speaker else None
    parts = [Part(findings.actor(speaker), "proposer", words)]
    if speech.speaker is not None and words is not None and _COORDINATED.search(words):
        mentions = findings.mentions_in(*speech.speaker)
        parts += [Part(findings.actor(mention.actor_id), "proposer", words) for mention in mentions]
    return parts


def _is_share(noun: "Token") -> bool:
    """Whether a poll speaks: 48 percent of voters, a majority of Americans. Those who were asked made no proposal."""
    links = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "in")]
    asked = [people.lemma_.lower() for link in links if (people := child(link, "pobj")) is not None]
    return noun.lemma_.lower() in _PERCENT or (noun.lemma_.lower() in _SHARES and bool(_POLLED.intersection(asked)))


def _is_people(noun: "Token") -> bool:
    """Whether a plural is of people, not of their state: Americans prefer; `the Americans` can be their government."""
    bare = not any(c.lower_ == "the" or c.dep_ == "conj" for c in noun.children)
    return noun.tag_ == "NNPS" and noun.ent_type_ == "NORP" and bare


def _author_of(paper: "Token", findings: Findings) -> "Token | None":
    """Who presents what asks for something: unveiled a bill that asks for, circulated a resolution demanding."""
    verb = paper.head
    presented = paper.dep_ == "dobj" and verb.lemma_ in findings.codebook.lexicon.performing
    return source_of(verb) if presented else None


def _is_thing(noun: "Token", findings: Findings) -> bool:
    """Whether a subject is what somebody writes or does: the report demands, the effort seeks."""
    return noun.lemma_ in PAPERS or noun.lemma_.lower() in findings.codebook.lexicon.policy_nouns
