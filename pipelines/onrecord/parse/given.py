"""Facts that came beside the text, from the values that records and markup hold them in.

Each `to_*` takes what a JSON value can be and raises ValueError for one that does not hold such a fact; `settle` and
`clean_authors` do what needs the article.
"""

import email.utils
import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from onrecord.document import Given, Publication
from onrecord.parse.bylines import NOBODY, ROLE, SPLIT_NAMES, SUFFIX, is_person, read_byline, to_outlet, to_person
from onrecord.parse.lines import to_line
from onrecord.parse.stated import MONTH, MONTHS, read_date_line

FIRST_YEAR, LAST_YEAR = 1600, 2200  # newspapers begin in 1605
NO_DAYS = {date(1970, 1, 1), date(1969, 12, 31)}  # what a missing time stamp turns into, west of Greenwich too
SHORTEST_EPOCH = 10**8  # smaller numbers are years, or nothing
MILLISECONDS = 10**11  # epoch numbers from here on count milliseconds: as seconds they would mean the year 5138
ISO_DAY = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)")
ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
NAMED_MONTH = re.compile(rf"{MONTH},? (?P<year>(?:19|20)\d\d)", re.IGNORECASE)
EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
URL = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
# .../2018/09/27/quay-opens, .../2018/sep/27/quay-opens, .../2018-09-27-quay-opens, .../2018/09/quay-opens
DATED_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<mark>[/-])(?P<month>\d\d?|[a-z]{3})(?:(?P=mark)(?P<day>\d\d?)(?=[/_-]|$)|/)"
)
BY = re.compile(r"^(?:(?:opinion|analysis|commentary|story|video|review) )?(?:by[ :]+)?", re.IGNORECASE)
LONGEST_FACT = 2000  # characters; addresses come near to it
LONGEST_NAME = 60
LONGEST_BYLINE = 250
SURNAME_FIRST = re.compile(r"^([A-Z][\w'’-]+), ([A-Z][\w'’-]+(?: [A-Z]\.)?)$")  # as libraries write it: Holm, Anna
JOB = re.compile(r" (?:anchor|analyst|columnist|contributor|correspondent|editor|producer|reporter|writer)s?$", re.I)
# Countries whose English writes the month before the day. Canada does both, so that its locale decides nothing.
MONTH_FIRST = {"US", "PH"}
BOTH_ORDERS = {"CA"}


def to_text(value: Any) -> str:
    """A text of some lines, or the one in an object or a list of one: {"name": ...}, {"rendered": ...}, ["..."]."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = _held(value)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_FACT:
        raise ValueError(value)
    return value.encode("utf-8", "replace").decode("utf-8").strip()


def to_body(value: Any) -> str:
    """A text, its outer white space kept, or a list of paragraphs."""
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        value = "\n\n".join(value)
    if isinstance(value, dict):
        value = _held(value)
    if not isinstance(value, str):
        raise ValueError(value)
    # A lone surrogate is valid in JSON but is no character, and no file can hold it.
    return value.encode("utf-8", "replace").decode("utf-8")


def _held(value: dict[str, Any]) -> Any:
    return next((value[key] for key in ("name", "rendered", "@value", "#text", "$date") if value.get(key)), None)


def to_name(value: Any) -> str:
    """The name of an outlet; an address is none."""
    name = to_text(value)
    if URL.match(name):
        raise ValueError(value)
    return name


def to_address(value: Any) -> str:
    """A web address, {"@id": ...} included."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    address = to_text(value)
    if "/" not in address or re.search(r"\s", address):
        raise ValueError(value)
    return address


def to_section(value: Any) -> str:
    """One section; of several the first, which is the main one."""
    return to_text(value[0] if isinstance(value, list) and value else value)


def to_names(value: Any) -> tuple[str, ...]:
    """Authors as a list of names or objects, or as one string with commas, semicolons or 'and' between them.

    Objects that say that they are organizations are none; addresses are no names.
    """
    if isinstance(value, str) and len(value) <= LONGEST_FACT:
        value = SPLIT_NAMES.split(SUFFIX.sub(" ", value))
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        raise ValueError(value)
    names = []
    for item in value:
        if isinstance(item, dict):
            if "Organization" in str(item.get("@type")) or not item.get("name"):
                continue
            item = item["name"]
        names += [to_text(name) for name in (item if isinstance(item, list) else [item]) if name]
    return tuple(name for name in names if not URL.match(name))


def to_day(value: Any, locale: str | None = None) -> date | tuple[date, date]:
    """The day that a date or time stamp names, in the time zone it is given in; its bounds where the day is not sure.

    ISO 8601 in both forms, RFC 2822, seconds or milliseconds of the epoch, and dates as newspapers print them.
    10/07/2017 is bounded by its two readings unless the locale decides, a month or year by its first and last day.
    """
    if isinstance(value, int) and len(str(value)) == len("20170920"):
        value = str(value)
    found = _epoch(value) if isinstance(value, int | float) else _written(to_text(value), locale)
    days = found if isinstance(found, tuple) else (found,)
    if any(day in NO_DAYS or not FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        raise ValueError(value)
    return found


def _epoch(number: float) -> date:
    if isinstance(number, bool) or not math.isfinite(number) or abs(number) < SHORTEST_EPOCH:
        raise ValueError(number)
    try:
        return datetime.fromtimestamp(number / 1000 if number >= MILLISECONDS else number, UTC).date()
    except (OverflowError, OSError):
        raise ValueError(number) from None


def _written(text: str, locale: str | None) -> date | tuple[date, date]:
    if EPOCH.fullmatch(text):
        return _epoch(int(text))
    if iso := ISO_DAY.match(text):
        return date(int(iso["year"]), int(iso["month"]), int(iso["day"]))
    if iso := ISO_MONTH.fullmatch(text):
        return _month(int(iso["year"]), int(iso["month"]))
    if YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if named := NAMED_MONTH.fullmatch(text):
        number = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(named["month"][:3].casefold()))
        return _month(int(named["year"]), number)
    if mailed := email.utils.parsedate_tz(text) if ":" in text and "," in text[:6] else None:
        return date(*mailed[:3])
    dated = read_date_line(" ".join(text.split()))
    publication = dated.publication if dated and not dated.is_update else None
    if publication is None or publication.earliest is None or publication.latest is None:
        raise ValueError(text)
    return settle(publication, locale).day or (publication.earliest, publication.latest)


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def settle(publication: Publication, locale: str | None) -> Publication:
    """A date with two readings, 10/07/2017, decided by the order that the outlet's locale writes."""
    first, last = publication.earliest, publication.latest
    country = (locale or "").replace("_", "-").partition("-")[2].upper()
    if publication.day or not first or not last or not country or country in BOTH_ORDERS or not is_swap(first, last):
        return publication
    written = re.match(r"\d+", publication.evidence or "")
    if written is None:
        return publication
    month_first = next(day for day in (first, last) if day.month == int(written[0]))
    day = month_first if country in MONTH_FIRST else (last if month_first == first else first)
    return _certain(publication.basis, day, publication.evidence)


def is_swap(first: date, last: date) -> bool:
    """Whether two days are the readings of one date in numbers."""
    return (first.year, first.month, first.day) == (last.year, last.day, last.month)


def known_publication(given: Given, stated: Publication | None) -> Publication | None:
    """The publication date that came beside the text, else the stated one, else that of the address; None without any.

    Where only bounds came, the date that the text prints or that stands in the address decides, if it is one of the
    days that can be meant.
    """
    if given.published:
        return _certain("given", given.published, None)
    addressed = _in_address(given.url)
    if given.published_bounds is None:
        return addressed if stated and addressed and _decides(addressed, stated) else stated or addressed
    first, last = given.published_bounds
    bounds = Publication(basis="given", earliest=first, latest=last, edtf=_edtf(first, last))
    return next((other for other in (stated, addressed) if other and _decides(other, bounds)), bounds)


def _decides(other: Publication, bounds: Publication) -> bool:
    """Whether another date is one of the days that can be meant where only bounds are known."""
    first, last = bounds.earliest, bounds.latest
    if bounds.day or not other.day or not first or not last:
        return False
    return other.day in (first, last) if is_swap(first, last) else first <= other.day <= last


def _in_address(url: str | None) -> Publication | None:
    """The day, or the bounds of the month, under which a site files the article."""
    dated = DATED_ADDRESS.search(url or "")
    if dated is None:
        return None
    months = [name[:3] for name in MONTHS]
    named = months.index(dated["month"]) + 1 if dated["month"] in months else 0
    try:
        year, month = int(dated["year"]), named or int(dated["month"])
        if dated["day"]:
            return _certain("given", date(year, month, int(dated["day"])), dated[0])
        first, last = _month(year, month)
    except ValueError:  # numbers that are no date
        return None
    return Publication(basis="given", earliest=first, latest=last, edtf=_edtf(first, last), evidence=dated[0])


def _certain(basis: str, day: date, evidence: str | None) -> Publication:
    return Publication(basis=basis, day=day, earliest=day, latest=day, edtf=day.isoformat(), evidence=evidence)


def _edtf(first: date, last: date) -> str:
    if (first.day, _month(first.year, first.month)) == (1, (first, last)):
        return f"{first:%Y-%m}"
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return f"{first:%Y}"
    return f"{first}/{last}"


def clean_authors(names: Sequence[str], outlet: str | None) -> tuple[str, ...]:
    """Persons among the names given as authors, without `By`, agencies, desks and jobs, each once."""
    found: dict[str, None] = {}
    for name in names:
        bare = BY.sub("", to_line(name).strip(" \"'“”‘’*|,;:"))
        bare = SURNAME_FIRST.sub(r"\2 \1", bare)
        byline = read_byline(f"By {bare}")
        if byline and byline.authors:
            found.update(dict.fromkeys(author for author in byline.authors if not JOB.search(author)))
        elif bare and not (
            to_outlet(bare)
            or NOBODY.search(bare)
            or JOB.search(bare)
            or (ROLE.search(bare) and not is_person(bare))
            or (outlet and bare.casefold() == outlet.casefold())
            or len(bare) > LONGEST_NAME
            or re.search(r"[\d@/|_<>{}]|\.(?:com|org|net)\b", bare)
        ):
            found[to_person(bare)] = None  # a name in a form that bylines cannot be trusted to have: one word, House
    return tuple(found)


def names_only(line: str, authors: Sequence[str]) -> bool:
    """Whether a line is a byline of authors that are known from elsewhere, whatever form their names have."""
    if not authors or len(line) > LONGEST_BYLINE:
        return False
    names = SPLIT_NAMES.split(BY.sub("", line))
    return {name.casefold().strip() for name in names} <= {author.casefold() for author in authors}
