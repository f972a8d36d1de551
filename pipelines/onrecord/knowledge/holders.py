"""A user's own office-holders: a CSV file with one row per person and term, joined with what the project knows.

    country,position,person,qid,start,end
    PRK,Minister of Foreign Affairs,Ri Yong-ho,Q12594422,2016-05-13,2020-01-18

Two more columns may be there: `gender` (female, male) and `party`. With a Wikidata id, a row without a position states
these two of somebody whom we know; rows with neither position nor these are ignored (in extracts from Wikidata they are
relatives), and so are other columns.
`country` is an ISO 3166-1 alpha-3 code or INT for an international post; `qid` may be empty; dates are YYYY, YYYY-MM or
YYYY-MM-DD, a decade is YYYYs, an open end is empty.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from onrecord.errors import UserError
from onrecord.knowledge.entities import Office, Person
from onrecord.knowledge.titles import same_role
from onrecord.knowledge.words import normal

_COLUMNS = ("country", "position", "person", "qid", "start", "end")
_FACTS = ("gender", "party")
_GENDERS = ("female", "male")
_INTERNATIONAL = "INT"
_DAY = re.compile(r"(?P<year>\d{4})(?:(?P<decade>s)|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


class HoldersError(UserError):
    """An office-holder file that cannot be used; the message names the file, the line and the column."""

    code = "OR020"


def load_holders(paths: Iterable[Path], countries: Collection[str]) -> tuple[Person, ...]:
    """The people of office-holder files, one for each Wikidata id, else for each name and country, by actor id.

    `countries` are the known ISO codes. HoldersError for a file that cannot be read or has a wrong cell: nothing of a
    file is used unless all of it can be.
    """
    rows: defaultdict[tuple[str, str], list[_Row]] = defaultdict(list)
    for path in paths:
        for row in _rows(path, countries):
            rows[(row.qid, "") if row.qid else (normal(row.name), row.country)].append(row)
    people = [_person(qid if not country else None, held) for (qid, country), held in rows.items()]
    return tuple(sorted(people, key=lambda person: person.actor_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    country: str
    name: str
    qid: str
    office: Office | None  # None: the row only states gender or party
    gender: str | None
    party: str | None


def _rows(path: Path, countries: Collection[str]) -> list[_Row]:
    wrong: list[str] = []
    found: list[_Row] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise HoldersError(
                    f"{path}, line 1: no column {missing[0]}; the header must have {', '.join(_COLUMNS)}"
                )
            for row in reader:
                cells = {column: " ".join((row.get(column) or "").split()) for column in (*_COLUMNS, *_FACTS)}
                if not _says_anything(cells):
                    continue
                if error := _first_error(cells, countries):
                    wrong.append(f"{path}, line {reader.line_num}, {error}")
                    continue
                found.append(_row(cells))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HoldersError(f"{path} cannot be read as CSV in UTF-8: {error}") from error
    if wrong:
        more = f" ({len(wrong) - 1} more lines are wrong)" if len(wrong) > 1 else ""
        raise HoldersError(wrong[0] + more)
    return found


def _says_anything(cells: Mapping[str, str]) -> bool:
    return bool(cells["position"] or (cells["qid"] and (cells["gender"] or cells["party"])))


def _row(cells: Mapping[str, str]) -> _Row:
    start, end = _first_day(cells["start"]), _last_day(cells["end"]) if cells["end"] else None
    if end is not None and end < start:  # entered the wrong way round
        start, end = _first_day(cells["end"]), _last_day(cells["start"])
    return _Row(
        country=cells["country"],
        name=cells["person"],
        qid=cells["qid"],
        office=Office(cells["position"], start, end) if cells["position"] else None,
        gender=cells["gender"] or None,
        party=cells["party"] or None,
    )


def _first_error(cells: dict[str, str], countries: Collection[str]) -> str | None:
    tests: tuple[tuple[str, Callable[[str], bool], str], ...] = (
        (
            "country",
            lambda v: v in countries or v == _INTERNATIONAL,
            "is no ISO 3166-1 alpha-3 code that we know, nor INT",
        ),
        ("person", lambda v: bool(normal(v)), "is no name"),
        ("qid", lambda v: not v or re.fullmatch(r"Q[1-9]\d*", v) is not None, "is no Wikidata id (Q and digits)"),
        ("start", lambda v: not v or _is_day(v), "is no date (YYYY, YYYY-MM, YYYY-MM-DD)"),
        ("gender", lambda v: not v or v in _GENDERS, f"is none of {', '.join(_GENDERS)}"),
        ("end", lambda v: not v or _is_day(v), "is no date (YYYY, YYYY-MM, YYYY-MM-DD)"),
    )
    return next((f"column {c}: {cells[c][:60]!r} {what}" for c, fits, what in tests if not fits(cells[c])), None)


def _is_day(value: str) -> bool:
    try:
        return _last_day(value) >= _first_day(value)
    except ValueError:
        return False


def _first_day(value: str) -> date:
    """The first day that a date of any precision can be; the first of all days if it is empty."""
    if not value:
        return date.min
    if (match := _DAY.fullmatch(value)) is None:
        raise ValueError(value)
    return date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))


def _last_day(value: str) -> date:
    if not value:
        return date.max
    if (match := _DAY.fullmatch(value)) is None:
        raise ValueError(value)
    first = _first_day(value)
    if match["day"]:
        return first
    if match["month"]:
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return date(min(first.year + (9 if match["decade"] else 0), 9999), 12, 31)


def _person(qid: str | None, held: Sequence[_Row]) -> Person:
    """One person from all rows; of several spellings the commonest is the name, of several countries, genders and
    parties the latest."""
    names = [row.name for row in held]
    name = max(sorted(set(names)), key=names.count)
    offices = {row.office for row in held if row.office}
    return Person(
        name=name,
        wikidata_id=qid,
        country=_latest(held, lambda row: None if row.country == _INTERNATIONAL else row.country),
        gender=None,
        offices=tuple(sorted(offices, key=lambda office: (office.start, office.title))),
        aliases=tuple(sorted(set(names) - {name})),
        stated_gender=_latest(held, lambda row: row.gender),
        party=_latest(held, lambda row: row.party),
    )


def _latest(held: Sequence[_Row], value_of: Callable[[_Row], str | None]) -> str | None:
    """The value of the row with the latest term; one without a term states what holds now."""
    told = [(row.office.start if row.office else date.max, value) for row in held if (value := value_of(row))]
    return max(told)[1] if told else None


def joined(ours: Sequence[Person], theirs: Sequence[Person]) -> tuple[Person, ...]:
    """Both, where one person is in both as one: what the user's file states wins, what it does not state stays.

    The same person is the same Wikidata id, or the same name and country where one side has no id. The user's id,
    country and terms stand; of our terms one is left out if the user gives the same office an overlapping term. Both
    spellings are names; ours stays the canonical one, so that a person is called the same with and without the file.
    """
    by_id = {person.wikidata_id: person for person in theirs if person.wikidata_id}
    by_name = {(normal(person.name), person.country): person for person in theirs}
    taken: set[str] = set()
    found: list[Person] = []
    for known in ours:
        other = by_id.get(known.wikidata_id or "")
        if other is None:
            same = by_name.get((normal(known.name), known.country))
            other = same if same and not (same.wikidata_id and known.wikidata_id) else None
        if other is None:
            found.append(known)
            continue
        taken.add(other.actor_id)
        kept = [office for office in known.offices if not any(_collide(office, new) for new in other.offices)]
        aliases = {other.name, *known.aliases, *other.aliases} - {known.name}
        found.append(
            replace(
                known,
                wikidata_id=other.wikidata_id or known.wikidata_id,
                country=other.country or known.country,
                offices=(*other.offices, *kept),
                aliases=tuple(sorted(aliases)),
                stated_gender=other.stated_gender,
                party=other.party,
            )
        )
    # One word names nobody: it would be found in every article that has the word. Only an office links one.
    return (*found, *(p for p in theirs if p.actor_id not in taken and " " in p.name and p.offices))


def _collide(office: Office, other: Office) -> bool:
    return same_role(office.title, other.title) and office.held_between(other.start, other.end or date.max)
