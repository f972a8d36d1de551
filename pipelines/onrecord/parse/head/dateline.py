"""The place line at the head of the body, with the agency in it: SEOUL (Reuters) -."""

import re
from dataclasses import dataclass

from onrecord.document import Publication
from onrecord.knowledge.word_lists import alternation, meanings
from onrecord.parse.head.bylines import is_known_outlet
from onrecord.parse.head.dates import read_date_line

_AGENCIES = alternation("dateline_agency")
_CAPITALS = (
    r"[A-Z][A-Z.'’/-]*(?:[ ,]{1,2}[A-Z][A-Z.'’/-]*){0,5}(?:, (?:[A-Z][a-z]+\.?(?: [A-Z][a-z]+\.?){0,2}|W\.Va\.)"
    r"(?:/[A-Z][A-Z ]{2,20}[A-Z])?)?"
)
_MIXED = r"[A-Z][\w.'’-]+(?:,? [A-Z][\w.'’-]+){0,4}"
_DATELINE = re.compile(
    rf"(?:(?P<caps>{_CAPITALS})(?:, (?P<day1>[A-Z][a-z]{{2,8}}\.? \d{{1,2}}(?:, \d{{4}})?))?(?: "
    rf"?\((?P<agency>{_AGENCIES})\))? ?(?:(?:[–—|]|--?)(?:\s|$)|—(?=[A-Z“\"‘]))"
    rf"|(?P<caps2>{_CAPITALS}), [A-Z][a-z]{{2,8}}\.? \d{{1,2}}\. ?/(?P<agency3>[A-Z][A-Za-z]{{1,20}})/"
    rf"|(?P<place3>{_MIXED}), (?P<day>[A-Z][a-z]{{2,8}}\.? \d{{1,2}}(?:, \d{{4}})?) \((?P<agency4>{_AGENCIES})\) ?"
    rf"(?:[–—]|--?)"
    rf"|(?P<mixed>{_MIXED})?(?:^|(?<=\S) )\((?P<agency2>{_AGENCIES})\) ?(?:[–—]|--?|(?=[A-Z“\"‘'])))"
)
_LABEL = re.compile(r"(?:ANALYSIS|BREAKING|COMMENTARY|EDITORIAL|EXCLUSIVE|OPINION|READ|REVIEW|UPDATE|VIDEO|WATCH)\b")
_FULL_NAMES = {agency: full for agency, full in meanings("dateline_agency").items() if full}


@dataclass(frozen=True, slots=True)
class Dateline:
    place: str | None
    agency: str | None
    published: Publication | None  # where the day has its year: REYKJAVIK, Sept 27, 2018 (AFP) -
    end: int  # where the sentence after it begins, in the paragraph


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens a paragraph, as printed and without the dash; None if there is none."""
    match = _DATELINE.match(paragraph[:160])
    if match is None or (match["caps"] and len(match["caps"]) < 3):
        return None
    place = match["caps"] or match["caps2"] or match["place3"] or match["mixed"]
    if place and (is_known_outlet(place.strip(" ,")) or _LABEL.match(place)):
        return None  # "NPR - ", "EXCLUSIVE | "
    agency = match["agency"] or match["agency2"] or match["agency3"] or match["agency4"]
    day = match["day"] or match["day1"]
    dated = read_date_line(day) if day else None
    end = match.end() + len(paragraph[match.end() :]) - len(paragraph[match.end() :].lstrip())
    return Dateline(
        place.strip(" ,") if place else None, _FULL_NAMES.get(agency, agency), dated.publication if dated else None, end
    )
