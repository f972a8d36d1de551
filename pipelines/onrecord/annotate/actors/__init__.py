"""Actors of a document: states, organizations and people, and every place where it names them.

Names come from three sources: the lexicon of `Knowledge`, the tagger's people and organizations after repair, and
what the article itself introduces (surnames after a full name, acronyms after a long form). Conventions: a state
absorbs its capital and seats of power where they act; places, events and products are no actors.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import government_actor, organization_actor, state_actor
from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.identity import add_people
from onrecord.annotate.actors.organizations import affiliations, find_bodies
from onrecord.annotate.actors.organizations_told import find_told
from onrecord.annotate.actors.people import find_people, is_namesake
from onrecord.annotate.actors.references.offices import add_printed_roles, add_roles
from onrecord.annotate.actors.short_names import add_short_names
from onrecord.document import Actor, Document
from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Organization, Person, State
from onrecord.knowledge.names import Hit, Hits, find_names
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import alternation, meanings, one_of, with_meaning
from onrecord.knowledge.words import WORD, fold, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LOCATIVE = word_set("in at near outside around inside across throughout downtown central visiting visit")
MOTION = word_set(
    """
    travel fly go visit return arrive trip come head move leave flight tour relocate drive sail depart land live
    stay meet gather host hold base
    """
)


def find_actors(doc: Document, syntax: "Doc", knowledge: Knowledge) -> Cast:
    """The cast of `doc`: its actors and their mentions. `syntax.text` equals `doc.text`."""
    cast = Cast(doc, syntax, knowledge)
    tagged = longer_people(syntax)
    families = frozenset(fold(e[-1].text) for e in syntax.ents if e.label_ == "PERSON" and len(e) > 1)
    named = [hit for hit in find_names(doc.text, knowledge) if not is_family(hit, doc.text, families)]
    covered = {offset for hit in named if is_namesake(hit, doc.text) for offset in range(hit.start, hit.end)}
    hits = [hit for hit in named if hit.start not in covered]
    for hit in hits:
        if isinstance(hit.entry.entity, Person) or hit.entry.kind in ("short", "adjective"):
            continue
        if not person_inside(hit, syntax, tagged):
            covered.update(range(hit.start, hit.end))
    bodies = find_bodies(doc.text, syntax, Hits(hits), knowledge, home_country(doc, knowledge))
    for body in bodies:
        covered.update(range(body.start, body.end))
    short = {o for hit in hits if hit.entry.kind == "short" for o in range(hit.start, hit.end)}
    told = list(find_told(doc.text, syntax, covered | short, frozenset(knowledge.surnames)))
    for body in told:
        covered.update(range(body.start, body.end))
    people = find_people(doc.text, syntax, hits, covered, knowledge)
    bodies.extend(affiliations(doc.text, syntax, people, covered))
    add_people(cast, people, caption_people(doc, knowledge), covered | short_of_named(hits), countries_of(hits))
    for body in bodies:
        cast.add(body.actor)
        cast.mention(body.start, body.end, body.actor.actor_id, body.form)
    inside = {offset for body in bodies for offset in range(body.start, body.end)}
    names = {offset for name in people for offset in range(name.start, name.end)}
    outside = [hit for hit in hits if hit.start not in inside and hit.start not in names]
    placed = Hits(hits)
    outside = [
        hit for hit in outside if not of_another_state(hit, doc.text, placed) and not is_minority(hit, doc.text, placed)
    ]
    outside = [hit for hit in outside if means_state(hit, doc.text)]
    sections = {hit.start - 1: hit.end for hit in outside if is_section(hit, doc.text, placed)}
    outside = [replace(hit, end=sections.get(hit.end, hit.end)) for hit in outside if hit.start - 1 not in sections]
    for hit in outside:
        if hit.entry.kind != "short":
            add_known(cast, hit, syntax, tagged)
    for hit in outside:
        if hit.entry.kind == "short":
            add_short(cast, hit)
    add_korea(cast)
    add_governments(cast)
    add_short_names(cast)
    for body in told:
        if not cast.covers(body.start):  # what the article or the lexicon explains is no name of its own
            cast.mention(body.start, body.end, cast.add(body.actor), body.form)
    add_roles(cast)
    add_printed_roles(cast, people)
    return cast


def countries_of(hits: Iterable[Hit]) -> frozenset[str]:
    """ISO codes of the states that an article names by themselves or by one of their bodies, ambiguous names apart."""
    found = set[str]()
    for hit in hits:
        entity = hit.entry.entity if hit.entry.kind != "short" else None
        if isinstance(entity, State):
            found.add(entity.iso3)
        elif isinstance(entity, Organization) and entity.country:
            found.add(entity.country)
    return frozenset(found)


def short_of_named(hits: Iterable[Hit]) -> set[int]:
    """Offsets of short names of bodies that the article also names in full: Ford is the company, not William Ford."""
    hits = tuple(hits)
    named = {hit.entry.entity.slug for hit in hits if isinstance(hit.entry.entity, Organization) and is_full(hit)}
    return {
        offset
        for hit in hits
        if isinstance(hit.entry.entity, Organization) and not is_full(hit) and hit.entry.entity.slug in named
        for offset in range(hit.start, hit.end)
    }


def is_full(hit: Hit) -> bool:
    return hit.entry.kind != "short"


def longer_people(syntax: "Doc") -> dict[int, tuple[int, int]]:
    """Tokens of the tagger's people with more than one word: token index -> first and end index of the name."""
    return {
        token.i: (entity.start, entity.end)
        for entity in syntax.ents
        if entity.label_ == "PERSON" and len(entity) > 1
        for token in entity
    }


def person_inside(hit: Hit, syntax: "Doc", people: dict[int, tuple[int, int]]) -> bool:
    """Whether the tagger sees a longer person's name that ends in the hit: `Michael Jordan`."""
    if hit.entry.kind not in ("name", "people", "adjective") or len(hit.entry.words) > 1:
        return False
    span = syntax.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None or span.start not in people:
        return False
    start, end = people[span.start]
    return end == span.end and end - start > len(span)


AS_MEDIUM = re.compile(
    r"['’]?s?\s(?:News|TV|Television|Radio|Politics|Business|L\.?P|Opinion|reports?\b|survey|poll|terminal)"
)
TO_MEDIUM = re.compile(r"\b(?:told|via)\s$")


def is_family(hit: Hit, text: str, families: frozenset[str]) -> bool:
    """Whether the one word by which a medium is called is the family name of somebody named in full: Bloomberg, Fox."""
    medium = hit.entry.entity
    if not isinstance(medium, Organization) or medium.sector != "media":
        return False
    if AS_MEDIUM.match(text, hit.end) or TO_MEDIUM.search(text, max(0, hit.start - 5), hit.start):
        return False
    return fold(text[hit.start : hit.end]) in families


def home_country(doc: Document, knowledge: Knowledge) -> str | None:
    """The country of the dateline, if it names one place: whose ministries the article means when it names none."""
    states = {
        hit.entry.entity.iso3
        for hit in find_names(doc.dateline.title() if doc.dateline else "", knowledge)
        if isinstance(hit.entry.entity, State)
    }
    return states.pop() if len(states) == 1 else None


def caption_people(doc: Document, knowledge: Knowledge) -> tuple[Person, ...]:
    """People whom captions name in full: evidence for roles and surnames in the body."""
    return tuple(
        hit.entry.entity
        for caption in (*doc.captions, doc.title or "")
        for hit in find_names(caption, knowledge)
        if isinstance(hit.entry.entity, Person)
    )


# ------------------------------------------------------------------------------------------- states, bodies


# Sectors whose bodies bear names that those of another state can bear, too.
GENERIC = frozenset({"government", "party", "military", "igo", "ngo", "judiciary"})


def of_another_state(hit: Hit, text: str, hits: Hits) -> bool:
    """`South Korea's ruling Democratic Party`, `the Russian Security Council`: a namesake of a body in the lexicon."""
    entity = hit.entry.entity
    if not isinstance(entity, Organization) or hit.entry.kind == "acronym" or entity.sector not in GENERIC:
        return False
    for before in hits.ending(hit.start - 24, hit.start - 1):
        state = before.entry.entity
        owns = re.fullmatch(r"(?:['’]s?)?\s+(?:ruling\s+|main\s+|opposition\s+)*", text[before.end : hit.start])
        return isinstance(state, State) and owns is not None and state.iso3 != entity.country
    return False


OF_STATE = re.compile(r"\s+of\s+(?:(?:the|northern|southern|eastern|western)\s+)?")


def is_minority(hit: Hit, text: str, hits: Hits) -> bool:
    """`ethnic Albanians`, `Bosnian Serbs`, `the Albanians of southern Serbia`: their name is not their state's."""
    state = hit.entry.entity
    if not isinstance(state, State) or hit.entry.kind != "people":
        return False
    if text[max(hit.start - 10, 0) : hit.start].rstrip().lower().endswith("ethnic"):
        return True
    link = OF_STATE.match(text, hit.end)
    beside = [h for h in hits.ending(hit.start - 1, hit.start - 1) if h.entry.kind == "adjective"]
    beside += hits.between(link.end(), link.end() + 1) if link else ()
    return any(isinstance(h.entry.entity, State) and h.entry.entity.iso3 != state.iso3 for h in beside)


# The states whose names others bear, and the words by which an article means the state or the other.
AMBIGUOUS = frozenset(meanings("ambiguous_state").values())
FOR_STATE = {state: re.compile(rf"\b(?:{one_of(with_meaning(state, 'cue_for_state'))})\b") for state in AMBIGUOUS}
AGAINST = {state: re.compile(rf"\b(?:{one_of(with_meaning(state, 'cue_against_state'))})(?!\w)") for state in AMBIGUOUS}


def means_state(hit: Hit, text: str) -> bool:
    """Whether `Georgia` is the country: an article about American states or parties means the American one."""
    state = hit.entry.entity
    if not isinstance(state, State) or state.iso3 not in AMBIGUOUS or hit.entry.kind != "name":
        return True
    return FOR_STATE[state.iso3].search(text) is not None or AGAINST[state.iso3].search(text) is None


def is_section(hit: Hit, text: str, hits: Hits) -> bool:
    """The state in `Oxfam Canada`: it tells which section of the body is meant."""
    if not isinstance(hit.entry.entity, State) or hit.entry.kind != "name" or text[hit.start - 1 : hit.start] != " ":
        return False
    before = (other.entry.entity for other in hits.ending(hit.start - 1, hit.start - 1))
    return any(isinstance(body, Organization) and body.sector in ("ngo", "company") for body in before)


def add_known(cast: Cast, hit: Hit, syntax: "Doc", tagged: dict[int, tuple[int, int]]) -> None:
    """Register a lexicon name of a state or organization where it stands for the actor."""
    entity, entry = hit.entry.entity, hit.entry
    span = syntax.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None or compound(cast.doc.text, hit.end):
        return
    if isinstance(entity, State):
        if entry.kind == "adjective" or person_inside(hit, syntax, tagged):
            return
        form = {"metonym": "metonym", "people": "demonym", "acronym": "acronym"}.get(entry.kind, "name")
        if form == "metonym" and is_place(span[0], span[-1], cast.doc.text, hit):
            return
        cast.add(state_actor(entity))
        cast.mention(hit.start, hit.end, f"state:{entity.iso3}", form)
    elif isinstance(entity, Organization):
        actor = branch(cast, entity, hit) or organization_actor(entity)
        cast.add(actor)
        cast.mention(hit.start, hit.end, actor.actor_id, "acronym" if entry.kind == "acronym" else "name")


def branch(cast: Cast, entity: Organization, hit: Hit) -> Actor | None:
    """The branch that the article named before, if the hit is the beginning of its name: Sony after Sony Pictures."""
    name = cast.doc.text[hit.start : hit.end]
    for mention in cast.mentions_before(hit.start):
        actor = cast[mention.actor_id]
        if (
            entity.sector == "company"
            and actor.parent_actor_id == f"org:{entity.slug}"
            and actor.name.startswith(name + " ")
        ):
            return actor
    return None


def add_short(cast: Cast, hit: Hit) -> None:
    """`the House`, `IS`: ambiguous names, taken where the article names the body itself, its parent or its country."""
    entity = hit.entry.entity
    following = WORD.match(cast.doc.text, hit.end + 1)
    if not isinstance(entity, Organization) or compound(cast.doc.text, hit.end):
        return
    if following and fold(following[0]) in ROLE_HEADS | {"base", "station"}:  # Treasury Secretary, Air Force Base
        return
    actor = organization_actor(entity)
    if any(i in cast for i in (actor.actor_id, actor.parent_actor_id, f"state:{entity.country}")):
        cast.add(actor)
        cast.mention(hit.start, hit.end, actor.actor_id, "name")


def compound(text: str, end: int) -> bool:
    """`Russian-led`, `Panama-flagged`: the name only qualifies something else."""
    return bool(re.match(r"[-‐‑][a-z]", text[end : end + 2]))


def is_place(first: "Token", last: "Token", text: str, hit: Hit) -> bool:
    """Whether a capital or seat of power is meant as a place: `in Beijing`, `Beijing, China`, `flew to Moscow`."""
    before = first.nbor(-1) if first.i else None
    after = text[hit.end : hit.end + 40]
    if re.match(r",? D\.?C\b|, (?:the )?[A-Z]\w+(?: [A-Z]\w+)?,| \(|\s?[–—-]\s|/", after):
        return True
    if before is None or "\n" in before.text:
        return False
    word = fold(before.text)
    if word == "the" and before.i:
        word = fold(before.nbor(-1).text)
    if word in LOCATIVE:
        return True
    return word in ("to", "from", "for", "of") and (
        before.head.lemma_.lower() in MOTION or before.head.head.lemma_.lower() in MOTION
    )


# `the North`: the state that it stands for, and the one that the article must name.
HALVES = {short: tuple(states.split("|")) for short, states in meanings("short_state_name").items()}
KOREA = re.compile(
    rf"\b(?P<side>[Tt]he\s+(?P<half>{alternation('short_state_name')}))\b(?!\s+(?:[A-Z]|of\b|and\s+[Ss]outh\s+of))"
    rf"|\b(?P<pair>{alternation('short_state_name')})(?=\s+and\s+(?:{alternation('joint_state_name')})\b)"
)


def add_korea(cast: Cast) -> None:
    """`the North` and `the South` in an article about Korea, and the first half of `North and South Korea`."""
    for match in KOREA.finditer(cast.doc.text):
        side = "side" if match["side"] else "pair"
        iso3, named = HALVES[match["half"] or match["pair"]]
        if side == "side" and f"state:{named}" not in cast:
            continue
        cast.add(state_actor(cast.knowledge.states[iso3]))
        cast.mention(*match.span(side), f"state:{iso3}", "metonym" if side == "side" else "name")


GOVERNMENT = re.compile(r"(?P<of>['’]s?)?\s+(?:\w+\s+)?(?P<body>regime|[Aa]dministration|government)\b")


def add_governments(cast: Cast) -> None:
    """`the Kim regime` is the state by the name of its leader; `the Trump administration` an organization."""
    for mention in cast.mentions():
        actor = cast[mention.actor_id]
        match = GOVERNMENT.match(cast.doc.text, mention.end)
        state = cast.knowledge.states.get(actor.country or "")
        if match is None or state is None or actor.type != "person":
            continue
        if not match["of"]:
            cast.drop(mention.start, mention.end)
        government = state_actor(state)
        if match["body"].lower() == "administration":
            name = f"{cast.doc.text[mention.start : mention.end].split()[-1]} administration"
            government = government_actor(name, state.iso3)
        cast.add(government)
        form = "metonym" if government.type == "state" else "name"
        cast.mention(mention.start, match.end(), government.actor_id, form)
