"""Who should act, receives what is offered, or made what is answered; and on whom a proposal falls."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.findings import Findings
from onrecord.annotate.proposals.parties.part import Part
from onrecord.annotate.proposals.parties.pointing import phrase_head
from onrecord.annotate.proposals.parties.ranking import Ranked, Ranker, rank
from onrecord.annotate.syntax.pronouns import NOBODY, is_first_person
from onrecord.annotate.syntax.subjects import is_thing, phrase, source_of_noun
from onrecord.annotate.syntax.tree import child

if TYPE_CHECKING:
    from spacy.tokens import Token

_FALLS_ON = frozenset({"on", "against", "toward", "towards", "upon"})


_LEAST_MORE = 0.5  # of an actor that is a target beside the most probable one


def in_sight(act: Act, findings: Findings, taken: Collection[str]) -> tuple[Ranked, ...]:
    """Who or what may be the target of an act, those `taken` left out."""
    return rank(act, findings, taken, _parts_of)


def targets_of(ranked: Iterable[Ranked], ranker: Ranker) -> tuple[Part, ...]:
    """Who should act, is refused, threatened or served: the most probable of those in sight, and who is as sure."""
    sure = sorted(((ranker.of(each.traits), each.part) for each in ranked), key=lambda pair: -pair[0])
    return tuple(
        part
        for place, (share, part) in enumerate(sure)
        if part is not None and share >= (max(ranker.least, _LEAST_MORE) if place else ranker.least)
    )


def _parts_of(word: "Token", findings: Findings) -> Iterator[Part]:
    """Whom the phrase of a pointed word names; whoever is quoted there for `us`."""
    noun = phrase_head(word, findings)
    if is_first_person(noun):
        speech = findings.speech(noun)
        if speech is not None and speech.speaker_actor_id is not None:
            yield Part(findings.actor(speech.speaker_actor_id), "target", noun.text)
    elif noun.lower_ not in NOBODY:
        if is_thing(noun):
            noun = source_of_noun(noun) or noun
        words = findings.text[slice(*phrase(noun))]
        yield from (Part(each, "target", words) for each in _named_by(noun, findings))


def _named_by(noun: "Token", findings: Findings) -> tuple[Reference, ...]:
    """The actors that a noun names: the state of `Serbian authorities`, the body of `its leadership`.

    People of a nation are not their state: urged Americans to leave.
    """
    if party := findings.party_in(noun):
        return party
    if noun.tag_ == "NNPS" and noun.ent_type_ == "NORP":
        return ()
    if named := findings.states_joined(noun) or findings.actors_of(noun) or findings.actors_before(noun):
        return named
    if noun.pos_ == "PRON":
        return ()
    if states := findings.states_in(noun):
        return states
    places = [p for c in noun.children if c.dep_ == "prep" and c.lower_ == "in" and (p := child(c, "pobj")) is not None]
    if there := [each for place in places for each in findings.actors_of(place) if each.actor.type == "state"]:
        return tuple(there)
    if any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children):
        return ()
    return tuple(findings.actor(mention.actor_id) for mention in findings.mentions_in(*phrase(noun)))[:1]


def affected_of(start: int, end: int, findings: Findings, taken: Collection[str]) -> tuple[Part, ...]:
    """The actors in the content on which it falls: sanctions *on*, a strike *against*."""
    text, found = findings.text, dict[str, Part]()
    for mention in findings.mentions_in(start, end):
        before = text[max(start, mention.start - 20) : mention.start].lower().split()
        if before and before[-1] == "the":
            before.pop()
        if before and before[-1] in _FALLS_ON and mention.actor_id not in taken:
            words = text[mention.start : mention.end]
            found.setdefault(mention.actor_id, Part(findings.actor(mention.actor_id), "affected", words))
    return tuple(found.values())
