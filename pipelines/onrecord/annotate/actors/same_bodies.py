"""One body under two names in one article: `Nordlys` and `Nordlys Energy`, `Harbour Police` and its `Department`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.annotate.actors.actor import organization_actor
from onrecord.annotate.actors.organization_words import BODY_WORDS, DESCRIPTIONS, is_body
from onrecord.annotate.actors.organizations import Body
from onrecord.document import Actor
from onrecord.knowledge.entities import Organization
from onrecord.knowledge.names import Hit
from onrecord.knowledge.word_lists import listed, listed_lower
from onrecord.knowledge.words import fold

_LINKED = re.compile(r"\b(?:of|for|on|at|in|and)\b|['’,&]")
_KINDS = DESCRIPTIONS | listed("kind_behind_body")  # what makes no other body
_TRADES = BODY_WORDS | listed_lower("trade_in_name")
_LONGEST_OWNER = 2  # words before a name that only say whose it is


def under_one_name(found: Sequence[Body], hits: Iterable[Hit], text: str) -> list[Body]:
    """The bodies, those whose name is the beginning or end of one longer name in the article as the body of that.

    `hits` are names of the lexicon; a name that several longer ones hold is left as it is.
    """
    longer: dict[str, Actor] = {body.actor.name: body.actor for body in found}
    longer |= {text[body.start : body.end]: body.actor for body in found}
    for hit in hits:
        if isinstance(hit.entry.entity, Organization) and hit.entry.kind == "name":
            longer[" ".join(text[hit.start : hit.end].split())] = organization_actor(hit.entry.entity)
    return [_as_longer(body, longer) for body in found]


def _as_longer(body: Body, longer: Mapping[str, Actor]) -> Body:
    if body.actor.link_method != "name":
        return body
    name = body.actor.name
    same = {actor.actor_id: actor for other, actor in longer.items() if _goes_on(name, other) or _is_end(name, other)}
    return replace(body, actor=next(iter(same.values()))) if len(same) == 1 else body


def _goes_on(name: str, other: str) -> bool:
    """Whether the longer name adds only what kind of body it is."""
    if not other.startswith(f"{name} ") or _LINKED.search(other, len(name)):
        return False
    added = [fold(word) for word in other[len(name) :].split()]
    return set(added) <= _KINDS if is_body(name.split()) else set(added[-1:]) <= _TRADES and len(added) <= 2


def _is_end(name: str, other: str) -> bool:
    """Whether the longer name only says whose body it is."""
    if not other.endswith(f" {name}") or not is_body(name.split()):
        return False
    owner = other[: -len(name) - 1]
    return len(owner.split()) <= _LONGEST_OWNER and owner[:1].isupper() and _LINKED.search(owner) is None
