"""Actors of a document: states, organizations and people, and every place where it names them.

Names come from three sources: the lexicon of `Knowledge`, the tagger's people and organizations after repair, and
what the article itself introduces (surnames after a full name, acronyms after a long form). Conventions: a state
absorbs its capital and seats of power where they act; places, events and products are no actors.
"""

import re
from collections.abc import Iterable
from itertools import filterfalse
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import government_actor, organization_actor, state_actor
from onrecord.annotate.actors.bodies_of_states import in_longer_name, of_own_state
from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.identity import add_people
from onrecord.annotate.actors.lexicon_names import (
    countries_of,
    is_body_or_state,
    is_full,
    names_of_actors,
    short_of_named,
    without_surnames,
)
from onrecord.annotate.actors.local_governments import find_local_governments
from onrecord.annotate.actors.organizations import Body, affiliations, find_bodies
from onrecord.annotate.actors.organizations_told import find_told
from onrecord.annotate.actors.people import is_namesake
from onrecord.annotate.actors.people_in_text import find_people
from onrecord.annotate.actors.references.offices import add_printed_roles, add_roles
from onrecord.annotate.actors.same_bodies import under_one_name
from onrecord.annotate.actors.short_names import add_short_names
from onrecord.annotate.actors.teams import find_teams, is_team
from onrecord.annotate.syntax.spans import offsets
from onrecord.document import Actor, Document
from onrecord.knowledge import Knowledge
from onrecord.knowledge.bodies import SHARES, SOME
from onrecord.knowledge.entities import Organization, Person, State
from onrecord.knowledge.names import Hit, Hits, find_names
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import alternation, meanings
from onrecord.knowledge.words import WORD, fold, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LOCATIVE = word_set("in at near outside around inside across throughout downtown central visiting visit")
# How many of a nation: the head before `of`.
_SHARES = SHARES | SOME | {"share", "all"}
# What stands before people without telling some of them from others: both the Swedes and, even the Swedes.
_TELLS_NOT_WHICH = frozenset({"det", "cc", "punct", "prep", "advmod", "preconj", "neg"})
_MOTION = word_set(
    """
    travel fly go visit return arrive trip come head move leave flight tour relocate drive sail depart land live
    stay meet gather host hold base
    """
)


def find_actors(doc: Document, syntax: "Doc", knowledge: Knowledge) -> Cast:
    """The cast of `doc`: its actors and their mentions. `syntax.text` equals `doc.text`."""
    cast = Cast(doc, syntax, knowledge)
    named = without_surnames(find_names(doc.text, knowledge), doc.text, syntax)
    ships = offsets(hit for hit in named if is_namesake(hit, doc.text))
    home = _home_country(doc, knowledge)
    full = [hit for hit in named if hit.start not in ships and not in_longer_name(hit, doc.text, syntax)]
    hits, own = of_own_state(full, doc.text, knowledge, home)
    covered = ships | offsets(hit for hit in hits if is_body_or_state(hit))
    sport = cast.is_about_sport
    playing = [hit for hit in hits if sport and is_team(hit, doc.text)]
    teams = {hit.start for hit in playing}
    hits = [hit for hit in hits if hit.start not in teams]
    own += find_teams(doc.text, syntax, playing, offsets(hits) | offsets(own)) if sport else ()
    bodies = [*own, *find_bodies(doc.text, syntax, Hits(hits), knowledge, home, offsets(own))]
    covered |= offsets(bodies)
    short = offsets(hit for hit in hits if not is_full(hit))
    told = list(find_told(doc.text, syntax, covered | short, frozenset(knowledge.surnames)))
    covered |= offsets(told)
    if not sport:
        bodies += find_local_governments(doc.text, syntax, Hits(hits), knowledge, covered)
        covered |= offsets(bodies)
    both = under_one_name([*bodies, *told], hits, doc.text)
    bodies, told = both[: len(bodies)], both[len(bodies) :]
    people = find_people(doc.text, syntax, hits, covered, knowledge)
    bodies.extend(affiliations(doc.text, syntax, people, covered))
    add_people(cast, people, _caption_people(doc, knowledge), covered | short_of_named(hits), countries_of(hits))
    _add_bodies(cast, bodies)
    outside = names_of_actors(hits, offsets(bodies) | offsets(people), doc.text)
    for hit in filter(is_full, outside):
        _add_known(cast, hit, syntax)
    for hit in filterfalse(is_full, outside):
        _add_short(cast, hit)
    _add_korea(cast)
    _add_governments(cast)
    add_short_names(cast)
    # What the article or the lexicon explains is no name of its own.
    _add_bodies(cast, (body for body in told if not cast.covers(body.start)))
    add_roles(cast)
    add_printed_roles(cast, people)
    return cast


def _add_bodies(cast: Cast, bodies: Iterable[Body]) -> None:
    for body in bodies:
        cast.mention(body.start, body.end, cast.add(body.actor), body.form)


def _home_country(doc: Document, knowledge: Knowledge) -> str | None:
    """The country of the dateline, if it names one place: whose ministries the article means when it names none."""
    states = {
        hit.entry.entity.iso3
        for hit in find_names(doc.dateline.title() if doc.dateline else "", knowledge)
        if isinstance(hit.entry.entity, State)
    }
    return states.pop() if len(states) == 1 else None


def _caption_people(doc: Document, knowledge: Knowledge) -> tuple[Person, ...]:
    """People whom captions name in full: evidence for roles and surnames in the body."""
    return tuple(
        hit.entry.entity
        for caption in (*doc.captions, doc.title or "")
        for hit in find_names(caption, knowledge)
        if isinstance(hit.entry.entity, Person)
    )


def _add_known(cast: Cast, hit: Hit, syntax: "Doc") -> None:
    """Register a lexicon name of a state or organization where it stands for the actor."""
    entity, entry = hit.entry.entity, hit.entry
    span = syntax.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None or _compound(cast.doc.text, hit.end):
        return
    if isinstance(entity, State):
        if entry.kind == "adjective":
            return
        form = {"metonym": "metonym", "people": "demonym", "acronym": "acronym"}.get(entry.kind, "name")
        if form == "metonym" and _is_place(span[0], span[-1], cast.doc.text, hit):
            return
        if form == "demonym" and _are_some(span):
            return
        cast.add(state_actor(entity))
        cast.mention(hit.start, hit.end, f"state:{entity.iso3}", form)
    elif isinstance(entity, Organization):
        actor = _branch(cast, entity, hit) or organization_actor(entity)
        cast.add(actor)
        cast.mention(hit.start, hit.end, actor.actor_id, "acronym" if entry.kind == "acronym" else "name")


def _branch(cast: Cast, entity: Organization, hit: Hit) -> Actor | None:
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


def _add_short(cast: Cast, hit: Hit) -> None:
    """`the House`, `IS`: ambiguous names, taken where the article names the body itself, its parent or its country."""
    entity = hit.entry.entity
    following = WORD.match(cast.doc.text, hit.end + 1)
    if not isinstance(entity, Organization) or _compound(cast.doc.text, hit.end):
        return
    if following and fold(following[0]) in ROLE_HEADS | {"base", "station"}:  # Treasury Secretary, Air Force Base
        return
    actor = organization_actor(entity)
    if any(i in cast for i in (actor.actor_id, actor.parent_actor_id, f"state:{entity.country}")):
        cast.add(actor)
        cast.mention(hit.start, hit.end, actor.actor_id, "name")


def _compound(text: str, end: int) -> bool:
    """`Russian-led`, `Panama-flagged`: the name only qualifies something else."""
    return bool(re.match(r"[-‐‑][a-z]", text[end : end + 2]))


def _are_some(people: "Span") -> bool:
    """`Many Americans`, `young Iranians`, `half of the Swedes`: some of a nation are not their state."""
    before = [child for child in people.root.lefts if child.i < people.start]
    told = any(child.dep_ not in _TELLS_NOT_WHICH for child in before)
    some = any(child.dep_ == "det" and child.lower_ not in ("the", "these", "those") for child in before)
    of = people.root.head
    counted = people.root.dep_ == "pobj" and of.lower_ == "of" and fold(of.head.lemma_) in _SHARES
    return told or some or counted


def _is_place(first: "Token", last: "Token", text: str, hit: Hit) -> bool:
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
    if word in _LOCATIVE:
        return True
    return word in ("to", "from", "for", "of") and (
        before.head.lemma_.lower() in _MOTION or before.head.head.lemma_.lower() in _MOTION
    )


# `the North`: the state that it stands for, and the one that the article must name.
_HALVES = {short: tuple(states.split("|")) for short, states in meanings("short_state_name").items()}
_KOREA = re.compile(
    rf"\b(?P<side>[Tt]he\s+(?P<half>{alternation('short_state_name')}))\b(?!\s+(?:[A-Z]|of\b|and\s+[Ss]outh\s+of))"
    rf"|\b(?P<pair>{alternation('short_state_name')})(?=\s+and\s+(?:{alternation('joint_state_name')})\b)"
)


def _add_korea(cast: Cast) -> None:
    """`the North` and `the South` in an article about Korea, and the first half of `North and South Korea`."""
    for match in _KOREA.finditer(cast.doc.text):
        side = "side" if match["side"] else "pair"
        iso3, named = _HALVES[match["half"] or match["pair"]]
        if side == "side" and f"state:{named}" not in cast:
            continue
        cast.add(state_actor(cast.knowledge.states[iso3]))
        cast.mention(*match.span(side), f"state:{iso3}", "metonym" if side == "side" else "name")


_GOVERNMENT = re.compile(
    r"(?P<of>['’]s?)?\s+(?:(?!(?:left|led|joined|formed|entered|quit|ran|in|and|with|of|the|a|his|her)\s)\w+\s+)?(?P<body>regime|[Aa]dministration|government)\b"
)


def _add_governments(cast: Cast) -> None:
    """`the Kim regime` is the state by the name of its leader; `the Trump administration` an organization."""
    for mention in cast.mentions():
        actor = cast[mention.actor_id]
        match = _GOVERNMENT.match(cast.doc.text, mention.end)
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
