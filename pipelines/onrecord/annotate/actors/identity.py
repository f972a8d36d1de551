"""Who a person's name means: one actor for all forms of a name in an article, linked where the evidence allows."""

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import named_actor, person_actor
from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.linking import (
    COMMON,
    ORDINARY,
    PROMINENT,
    country_of,
    country_of_office,
    given_name,
    holds,
    in_office,
    is_prominent,
    linked,
    near_office,
)
from onrecord.annotate.actors.people import PersonName
from onrecord.document import Actor
from onrecord.knowledge.entities import Person
from onrecord.knowledge.family_names import SUFFIXES, family_name, surname
from onrecord.knowledge.titles import (
    canonical_role,
    country_of_role,
    has_left_role,
    honorific_gender,
    same_role,
    tidy_role,
    without_country,
)
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import fold, local_id, normal

if TYPE_CHECKING:
    from spacy.tokens import Token

GOVERNMENTS = frozenset({"regime", "administration", "government"})  # the Trump administration
OWN_GOVERNMENT = re.compile(r"(?:['’]s)?\s(?:regime|administration|government)\b", re.IGNORECASE)
ROYAL = listed("royal_title")  # they bear one name


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
        known = self.families.setdefault(family_name(actor.name, actor.country), [])
        if actor.actor_id in known:
            known.remove(actor.actor_id)
        known.append(actor.actor_id)
        words = actor.name.split()
        if len(words) > 1:
            self.given.setdefault(fold(words[0]), []).append(actor.actor_id)


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
    full = [name for name in names if not is_partial(name)]
    for name in full:
        # Wherever in the article it is stated: the id of a person contains it and must not hang on the first mention.
        country = country_of(name, cast) or country_of_office(name, cast, countries)
        if country is not None:
            register.countries.setdefault(normal(name.name), country)
    for name in full:
        add_full(cast, name, register, countries)
    # A title tells which bearer of a surname is meant, so those that have one come before the bare ones. These are
    # read in text order, whether or not the tagger marks them: whom they mean hangs on who was named before.
    partial = [name for name in names if is_partial(name)]
    bare = {name.start: name for name in partial if not name.role and honorific(name, cast) is None}
    titled = [name for name in partial if name.start not in bare]
    for name in sorted(titled, key=lambda name: (not name.role, honorific(name, cast) is None)):
        add_partial(cast, name, register, countries)
    for start, name in tuple(bare.items()):
        if fold(name.name).removeprefix("al-") not in register.families:  # a leader whom nothing introduces
            add_partial(cast, bare.pop(start), register, countries)
    for token in cast.syntax:
        for start in range(token.idx, token.idx + len(token.text)):  # pro-Smith is one token
            if start in bare and start not in covered:
                add_partial(cast, bare[start], register, countries)
        add_surname(cast, token, register, covered)


def is_partial(name: PersonName) -> bool:
    return name.person is None and " " not in name.name


def refer(cast: Cast, start: int, end: int, actor_id: str, form: str, role: str | None = None) -> None:
    """Register a person's name, and what `Mr.` or `Mrs.` before it tells."""
    cast.mention(start, end, actor_id, form, role)
    gender = honorific_gender(cast.doc.text, start, end)
    if gender is not None:
        cast.note_gender(actor_id, gender)


def honorific(name: PersonName, cast: Cast) -> str | None:
    """The gender that `Mr.` or `Mrs.` before the name tells."""
    return honorific_gender(cast.doc.text, name.start, name.end)


def meant(name: PersonName, cast: Cast, countries: frozenset[str]) -> Person | None:
    """The known person of a full name in the lexicon, None if the article speaks against all who bear it.

    Of several that it may be, the one whose office is printed, else the one in office, else the one of our own base.
    """
    if name.person is None:
        return None
    bearers = cast.knowledge.namesakes.get(normal(cast.doc.text[name.start : name.end]), (name.person,))
    likely = [p for p in bearers if not is_namesake(name, p, cast) and is_plausible(name, p, cast, countries)]
    role = role_of(cast, name) or ""
    if len(likely) > 1:
        likely = [p for p in likely if holds(p, role)] or likely
        likely = [p for p in likely if in_office(p, cast.doc)] or likely
        likely = [p for p in likely if not is_added(p, cast)] or likely
    return likely[0] if len(likely) == 1 else None


def is_plausible(name: PersonName, person: Person, cast: Cast, countries: frozenset[str]) -> bool:
    """Whether the article supports that a name is that of somebody in a user's file, which holds thousands of names.

    Its printed office does, else its country where the article names that, and appeared near the time in office.
    """
    if not is_added(person, cast) or holds(person, role_of(cast, name) or ""):
        return True
    return (person.country is None or person.country in countries) and near_office(person, cast.doc)


def is_added(person: Person, cast: Cast) -> bool:
    return any(person is other for other in cast.knowledge.holders.get(family(person), ()))


def family(person: Person) -> str:
    return surname(person.name, person.country)


def add_full(cast: Cast, name: PersonName, register: Register, countries: frozenset[str]) -> None:
    person = meant(name, cast, countries)
    met = register.full.get(normal(name.name)) or same_person(name.name, register.last)
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


def is_namesake(name: PersonName, person: Person, cast: Cast) -> bool:
    """Whether the printed role is of another country and no office of the known person: `Irish swimmer John Kelly`."""
    if name.role is None or person.country is None:
        return False
    country = country_of_role(name.role, cast.knowledge)
    role = without_country(name.role, cast.knowledge)
    return country not in (None, person.country) and not any(same_role(role, o.title) for o in person.offices)


def add_partial(cast: Cast, name: PersonName, register: Register, countries: frozenset[str]) -> None:
    """A surname that the tagger or a title marks: of somebody named in full, else of one known person.

    The title decides: beside Ann Smith `President Smith` is somebody else, and so is `Mr. Smith`.
    """
    family = fold(name.name).removeprefix("al-")
    gender = honorific(name, cast)
    met = register.families.get(family) or register.given.get(family) or []
    met = [actor_id for actor_id in met if gender is None or cast.gender(actor_id) in (None, gender)]
    if OWN_GOVERNMENT.match(cast.doc.text, name.end):
        met = [actor_id for actor_id in met if leads(cast, actor_id)]
    known = linked(name, cast)
    holder = known is not None and name.role is not None and holds(known, role_of(cast, name) or "")
    if met and (known is None or not holder or known.actor_id in met or any(bears(cast, a, name) for a in met)):
        titled = known is not None and holder and known.actor_id in met  # Secretary Clinton beside a president Clinton
        bearer = known.actor_id if known is not None and titled else best_bearer(cast, met, name.start)
        refer(cast, name.start, name.end, bearer, "surname", role_of(cast, name))
        return
    if known is not None and gender is not None and known.gender not in (None, gender):
        known = None
    if known is not None:
        actor = person_actor(known)
    elif (name.role and name.titled) or gender is not None:
        country = country_of(name, cast) or country_of_office(name, cast, countries)
        actor = named_actor(name.name, "person", country)
        if actor.country is None or not ROYAL & set(fold(name.role or "").split()):
            # The first name is never told: a bearer of this surname in another article can be somebody else.
            actor = replace(actor, actor_id=local_id("person", normal(name.name), "", cast.doc.article_id))
    else:
        return
    cast.add(actor)
    register.introduce(actor, actor.name)
    refer(cast, name.start, name.end, actor.actor_id, "surname", role_of(cast, name))


def leads(cast: Cast, actor_id: str) -> bool:
    """Whether a government can bear this name: the Obama administration is not Michelle Obama's."""
    person = cast.knowledge.people_by_id.get(actor_id)
    return person is None or not person.offices or is_prominent(person)


def bears(cast: Cast, actor_id: str, name: PersonName) -> bool:
    """Whether the article gives a person whom we do not know the office that is printed with a surname."""
    role = role_of(cast, name) or ""
    known = actor_id in cast.knowledge.people_by_id
    return not known and any(same_role(role, printed) for printed in cast[actor_id].roles)


def add_surname(cast: Cast, token: "Token", register: Register, covered: set[int]) -> None:
    """A later mention by family name alone of somebody who is named elsewhere."""
    if not token.text[0].isupper() or token.idx in covered:
        return
    word = fold(token.text)
    met = register.families.get(word)
    if met is None and token.ent_type_ == "PERSON":
        met = register.given.get(word)
    if met is not None and OWN_GOVERNMENT.match(cast.doc.text, token.idx + len(token.text)):
        met = [actor_id for actor_id in met if leads(cast, actor_id)] or None
    if met is None:
        met = unintroduced(cast, token, register)
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    if token.i and fold(token.nbor(-1).text) in ("the", "a", "an") and after not in GOVERNMENTS:
        return
    if not met or cast.covers(token.idx) or is_month(token):
        return
    if token.pos_ == "PROPN" or token.ent_type_ == "PERSON" or word not in ORDINARY:
        bearer = best_bearer(cast, met, token.idx)
        start = name_start(cast, token, bearer)
        refer(cast, start, token.idx + len(token.text), bearer, "surname" if start == token.idx else "name")


def name_start(cast: Cast, token: "Token", bearer: str) -> int:
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


def unintroduced(cast: Cast, token: "Token", register: Register) -> list[str] | None:
    """A leader whom the article calls by surname only: `Putin`. The name must be rare, the office recent."""
    word = fold(token.text)
    bearers = [person for person in cast.knowledge.surnames.get(word, ()) if is_prominent(person)]
    if len(bearers) != 1 or word in ORDINARY | COMMON or token.pos_ != "PROPN":
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


def role_of(cast: Cast, name: PersonName) -> str | None:
    role = tidy_role(without_country(name.role, cast.knowledge))[:100] if name.role else None
    return role if role and role != "counterpart" else None


def same_person(name: str, last: dict[str, dict[str, str]]) -> str | None:
    """Somebody met before with the same last word in the name, where all words of one are words of the other."""
    words = normal(name).split()
    for other, actor_id in last.get(words[-1], {}).items():
        theirs = other.split()
        if len(theirs) < 2 or words[-1] in SUFFIXES:
            continue
        if set(words) <= set(theirs) or set(theirs) <= set(words) or given_name(words) == given_name(theirs):
            return actor_id
    return None


def best_bearer(cast: Cast, bearers: list[str], at: int) -> str:
    """Whom of one family name a surname at an offset means: the head of state, then one with a printed office.

    Else the one named at least twice as often as any other before, else the one named last before, else the first one
    that the article names: a wife or a father who is mentioned once does not take over the surname.

    An article about a relative of a president names that one at least twice as often. One who has left office is no
    longer the first to think of: the article's headline tells whom it is about, else who is named as often.
    """
    leaders = [b for b in bearers if any(t in ("Supreme Leader", "President") for t in cast.offices(b))]
    in_power = any(not cast.has_left(b, "President") for b in leaders)
    headed = {b for b in bearers if normal(cast[b].name) in normal(cast.doc.title or "")}
    if len(headed) == 1 and not in_power:
        return headed.pop()
    if leaders and not any("Supreme Leader" in cast.offices(b) for b in leaders):
        subject = max(bearers, key=lambda b: (cast.count(b), b))
        if cast.count(subject) >= (2 if in_power else 1) * max(1, *(cast.count(b) for b in leaders)):
            return subject
    titled = [b for b in bearers if any(canonical_role(r) in PROMINENT for r in cast[b].roles if not has_left_role(r))]
    if leaders or titled:
        return (leaders or titled)[-1]
    before = sorted((cast.count_before(b, at), cast.last_mention(b, at), b) for b in bearers)
    if not before[-1][0]:
        return min(bearers, key=lambda b: (cast.first_mention(b), b))
    if len(before) > 1 and before[-1][0] < 2 * before[-2][0]:
        return max(before, key=lambda each: each[1])[2]
    return before[-1][2]
