"""Who takes part in a proposal: who makes it, who should act, and on whom it falls."""

import re
from typing import TYPE_CHECKING

from onrecord.annotate.proposal_reading import NOBODY, Act, Reading, is_first_person
from onrecord.annotate.proposal_source import PAPERS, phrase, source_of_noun
from onrecord.annotate.proposal_tree import child
from onrecord.document import Party

if TYPE_CHECKING:
    from spacy.tokens import Token

# Asks have an addressee; a position answers somebody.
ASKS = frozenset({"propose", "demand", "call_for", "urge", "request"})
POSITIONS = frozenset({"reject", "oppose", "support"})
COORDINATED = re.compile(r"\band\b")
# An offer is made to whom one would talk to or do something for.
RECIPIENT = re.compile(r"(?:^|\s)(?:to|with|for)(?: the)?$", re.IGNORECASE)
FALLS_ON = frozenset({"on", "against", "toward", "towards", "upon"})


def party(actor_id: str, role: str, text: str | None) -> Party:
    return Party(actor_id=actor_id, role=role, text=text)


def proposers_of(act: Act, reading: Reading) -> tuple[Party, ...]:
    """Whoever performs the act, with the state for which a minister, spokesperson or ministry speaks.

    Where a state is reported to want something by somebody who speaks for it, that voice is a proposer, too.
    """
    source, speech, text = act.source, act.speech, reading.text
    if source is not None and is_first_person(source):
        speech, source = reading.speech(source), None
    if source is not None and source.pos_ == "NOUN" and is_thing(source, reading):
        source = source_of_noun(source)  # its efforts, a statement by it
        if source is None:
            return ()
    found: dict[str, Party] = {}
    if source is not None:
        if source.lower_ in NOBODY:
            return ()
        start, end = phrase(source)
        ids = reading.actors_of(source) or reading.speaker_at(source)
        if not ids and (source.pos_ == "PROPN" or source.lemma_.lower() in reading.codebook.lexicon.people):
            ids = (reading.cast.unnamed(start, end),)
        voice = reading.voice_of(source, ids)
        found = {i: party(i, "proposer", text[start:end] if i in ids else None) for i in (*voice, *ids)}
        if found and (state := reading.state_in(source)) is not None:
            found.setdefault(state, party(state, "proposer", None))
    elif speech is not None and speech.speaker_actor_id is not None:
        words = text[slice(*speech.speaker)] if speech.speaker else None
        found = {speech.speaker_actor_id: party(speech.speaker_actor_id, "proposer", words)}
        if speech.speaker is not None and words is not None and COORDINATED.search(words):
            for mention in reading.mentions_in(*speech.speaker):
                found.setdefault(mention.actor_id, party(mention.actor_id, "proposer", words))
    for actor_id in (*act.also, *filter(None, map(reading.state_of, tuple(found)))):
        found.setdefault(actor_id, party(actor_id, "proposer", None))
    return tuple(found.values())


def is_thing(noun: "Token", reading: Reading) -> bool:
    """Whether a subject is what somebody writes or does: the report demands, the effort seeks."""
    return noun.lemma_ in PAPERS or noun.lemma_.lower() in reading.codebook.lexicon.policy_nouns


def targets_of(act: Act, kind: str, issue: str | None, reading: Reading, taken: set[str]) -> tuple[Party, ...]:
    """Who should act, receives the offer or the threat, or made the rejected demand; none of a promise or plan."""
    if kind in ("commit", "plan"):
        return ()
    text, content, token = reading.text, act.content, act.content.target
    if token is None and kind in POSITIONS and content.head.pos_ == "NOUN":
        token = source_of_noun(content.head)
    addressed = token is not None and not is_first_person(token) and token.lower_ not in NOBODY | {"it"}
    if token is not None and addressed:
        start, end = phrase(token)
        ids = reading.actors_of(token)
        if not ids and token.lemma_.lower() in reading.codebook.lexicon.people:
            ids = tuple(mention.actor_id for mention in reading.mentions_in(start, end))[:1]
            ids = ids or (reading.cast.unnamed(start, end),)
        found = tuple(party(i, "target", text[start:end]) for i in ids if i not in taken)
        if found or (kind in ASKS and token.pos_ != "NOUN"):
            return found
    if kind in ASKS and (addressee := addressee_of(act, reading)) is not None and addressee not in taken:
        return (party(addressee, "target", None),)
    candidates = [m for m in reading.mentions_in(content.start, content.end) if m.actor_id not in taken]
    if kind == "offer":
        chosen = [m for m in candidates if RECIPIENT.search(text[max(content.start, m.start - 10) : m.start].rstrip())]
    elif kind in ("threaten", "oppose", "reject", "demand"):
        chosen = candidates
    else:  # the body whose sanctions or resolutions they are
        chosen = [m for m in candidates if reading.cast[m.actor_id].type == "organization"]
    return tuple(party(m.actor_id, "target", text[m.start : m.end]) for m in chosen[:1])


def addressee_of(act: Act, reading: Reading) -> str | None:
    """To whom the ask is said: told the Security Council that. Whoever only writes it down is asked for nothing."""
    speech = act.speech or reading.speech(act.head)
    if speech is None or speech.addressee_actor_id is None:
        return None
    addressee = reading.cast[speech.addressee_actor_id]
    body = addressee.type == "organization" and addressee.sector not in (None, "media")
    return addressee.actor_id if body or reading.is_public(addressee.actor_id) else None


def affected_of(start: int, end: int, reading: Reading, taken: set[str]) -> tuple[Party, ...]:
    """The actors in the content on which it falls: sanctions *on*, a strike *against*."""
    text, found = reading.text, dict[str, Party]()
    for mention in reading.mentions_in(start, end):
        before = text[max(start, mention.start - 20) : mention.start].lower().split()
        if before and before[-1] == "the":
            before.pop()
        if before and before[-1] in FALLS_ON and mention.actor_id not in taken:
            found.setdefault(mention.actor_id, party(mention.actor_id, "affected", text[mention.start : mention.end]))
    return tuple(found.values())
