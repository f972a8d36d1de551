"""Offices and titles as they are printed: which words make a role, whose country it implies, when two are the same."""

import re
from functools import lru_cache

from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Organization, State
from onrecord.knowledge.names import find_names
from onrecord.knowledge.word_lists import alternation, listed, listed_lower, meanings, one_of, with_meaning
from onrecord.knowledge.words import WORD, fold, word_set

# Nouns that head the description of a person by office, rank or trade.
ROLE_HEADS = listed("role_head") | listed_lower("title_short")
# Short titles that may precede a surname; they are no role worth keeping by themselves.
TITLES = listed_lower("honorific", "honorific_short", "title_short", "title_short_plural") | {"st"}
# Titles of a person that tell the gender; they stand right before a name or begin it.
_FOR_WOMEN = with_meaning("f", "honorific", "honorific_in_name", "honorific_short")
_FOR_MEN = with_meaning("m", "honorific", "honorific_in_name", "honorific_short")
_HONORIFIC = re.compile(rf"(?<!\w)(?:(?P<f>{one_of(_FOR_WOMEN)})|(?P<m>{one_of(_FOR_MEN)}))\b\.?\s*\Z", re.IGNORECASE)
_HONORIFIC_REACH = 10  # characters before a name
FEMALE = frozenset(map(str.lower, _FOR_WOMEN | with_meaning("f", "gendered_role"))) | {"she", "her"}
MALE = frozenset(map(str.lower, _FOR_MEN | with_meaning("m", "gendered_role"))) | {"he", "him"}
# Words that qualify a role.
ROLE_MODIFIERS = listed("role_modifier")
LINKS = word_set("of for to at in on and the 's ’s & to with")
_SYNONYMS = tuple(meanings("role_synonym").items())  # in this order: one can make way for the next
# Offices that are held by one person of a state at a time: a bare "the president" can mean the holder.
SINGULAR = listed("office_of_one")


# Offices of a state and those who seek them, whether or not they say of which.
NATIONAL = re.compile(
    r"(?:vice[- ])?president|prime minister|premier|opposition leader|(?:presidential )?candidate", re.IGNORECASE
)
_RULERS = listed("office_of_ruler")
# What a general description can stand for: the heads of the roles that it covers.
COVERS = {
    general: with_meaning(general, "described_as")
    for general in sorted({general for value in meanings("described_as").values() for general in value.split("|")})
}
COVERS |= {general: COVERS[same] for general, same in meanings("general_role_synonym").items()}
# Titles as they are shortened before a name.
_SPELT = {short.lower(): spelt for short, spelt in meanings("title_short").items()}


def honorific_gender(text: str, start: int, end: int) -> str | None:
    """The gender (m or f) that the honorific at the beginning of the name text[start:end] or right before it tells."""
    found = _HONORIFIC.search(text[start:end].split(" ", 1)[0]) or _HONORIFIC.search(
        text, max(start - _HONORIFIC_REACH, 0), start
    )
    return None if found is None else "f" if found["f"] else "m"


_OWNER = re.compile(r"['’]s\s")
_UNDER = re.compile(r"\s(?:to|for)\s(?P<other>.*)\Z")


def _own(role: str) -> str:
    """A role without whose it is: `adviser` to the president, the mayor's `chief of staff`."""
    role = _OWNER.split(role)[-1]
    under = _UNDER.search(role)
    serves = under is not None and any(fold(word) in ROLE_HEADS for word in WORD.findall(under["other"]))
    return role[: under.start()] if under is not None and serves else role


def covers(head: str, role: str) -> bool:
    """Whether somebody of the printed role can be called by the general word: a secretary is an `official`.

    An adviser to the president is no president.
    """
    return bool(COVERS.get(head, frozenset({head})) & {_SPELT.get(w, w) for w in map(fold, WORD.findall(_own(role)))})


@lru_cache(maxsize=4096)
def canonical_role(role: str) -> str:
    """A role in lower case with its usual wording, for comparison: `FM` and `Minister of Foreign Affairs` are equal."""
    text = " ".join(re.sub(r"[.,]", "", fold(role)).split())
    text = text.removeprefix("the ").removeprefix("us ").removeprefix("former ").removeprefix("then-")
    for variant, usual in _SYNONYMS:
        if variant in text:
            text = re.sub(rf"\b{re.escape(variant)}\b", usual, text)
    return text


# Words that make another office of the one that they qualify.
_RANKS = listed("rank_below")
_LEFT = re.compile(r"\s*(?:former|ex|late|retired|one-time|onetime)\b", re.IGNORECASE)


def has_left_role(role: str) -> bool:
    """`former president`: an office that the person held once."""
    return _LEFT.match(role) is not None


def same_rank(one: str, other: str) -> bool:
    return _RANKS & set(fold(one).split()) == _RANKS & set(fold(other).split())


def same_role(printed: str, known: str) -> bool:
    """Whether a printed role can mean a known one: equal, or a shorter form of it (`Secretary` is not enough).

    A deputy minister is no minister, nor is an adviser to the minister.
    """
    a, b = canonical_role(printed), canonical_role(known)
    if a == b:
        return True
    if (_own(a) == a) != (_own(b) == b):
        a, b = _own(a), _own(b)
    if not same_rank(a, b):
        return False
    if a in ("leader", "ruler"):
        return b in _RULERS
    return len(a.split()) > 1 and (f" {a} " in f" {b} " or (f" {b} " in f" {a} " and len(b.split()) > 1))


_CUT_BEFORE = re.compile(
    r"\A(?:\W+|[DR]-\w+\.?\s|(?:both|not|or|and|but|either|neither|rather|then|calling|our|my|your|this|that|it|as|own"
    r"|the|an?|every|each|some|many|all|no|like|including|because|when|while|currently|recently|once|also|even|old)\b"
    rf"(?!-)(?:['’]s)?\s*|(?:{alternation('opinion_in_role')})\s+)+",
    re.IGNORECASE,
)
_CUT_AFTER = re.compile(
    r"(?:[\s,]+(?:of|for|to|at|in|on|and|or|the|a|an|with|from|by|his|her"
    rf"|{alternation('honorific_short')})\b\.?)*[\s,]*\Z",
    re.IGNORECASE,
)


def tidy_role(role: str) -> str:
    """A role without what a cut left on its sides: `Both Senate Majority Leader`, `president of`; else empty."""
    if _NO_ROLE.match(role):
        return ""
    role = _CUT_AFTER.sub("", _CUT_BEFORE.sub("", _last_of_several(role)))
    role = _SHORT_BEHIND.sub("", role) if _is_role_without_title(role) else role
    words = {fold(word) for word in re.findall(r"\w+", role)}
    cut = role.endswith(("-", "?", "!")) or bool(words & PRONOUNS) or not words & (ROLE_HEADS | TITLES)
    return "" if cut else role


_NO_ROLE = re.compile(r"(?:of|these|those|through|from|with|by|in|at|on|for|to|via)\s|.*\d{4}.*\d{4}", re.IGNORECASE)
_SHORT_BEHIND = re.compile(rf"\s(?:{alternation('title_short')})\b\.?\Z")


def _is_role_without_title(role: str) -> bool:
    """`committee chairman Rep.`: whether a shortened title stands behind a whole role."""
    before = _SHORT_BEHIND.sub("", role)
    return before != role and before.split()[-1] in ROLE_HEADS


def _last_of_several(role: str) -> str:
    """`the party's second post, majority leader`: the last of two roles; none of an enumeration inside one."""
    _, comma, last = role.rpartition(", ")
    return last if comma and " and " not in role and fold(last.split(" ")[-1]) in ROLE_HEADS else role


PRONOUNS = word_set("i he she they him them we you")
# A role of a state of the US is an American one; Georgia, the country, has other offices.
AMERICAN_STATES = re.compile(rf"\b(?:{alternation('us_state')})\b(?!-)")
_AMBIGUOUS_STATE = re.compile(
    rf"\b(?:{alternation('ambiguous_state')})(?:['’]s)? (?:[A-Z]\w+ )?(?:{alternation('office_of_us_state')})\b",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?P<leader>[A-Z][\w’'-]+?)(?:['’]s)?[\s-](?:\w+[\s-]){0,3}?(?:campaign|administration|transition)\b"
)


def _country_of_staff(role: str, knowledge: Knowledge) -> str | None:
    """The country of the leader whose campaign or administration a role is of: `Trump campaign adviser`."""
    for match in _STAFF.finditer(role):
        countries = {person.country for person in knowledge.surnames.get(fold(match["leader"]), ()) if person.offices}
        if len(countries) == 1:
            return countries.pop()
    return None


def country_of_role(role: str, knowledge: Knowledge) -> str | None:
    """The country that a role is of: an adjective, a possessive or a body in it.

    `ambassador to Japan` is not of Japan, and `Ukraine ambassador` does not say which side it is on, nor `Russia
    expert`. A company employs people of any country, and `U.S. and European officials` are of no single one. An
    economist is not The Economist.
    """
    head = re.split(r"\b(?:(?<!\bup )to|for|in|on|at)\b", role, maxsplit=1)[0]  # up to 90 Chadian rebels
    if _AMBIGUOUS_STATE.search(head):
        return "USA"
    for hit in find_names(head, knowledge):
        entity = hit.entry.entity
        if hit.entry.kind == "people":  # co-founder of the Young Turks
            continue
        if isinstance(entity, State):
            posting = hit.entry.kind == "name" and _SUBJECT.match(head, hit.end)
            joined = _JOINED.match(head, hit.end) and not head[: hit.start].endswith("of ")
            return None if posting or joined else entity.iso3
        is_trade = fold(head[hit.start : hit.end]) in ROLE_HEADS
        if isinstance(entity, Organization) and entity.country and entity.sector != "company" and not is_trade:
            return entity.country
    return "USA" if AMERICAN_STATES.search(head) else _country_of_staff(role, knowledge)


# What one does about a country, whose name before it is not where one is from.
_SUBJECT = re.compile(rf"\s+(?:and \w+ )?(?:\w+ )?(?:{alternation('country_subject')})\b", re.IGNORECASE)
_JOINED = re.compile(
    r",? (?:and|or) [A-Z]|, [A-Z]\w+,? (?:and|or) [A-Z]"
)  # British and German, British, French and German


def without_country(role: str, knowledge: Knowledge) -> str:
    """`Russia's veteran Foreign Minister` -> `veteran Foreign Minister`."""
    rest = re.sub(r"^(?:the|an?|his|her|its|their)\s+", "", role.strip(), flags=re.IGNORECASE)
    for hit in find_names(rest, knowledge):
        if hit.start == 0 and isinstance(hit.entry.entity, State) and hit.entry.kind != "metonym":
            rest = re.sub(r"^(?:['’]s?)?\s*", "", rest[hit.end :])
        break
    return rest.strip()


# Words that do not tell of what somebody is an official.
VAGUE = listed("vague_of_official") | LINKS
