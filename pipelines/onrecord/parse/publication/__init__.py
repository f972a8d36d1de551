"""When an article appeared, as it follows from an article that prints no date of its own.

World knowledge is not guessed: only days that the article prints count, the days of scheduled public events that it
names, and the terms of office of those whom it names by their office. Terms alone date nothing: they complete what the
printed days say. The shares are those of 2,900 news articles.

* A dateline can hold the day it was filed ("NEW DELHI, June 23, 2020 —"), the day of publication or the one before.
* A post set into the text is signed with its day ("Name (@name) July 14, 2019"). Articles quote posts while they are
  new: 96 in 100 appeared within 30 days of the latest one. Essays quote older ones: of a text longer than 16,000
  characters 5 in 8 did, and all within a year.
* A correction is made within days, a text "published on" or true "as of" a day is not much younger, and a magazine's
  issue is dated within two weeks of its articles.
* A picture's caption gives the day it was taken. If the article names the caption's weekday, a bare "Thursday" is one
  of the seven days up to publication (93 in 100). Else a picture with an agency's credit is a month old at most (87 in
  100 where the text names weekdays; 77 in essays that name none, 8 of 8 among articles that nobody opened). One without
  a credit counts in a text that says "yesterday" or "last week" (86 in 100). Pictures of the archive ("File Photo") are
  a month old at most in reports of the day, which name three weekdays or more (12 of 13), else they only bound from
  below. None of them counts if the text tells of something later (`is_outdated`), and no album's: albums grow after
  their article.
* "Thursday, Sept. 27" is in the first year with such a Thursday after the latest date that has a year, or in the only
  one within the terms of office; somebody's term must confirm the year (with one 7 of 7 were right, without 0 of 2).
* A scheduled event that the article places by its own day, "Tuesday's New Hampshire primary", dates it (98 in 100).
  One that it places in last year, this year or next, "the summit in Singapore in June last year", gives the year.
* A past event in the text with its date bounds publication from below; so does a "last year" that is told after it.
* What "will" happen by a date with its year bounds it from above (97 in 100).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from onrecord.document import Publication
from onrecord.parse.publication.bounds import (
    NEWS_DAYS,
    between,
    bounded,
    due_dates,
    past_events,
    told_before_last_year,
    week_before,
)
from onrecord.parse.publication.events import Events, event_day, event_years
from onrecord.parse.publication.marks import (
    CORRECTED_BEFORE,
    CORRECTION,
    CREDIT,
    CURRENT_BEFORE,
    UNCREDITED,
    WEEKDAY_FIRST,
    Dated,
    Picture,
    day_filed,
    day_marked,
    issue_named,
    pictures_in,
    posts_in,
)
from onrecord.parse.publication.named_days import named_day
from onrecord.parse.publication.offices import InOffice, Terms, in_office
from onrecord.parse.publication.outdated import is_outdated, nearest, tense_told
from onrecord.timex.grammar import Expression, read
from onrecord.timex.shapes import Shift, Weekday, Yearless
from onrecord.timex.tense import tense_at

_ISSUE_DAYS = 14
_YEAR_DAYS = 365
_REPORT_WEEKDAYS = 3  # bare weekdays that a report of the day names at least
_CARRIED_DAYS = 60
_WEEKDAY_DAYS = 6  # a bare weekday is today's or one of the six before
_LONGEST_CAPTION = 600
_LONG_TEXT = 16_000  # characters; a report has some 5,000


def infer_publication(
    text: str,
    captions: tuple[str, ...],
    dateline: str | None,
    cut: Sequence[str] = (),
    terms: Terms | None = None,
    events: Events = (),
) -> Publication:
    """The publication date or its bounds as they follow from the text.

    Args:
        text: the body.
        captions: what stands under the pictures.
        dateline: the place line of the body; it holds no date.
        cut: the lines that stood with the article and are not body, readers' comments excepted.
        terms: the terms of office that are known; None: none.
        events: the scheduled events that are known.

    Returns:
        basis "inferred" with a day or one or two bounds, and the characters they rest on; else "unknown".
    """
    expressions = read(text)
    offices = in_office(text, terms) if terms else InOffice()
    begun = [offices.since] if offices.since else []
    years = event_years(text, expressions, events)
    begins, ends = (
        [replace(year, last=year.first) for year in years],
        [replace(year, first=year.last) for year in years],
    )
    past = [*past_events(text, expressions), *told_before_last_year(text, expressions), *begins]
    off = [(line, read(line)) for line in cut]
    pictures = _pictures(text, captions)
    if (filed := day_filed(text, expressions)) is not None:
        return replace(bounded(filed, 1, past), rule="dateline")
    if (marked := _marked(text, expressions, off, past)) is not None:
        return marked
    shown = [*past, *(picture.date for picture in pictures)]
    due = [*due_dates(text, expressions), *ends]
    ended = [offices.until] if offices.until else []
    placed = event_day(text, expressions, [*shown, *begun], [*due, *ended], events)
    if placed is not None:
        placed = replace(placed, rule="event")
    if (found := placed or _shown(text, expressions, off, pictures, [*past, *begun])) is not None:
        return found
    past = shown
    named = _newest_named(text, expressions, past, offices)
    if named is not None:
        named = replace(named, rule="named_day")
    narrow = _carried(text, expressions, pictures, [*past, *begun]) or named
    wide = between([*past, *begun], [*due, *ended]) if past or due else Publication()
    return narrow or (wide if wide == Publication() else replace(wide, rule="bounds"))


def _pictures(text: str, captions: tuple[str, ...]) -> list[Picture]:
    """The dated pictures of the captions, and of the paragraphs that a picture's credit tells to be captions."""
    credited = [
        paragraph
        for paragraph in text.split("\n\n")
        if len(paragraph) < _LONGEST_CAPTION and (CREDIT.search(paragraph) or UNCREDITED.search(paragraph))
    ]
    return [picture for caption in (*captions, *credited) for picture in pictures_in(caption)]


def _newest_named(
    text: str, expressions: Sequence[Expression], past: Sequence[Dated], offices: InOffice
) -> Publication | None:
    """Bounds from a day named with its weekday, unless the text goes on from it to later ones."""
    named = named_day(text, expressions, past, offices)
    is_old = named is not None and named.earliest is not None and is_outdated(text, expressions, named.earliest)
    return None if is_old else named


def _marked(
    text: str, expressions: Sequence[Expression], off: Sequence[tuple[str, Sequence[Expression]]], past: Sequence[Dated]
) -> Publication | None:
    """Bounds from what the article says of itself: a correction's day, the issue or the day of first publication."""
    marked = (day_marked(line, found, CORRECTED_BEFORE) for line, found in off if CORRECTION.search(line))
    if (corrected := day_marked(text, expressions, CORRECTED_BEFORE) or next(filter(None, marked), None)) is not None:
        return replace(week_before(corrected, past), rule="correction")
    issues = (issue_named(line, found) for line, found in [(text, expressions), *off])
    if (issue := next(filter(None, issues), None)) is not None:
        return replace(bounded(issue, NEWS_DAYS, past, leeway=_ISSUE_DAYS), rule="issue")
    return None


def _shown(
    text: str,
    expressions: Sequence[Expression],
    off: Sequence[tuple[str, Sequence[Expression]]],
    pictures: Sequence[Picture],
    past: Sequence[Dated],
) -> Publication | None:
    """Bounds from the latest post or picture of the news."""
    posts = [post for line, found in [(text, expressions), *off] for post in posts_in(line, found)]
    recent = max((p for p in pictures if not p.archive), key=lambda p: p.date.first, default=None)
    if posts:
        latest = max(posts, key=lambda post: post.first)
        if recent is None or not recent.credited or recent.date.first <= latest.first:
            is_essay = len(text) > _LONG_TEXT
            found = bounded(latest, _YEAR_DAYS if is_essay else NEWS_DAYS, past, leeway=1)  # another zone's day
            return replace(found, rule="post_in_essay" if is_essay else "post")
    if (current := day_marked(text, expressions, CURRENT_BEFORE)) is not None:
        return replace(bounded(current, NEWS_DAYS, past), rule="as_of")
    return None if recent is None else _pictured(text, expressions, recent, past)


def _pictured(
    text: str, expressions: Sequence[Expression], recent: Picture, past: Sequence[Dated]
) -> Publication | None:
    """Bounds from the latest picture that is not of the archive."""
    is_of_event = WEEKDAY_FIRST.match(recent.date.text)  # a library does not tell the weekday
    outdated = not is_of_event and is_outdated(text, expressions, recent.date.first)
    same, others = _weekdays_named(text, expressions, recent.date.first.isoweekday())
    if same and not outdated:
        days = 0 if not others and _in_daytime(same) else _WEEKDAY_DAYS
        return replace(bounded(recent.date, days, past, text[same[0].start : same[0].end]), rule="picture_of_day")
    if (same and recent.credited) or (not outdated and (recent.credited or _is_of_the_week(expressions))):
        is_of_report = same or others  # weekdays are named
        rule = "picture_of_week" if not recent.credited else "picture" if is_of_report else "picture_of_essay"
        return replace(bounded(recent.date, NEWS_DAYS, past), rule=rule)
    return None


def _is_of_the_week(expressions: Iterable[Expression]) -> bool:
    """Whether the text counts days or weeks from its own day: yesterday, last week, three days ago."""
    return any(
        isinstance(expression.shape, Shift)
        and expression.shape.base == "publication"
        and (expression.shape.unit in ("D", "W", "WE") or (expression.shape.unit, expression.shape.count) == ("M", 0))
        and (expression.shape.unit, expression.shape.count, expression.shape.time)
        != ("D", 0, "")  # "today": these days
        for expression in expressions
    )


def _carried(
    text: str, expressions: Sequence[Expression], pictures: Sequence[Picture], past: Sequence[Dated]
) -> Publication | None:
    """Bounds from an archive picture, carried on to the latest past day that the text names without its year."""
    latest = max((p.date for p in pictures if p.archive), key=lambda day: day.first, default=None)
    named = sum(isinstance(r.shape, Weekday) and r.shape.turn == 0 for r in expressions)
    if latest is None or named < _REPORT_WEEKDAYS:
        return None
    since = latest
    for expression in expressions:
        shape = expression.shape
        if isinstance(shape, Yearless) and shape.day is not None and shape.shift is None and shape.turn == 0:
            day = nearest(latest.first, shape.month, shape.day)
            is_near = day is not None and since.first < day <= latest.first + timedelta(days=_CARRIED_DAYS)
            if day and is_near and tense_told(text, expression) == "past":
                since = Dated(day, day, text[expression.start : expression.end])
    if is_outdated(text, expressions, since.first):
        return None
    found = bounded(since, NEWS_DAYS, past, "" if since is latest else latest.text)
    return None if found.latest is None else replace(found, rule="archive_picture")


def _weekdays_named(
    text: str, expressions: Iterable[Expression], weekday: int
) -> tuple[list[Expression], list[Expression]]:
    """Bare mentions of the weekday as a past day, and bare mentions of other weekdays."""
    same, others = [], []
    for expression in expressions:
        if isinstance(expression.shape, Weekday) and expression.shape.turn == 0:
            if expression.shape.weekday != weekday:
                others.append(expression)
            elif tense_at(text, expression) != "future":
                same.append(expression)
    return same, others


def _in_daytime(expressions: Iterable[Expression]) -> bool:
    """Whether the day is named with its morning or afternoon: of a night the next day's report tells."""
    return all(isinstance(r.shape, Weekday) and r.shape.time in ("TMO", "TAF") for r in expressions)
