"""Which known person a name outside the lexicon means, by surname, first name, printed role and date."""

import re
from datetime import date, timedelta

from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.people import PersonName
from onrecord.document import Document
from onrecord.knowledge.entities import Person
from onrecord.knowledge.family_names import SUFFIXES, surname
from onrecord.knowledge.given_names import NICKNAMES, gender_of_name
from onrecord.knowledge.titles import (
    NATIONAL,
    canonical_role,
    country_of_role,
    honorific_gender,
    same_role,
    without_country,
)
from onrecord.knowledge.word_lists import alternation, listed, listed_lower, with_meaning
from onrecord.knowledge.words import fold, normal

# Family names that are words, too: they count as names only where the tagger says so.
ORDINARY = listed_lower("family_name_word")
# Family names that many people bear: alone they do not tell a leader from a stranger.
COMMON = listed_lower("family_name_common")
# Suffixes that do not tell a son from somebody known.
NO_MARK = frozenset(map(str.lower, with_meaning("", "name_suffix")))
# Offices whose holder a newspaper may call by surname alone throughout an article.
PROMINENT = listed("office_prominent")
CANDIDATE = frozenset({"presidential candidate"})  # who only wanted an office is soon introduced again


def given_name(words: list[str]) -> str:
    """The first name in its full form: Bob and Robert are one."""
    return NICKNAMES.get(words[0], words[0])


def linked(name: PersonName, cast: Cast) -> Person | None:
    """The known person whom a name outside the lexicon means.

    A first and a last name that only one known person has decide. A surname alone needs one bearer that its printed
    role or country fits, or one bearer in an office that newspapers name without introduction, or who holds any on the
    day of an article that calls him `Mr.`: the beginning of the article with the full name can be missing.
    """
    words = normal(name.name).split()
    if words[-1] in NO_MARK and len(words) > 2:
        words = words[:-1]  # Robert S. Mueller III: so many bear that name that it is no mark of a son
    elif words[-1] in SUFFIXES:
        return None  # a son bears the name of somebody known
    bearers = cast.knowledge.surnames.get(surname(name.name, None), ())
    if len(words) > 1:
        bearers = tuple(p for p in bearers if same_given_name(words, p, name, cast))
        return bearers[0] if len(bearers) == 1 else titled(name, words, cast)
    country = country_of(name, cast)
    gender = honorific_gender(cast.doc.text, name.start, name.end)
    if gender:
        bearers = tuple(p for p in bearers if p.gender in (None, gender))
    if country:
        bearers = tuple(p for p in bearers if p.country == country)
    role = without_country(name.role, cast.knowledge) if name.role else None
    if role:
        held = tuple(p for p in bearers if any(fits_office(role, office.title) for office in p.offices))
        rare = () if words[-1] in ORDINARY | COMMON else bearers
        bearers = held or tuple(p for p in rare if not p.offices)
    if len(bearers) > 1:
        bearers = tuple(p for p in bearers if in_office(p, cast.doc)) or bearers
    if len(bearers) > 1 and not role:
        bearers = tuple(p for p in bearers if is_prominent(p)) or bearers
    if len(bearers) != 1:
        return titled(name, words, cast)
    (person,) = bearers
    holder = bool(gender and cast.doc.published.day) and in_office(person, cast.doc)  # Mr. Geithner, in those years
    alone = holder or is_prominent(person, PROMINENT - CANDIDATE)
    alone = alone or (is_prominent(person) and near_office(person, cast.doc))
    if role or country or (alone and words[-1] not in ORDINARY | COMMON):
        return person
    return titled(name, words, cast)


def same_given_name(words: list[str], person: Person, name: PersonName, cast: Cast) -> bool:
    """Whether a full name can be that of a known person by its first word: equal, a short form, or misspelt.

    Of a common family name a short form tells little: Steve Miller is no Stephen Miller unless his office is printed.
    """
    first, known = words[0], normal(person.name).split()[0]
    if first == known:
        return True
    role = without_country(name.role, cast.knowledge) if name.role else ""
    if words[-1] in ORDINARY | COMMON and not holds(person, role):
        return False
    return given_name(words) == given_name([known]) or (bool(person.offices) and is_misspelt(first, known, person))


SOUNDLESS = re.compile(r"[aeiouyhw]|(\w)(?=\1)")


def is_misspelt(first: str, known: str, person: Person) -> bool:
    """Hilary for Hillary, Lindsay for Lindsey: the consonants are equal, the lengths differ by one letter at most.

    The name of a man is none of a woman: Paul and Paula.
    """
    alike = SOUNDLESS.sub("", first) == SOUNDLESS.sub("", known) and abs(len(first) - len(known)) <= 1
    genders = {gender_of_name(f"{first} x"), person.gender} - {None}
    return alike and min(len(first), len(known)) >= 5 and first[0] == known[0] and len(genders) == 1


def titled(name: PersonName, words: list[str], cast: Cast) -> Person | None:
    """The one person of the user's files with this family name whose office and country are printed with it."""
    bearers = cast.knowledge.holders.get(words[-1], ())
    country = country_of(name, cast) if bearers else None
    if country is None or name.role is None:
        return None
    role = without_country(name.role, cast.knowledge)
    found = [
        person
        for person in bearers
        if person.country == country
        and any(same_role(role, office.title) for office in person.offices)
        and near_office(person, cast.doc)
        and (len(words) == 1 or given_name(normal(person.name).split()) == given_name(words))
    ]
    found = [person for person in found if in_office(person, cast.doc)] or found
    return found[0] if len(found) == 1 else None


def fits_office(role: str, office: str) -> bool:
    """Whether a role printed with a surname is that of an office, be it only its head: Director Comey."""
    head = re.split(r"\b(?:of|to|for|in|at)\b", office, maxsplit=1)[0]  # an advisor to the president is no president
    return same_role(role, office) or fold(role.split()[-1]) in [fold(word) for word in head.split()]


def in_office(person: Person, doc: Document) -> bool:
    """Whether a term of the person includes the day the article appeared; true of an article without a date."""
    published = doc.published
    earliest, latest = published.earliest or published.day, published.latest or published.day
    if earliest is None or latest is None:
        return True
    return any(office.held_between(earliest, latest) for office in person.offices)


YEAR = timedelta(days=365)


def near_office(person: Person, doc: Document) -> bool:
    """Whether the article appeared in a term of the person, the year before or the ten after; true without a date."""
    published = doc.published
    earliest, latest = published.earliest or published.day, published.latest or published.day
    if earliest is None or latest is None:
        return True
    ten_before = date(max(earliest.year - 10, 1), 1, 1)
    return any(office.held_between(ten_before, latest + YEAR) for office in person.offices)


def is_prominent(person: Person, offices: frozenset[str] = PROMINENT) -> bool:
    return any(canonical_role(office.title) in offices for office in person.offices)


def holds(person: Person, role: str) -> bool:
    return any(fits_office(role, office.title) for office in person.offices) if role else False


CONGRESS = re.compile(rf"^(?:{alternation('role_in_congress')})\.?$")
AMERICAN = re.compile(rf"\b(?:{alternation('american_word')})(?!\w)")
PARTY = re.compile(r",? \(?[RD]-[A-Z]")


def country_of(name: PersonName, cast: Cast) -> str | None:
    """The country of the printed role; members of the US Congress are known by their title and party."""
    if PARTY.match(cast.doc.text, name.end):
        return "USA"
    country = country_of_role(name.role, cast.knowledge) if name.role else None
    if country is None and name.role and CONGRESS.match(name.role) and AMERICAN.search(cast.doc.text):
        return "USA"
    return country


def country_of_office(name: PersonName, cast: Cast, countries: frozenset[str]) -> str | None:
    """The country of `President Bush`, whose role names none: that of all who may be meant, else the only one named.

    `countries` are those that the article names.
    """
    role = without_country(name.role, cast.knowledge) if name.role else ""
    if not NATIONAL.fullmatch(role):
        return None
    bearers = cast.knowledge.surnames.get(surname(name.name, None), ()) if " " not in name.name else ()
    theirs = {person.country for person in bearers if holds(person, role)} or countries
    return next(iter(theirs)) if len(theirs) == 1 else None
