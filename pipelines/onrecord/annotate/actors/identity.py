"""Who a person's name means: one actor for all forms of a name in an article, linked where the evidence allows."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import named_actor, person_actor
from onrecord.annotate.actors.bearers import best_bearer
from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.full_names import add_full
from onrecord.annotate.actors.linking import (
    ORDINARY,
    country_of,
    country_of_office,
    holds,
    in_office,
    is_common,
    is_prominent,
    linked,
)
from onrecord.annotate.actors.nobody import names_thing
from onrecord.annotate.actors.people import PersonName
from onrecord.annotate.actors.register import PEERS, Register, honorific, refer, role_of
from onrecord.document import Actor
from onrecord.knowledge.entities import Person
from onrecord.knowledge.titles import same_role
from onrecord.knowledge.word_lists import listed, one_of
from onrecord.knowledge.words import fold, local_id, normal

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOVERNMENTS = frozenset({"regime", "administration", "government"})  # the Trump administration
_OWN_GOVERNMENT = re.compile(r"(?:['’]s)?\s(?:regime|administration|government)\b", re.IGNORECASE)
_PEER = re.compile(rf"(?<!['’]s )\b(?P<title>{one_of(PEERS)})\s\Z")
_HYPHENS = frozenset("-‐‑")
_ROYAL = listed("royal_title")  # they bear one name


def add_people(
    cast: Cast, names: list[PersonName], captioned: tuple[Person, ...], covered: set[int], countries: frozenset[str]
) -> None:
    """Give each name an actor: known people by full name, others by the fullest form in the article.

    `countries` are those that the article names, be it by a body.
    """
    register = Register()
    for person in captioned:
        actor = person_actor(person)
        cast.add(actor)
        register.introduce(actor, person.name)
    full = [name for name in names if not _is_partial(name)]
    for name in full:
        # Wherever in the article it is stated: the id of a person contains it and must not hang on the first mention.
        country = country_of(name, cast) or country_of_office(name, cast, countries)
        if country is not None:
            register.countries.setdefault(normal(name.name), country)
    for name in full:
        add_full(cast, name, register, countries)
    # A title tells which bearer of a surname is meant, so those that have one come before the bare ones. These are
    # read in text order, whether or not the tagger marks them: whom they mean hangs on who was named before.
    partial = [name for name in names if _is_partial(name)]
    bare = {name.start: name for name in partial if not name.role and honorific(name, cast) is None}
    titled = [name for name in partial if name.start not in bare]
    for name in sorted(titled, key=lambda name: (not name.role, honorific(name, cast) is None)):
        _add_partial(cast, name, register, countries)
    for start, name in tuple(bare.items()):
        if fold(name.name).removeprefix("al-") not in register.families:  # a leader whom nothing introduces
            _add_partial(cast, bare.pop(start), register, countries)
    for token in cast.syntax:
        for start in range(token.idx, token.idx + len(token.text)):  # pro-Smith is one token
            if start in bare and start not in covered:
                _add_partial(cast, bare[start], register, countries)
        _add_surname(cast, token, register, covered)


def _is_partial(name: PersonName) -> bool:
    return name.person is None and " " not in name.name


def _add_partial(cast: Cast, name: PersonName, register: Register, countries: frozenset[str]) -> None:
    """A surname that the tagger or a title marks: of somebody named in full, else of one known person.

    The title decides: beside Ann Smith `President Smith` is somebody else, and so is `Mr. Smith`.
    """
    gender = honorific(name, cast)
    known = linked(name, cast)
    holder = known if known is not None and name.role and holds(known, role_of(cast, name) or "") else None
    bearer = _bearer_met(cast, name, _met(cast, name, gender, register), holder)
    if bearer is None:
        actor = _bearer_not_met(cast, name, gender, known, countries)
        if actor is None:
            return
        bearer = cast.add(actor)
        register.introduce(actor, actor.name)
    refer(cast, name.start, name.end, bearer, "surname", role_of(cast, name))


def _met(cast: Cast, name: PersonName, gender: str | None, register: Register) -> list[str]:
    """Those named so far who bear the name as family or first name and are not of the other gender."""
    family = fold(name.name).removeprefix("al-")
    met = register.families.get(family) or register.given.get(family) or []
    if _OWN_GOVERNMENT.match(cast.doc.text, name.end):
        met = [actor_id for actor_id in met if _leads(cast, actor_id)]
    return [actor_id for actor_id in met if gender is None or cast.gender(actor_id) in (None, gender)]


def _bearer_met(cast: Cast, name: PersonName, met: list[str], holder: Person | None) -> str | None:
    """Whom of those met so far the name means; None if the known holder of the printed office is none of them."""
    if holder is not None and holder.actor_id in met:
        return holder.actor_id  # Secretary Clinton beside a president Clinton
    is_of_met = holder is None or any(_bears(cast, actor_id, name) for actor_id in met)
    return best_bearer(cast, met, name.start) if met and is_of_met else None


def _bearer_not_met(
    cast: Cast, name: PersonName, gender: str | None, known: Person | None, countries: frozenset[str]
) -> Actor | None:
    """The known person of the name, else whom a title tells to be a person of that surname, else nobody."""
    if known is not None and (gender is None or known.gender in (None, gender)):
        return person_actor(known)
    peer = _PEER.search(cast.doc.text, max(0, name.start - 12), name.start)
    if peer is not None:
        return named_actor(f"{peer['title']} {name.name}", "person", country_of(name, cast))
    if gender is None and not (name.role and name.titled):
        return None
    country = country_of(name, cast) or country_of_office(name, cast, countries)
    actor = named_actor(name.name, "person", country)
    if actor.country is not None and _ROYAL & set(fold(name.role or "").split()):
        return actor
    # The first name is never told: a bearer of this surname in another article can be somebody else.
    return replace(actor, actor_id=local_id("person", normal(name.name), "", cast.doc.article_id))


def _leads(cast: Cast, actor_id: str) -> bool:
    """Whether a government can bear this name: the Obama administration is not Michelle Obama's."""
    person = cast.knowledge.people_by_id.get(actor_id)
    return person is None or not person.offices or is_prominent(person)


def _bears(cast: Cast, actor_id: str, name: PersonName) -> bool:
    """Whether the article gives a person whom we do not know the office that is printed with a surname."""
    role = role_of(cast, name) or ""
    known = actor_id in cast.knowledge.people_by_id
    return not known and any(same_role(role, printed) for printed in cast[actor_id].roles)


def _add_surname(cast: Cast, token: "Token", register: Register, covered: set[int]) -> None:
    """A later mention by family name alone of somebody who is named elsewhere."""
    if not token.text[0].isupper() or token.idx in covered:
        return
    end = _compound_end(token)
    word = fold(cast.doc.text[token.idx : end])
    if word not in register.families:
        end, word = token.idx + len(token.text), fold(token.text)
    met = _meant_by_word(cast, token, word, register)
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    if token.i and fold(token.nbor(-1).text) in ("the", "a", "an") and after not in _GOVERNMENTS:
        return
    if names_thing(token.nbor(1).text if after else ""):
        return
    if not met or cast.covers(token.idx) or is_month(token) or after in ("v.", "vs."):  # Smith v. Jones
        return
    if token.pos_ == "PROPN" or token.ent_type_ == "PERSON" or word not in ORDINARY:
        bearer = best_bearer(cast, met, token.idx)
        start = _name_start(cast, token, bearer)
        refer(cast, start, end, bearer, "surname" if start == token.idx else "name")


def _compound_end(token: "Token") -> int:
    """Where the family name ends that begins with `token`: Ocasio-Cortez is three tokens."""
    doc, last = token.doc, token
    while last.i + 2 < len(doc) and not last.whitespace_ and doc[last.i + 1].text in _HYPHENS:
        if doc[last.i + 1].whitespace_ or not doc[last.i + 2].text[0].isupper():
            break
        last = doc[last.i + 2]
    return last.idx + len(last.text)


def _meant_by_word(cast: Cast, token: "Token", word: str, register: Register) -> list[str] | None:
    """Those named so far whom a folded family name can mean, else a leader who needs no introduction."""
    met = register.families.get(word)
    if met is None and token.ent_type_ == "PERSON":
        met = register.given.get(word)
    if met is not None and _OWN_GOVERNMENT.match(cast.doc.text, token.idx + len(token.text)):
        met = [actor_id for actor_id in met if _leads(cast, actor_id)] or None
    return _unintroduced(cast, token, register) if met is None else met


def _name_start(cast: Cast, token: "Token", bearer: str) -> int:
    """Where the name begins whose last word is `token`: `Abu Hadi` of somebody of that name is no bare surname."""
    words = [fold(word) for word in cast[bearer].name.split()]
    at, first = len(words) - 1, token
    while at > 0 and words[-1] == fold(token.text) and first.i and fold(first.nbor(-1).text) == words[at - 1]:
        first, at = first.nbor(-1), at - 1
        if cast.covers(first.idx):
            return token.idx
    return first.idx


def is_month(token: "Token") -> bool:
    """Whether `May` is the month or the verb where a Ms May is in the article."""
    if fold(token.text) != "may":
        return token.ent_type_ in ("DATE", "TIME")
    before = fold(token.nbor(-1).text) if token.i else ""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if before in ("in", "last", "this", "next", "since", "by", "until", "early", "late", "mid", "from", "of"):
        return True
    if before.isdigit() or (after is not None and after.text[:1].isdigit()):
        return True
    return token.tag_ == "MD" and (after is None or after.tag_ not in ("VBZ", "VBD"))


def _unintroduced(cast: Cast, token: "Token", register: Register) -> list[str] | None:
    """A leader whom the article calls by surname only: `Putin`. The name must be rare, the office recent."""
    word = fold(token.text)
    bearers = [person for person in cast.knowledge.surnames.get(word, ()) if is_prominent(person)]
    if len(bearers) != 1 or is_common(word) or token.pos_ != "PROPN":
        return None
    if not in_office(bearers[0], cast.doc):
        return None
    beside = [token.nbor(step) for step in (-1, 1) if 0 <= token.i + step < len(token.doc)]
    if any(other.text[:1].isupper() and other.pos_ == "PROPN" for other in beside) or token.ent_type_ in ("GPE", "LOC"):
        return None
    actor = person_actor(bearers[0])
    cast.add(actor)
    register.introduce(actor, actor.name)
    return [actor.actor_id]
