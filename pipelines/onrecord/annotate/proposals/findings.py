"""What is known of a document when its proposals are looked for."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import organization_actor, state_actor
from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.actors.references import resolve
from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.annotate.syntax.subjects import is_thing, phrase
from onrecord.document import Actor, Date, Mention, Quote
from onrecord.knowledge.bodies import FORCES, STATE
from onrecord.knowledge.entities import State
from onrecord.knowledge.word_lists import alternation, listed, meanings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.annotate.actors.cast import Cast

# Roles that speak for their state.
_OFFICE = re.compile(
    rf"\b(?:{alternation('role_of_voice')})\b"
    r"|\bpresident(?: of (?:the )?(?:republic|united states))?$"
    r"|^(?:supreme |paramount )?(?:leader|dictator)$|^(?:\w+ ){0,4}spokes(?:man|woman|person)"
    r"(?: (?:for|of|at) .{0,40}\b(?:department|president|"
    rf"{alternation('body_that_is_state')}))?$",
    re.IGNORECASE,
)
_PAST = re.compile(rf"\b(?:{alternation('no_voice')})\b", re.IGNORECASE)
_STATE_BODY = re.compile(
    rf"\b(?:{alternation('body_that_is_state')})\b"
    r"|^[\w.-]+ administration$",
    re.IGNORECASE,
)
_OFFICES = listed("state_voice")
# Those who act for their state without being its voice.
_OFFICIALS = listed("state_servant")
_VOICE = re.compile(r"\bofficial\b", re.IGNORECASE)  # tells what the state wants, whatever the office
REGIONS = meanings("region_that_acts")
_MEMBERS = meanings("party_member")
_PARTISAN = meanings("party_adjective")
_DOMESTIC = frozenset({"government", "administration", "feds"})
_BARE = frozenset({"the", "federal", "national", "central", "this", "our"})  # all that may stand before such a noun
_HOME = 0.6  # share of the mentions that are of any state
_HOME_UNNAMED, _HOME_MENTIONS = 0.8, 3  # the same where the article does not name that state, and how many they are
_ANTECEDENT_REACH = 80  # tokens before a pronoun in which its antecedent is looked for


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings that proposals are built on."""

    text: str  # that of the document
    syntax: "Doc"
    cast: "Cast"
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]  # those with a speaker, by start
    dates: tuple[Date, ...]
    states: Mapping[str, str]  # ISO country -> actor_id of its state, if named
    adjectives: Mapping[str, State]  # Chinese -> China
    demonyms: Mapping[str, "Token"]  # ISO country -> the first adjective that names it
    places: Mapping[str, tuple[tuple[int, int], ...]]  # actor_id -> characters of its mentions
    counts: Counter[str]  # actor_id -> how many mentions it has
    home: State | None  # the state that most of the article's actors are of, if it is one
    speakers: tuple[tuple[int, int, str], ...] = ()  # of the quotes: local mention and actor, by start

    def quotes_around(self, start: int, end: int) -> Iterator[Quote]:
        for quote in self.quotes:
            if quote.start > start:
                return
            if end <= quote.end:
                yield quote

    def speech(self, token: "Token") -> Quote | None:
        """The smallest quote with a speaker that holds the token."""
        around = self.quotes_around(token.idx, token.idx + len(token))
        return min(around, key=lambda q: q.end - q.start, default=None)

    def actor(self, actor_id: str) -> Reference:
        """An actor of the article, by mentions that it has already."""
        return Reference(self.cast[actor_id])

    def speaker_at(self, token: "Token") -> tuple[Reference, ...]:
        """The actor for whom the token stands as the source of a quote: the lawmaker, the paper."""
        at = bisect_right(self.speakers, token.idx, key=lambda s: s[0]) - 1
        if at < 0 or self.speakers[at][1] <= token.idx:
            return ()
        return (self.actor(self.speakers[at][2]),)

    def actors_before(self, pronoun: "Token") -> tuple[Reference, ...]:
        """The actors that they or them stands for: the nearest coordination of actors, or people, before it."""
        if pronoun.lower_ not in ("they", "them"):
            return ()
        for i in range(pronoun.i - 1, max(pronoun.i - _ANTECEDENT_REACH, -1), -1):
            token = self.syntax[i]
            if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj") or token.pos_ not in ("NOUN", "PROPN"):
                continue
            joined = any(c.dep_ == "conj" for c in token.children)
            if joined and len(found := resolve(self.cast, *phrase(token))) > 1:
                return found
            if token.tag_ == "NNS" and not is_thing(token):
                start, end = phrase(token)
                return resolve(self.cast, start, end) or (unnamed(self.cast, start, end),)
        return ()

    def mentions_in(self, start: int, end: int) -> Iterator[Mention]:
        for i in range(bisect_left(self.mentions, start, key=lambda m: m.start), len(self.mentions)):
            if self.mentions[i].start >= end:
                return
            if self.mentions[i].end <= end:
                yield self.mentions[i]

    def actors_of(self, token: "Token") -> tuple[Reference, ...]:
        """Actors that the phrase of a noun or pronoun names, in the order of the text; Chinese names China."""
        start, end = phrase(token)
        found = resolve(self.cast, start, end)
        if not found and (union := REGIONS.get(token.text)) and union in self.cast:
            return (self.actor(union),)  # what Europe should do in an article about the union
        state = self.by_adjective(token) if not found else None
        return (state,) if state is not None else found

    def by_adjective(self, token: "Token") -> Reference | None:
        """The state of an adjective; where nothing else names it, the adjective is a mention of it."""
        state = self.adjectives.get(token.text)
        if state is None:
            return None
        if state.iso3 in self.states:
            return self.actor(self.states[state.iso3])
        return refer(self.cast.known(state_actor(state)), token.idx, token.idx + len(token), "demonym")

    def states_in(self, noun: "Token") -> tuple[Reference, ...]:
        """The state of `the Mexican government`, those of `the foreign ministers of Iran and Iraq`; else none.

        `The federal government`, `the administration` are those of the state that the article is about.
        """
        together = noun.tag_ == "NNS" and noun.lemma_.lower() in _OFFICIALS  # Mexican officials tell what Mexico wants
        if noun.lemma_.lower() not in STATE | _OFFICES and noun.lower_ not in _DOMESTIC and not together:
            return ()
        if noun.lower_ in _DOMESTIC and all(c.lower_ in _BARE for c in noun.children if c.i < noun.i):
            return self._at_home(noun)
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), noun)  # the president of Armenia
        for c in (*noun.children, *of.children):
            if c.dep_ not in ("amod", "compound", "nmod", "poss", "pobj") or (c.i > noun.i and c.dep_ != "pobj"):
                continue
            if (state := self.by_adjective(c)) is not None:
                return (state,)
            named = [m.actor_id for m in self.mentions_in(*phrase(c)) if self.cast[m.actor_id].type == "state"]
            if named:
                joined = dict.fromkeys(named if noun.tag_ == "NNS" else named[:1])
                return tuple(self.actor(each) for each in joined)
        return ()

    def states_joined(self, noun: "Token") -> tuple[Reference, ...]:
        """The states of `Hungarian and Romanian officials`, who together are of no single one."""
        if noun.tag_ != "NNS" or noun.lemma_.lower() not in STATE | _OFFICES | FORCES | _OFFICIALS:
            return ()
        named = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and c.ent_type_ in ("NORP", "GPE")]
        if len(named) != 1 or not named[0].conjuncts:
            return ()  # Greek and Turkish Cypriot leaders: neither of Greece nor of Turkey
        states = [self.by_adjective(c) or self._state_named(c) for c in (named[0], *named[0].conjuncts)]
        return tuple({state.actor_id: state for state in states if state is not None}.values())

    def _at_home(self, noun: "Token") -> tuple[Reference, ...]:
        """The state that the article is about, of which `noun` is a mention if nothing else names it."""
        if self.home is None:
            return ()
        if self.home.iso3 in self.states:
            return (self.actor(self.states[self.home.iso3]),)
        return (refer(self.cast.known(state_actor(self.home)), noun.idx, noun.idx + len(noun), "role"),)

    def party_in(self, noun: "Token") -> tuple[Reference, ...]:
        """The party of `House Republicans`, of `Labour`: one whose members the article calls by its name; that of
        `Republican lawmakers`, who are several."""
        slug, word = _MEMBERS.get(noun.lower_), noun
        if slug is None and noun.tag_ == "NNS":
            before = (c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod") and c.text[0].isupper())
            word = next((c for c in before if c.lower_ in _PARTISAN), noun)
            slug = _PARTISAN.get(word.lower_)
        if slug is None or (word == noun and noun.tag_ not in ("NNPS", "NNP")):
            return ()
        party = self.cast.known(organization_actor(self.cast.knowledge.organizations[slug]))
        start, end = word.idx, word.idx + len(word)
        there = self.cast.at(start, end)
        if there is None or there.actor_id == party.actor_id:
            return (refer(party, start, end, "demonym"),)
        # Whom the word describes acts for the party, if that is named; it is no mention of another that is called so.
        described = self.cast[there.actor_id].link_method == "unnamed" and party.actor_id in self.cast
        return (Reference(party),) if described else ()

    def _state_named(self, name: "Token") -> Reference | None:
        found = resolve(self.cast, name.idx, name.idx + len(name))
        return next((each for each in found if each.actor.type == "state"), None)

    def told_of(self, pronoun: "Token") -> tuple[Reference, ...]:
        """The speaker who is reported to speak of themselves: the regulator said *it* had no plans."""
        speech = self.speech(pronoun)
        if speech is None or speech.kind == "direct" or speech.speaker_actor_id is None:
            return ()
        speaker = self.cast[speech.speaker_actor_id]
        if speaker.sector == "media":
            return ()  # an agency tells of others
        fitting = {
            "person": ("it", "he", "she") if speaker.link_method == "unnamed" else ("he", "she"),
            "group": ("they",),
            "organization": ("it", "they"),
            "state": ("it",),
        }
        return (Reference(speaker),) if pronoun.lower_ in fitting[speaker.type] else ()

    def voice_of(self, source: "Token", named: tuple[Reference, ...]) -> tuple[Reference, ...]:
        """Who tells what their state wants: the spokesperson who is quoted as saying that China hopes for talks."""
        states = [each.actor for each in named if each.actor.type == "state"]
        speech = self.speech(source) if states else None
        if speech is None or speech.speaker_actor_id is None:
            return ()
        speaker = self.cast[speech.speaker_actor_id]
        if any(each.actor_id == speaker.actor_id for each in named):
            return ()
        if speaker.type == "state" or not any(state.country == speaker.country for state in states):
            return ()
        official = speaker.type == "person" and any(_VOICE.search(r) and not _PAST.search(r) for r in speaker.roles)
        return (Reference(speaker),) if official or _speaks_for_state(speaker) else ()

    def state_of(self, actor: Actor) -> Reference | None:
        """The state for which an actor speaks, as a minister and a ministry do; None if it speaks for none."""
        if actor.country is None or not self._speaks(actor):
            return None
        if actor.country in self.states:
            return self.actor(self.states[actor.country])
        named = self.demonyms.get(actor.country)  # the French president: nothing else may name France
        return self.by_adjective(named) if named is not None else None

    def _speaks(self, actor: Actor) -> bool:
        """Whether the actor speaks for its state: by a role that the article prints, else by a known office."""
        if _speaks_for_state(actor) or actor.type != "person" or actor.roles:
            return _speaks_for_state(actor)
        known = self.cast.offices(actor.actor_id)
        return any(_OFFICE.search(title) and self.cast.holds(actor.actor_id, title) for title in known)


def _speaks_for_state(actor: Actor) -> bool:
    if actor.type == "person":
        roles = (actor.name,) if actor.link_method == "unnamed" else actor.roles  # the French prime minister
        return any(_OFFICE.search(role) and not _PAST.search(role) for role in roles)
    return actor.type == "organization" and _STATE_BODY.search(actor.name) is not None


def findings_of(text: str, syntax: "Doc", cast: "Cast", quotes: tuple[Quote, ...], dates: tuple[Date, ...]) -> Findings:
    """What is known of a document when its proposals are looked for."""
    adjectives = {adjective: state for state in cast.knowledge.states.values() for adjective in state.adjectives}
    mentions = tuple(sorted(cast.mentions(), key=lambda m: m.start))
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in mentions:
        places[mention.actor_id].append((mention.start, mention.end))
    return Findings(
        text=text,
        syntax=syntax,
        cast=cast,
        mentions=mentions,
        places={actor_id: tuple(spans) for actor_id, spans in places.items()},
        counts=Counter({actor_id: len(spans) for actor_id, spans in places.items()}),
        quotes=tuple(sorted((q for q in quotes if q.speaker_actor_id is not None), key=lambda q: q.start)),
        dates=dates,
        states={a.country: a.actor_id for a in cast.actors() if a.type == "state" and a.country},
        adjectives=adjectives,
        demonyms={adjectives[token.text].iso3: token for token in reversed(syntax) if token.text in adjectives},
        home=_home(cast),
        speakers=tuple(sorted((*q.speaker, q.speaker_actor_id) for q in quotes if q.speaker and q.speaker_actor_id)),
    )


def _home(cast: "Cast") -> State | None:
    """The state of which most mentions are that are of any; nearly all, if the article does not name it."""
    countries = Counter(country for mention in cast.mentions() if (country := cast[mention.actor_id].country))
    country, count = countries.most_common(1)[0] if countries else ("", 0)
    is_named = any(actor.type == "state" and actor.country == country for actor in cast.actors())
    if count < (_HOME if is_named else _HOME_UNNAMED) * countries.total() or (not is_named and count < _HOME_MENTIONS):
        return None
    return next((state for state in cast.knowledge.states.values() if state.iso3 == country), None)
