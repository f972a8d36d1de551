"""Whom an article names by an office, and what those terms of office say about when it appeared.

The terms are those of the table of people, no memory of events. The shares are those of 2,600 dated news articles.

* "Secretary of State John Kerry" is not written before the term began, nor "President Trump" before the election, nor
  "former Vice President Joe Biden" before the term ended (99 in 100). Somebody "incoming", "then-" or "a President
  Trump" is not in office.
* Who "said" something under a title was still in office (99 in 100, if the sentence names no year). Being spoken of
  proves nothing: presidents keep their title.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.knowledge.word_lists import alternation
from onrecord.parse.publication.marks import Dated

if TYPE_CHECKING:
    from onrecord.knowledge import Knowledge
    from onrecord.knowledge.entities import Office

NAME = r"(?:[A-Z][\w'’.-]{0,20} ){0,3}[A-Z][\w'’-]{1,20}"
_TITLED = re.compile(
    r"\b(?P<who>[A-Z]\w{2,12})(?:['’]s)? [Aa]dministration\b"
    rf"|\b(?P<head>[A-Za-z][\w.]{{2,20}}) (?=(?P<name>{NAME}))"
)
_POSSESSIVE = re.compile(r"['’]s$|['’]$")
_ADMINISTRATION = "administration"
_BY_SURNAME = frozenset({"president", "vice president", "prime minister", "chancellor"})  # others share their surnames
_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x)[ -](?:(?:US|U\.S\.|American) )?$")
_NOT_IN_OFFICE = re.compile(
    rf"\b(?:{alternation('not_in_office', 'rank_below')}|lt\.)[ -]$"
    r"|\b(?:former|ex|then)[ -][\w. -]{1,25}$",
    re.IGNORECASE,
)
_SAYS = re.compile(r"(?:,? \([^)\n]{1,20}\))?,? (?:said|says|told|tweeted|announced)\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
WORD = re.compile(r"\b\w")
_LONGEST_TITLE = 60  # characters
_BEFORE = 30  # characters that can tell that somebody is not in office
_SENTENCE = 120  # characters on either side in which a year makes what is said an old saying
_ELECTED = frozenset({"president", _ADMINISTRATION})
_TRANSITION = timedelta(days=80)  # who is elected is spoken of as president before the term begins


@dataclass(frozen=True, slots=True)
class Terms:
    """What people are called in office: folded title -> folded name -> the terms that it can mean."""

    holders: Mapping[str, Mapping[str, tuple["Office", ...]]]
    heads: frozenset[str]  # the last words of the titles


@dataclass(frozen=True, slots=True)
class InOffice:
    """The latest begun and the earliest ended of the terms that bound an article, with the words that name them."""

    since: Dated | None = None
    until: Dated | None = None

    def allows(self, day: date) -> bool:
        return (self.since is None or self.since.first <= day) and (self.until is None or day <= self.until.last)


def terms_of(knowledge: "Knowledge") -> Terms:
    """The terms of office of the people who are known, by the forms in which news names them."""
    holders: defaultdict[str, defaultdict[str, list[Office]]] = defaultdict(lambda: defaultdict(list))
    for person in knowledge.people:
        for office in person.offices:
            for title in _forms(office.title.lower()):
                for name in {person.name.casefold(), *(alias.casefold() for alias in person.aliases)}:
                    holders[title][name].append(office)
    for family, people in knowledge.surnames.items():
        for person in people:
            for office in person.offices:
                title = office.title.lower()
                if title in _BY_SURNAME and office not in holders[title][family]:
                    holders[title][family].append(office)
                if title == "president" and person.country == "USA":
                    holders[_ADMINISTRATION][family].append(office)
    return Terms(
        {title: {name: tuple(found) for name, found in names.items()} for title, names in holders.items()},
        frozenset(title.split()[-1] for title in holders),
    )


def _forms(title: str) -> Iterator[str]:
    """How news prints an office before its holder: "secretary of defense" and "defense secretary"."""
    yield title
    if found := re.fullmatch(r"(acting )?(secretary|director|administrator|speaker) of (?:the )?(.+)", title):
        acting, rank, body = found.groups()
        if body != "state":
            yield f"{acting or ''}{body} {rank}"
    if title.endswith("advisor"):
        yield title.replace("advisor", "adviser")
    if title == "senator":
        yield "sen."
    if title == "ambassador to the united nations":
        yield from ("un ambassador", "u.n. ambassador")


def in_office(text: str, terms: Terms) -> InOffice:
    """The bounds that the offices named in `text` set."""
    since: list[Dated] = []
    until: list[Dated] = []
    for found in _TITLED.finditer(text):
        named = _named(text, found, terms)
        if named is None:
            continue
        start, end, title, offices = named
        words = text[start:end] if found["head"] else found.group()
        before = text[max(0, start - _BEFORE) : start]
        ends = [office.end for office in offices if office.end is not None]
        first = min(office.start for office in offices) - (_TRANSITION if title in _ELECTED else timedelta(0))
        if former := _FORMER.search(before):
            if ends and found["head"]:
                since.append(_day(min(ends), former.group() + words))
        elif not _NOT_IN_OFFICE.search(before):
            since.append(_day(first, words))
            is_old = YEAR.search(text, max(0, start - _SENTENCE), end + _SENTENCE)
            if len(ends) == len(offices) and _SAYS.match(text, end) and not is_old:
                until.append(_day(max(ends), words))
    latest = max(since, key=lambda day: day.first, default=None)
    later = (day for day in until if latest is None or day.first >= latest.first)
    return InOffice(latest, min(later, key=lambda day: day.first, default=None))


def _named(text: str, found: re.Match[str], terms: Terms) -> tuple[int, int, str, tuple["Office", ...]] | None:
    """Where an office with its holder stands, its title, and the terms that it can mean; None if we know none."""
    if found["head"] and found["head"].lower() not in terms.heads:
        return None
    start, title = _title(text, found, terms) if found["head"] else (found.start(), _ADMINISTRATION)
    held = _holder(terms.holders.get(title, {}), found["name"] or found["who"])
    if held is None:
        return None
    length, offices = held
    return start, found.start("name" if found["head"] else "who") + length, title, offices


def _title(text: str, found: re.Match[str], terms: Terms) -> tuple[int, str]:
    """The longest known title that ends with the word found, and where it starts."""
    at = found.end("head")
    starts = [word.start() for word in WORD.finditer(text, max(0, found.start() - _LONGEST_TITLE), found.end("head"))]
    titles = ((start, text[start:at].lower()) for start in starts)
    return next(((start, title) for start, title in titles if title in terms.holders), (found.start(), ""))


def _day(day: date, words: str) -> Dated:
    return Dated(day, day, words)


def _holder(names: Mapping[str, tuple["Office", ...]], printed: str) -> tuple[int, tuple["Office", ...]] | None:
    """The holder with whose name the printed words begin: the length of the longest such name, and the terms."""
    words = printed.split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if (offices := names.get(_POSSESSIVE.sub("", name).casefold())) is not None:
            return len(_POSSESSIVE.sub("", name)), offices
    return None
