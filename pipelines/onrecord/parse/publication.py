"""When an article appeared, as it follows from an article that prints no date of its own.

World knowledge is not used: only days that the article prints count. The shares are those of 300 news articles.

* A dateline can hold the day it was filed ("NEW DELHI, June 23, 2020 —"), the day of publication or the one before.
* A post set into the text is signed with its day ("Name (@name) July 14, 2019"). Articles quote posts while they are
  new: of 69 articles with a post 67 appeared within 30 days of the latest one.
* A correction is made within days, and a text "published on" or true "as of" a day is not much younger.
* A picture's caption gives the day it was taken. If the article names the caption's weekday, a bare "Thursday" is one
  of the seven days up to publication. Else a picture with an agency's credit is a month old at most (20 of 24). A
  picture from the archive ("File Photo") counts in reports of the day, which name a bare weekday: with the days that
  the text names without their year it leads to the month in 10 of 11. Magazines print library pictures without
  saying so (right in 8 of 13): these bound the date from below only.
* "Thursday, Sept. 27" is in the first year with such a Thursday after the latest date that has a year.
* A past event in the text with its date bounds publication from below.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.document import Publication
from onrecord.parse.publication_marks import (
    CORRECTED_BEFORE,
    CORRECTION,
    CREDIT,
    CURRENT_BEFORE,
    UNCREDITED,
    Dated,
    Picture,
    dated_by,
    day_filed,
    day_marked,
    pictures_in,
    posts_in,
)
from onrecord.timex.calendar import is_day
from onrecord.timex.grammar import Reading, read
from onrecord.timex.shapes import Weekday, Yearless
from onrecord.timex.tense import tense_at

NEWS_DAYS = 30  # a post or an agency picture in a report is seldom older
CORRECTION_DAYS = 7
HALF_YEAR = 182  # days
LONGEST_MONTH = 31
WEEKDAY_DAYS = 6  # a bare weekday is today's or one of the six before
LONGEST_CAPTION = 600
EVENT_BEFORE = re.compile(
    r"\b(?:in|on|since|from|during|(?:in|since)(?: the)? (?:early|late|mid)\W?)\s?$", re.IGNORECASE
)
SINCE_BEFORE = re.compile(r"\b(?:since|early|late|mid)\W$", re.IGNORECASE)


def infer_publication(
    text: str, captions: tuple[str, ...], dateline: str | None, cut: Sequence[str] = ()
) -> Publication:
    """The publication date or its bounds as they follow from the text.

    Args:
        text: the body.
        captions: what stands under the pictures.
        dateline: the place line of the body; it holds no date.
        cut: the lines that stood with the article and are not body, readers' comments excepted.

    Returns:
        basis "inferred" with a day, two bounds or a lower bound, and the characters they rest on; else "unknown".
    """
    readings = read(text)
    past = list(_past_events(text, readings))
    posts = [*posts_in(text, readings), *(post for line in cut for post in posts_in(line, read(line)))]
    credited = [
        paragraph
        for paragraph in text.split("\n\n")
        if len(paragraph) < LONGEST_CAPTION and (CREDIT.search(paragraph) or UNCREDITED.search(paragraph))
    ]
    pictures = [picture for caption in (*captions, *credited) for picture in pictures_in(caption)]
    if (filed := day_filed(text, readings)) is not None:
        return _bounded(filed, 1, past)
    if posts:
        latest = max(posts, key=lambda post: post.first)
        return _bounded(latest, NEWS_DAYS, past, leeway=1)  # the day where the poster or the reader was
    marked = (day_marked(line, read(line), CORRECTED_BEFORE) for line in cut if CORRECTION.search(line))
    if (corrected := day_marked(text, readings, CORRECTED_BEFORE) or next(filter(None, marked), None)) is not None:
        return _until(corrected, past)
    if (current := day_marked(text, readings, CURRENT_BEFORE)) is not None:
        return _bounded(current, NEWS_DAYS, past)
    recent = max((p for p in pictures if not p.archive), key=lambda p: p.date.first, default=None)
    if recent is not None:
        same, others = _weekdays_named(text, readings, recent.date.first.isoweekday())
        if same:
            days = 0 if not others and _in_daytime(same) else WEEKDAY_DAYS
            return _bounded(recent.date, days, past, text[same[0].start : same[0].end])
        if recent.credited:
            return _bounded(recent.date, NEWS_DAYS, past)
    past += [picture.date for picture in pictures]
    archived = [picture for picture in pictures if picture.archive]
    if archived and (carried := _carried(text, readings, archived, past)) is not None:
        return carried
    return _named_day(text, readings, past) or _lower_bound(past)


def _past_events(text: str, readings: Iterable[Reading]) -> Iterator[Dated]:
    """Dates with their year at which something happened, by the preposition and the tense of the clause.

    A bare year counts only after "since", "early" or "late": "in 2020" is too often a plan told in the past tense.
    """
    for reading in readings:
        dated = dated_by(text, reading)
        if dated is None or tense_at(text, reading.start, reading.end) != "past":
            continue
        before = text[max(0, reading.start - 20) : reading.start]
        whole_year = (dated.last - dated.first).days > 200
        if whole_year and reading.mod is None and not SINCE_BEFORE.search(before):
            continue
        if EVENT_BEFORE.search(before):
            yield dated


def _until(by: Dated, past: Sequence[Dated]) -> Publication:
    """Publication on `by.first` or in the week before it: what is corrected has appeared, and not long ago."""
    if any(event.first > by.first for event in past):
        return _lower_bound(past)
    since = max(by.first - timedelta(days=CORRECTION_DAYS), *(event.first for event in past), date.min)
    edtf = f"{since}/{by.first}"
    return Publication(basis="inferred", earliest=since, latest=by.first, edtf=edtf, evidence=by.text)


def _carried(
    text: str, readings: Sequence[Reading], pictures: Sequence[Picture], past: Sequence[Dated]
) -> Publication | None:
    """Bounds from an archive picture, carried on to the latest past day that the text names without its year.

    Archive pictures of a report are seldom older than half a year, so such a day lies within that of the picture. A
    year named in the past after the picture's says that this one is older.
    """
    latest = max(pictures, key=lambda picture: picture.date.first).date
    if not any(isinstance(reading.shape, Weekday) and reading.shape.turn == 0 for reading in readings):
        return None
    since = latest
    for reading in readings:
        shape, words = reading.shape, text[reading.start : reading.end]
        tense = tense_at(text, reading.start, reading.end)
        if isinstance(shape, Yearless) and shape.day is not None and shape.shift is None and shape.turn == 0:
            if tense == "past" and (day := _nearest(latest.first, shape.month, shape.day)) and day > since.first:
                since = Dated(day, day, words)
        elif tense != "future" and (dated := dated_by(text, reading)) is not None:
            is_year = (dated.last - dated.first).days > LONGEST_MONTH
            if is_year and dated.first.year > since.first.year:
                return None
    found = _bounded(since, NEWS_DAYS, past, "" if since is latest else latest.text)
    return None if found.latest is None else found


def _nearest(day: date, month: int, number: int) -> date | None:
    """The `number`th of the month within half a year of `day`."""
    days = [date(year, month, number) for year in range(day.year - 1, day.year + 2) if is_day(year, month, number)]
    return next((found for found in days if abs((found - day).days) <= HALF_YEAR), None)


def _named_day(text: str, readings: Sequence[Reading], past: Sequence[Dated]) -> Publication | None:
    """Bounds from a day that is named with its weekday and without its year, the first such day after any date told.

    A day of the year falls on the same weekday again after five years or more.
    """
    told = [
        dated
        for reading in readings
        if tense_at(text, reading.start, reading.end) != "future" and (dated := dated_by(text, reading)) is not None
    ]
    told += past
    if not told:
        return None
    since = max(dated.first for dated in told)
    for reading in readings:
        shape = reading.shape
        if not isinstance(shape, Yearless) or shape.day is None or shape.weekday is None:
            continue
        years = [year for year in range(since.year, since.year + 5) if is_day(year, shape.month, shape.day)]
        days = [date(year, shape.month, shape.day) for year in years]
        fitting = [day for day in days if day >= since and day.isoweekday() == shape.weekday]
        if not fitting:
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


def _bounded(since: Dated, days: int, past: Sequence[Dated], also: str = "", leeway: int = 0) -> Publication:
    """Publication on `since.first` or within so many days after it, if no event of the text is later than that.

    leeway: days by which the bounds lie earlier.
    """
    since = replace(since, first=since.first - timedelta(days=leeway))
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
