"""When an article appeared, as it follows from an article that prints no date of its own.

World knowledge is not used: only dates that the article prints with their year count, in five places.

* A dateline can hold the day it was filed ("NEW DELHI, June 23, 2020 —"), the day of publication or the one before.
* A post set into the text is signed with its day ("Name (@name) July 14, 2019"). Articles quote posts while they are
  new: of 69 articles with a post 66 appeared within 30 days of the latest one.
* A picture's caption gives the day it was taken. Agencies mark pictures from their archive ("File Photo"); others do
  not, so their captions bound the date from below only, unless the article names the caption's weekday: a bare
  "Thursday" is one of the seven days up to publication.
* "Thursday, Sept. 27" is in the first year with such a Thursday after the latest past event that has a year.
* A past event in the text with its date bounds publication from below.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.document import Publication
from onrecord.timex.calendar import is_day, span_of
from onrecord.timex.grammar import Reading, read
from onrecord.timex.shapes import Fixed, Weekday, Yearless
from onrecord.timex.tense import tense_at

NEWS_DAYS = 30  # a post or an agency picture in a report is seldom older
WEEKDAY_DAYS = 6  # a bare weekday is today's or one of the six before
POST_BEFORE = re.compile(r"\(@\w{1,30}\)\s{0,3}$|\bPosted by [^\n]{1,50} on $")
ARCHIVE = re.compile(r"\bfile\b|\barchive|\bundated\b", re.IGNORECASE)
AGENCY = re.compile(r"REUTERS/|\bAP Photo/|\bAFP/|/AFP\b|\bEPA/|\bUN Photo/")
CREDIT = re.compile(
    r"\b(?:REUTERS/|(?:AP|UN|AFP|EPA|Getty|Reuters) ?(?:Photo|Images|photo)\b|Photo(?:graph)?(?: by|:))"
)
DATELINE_BEFORE = re.compile(r"(?:[A-Z][\w.]{0,20}[ ,]{1,2}){1,5}")
DATELINE_AFTER = re.compile(r"\s?(?:[-–—]|\()")
LONGEST_CAPTION = 600
EVENT_BEFORE = re.compile(
    r"\b(?:in|on|since|from|during|(?:in|since)(?: the)? (?:early|late|mid)\W?)\s?$", re.IGNORECASE
)
SINCE_BEFORE = re.compile(r"\b(?:since|early|late|mid)\W$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A printed date with its year: its first and last day and the characters that say so."""

    first: date
    last: date
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    date: Dated
    archive: bool
    agency: bool


def infer_publication(text: str, captions: tuple[str, ...], dateline: str | None) -> Publication:
    """The publication date or its bounds as they follow from the text.

    Args:
        text: the body.
        captions: what stands under the pictures.
        dateline: the place line of the body; it holds no date.

    Returns:
        basis "inferred" with a day, two bounds or a lower bound, and the characters they rest on; else "unknown".
    """
    readings = read(text)
    past = list(_past_events(text, readings))
    posts = list(_posts(text, readings))
    credited = [
        paragraph for paragraph in text.split("\n\n") if len(paragraph) < LONGEST_CAPTION and CREDIT.search(paragraph)
    ]
    pictures = [picture for caption in (*captions, *credited) for picture in _pictures(caption)]
    if (filed := _filed(text, readings)) is not None:
        return _bounded(filed, 1, past)
    if posts:
        latest = max(posts, key=lambda post: post.first)
        return _bounded(latest, NEWS_DAYS, past)
    recent = max((p for p in pictures if not p.archive), key=lambda p: p.date.first, default=None)
    if recent is not None:
        same, others = _weekdays_named(text, readings, recent.date.first.isoweekday())
        if same:
            days = 0 if not others and _in_daytime(same) else WEEKDAY_DAYS
            return _bounded(recent.date, days, past, text[same[0].start : same[0].end])
        if recent.agency:
            return _bounded(recent.date, NEWS_DAYS, past)
    past += [picture.date for picture in pictures]
    return _named_day(text, readings, past) or _lower_bound(past)


def _past_events(text: str, readings: Iterable[Reading]) -> Iterator[Dated]:
    """Dates with their year at which something happened, by the preposition and the tense of the clause.

    A bare year counts only after "since", "early" or "late": "in 2020" is too often a plan told in the past tense.
    """
    for reading in readings:
        dated = _dated(text, reading)
        if dated is None or tense_at(text, reading.start, reading.end) != "past":
            continue
        before = text[max(0, reading.start - 20) : reading.start]
        whole_year = (dated.last - dated.first).days > 200
        if whole_year and reading.mod is None and not SINCE_BEFORE.search(before):
            continue
        if EVENT_BEFORE.search(before):
            yield dated


def _filed(text: str, readings: Sequence[Reading]) -> Dated | None:
    """The day in a dateline that opens the text."""
    dated = _dated(text, readings[0]) if readings else None
    if dated is None or dated.first != dated.last or readings[0].start > 80:
        return None
    opens = DATELINE_BEFORE.fullmatch(text, 0, readings[0].start) and DATELINE_AFTER.match(text, readings[0].end)
    return dated if opens else None


def _posts(text: str, readings: Iterable[Reading]) -> Iterator[Dated]:
    for reading in readings:
        dated = _dated(text, reading)
        if dated is not None and POST_BEFORE.search(text[max(0, reading.start - 80) : reading.start]):
            yield dated


def _pictures(caption: str) -> Iterator[Picture]:
    archive, agency = ARCHIVE.search(caption) is not None, AGENCY.search(caption) is not None
    for reading in read(caption):
        dated = _dated(caption, reading)
        if dated is not None and dated.first == dated.last:
            yield Picture(dated, archive, agency)


def _dated(text: str, reading: Reading) -> Dated | None:
    """The days of a reading that prints its year."""
    if not isinstance(reading.shape, Fixed) or reading.type not in ("DATE", "TIME"):
        return None
    span = span_of(reading.shape.value)
    if span.earliest is None or span.latest is None or not 1500 <= span.earliest.year < 2500:  # the age of print
        return None
    return Dated(span.earliest, span.latest, text[reading.start : reading.end])


def _named_day(text: str, readings: Iterable[Reading], past: Sequence[Dated]) -> Publication | None:
    """Bounds from a day that is named with its weekday and without its year, in the year of `past` or the next."""
    if not past:
        return None
    since = max(event.first for event in past)
    for reading in readings:
        shape = reading.shape
        if not isinstance(shape, Yearless) or shape.day is None or shape.weekday is None:
            continue
        years = [year for year in (since.year, since.year + 1) if is_day(year, shape.month, shape.day)]
        days = [date(year, shape.month, shape.day) for year in years]
        fitting = [day for day in days if day >= since and day.isoweekday() == shape.weekday]
        if len(fitting) != 1:
            continue
        words = text[reading.start : reading.end]
        month = timedelta(days=NEWS_DAYS)
        if tense_at(text, reading.start, reading.end) == "future":
            first, last = max(since, fitting[0] - month), fitting[0]
        else:
            first, last = fitting[0], fitting[0] + month
        return Publication(basis="inferred", earliest=first, latest=last, edtf=f"{first}/{last}", evidence=words)
    return None


def _weekdays_named(text: str, readings: Iterable[Reading], weekday: int) -> tuple[list[Reading], list[Reading]]:
    """Bare mentions of the weekday as a past day, and bare mentions of other weekdays."""
    same, others = [], []
    for reading in readings:
        if isinstance(reading.shape, Weekday) and reading.shape.turn == 0:
            if reading.shape.weekday != weekday:
                others.append(reading)
            elif tense_at(text, reading.start, reading.end) != "future":
                same.append(reading)
    return same, others


def _in_daytime(readings: Iterable[Reading]) -> bool:
    """Whether the day is named with its morning or afternoon: of a night the next day's report tells."""
    return all(isinstance(r.shape, Weekday) and r.shape.time in ("TMO", "TAF") for r in readings)


def _bounded(since: Dated, days: int, past: Sequence[Dated], also: str = "") -> Publication:
    """Publication on `since.first` or within so many days after it, if no event of the text is later than that."""
    until = since.first + timedelta(days=days)
    if any(event.first > until for event in past):
        return _lower_bound([*past, since])
    return Publication(
        basis="inferred",
        day=since.first if days == 0 else None,
        earliest=since.first,
        latest=until,
        edtf=f"{since.first}" if days == 0 else f"{since.first}/{until}",
        evidence=f"{since.text}; {also}" if also else since.text,
    )


def _lower_bound(past: Sequence[Dated]) -> Publication:
    """Publication after the latest of the events."""
    if not past:
        return Publication()
    last = max(past, key=lambda event: event.first)
    return Publication(basis="inferred", earliest=last.first, edtf=f"{last.first}/..", evidence=last.text)
