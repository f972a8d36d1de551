"""The people whom an article named so far, to be found by full name, by family name and by first name."""

import re
from dataclasses import dataclass, field

from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.people import PersonName
from onrecord.document import Actor
from onrecord.knowledge.family_names import family_name
from onrecord.knowledge.titles import honorific_gender, tidy_role, without_country
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import fold, normal

PEERS = listed("peerage")


@dataclass
class Register:
    """The people met so far, by full name and by family name. Local to one document."""

    full: dict[str, str] = field(default_factory=dict)  # normalized name -> actor id
    last: dict[str, dict[str, str]] = field(default_factory=dict)  # last word of the name -> names -> actor id
    families: dict[str, list[str]] = field(default_factory=dict)  # folded family name -> actor ids, the latest last

    given: dict[str, list[str]] = field(default_factory=dict)  # the same by first name
    countries: dict[str, str] = field(default_factory=dict)  # normalized name -> country that a role of it states

    def introduce(self, actor: Actor, name: str) -> None:
        self.full[normal(name)] = actor.actor_id
        self.last.setdefault(normal(name).split()[-1], {})[normal(name)] = actor.actor_id
        _put_last(self.families.setdefault(family_name(actor.name, actor.country), []), actor.actor_id)
        words = actor.name.split()
        if len(words) > 1 and words[0] not in PEERS:
            _put_last(self.given.setdefault(fold(words[0]), []), actor.actor_id)


def _put_last(known: list[str], actor_id: str) -> None:
    if actor_id in known:
        known.remove(actor_id)
    known.append(actor_id)


def refer(cast: Cast, start: int, end: int, actor_id: str, form: str, role: str | None = None) -> None:
    """Register a person's name, and what `Mr.` or `Mrs.` before it tells."""
    cast.mention(start, end, actor_id, form, role)
    gender = honorific_gender(cast.doc.text, start, end)
    if gender is not None:
        cast.note_gender(actor_id, gender)


def honorific(name: PersonName, cast: Cast) -> str | None:
    """The gender that `Mr.` or `Mrs.` before the name tells."""
    return honorific_gender(cast.doc.text, name.start, name.end)


def role_of(cast: Cast, name: PersonName) -> str | None:
    printed = _uncut(name, cast.doc.text)
    role = tidy_role(without_country(printed, cast.knowledge))[:100] if printed else None
    return role if role and role != "counterpart" else None


def _uncut(name: PersonName, text: str) -> str | None:
    """The printed role without the half of a word: `War activist` of `anti-War activist`."""
    at = name.role_start or 0
    if not at or text[at - 1] not in "-‐‑" or _THEN.search(text, max(0, at - 10), at - 1):
        return name.role
    return (name.role or "").partition(" ")[2] or None


_THEN = re.compile(r"\b(?:then|ex|now|vice|attorney)\Z", re.IGNORECASE)
