"""Who makes a proposal."""

import re
from typing import TYPE_CHECKING

from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.findings import REGIONS, Findings
from onrecord.annotate.syntax.pronouns import NOBODY, is_first_person
from onrecord.annotate.syntax.subjects import PAPERS, phrase, source_of, source_of_noun
from onrecord.annotate.syntax.tree import child
from onrecord.document import Party
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

PERCENT = frozenset({"percent", "%", "percentage"})
SHARES = word_set("majority plurality minority half third quarter most")
POLLED = word_set("american voter respondent adult people public briton european population resident citizen")
COORDINATED = re.compile(r"\band\b")


def party(actor_id: str, role: str, text: str | None) -> Party:
    return Party(actor_id=actor_id, role=role, text=text)


def proposers_of(act: Act, findings: Findings) -> tuple[Party, ...]:
    """Whoever performs the act, with the state for which a minister, spokesperson or ministry speaks.

    Where a state is reported to want something by somebody who speaks for it, that voice is a proposer, too.
    """
    source, speech, text = act.source, act.speech, findings.text
    if source is not None and is_first_person(source):
        speech, source = findings.speech(source), None
    if source is not None and source.pos_ == "NOUN" and is_thing(source, findings):
        paper = source
        source = source_of_noun(paper) or author_of(paper, findings)  # its efforts, a statement by it
        if source is None:
            return tuple(party(i, "proposer", None) for i in findings.speaker_at(paper))
    found: dict[str, Party] = {}
    if source is not None:
        if source.lower_ in NOBODY or any(c.dep_ == "det" and c.lower_ == "no" for c in source.children):
            return ()
        if is_share(source):
            return ()
        start, end = phrase(source)
        ids = findings.actors_of(source) or findings.actors_before(source)
        if is_people(source) and any(findings.cast[i].type == "state" for i in ids):
            return ()
        if not ids and source.dep_ == "appos" and source.head.pos_ == "PROPN":
            source = source.head  # the senator, a Democrat who opposes
            start, end = phrase(source)
            ids = findings.actors_of(source)
        if not ids and (told := findings.speaker_at(source)):
            described = findings.cast[told[0]].link_method == "unnamed" and source.pos_ == "NOUN"
            ids = () if described and source.lemma_.lower() not in findings.codebook.lexicon.people else told
        if not ids and source.ent_type_ == "LOC" and source.text not in REGIONS:
            return ()  # a region wants nothing
        if not ids and (source.pos_ == "PROPN" or source.lemma_.lower() in findings.codebook.lexicon.people):
            ids = (unnamed(findings.cast, start, end),)
        if not ids and source.pos_ == "PRON":
            ids = findings.told_of(source)
        voice = findings.voice_of(source, ids)
        found = {i: party(i, "proposer", text[start:end] if i in ids else None) for i in (*voice, *ids)}
        if found and (state := findings.state_in(source)) is not None:
            found.setdefault(state, party(state, "proposer", None))
        for state in findings.states_joined(source):
            found.setdefault(state, party(state, "proposer", None))
    elif speech is not None and speech.speaker_actor_id is not None:
        words = text[slice(*speech.speaker)] if speech.speaker else None
        found = {speech.speaker_actor_id: party(speech.speaker_actor_id, "proposer", words)}
        if speech.speaker is not None and words is not None and COORDINATED.search(words):
            for mention in findings.mentions_in(*speech.speaker):
                found.setdefault(mention.actor_id, party(mention.actor_id, "proposer", words))
    for actor_id in (*act.also, *filter(None, map(findings.state_of, tuple(found)))):
        found.setdefault(actor_id, party(actor_id, "proposer", None))
    return tuple(found.values())


def is_share(noun: "Token") -> bool:
    """Whether a poll speaks: 48 percent of voters, a majority of Americans. Those who were asked made no proposal."""
    links = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "in")]
    asked = [people.lemma_.lower() for link in links if (people := child(link, "pobj")) is not None]
    return noun.lemma_.lower() in PERCENT or (noun.lemma_.lower() in SHARES and bool(POLLED.intersection(asked)))


def is_people(noun: "Token") -> bool:
    """Whether a plural is of people, not of their state: Americans prefer; `the Americans` can be their government."""
    bare = not any(c.lower_ == "the" or c.dep_ == "conj" for c in noun.children)
    return noun.tag_ == "NNPS" and noun.ent_type_ == "NORP" and bare


def author_of(paper: "Token", findings: Findings) -> "Token | None":
    """Who presents what asks for something: unveiled a bill that asks for, circulated a resolution demanding."""
    verb = paper.head
    presented = paper.dep_ == "dobj" and verb.lemma_ in findings.codebook.lexicon.performing
    return source_of(verb) if presented else None


def is_thing(noun: "Token", findings: Findings) -> bool:
    """Whether a subject is what somebody writes or does: the report demands, the effort seeks."""
    return noun.lemma_ in PAPERS or noun.lemma_.lower() in findings.codebook.lexicon.policy_nouns
