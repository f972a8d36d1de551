"""Who takes part in a proposal: who makes it, who should act, and on whom it falls."""

import re
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.content import Complement
from onrecord.annotate.proposals.reading import NOBODY, Act, Reading, is_first_person
from onrecord.annotate.proposals.source import PAPERS, phrase, source_of, source_of_noun
from onrecord.annotate.proposals.tree import child, climb
from onrecord.document import Mention, Party

if TYPE_CHECKING:
    from spacy.tokens import Token

# Asks have an addressee; a position answers somebody.
ASKS = frozenset({"propose", "demand", "call_for", "urge", "request"})
POSITIONS = frozenset({"reject", "oppose", "support"})
COORDINATED = re.compile(r"\band\b")
SANCTIONS = frozenset({"sanctions", "sanction", "embargo", "embargoes", "measures"})
UNITED_NATIONS = "org:un"
SECURITY_COUNCIL = "org:un-security-council"
PARAGRAPH = 1500  # characters of a paragraph that are looked at
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
        paper = source
        source = source_of_noun(paper) or author_of(paper, reading)  # its efforts, a statement by it
        if source is None:
            return tuple(party(i, "proposer", None) for i in reading.speaker_at(paper))
    found: dict[str, Party] = {}
    if source is not None:
        if source.lower_ in NOBODY or any(c.dep_ == "det" and c.lower_ == "no" for c in source.children):
            return ()
        start, end = phrase(source)
        ids = reading.actors_of(source) or reading.actors_before(source)
        if not ids and source.dep_ == "appos" and source.head.pos_ == "PROPN":
            source = source.head  # the senator, a Democrat who opposes
            start, end = phrase(source)
            ids = reading.actors_of(source)
        if not ids and (told := reading.speaker_at(source)):
            described = reading.cast[told[0]].link_method == "unnamed" and source.pos_ == "NOUN"
            ids = () if described and source.lemma_.lower() not in reading.codebook.lexicon.people else told
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


def author_of(paper: "Token", reading: Reading) -> "Token | None":
    """Who presents what asks for something: unveiled a bill that asks for, circulated a resolution demanding."""
    verb = paper.head
    presented = paper.dep_ == "dobj" and verb.lemma_ in reading.codebook.lexicon.performing
    return source_of(verb) if presented else None


def is_thing(noun: "Token", reading: Reading) -> bool:
    """Whether a subject is what somebody writes or does: the report demands, the effort seeks."""
    return noun.lemma_ in PAPERS or noun.lemma_.lower() in reading.codebook.lexicon.policy_nouns


def targets_of(act: Act, kind: str, reading: Reading, taken: set[str]) -> tuple[Party, ...]:
    """Who should act, receives the offer or the threat, or made the rejected demand; none of a promise or plan."""
    if kind in ("commit", "plan"):
        return ()
    text, content, token = reading.text, act.content, act.content.target
    judged = child(content.head, "nsubj") if act.spoken and act.weak is False else None
    if token is None and kind in POSITIONS and (noun := judged or content.head).pos_ == "NOUN":
        token = source_of_noun(noun)
    addressed = token is not None and not is_first_person(token) and token.lower_ not in NOBODY | {"it"}
    if token is not None and addressed:
        start, end = phrase(token)
        people = token.tag_ == "NNPS" and token.ent_type_ == "NORP"  # urged Americans to leave: not their state
        ids = () if people else reading.actors_of(token) or reading.actors_before(token)
        possessed = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children)
        if not ids and not possessed and token.lemma_.lower() in reading.codebook.lexicon.people:
            ids = tuple(mention.actor_id for mention in reading.mentions_in(start, end))[:1]
            ids = ids or (reading.cast.unnamed(start, end),)
        elif not ids and token.tag_ == "NNPS":
            ids = (reading.cast.unnamed(start, end),)
        found = tuple(party(i, "target", text[start:end]) for i in ids if i not in taken)
        if found or (kind in ASKS and token.pos_ != "NOUN"):
            return found
    if kind in ASKS and (addressee := addressee_of(act, reading)) is not None and addressee not in taken:
        return (party(addressee, "target", None),)
    imposer = imposer_of(content, reading) if kind in ASKS else None
    if imposer is not None and imposer not in taken:
        return (party(imposer, "target", None),)
    candidates = [m for m in reading.mentions_in(content.start, content.end) if m.actor_id not in taken]
    if kind == "offer":
        chosen = [m for m in candidates if m.actor_id in recipients_of(content.head, reading)]
    elif kind in ("threaten", "oppose", "reject", "demand"):
        chosen = candidates
    else:  # the body whose sanctions or resolutions they are
        chosen = [m for m in candidates if reading.cast[m.actor_id].type == "organization"]
    if kind == "threaten" and not chosen:
        chosen = threatened_before(act, reading, taken)
    return tuple(party(m.actor_id, "target", text[m.start : m.end]) for m in chosen[:1])


def recipients_of(head: "Token", reading: Reading) -> set[str]:
    """To whom one offers to do something: to talk *with* them, to send help *to* them."""
    holders = [head, *(c for c in head.children if c.dep_ == "dobj")]
    links = [
        c for h in holders for c in h.children if c.dep_ in ("prep", "dative") and c.lower_ in ("to", "with", "for")
    ]
    return {i for link in links if (noun := child(link, "pobj")) is not None for i in reading.actors_of(noun)}


def threatened_before(act: Act, reading: Reading, taken: set[str]) -> list[Mention]:
    """A threat that names nobody answers the state, or its voice, that its sentence names last before it."""
    first = next((t for t in (act.head, *climb(act.head)) if t.dep_ == "ROOT"), act.head).left_edge
    before = [m for m in reading.mentions_in(first.idx, act.cue[0]) if m.actor_id not in taken]
    own = {reading.cast[i].country for i in taken}
    return [
        m for m in reversed(before) if reading.is_public(m.actor_id) and reading.cast[m.actor_id].country not in own
    ]


def imposer_of(content: Complement, reading: Reading) -> str | None:
    """Who must lift or keep the sanctions that an ask names: whose they are, else a Security Council beside them.

    Sanctions of the United Nations are its Security Council's (Article 41 of the Charter).
    """
    tokens = reading.syntax[content.head.left_edge.i : content.last + 1]
    sanctions = next((t for t in tokens if t.lower_ in SANCTIONS and t.idx >= content.start), None)
    if sanctions is None:
        return None
    for c in sanctions.children:
        if c.i < sanctions.i and c.dep_ in ("amod", "compound", "nmod", "poss") and (ids := reading.actors_of(c)):
            council = ids[0] == UNITED_NATIONS and SECURITY_COUNCIL in reading.cast
            return SECURITY_COUNCIL if council else ids[0]
    low = max(reading.text.rfind("\n\n", 0, content.start), content.start - PARAGRAPH, 0)
    high = reading.text.find("\n\n", content.end, content.end + PARAGRAPH)
    around = reading.mentions_in(low, high if high >= 0 else content.end + PARAGRAPH)
    return next((m.actor_id for m in around if m.actor_id == SECURITY_COUNCIL), None)


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
