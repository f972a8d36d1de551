"""What the name of a file says of the one article in it: `2018-09-27_Harbour Courier_Quay talks stall.txt`.

Names are somebody's habit. A day counts only beside words, since a number may be anything, and where nothing in the
file says otherwise; words with hyphens find the headline in the text, but are none themselves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from onrecord.document import Publication, Seed
from onrecord.knowledge.word_lists import listed
from onrecord.parse.given.days import certain
from onrecord.parse.head.bylines import is_person, to_outlet
from onrecord.parse.head.headlines import same_title

_ENDING = re.compile(r"(?:\.[A-Za-z]{1,8}){1,2}$")
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_DIVIDES = re.compile(r"_{1,3}| [-–—|] |--+")
_OUTLETS = {name.casefold(): name for name in listed("outlet")}
_FEWEST_WORDS = 3  # of a headline
_LOOKED_AT = 6  # lines


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class NamedFacts:
    day: Publication | None = None
    outlet: str | None = None
    words: str | None = None  # those of the headline, as they are written in the name: quay-talks-stall

    @property
    def title(self) -> str | None:
        """The headline, if the name is written as one is: Quay talks stall."""
        return self.words if self.words and " " in self.words and self.words[0].isupper() else None


def named_facts(seed: Seed) -> NamedFacts:
    """What the name of a seed's file says; nothing of a file with several articles, nor of an address."""
    name = seed.source_file.rpartition("/")[2]
    if "#" in name or "://" in seed.source_file:
        return NamedFacts()
    stem = _ENDING.sub("", name)
    days = list(_DAY.finditer(stem))
    day = _day(days[0]) if len(days) == 1 else None
    parts = [part.strip(" -_.") for part in _DIVIDES.split(_DAY.sub("_", stem))]
    outlet = title = None
    for part in filter(None, parts):
        if found := _outlet(part):
            outlet = outlet or found
        elif len(_words(part)) >= _FEWEST_WORDS and not re.search(r"\d{3}|[0-9a-f]{12}", part) and not is_person(part):
            title = title or part
    return NamedFacts(day if outlet or title else None, outlet, title)


def title_by_name(lines: Sequence[_HasText], named: str | None) -> str | None:
    """The line at the top that a file is named after."""
    return next((line.text for line in lines[:_LOOKED_AT] if named and same_title(line.text, named)), None)


def _day(match: re.Match[str]) -> Publication | None:
    try:
        return certain("given", date(int(match["year"]), int(match["month"]), int(match["day"])), match[0])
    except ValueError:  # the 31st of a short month
        return None


def _outlet(part: str) -> str | None:
    spelt = part.replace("-", " ")
    if known := _OUTLETS.get(spelt.casefold()):
        return known
    cased = spelt.title() if spelt.islower() else spelt
    return to_outlet(cased) if len(cased.split()) > 1 else None


def _words(part: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", part)
