"""Publication dates that are printed: date lines beside the byline, `Published` lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from onrecord.document import Publication
from onrecord.knowledge.word_lists import alternation, meanings, one_of, patterns
from onrecord.timex.lexicon import GROUPS

# By their first three letters, as addresses write them.
MONTHS = {name[:3].lower(): int(number) for name, number in meanings("month").items()}
DAYS = {name[:3].lower(): int(number) for name, number in meanings("weekday").items()}
MONTH = rf"(?P<month>{alternation('month', 'month_short')})\b\.?"
_WEEKDAY = rf"(?:{alternation('weekday', 'weekday_short')})\b\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_FORMS = (
    re.compile(rf"\b{MONTH} ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {{0,2}}{YEAR}", re.I),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{MONTH},?[ -]{YEAR}", re.I),
    re.compile(rf"\b{YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)"),
    re.compile(r"\b(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)\b"),
)
_KIND = alternation("kind_of_text")
PUBLISHED = re.compile(
    rf"(?:(?:this )?(?:{_KIND})?(?: was| has been)? ?(?:first |originally )?"
    r"(?:aired|published|posted|created|released|filed|date|dated|issued|published date|publication date|"
    r"date published|publish date))\b[: ]*(?:on|at|by)?:? *",
    re.I,
)
_UPDATED = re.compile(r"(?:last )?(?:updated|modified|update|edited)\b[: ]*(?:on|at)?:? *", re.I)
# What may stand on a date line beside the date: clock times, zones, small words.
BESIDE = re.compile(
    r"\b(?:GMT|UTC) ?[+-]\d{1,2}\b|"
    r"(?:\bT|\b)\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} "
    r"?(?=[ap]\.?m)|\b[ap]\.?m\b\.?|\bZ\b|"
    rf"\b(?:{alternation('time_zone')}|{patterns('button_beside_date')}|Eastern|Pacific|Central|time|hrs?|"
    r"noon|midnight|"
    r"at|on|in|the|of|by|last|first|originally|aired|published|posted|created|updated|modified|edited|date|issued|filed|"
    r"released|"
    r"editor:? ?\w+|publication|this|article|story|post|was|source|original|[A-Z][a-z]+ edition|\d+ "
    r"min(?:ute)?s? read|min "
    r"read)\b|[+-]\d{1,2}:?\d\d\b|\(\)",
    re.I,
)
_WEEKDAYS = re.compile(rf"\b{_WEEKDAY}", re.I)
_REVISED = re.compile(rf"this (?:{_KIND}) (?:was|has been) (?:last )?(?:updated|corrected)\b", re.I)
_EDGE = " \t,.;:/|-–—•·()[]"
AGO = re.compile(rf"(?:\d+|an?) (?:{one_of(frozenset(GROUPS['UNIT']))})s? ago", re.I)
PLACE = re.compile(r"[A-Z][A-Z.' -]{3,25}(?:, [A-Z][\w.]{1,12})?")
LONGEST = 160
_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that holds a publication date and no sentence. `others` is what it prints besides: an outlet, a name."""

    publication: Publication | None  # None: a date line without a full date (`Updated at 4:07 p.m. ET Friday`)
    is_update: bool
    others: str


def read_date_line(line: str) -> DateLine | None:
    """The date line that `line` is, or None if it holds anything else than a date, its labels, and a short name."""
    if len(line) > LONGEST:
        return None
    found = list(_dates(line))
    is_update = bool(_UPDATED.match(line))
    labelled = is_update or bool(PUBLISHED.match(line))
    if not found:
        rest = _WEEKDAYS.sub(" ", BESIDE.sub(" ", AGO.sub(" ", line))).strip(_EDGE)
        is_empty = not re.search(r"[^\W\d_]", rest)
        return DateLine(None, is_update, "") if is_empty and (labelled or AGO.search(line)) else None
    chosen = _published_one(line, found)
    rest = line
    for at, until, _ in reversed(found):
        rest = rest[:at] + " " + rest[until:]
    rest = re.sub(r"\bby \w+$", " ", rest)  # a one-word pen name
    others = " ".join(BESIDE.sub(" ", _WEEKDAYS.sub(" ", AGO.sub(" ", rest))).split()).strip(_EDGE)
    if len(others.split()) > 6:
        return None
    at, _, publication = chosen
    if _REVISED.match(line):
        return DateLine(None, True, others)
    return DateLine(publication, bool(re.search(r"updated|modified", line[:at], re.I)) and len(found) == 1, others)


def _published_one(line: str, found: list[tuple[int, int, Publication]]) -> tuple[int, int, Publication]:
    """Of several dates on a line, the one that is not labelled as an update."""
    plain = [
        item
        for item in found
        if not re.search(r"(?:updated|modified)\W*(?:\w+\W+)?$", line[max(0, item[0] - 40) : item[0]], re.I)
    ]
    return (plain or found)[0]


def _dates(line: str) -> Iterator[tuple[int, int, Publication]]:
    spans = sorted((match.start(), match.end(), match) for form in _FORMS for match in form.finditer(line))
    last = 0
    for start, end, match in spans:
        if start >= last and (publication := _publication(match, line)):
            last = end
            yield start, end, publication


def _publication(match: re.Match[str], line: str) -> Publication | None:
    parts = match.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    if "first" in parts:
        readings = {
            _day(year, int(parts["first"]), int(parts["second"])),
            _day(year, int(parts["second"]), int(parts["first"])),
        }
    else:
        month = parts["month"]
        readings = {_day(year, int(month) if month.isdigit() else month_of(month), int(parts["day"]))}
    days = sorted(day for day in readings if day)
    if len(days) == 2 and (named := _WEEKDAYS.search(line)):
        weekday = DAYS[named[0][:3].casefold()]
        days = [day for day in days if day.isoweekday() == weekday] or days
    if not days:
        return None
    first, last = days[0], days[-1]
    exact = first == last
    return Publication(
        basis="stated",
        day=first if exact else None,
        earliest=first,
        latest=last,
        edtf=first.isoformat() if exact else f"{first}/{last}",
        evidence=match[0],
    )


def decided_by_page(publication: Publication, texts: Iterable[str]) -> Publication:
    """A date with two readings, 10/07/2017, in the order of the page's other dates in numbers, if they agree on one.

    Only one with a number above 12 tells the order: 23/07/2017.
    """
    written = _FORMS[-1].fullmatch((publication.evidence or "").partition(";")[0])
    if publication.day is not None or written is None:
        return publication
    orders = {
        int(found["second"]) > _MOST_MONTHS  # the month stands first
        for text in texts
        for found in _FORMS[-1].finditer(text)
        if (int(found["first"]) > _MOST_MONTHS) != (int(found["second"]) > _MOST_MONTHS)
    }
    if len(orders) != 1 or publication.earliest is None or publication.latest is None:
        return publication
    month = int(written["first"] if orders == {True} else written["second"])
    day = next(day for day in (publication.earliest, publication.latest) if day.month == month)
    return replace(publication, day=day, earliest=day, latest=day, edtf=day.isoformat())


def month_of(name: str) -> int:
    """The number of a month that `MONTH` matches."""
    return MONTHS[name[:3].casefold()]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of a short month, or a 13th month
        return None
