"""Who makes a proposal."""

import re
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.findings import REGIONS, Findings
from onrecord.annotate.proposals.parties.part import Part
from onrecord.annotate.syntax.pronouns import NOBODY
from onrecord.annotate.syntax.subjects import is_thing, phrase, source_of_noun
from onrecord.annotate.syntax.tree import end_of
from onrecord.document import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

_COORDINATED = re.compile(r"\band\b")


def proposers_of(act: Act, findings: Findings) -> tuple[Part, ...]:
    """Whoever performs the act, with the state for which a minister, spokesperson or ministry speaks.

    Where a state is reported to want something by somebody who speaks for it, that voice is a proposer, too. Where the
    source names nobody, whoever is quoted there performs the act.
    """
    if act.source is not None and _is_nobody(act.source):
        return ()
    parts = _performing(act.source, findings) if act.source is not None else []
    speech = act.speech if act.source is None else findings.speech(act.verb)
    told = parts is not None and not parts and not _is_another(act.source, speech)
    if told and speech is not None and speech.speaker_actor_id is not None:
        parts = _speaking(speech, speech.speaker_actor_id, findings)
    found: dict[str, Part] = {}
    for part in parts or ():
        found.setdefault(part.actor_id, part)
    for part in tuple(found.values()):
        if (state := findings.state_of(part.reference.actor)) is not None:
            found.setdefault(state.actor_id, Part(state, "proposer", None))
    return tuple(found.values())


def _is_another(source: "Token | None", speech: Quote | None) -> bool:
    """Whether a pronoun of the third person stands in somebody's own words: *they* want to close it, she said."""
    return source is not None and source.pos_ == "PRON" and speech is not None and speech.kind == "direct"


def _is_nobody(source: "Token") -> bool:
    return source.lower_ in NOBODY or any(c.dep_ == "det" and c.lower_ == "no" for c in source.children)


def _performing(source: "Token", findings: Findings) -> list[Part] | None:
    """Whom a source names or describes, its voice first, its states and party last; None if it can want nothing."""
    told = _meant(source, findings)
    if told is None:
        return [Part(each, "proposer", None) for each in findings.speaker_at(source)]
    source = told
    named = findings.actors_of(source)
    if not any(map(_has_name, named)):
        named = _apposed(source, findings) or named or findings.actors_before(source) or findings.speaker_at(source)
    if _is_people(source) and any(each.actor.type == "state" for each in named):
        named = ()
    if not named and source.ent_type_ == "LOC" and source.text not in REGIONS:
        return None  # a part of the world wants nothing, unlike the West and Europe
    start, end = phrase(source)
    party = findings.party_in(source)
    # Democrats are their party, not a group besides.
    bare = bool(party) and (start, end) == (
        source.idx,
        end_of(source),
    )
    named = named or (() if bare else _described(source, start, end, findings))
    voice = findings.voice_of(source, named)
    words = findings.text[start:end]
    parts = [*(Part(each, "proposer", None) for each in voice), *(Part(each, "proposer", words) for each in named)]
    states = (*findings.states_in(source), *findings.states_joined(source)) if parts else ()
    return parts + [Part(each, "proposer", None) for each in (*states, *party)]


def _meant(source: "Token", findings: Findings) -> "Token | None":
    """Who acts where a word points at them: the author of a paper, the ministers in `the ministers of Canada`, the
    name that an apposition explains. None: a paper without an author."""
    if source.pos_ == "NOUN" and is_thing(source):
        return source_of_noun(source)
    if source.dep_ == "pobj" and source.head.lower_ == "of" and findings.states_in(source.head.head):
        return source.head.head
    explains = source.dep_ == "appos" and source.head.pos_ == "PROPN"
    return source.head if explains and not any(map(_has_name, findings.actors_of(source))) else source


def _apposed(source: "Token", findings: Findings) -> tuple[Reference, ...]:
    """Who is named behind a description of them: the groups behind the march, *Free Yale and Clean Yale*."""
    behind = (c for c in source.children if c.dep_ == "appos" and c.i > source.i)
    return tuple(each for c in behind for each in findings.actors_of(c) if _has_name(each))


def _has_name(reference: Reference) -> bool:
    return reference.actor.link_method != "unnamed"


def _described(source: "Token", start: int, end: int, findings: Findings) -> tuple[Reference, ...]:
    """An actor without a name, by its description; whom a pronoun stands for in what they are reported to say."""
    if source.pos_ in ("PROPN", "NOUN") or _stands_for_people(source):
        return (unnamed(findings.cast, start, end),)
    return findings.told_of(source) if source.pos_ == "PRON" else ()


def _stands_for_people(word: "Token") -> bool:
    """Whether an adjective or participle is a noun here: the *left*, the *unemployed*, *many* in France."""
    told = any(c.lower_ == "the" for c in word.children) or word.lower_ == "many"
    return (
        told and word.pos_ in ("ADJ", "VERB") and word.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "agent", "conj")
    )


def _speaking(speech: Quote, speaker: str, findings: Findings) -> list[Part]:
    """Who says it: the speaker of a quote, and those whom its source joins."""
    words = findings.text[slice(*speech.speaker)] if speech.speaker else None
    parts = [Part(findings.actor(speaker), "proposer", words)]
    if speech.speaker is not None and words is not None and _COORDINATED.search(words):
        mentions = findings.mentions_in(*speech.speaker)
        parts += [Part(findings.actor(mention.actor_id), "proposer", words) for mention in mentions]
    return parts


def _is_people(noun: "Token") -> bool:
    """Whether a plural is of people, not of their state: Americans prefer; `the Americans` can be their government."""
    bare = not any(c.lower_ == "the" or c.dep_ == "conj" for c in noun.children)
    return noun.tag_ == "NNPS" and noun.ent_type_ == "NORP" and bare
