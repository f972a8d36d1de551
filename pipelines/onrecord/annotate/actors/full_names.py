"""Who a full name means: a known person, else somebody the article named before in other words, else a new one."""

import re

from onrecord.annotate.actors.actor import named_actor, person_actor
from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.linking import (
    AMERICAN,
    given_name,
    holds,
    in_office,
    is_common,
    is_prominent,
    linked,
    near_office,
)
from onrecord.annotate.actors.people import PersonName
from onrecord.annotate.actors.register import Register, refer, role_of
from onrecord.knowledge.entities import Person
from onrecord.knowledge.family_names import SUFFIXES, surname
from onrecord.knowledge.titles import country_of_role, same_role, without_country
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import fold, normal

_PRIVATE = listed("private_trade")


def _meant(name: PersonName, cast: Cast, countries: frozenset[str]) -> Person | None:
    """The known person of a full name in the lexicon, None if the article speaks against all who bear it.

    Of several that it may be, the one whose office is printed, else the one in office, else the one of our own base.
    """
    if name.person is None:
        return None
    bearers = cast.knowledge.namesakes.get(normal(cast.doc.text[name.start : name.end]), (name.person,))
    role = role_of(cast, name) or ""
    likely = [p for p in bearers if not _is_foreign_namesake(name, p, cast) and _is_plausible(name, p, cast, countries)]
    likely = [p for p in likely if not _is_stranger(name, p, role, cast, countries)]
    if len(likely) > 1:
        likely = [p for p in likely if holds(p, role)] or likely
        likely = [p for p in likely if in_office(p, cast.doc)] or likely
        likely = [p for p in likely if not _is_added(p, cast)] or likely
    return likely[0] if len(likely) == 1 else None


def _is_plausible(name: PersonName, person: Person, cast: Cast, countries: frozenset[str]) -> bool:
    """Whether the article supports that a name is that of somebody in a user's file, which holds thousands of names.

    Its printed office does, else its country where the article names that, and appeared near the time in office.
    """
    if not _is_added(person, cast) or holds(person, role_of(cast, name) or ""):
        return True
    return (person.country is None or person.country in countries) and near_office(person, cast.doc)


_AGE = re.compile(r",\s\d{1,2},")


def _is_stranger(name: PersonName, person: Person, role: str, cast: Cast, countries: frozenset[str]) -> bool:
    """Whether the article tells that somebody only shares the name of a holder of offices.

    A trade without public office does, or an age behind a name that many bear. In an article about sport the office
    must be printed, of a name that many bear the country must be named, unless newspapers need no introduction of whom
    it is known to mean.
    """
    if not person.offices or (role and holds(person, role)):
        return False
    is_many = is_common(fold(person.name.split()[-1]))
    trade = fold(role.split()[-1]) if role else ""
    if trade in _PRIVATE or (is_many and _AGE.match(cast.doc.text, name.end)):
        return True
    is_doubtful = cast.is_about_sport or (is_many and not _is_of_country(person, cast, countries))
    return is_doubtful and not is_prominent(person)


def _is_of_country(person: Person, cast: Cast, countries: frozenset[str]) -> bool:
    return person.country in countries or (person.country == "USA" and AMERICAN.search(cast.doc.text) is not None)


def _is_added(person: Person, cast: Cast) -> bool:
    return any(person is other for other in cast.knowledge.holders.get(_family(person), ()))


def _family(person: Person) -> str:
    return surname(person.name, person.country)


def add_full(cast: Cast, name: PersonName, register: Register, countries: frozenset[str]) -> None:
    person = _meant(name, cast, countries)
    met = register.full.get(normal(name.name)) or _same_person(name.name, register.last)
    if person is not None:
        actor = person_actor(person)
    elif met is not None:
        actor = cast[met]
    elif normal(name.name) in {normal(author) for author in cast.doc.authors}:
        return
    else:
        known = linked(name, cast) if name.person is None else None
        country = register.countries.get(normal(name.name))
        actor = person_actor(known) if known else named_actor(name.name, "person", country)
    cast.add(actor)
    register.introduce(actor, name.name)
    refer(cast, name.start, name.end, actor.actor_id, "name", role_of(cast, name))


def _is_foreign_namesake(name: PersonName, person: Person, cast: Cast) -> bool:
    """Whether the printed role is of another country and no office of the known person: `Irish swimmer John Kelly`."""
    if name.role is None or person.country is None:
        return False
    country = country_of_role(name.role, cast.knowledge)
    role = without_country(name.role, cast.knowledge)
    return country not in (None, person.country) and not any(same_role(role, o.title) for o in person.offices)


def _same_person(name: str, last: dict[str, dict[str, str]]) -> str | None:
    """Somebody met before with the same last word in the name, where all words of one are words of the other."""
    words = normal(name).split()
    for other, actor_id in last.get(words[-1], {}).items():
        theirs = other.split()
        if len(theirs) < 2 or words[-1] in SUFFIXES:
            continue
        if set(words) <= set(theirs) or set(theirs) <= set(words) or given_name(words) == given_name(theirs):
            return actor_id
    return None
