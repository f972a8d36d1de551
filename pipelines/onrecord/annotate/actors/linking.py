"""Which known person a name outside the lexicon means, by surname, first name, printed role and date."""

import re
from collections.abc import Iterable, Sequence
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
_COMMON = listed_lower("family_name_common")
# Suffixes that do not tell a son from somebody known.
_NO_MARK = frozenset(map(str.lower, with_meaning("", "name_suffix")))
# Offices whose holder a newspaper may call by surname alone throughout an article.
PROMINENT = listed("office_prominent")
_CANDIDATE = frozenset({"presidential candidate"})  # who only wanted an office is soon introduced again


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
    if words[-1] in _NO_MARK and len(words) > 2:
        words = words[:-1]  # Robert S. Mueller III: so many bear that name that it is no mark of a son
    elif words[-1] in SUFFIXES:
        return None  # a son bears the name of somebody known
    bearers = cast.knowledge.surnames.get(surname(name.name, None), ())
    found = _by_surname(words[0], bearers, name, cast) if len(words) == 1 else _by_full_name(words, bearers, name, cast)
    return found or titled(name, words, cast)


def _by_full_name(words: list[str], bearers: Iterable[Person], name: PersonName, cast: Cast) -> Person | None:
    """The one bearer of the surname whose first name agrees."""
    return _only([person for person in bearers if _same_given_name(words, person, name, cast)])


def _by_surname(word: str, bearers: Iterable[Person], name: PersonName, cast: Cast) -> Person | None:
    """The one bearer of a surname whom all that is printed with it fits, or who needs no introduction."""
    country = country_of(name, cast)
    gender = honorific_gender(cast.doc.text, name.start, name.end)
    role = without_country(name.role, cast.knowledge) if name.role else None
    likely = [
        p for p in bearers if (not gender or p.gender in (None, gender)) and (not country or p.country == country)
    ]
    if role:
        likely = _with_role(likely, role, is_telling=not is_common(word))
    likely = [person for person in likely if in_office(person, cast.doc)] or likely
    if not role:
        likely = [person for person in likely if is_prominent(person)] or likely
    person = _only(likely)
    if person is None or role or country:
        return person
    is_enough = not is_common(word) and _is_known_to_all(person, cast, is_mister=gender is not None)
    return person if is_enough else None


def _only(people: Sequence[Person]) -> Person | None:
    return people[0] if len(people) == 1 else None


def _with_role(bearers: Sequence[Person], role: str, *, is_telling: bool) -> list[Person]:
    """Those who hold the printed office, else, if the surname is telling, those of whom no office is known."""
    return [p for p in bearers if holds(p, role)] or [p for p in bearers if is_telling and not p.offices]


def _is_known_to_all(person: Person, cast: Cast, *, is_mister: bool) -> bool:
    """Whether a newspaper calls somebody by a bare surname; with `Mr.`, any who is in office on the article's day."""
    if is_mister and cast.doc.published.day and in_office(person, cast.doc):
        return True  # Mr. Geithner, in those years
    is_leader = is_prominent(person, PROMINENT - _CANDIDATE)
    return is_leader or (is_prominent(person) and near_office(person, cast.doc))


def is_common(word: str) -> bool:
    """Whether a family name alone tells little, since it is a word, too, or that of many."""
    return word in ORDINARY or word in _COMMON


def _same_given_name(words: list[str], person: Person, name: PersonName, cast: Cast) -> bool:
    """Whether a full name can be that of a known person by its first word: equal, a short form, or misspelt.

    Of a common family name a short form tells little: Steve Miller is no Stephen Miller unless his office is printed.
    """
    first, known = words[0], normal(person.name).split()[0]
    if first == known:
        return True
    role = without_country(name.role, cast.knowledge) if name.role else ""
    if is_common(words[-1]) and not holds(person, role):
        return False
    return given_name(words) == given_name([known]) or (bool(person.offices) and _is_misspelt(first, known, person))


_SOUNDLESS = re.compile(r"[aeiouyhw]|(\w)(?=\1)")


def _is_misspelt(first: str, known: str, person: Person) -> bool:
    """Hilary for Hillary, Lindsay for Lindsey: the consonants are equal, the lengths differ by one letter at most.

    The name of a man is none of a woman: Paul and Paula.
    """
    alike = _SOUNDLESS.sub("", first) == _SOUNDLESS.sub("", known) and abs(len(first) - len(known)) <= 1
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


def _fits_office(role: str, office: str) -> bool:
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
    return any(_fits_office(role, office.title) for office in person.offices) if role else False


_CONGRESS = re.compile(rf"^(?:{alternation('role_in_congress')})\.?$")
AMERICAN = re.compile(rf"\b(?:{alternation('american_word', 'us_state')})(?!\w)")
_PARTY = re.compile(r",? \(?[RD]-[A-Z]")


def country_of(name: PersonName, cast: Cast) -> str | None:
    """The country of the printed role; members of the US Congress are known by their title and party."""
    if _PARTY.match(cast.doc.text, name.end):
        return "USA"
    country = country_of_role(name.role, cast.knowledge) if name.role else None
    if country is None and name.role and _CONGRESS.match(name.role) and AMERICAN.search(cast.doc.text):
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
