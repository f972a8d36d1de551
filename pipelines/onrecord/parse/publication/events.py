"""Scheduled public events that an article places by its own day: "Tuesday's New Hampshire primary".

Their days are those of a table, no memory of what happened there. An event that comes again and again is the one that
falls on the weekday named, lies within the bounds that the text gives and has most of its people in the text; the
places decide next. Where several remain that are not of one month, nothing follows. "Last year's summit in Singapore"
gives the year; there the people or the place must tell the event from others, as news says so too seldom to measure.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import UnionType

from onrecord.document import Publication
from onrecord.parse.publication.bounds import NEWS_DAYS, month_told
from onrecord.parse.publication.marks import Dated
from onrecord.timex.calendar import add_months, month_end
from onrecord.timex.grammar import Expression
from onrecord.timex.shapes import Shift, Weekday, Yearless

_DAY = timedelta(days=1)
_NEAR = 6 * _DAY  # of a weekday, on either side: the tense misleads, "ahead of Tuesday's vote"
_ENOUGH_PEOPLE = 2  # of those of an event, if the table lists as many
_CLOSE = 60  # characters
_AROUND = 300
_MOST_NAMES = 50  # the first of an article; it has a few
_GENERIC = frozenset({"caucuses", "debate", "primary"})  # these count only with their weekday and place
LINK = re.compile(  # between an event and its day: "Tuesday night in the", "set for"
    r"(?:['’]s)?(?:,? (?!(?:after|and|because|but|since|that|until|when|which|while|who|without)\b)"
    r"(?:[A-Z][a-z]{0,3}\.|[\w'’-])+){0,8}[ ,]*"
)
_BETWEEN = r"(?:['’]s)? (?:(?:Democratic|GOP|Republican|presidential) )?"  # the words of a name
_WORD_BEFORE = re.compile(r"[\w-]")
_APART, _WORDS_APART = " … ", r"(?:(?! in [A-Z])(?:[^.!?\n]|\b[A-Z]\.)){0,200}? "  # of a name in one sentence
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Event:
    """A public event whose days were fixed in advance. people and places tell it from others of its name."""

    first: date
    last: date
    people: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """How news calls an event, and those that it can mean."""

    words: tuple[str, ...]  # all stand in a text that has the name: a quick look
    pattern: re.Pattern[str]
    events: tuple[Event, ...]


Events = tuple[Name, ...]


def events_of(rows: Iterable[Mapping[str, str]]) -> Events:
    """The events of the table's rows: names, first, last, people, places.

    A bar splits the lists in a cell. An ellipsis stands for words between those of a name: "summit … in Singapore".
    """
    by_name: defaultdict[str, list[Event]] = defaultdict(list)
    for row in rows:
        people, places = (tuple(filter(None, row[column].split("|"))) for column in ("people", "places"))
        event = Event(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), people, places)
        for name in row["names"].split("|"):
            by_name[name].append(event)
    return tuple(
        Name(
            tuple(word for part in name.split(_APART) for word in part.split()),
            _pattern_of(name.split(_APART)),
            tuple(events),
        )
        for name, events in sorted(by_name.items())
    )


def _pattern_of(parts: Sequence[str]) -> re.Pattern[str]:
    """Group 1 is the last part, which stands by its day."""
    *before, last = (_BETWEEN.join(map(re.escape, part.split())) for part in parts)
    return re.compile(rf"{''.join(part + _WORDS_APART for part in before)}({last})(?![\w-]| election)")


def event_day(
    text: str, expressions: Sequence[Expression], past: Sequence[Dated], due: Sequence[Dated], events: Events
) -> Publication | None:
    """Bounds from the first event that the text places by a weekday, by yesterday, last week or next month."""
    since = max((event.first for event in past), default=date.min)
    until = min((event.last for event in due if event.last >= since), default=date.max)
    mentions = _named(text, events)
    present = _present(text, mentions)
    for start, end, named in mentions:
        expression, is_generic = (
            _time_named(text, start, end, expressions, Weekday | Shift),
            text[start:end] in _GENERIC,
        )
        if expression is None or (is_generic and not isinstance(expression.shape, Weekday)):
            continue
        placed = [
            (event, max(span[0], since), min(span[1], until))
            for event in named
            if (span := _span(text, event, expression)) is not None and span[0] <= until and span[1] >= since
        ]
        left = _most_named(present, _near(text, start, end), [at[0] for at in placed], is_generic)
        spans = [(first, last) for event, first, last in placed if event in left]
        if not spans:
            continue
        first, last = min(spans)[0], max(last for _, last in spans)
        if last - first > NEWS_DAYS * _DAY:
            continue
        words = f"{text[start:end]}; {text[expression.start : expression.end]}"
        return Publication(
            basis="inferred",
            day=first if first == last else None,
            earliest=first,
            latest=last,
            edtf=f"{first}" if first == last else f"{first}/{last}",
            evidence=words,
        )
    return None


def event_years(text: str, expressions: Sequence[Expression], events: Events) -> list[Dated]:
    """The year in which the article appears, from the events that it places in last year, this year or next.

    A month that the sentence goes on to, "and a second in February", is then over. Empty if two events tell two years.
    """
    mentions = _named(text, events)
    present = _present(text, mentions)
    found = []
    for start, end, named in mentions:
        expression = _time_named(text, start, end, expressions, Shift | Yearless)
        if expression is None or text[start:end] in _GENERIC:
            continue
        placed = {event: year for event in named if (year := _year(event, expression)) is not None}
        near = _near(text, start, end)
        left = _most_named(present, near, list(placed), False)
        years = {placed[event] for event in left if len(event.people) >= _ENOUGH_PEOPLE or _is_placed(event, near)}
        if len(years) == 1:
            year = years.pop()
            since = month_told(text, expressions, expressions.index(expression), year) or date(year, 1, 1)
            found.append(
                Dated(since, date(year, 12, 31), f"{text[start:end]}; {text[expression.start : expression.end]}")
            )
    return found if len({dated.last for dated in found}) == 1 else []


def _year(event: Event, expression: Expression) -> int | None:
    """The year of an article that says so of the event."""
    shape = expression.shape
    if isinstance(shape, Shift):
        counts = shape.unit == "Y" and shape.base == "publication" and abs(shape.count) <= 1 and not shape.told
        return event.first.year - shape.count if counts else None
    if not isinstance(shape, Yearless) or shape.shift not in (-1, 0, 1) or shape.base != "publication":
        return None
    is_then = shape.month == event.first.month and shape.day in (None, event.first.day)
    return event.first.year - shape.shift if is_then else None


def _present(text: str, mentions: Iterable[tuple[int, int, tuple[Event, ...]]]) -> frozenset[str]:
    """Those of the people of the events named that the text names."""
    people = {person for _, _, named in mentions for event in named for person in event.people}
    return frozenset(person for person in people if _names(text, person))


def _near(text: str, start: int, end: int) -> str:
    return text[max(0, start - _AROUND) : end + _AROUND]


def _named(text: str, events: Events) -> list[tuple[int, int, tuple[Event, ...]]]:
    """The events that the text names, in order; of names within one another the longest."""
    found = [
        (*match.span(1), name.events)
        for name in events
        if all(word in text for word in name.words)
        for match in name.pattern.finditer(text)
        if not (match.start() and _WORD_BEFORE.match(text[match.start() - 1]))
    ]
    longest: list[tuple[int, int, tuple[Event, ...]]] = []
    for start, end, called in sorted(found, key=lambda at: (at[0], -at[1])):
        if not longest or end > longest[-1][1]:
            longest.append((start, end, called))
    return longest[:_MOST_NAMES]


def _time_named(
    text: str, start: int, end: int, expressions: Iterable[Expression], shapes: type | UnionType
) -> Expression | None:
    """The expression of one of these shapes that says when the event is, right before or behind its name."""
    for expression in expressions:
        if expression.end < start - _CLOSE or not isinstance(expression.shape, shapes):
            continue
        if expression.start > end + _CLOSE:
            return None
        before = expression.end <= start and LINK.fullmatch(text, expression.end, start)
        behind = expression.start >= end and LINK.fullmatch(text, end, expression.start)
        if (before or behind) and not YEAR.search(text, max(0, start - _CLOSE), end + _CLOSE):
            return expression
    return None


def _span(text: str, event: Event, expression: Expression) -> tuple[date, date] | None:
    """When an article appears that says so of the event: its first and last day."""
    shape = expression.shape
    if isinstance(shape, Weekday):
        days = [event.first + n * _DAY for n in range((event.last - event.first).days + 1)]
        on = [day for day in days if day.isoweekday() == shape.weekday]
        return (on[0] - _NEAR, on[-1] + _NEAR) if on and shape.turn == 0 else None
    if not isinstance(shape, Shift) or shape.base != "publication" or abs(shape.count) > 1:
        return None
    if shape.unit == "D" and shape.count == 0 and text[expression.start : expression.end].lower() != "tonight":
        return None  # "today": these days
    if shape.unit == "D":
        leeway = -shape.count * _DAY
        return event.first + min(leeway, 0 * _DAY), event.last + max(leeway, 0 * _DAY)
    if shape.unit == "W":
        monday = event.first - event.first.weekday() * _DAY
        first, last = monday - 7 * shape.count * _DAY, monday + (6 - 7 * shape.count) * _DAY
        # On a Sunday "last week" can be the one that ends.
        return (event.last + _DAY if shape.count < 0 else first), (event.first - _DAY if shape.count > 0 else last)
    if shape.unit == "M":
        month = add_months(event.first, -shape.count)
        return month, month_end(month.year, month.month)
    return None


def _most_named(present: frozenset[str], near: str, events: Sequence[Event], is_generic: bool) -> Sequence[Event]:
    """The events most of whose people are present in the text, and of these the ones whose place is near."""
    count = {event: sum(name in present for name in event.people) for event in events}
    known = [event for event in events if count[event] >= min(_ENOUGH_PEOPLE, len(event.people))]
    most = [event for event in known if count[event] == max(count[other] for other in known)]
    here = [event for event in most if _is_placed(event, near)]
    return here if here or is_generic else most


def _is_placed(event: Event, near: str) -> bool:
    return any(_names(near, place) for place in event.places)


def _names(text: str, name: str) -> bool:
    *_, last = name.split("'")  # O'Malley and O’Malley
    return last in text and re.search(rf"\b{re.escape(name)}\b".replace("'", "['’]"), text) is not None
