"""Printed days that say when an article is of: datelines, signed posts, captions, corrections.

Each reads what the characters say and judges nothing; `publication` draws the conclusion.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.knowledge.word_lists import alternation, one_of, patterns, with_meaning
from onrecord.timex.calendar import span_of
from onrecord.timex.grammar import Expression, read
from onrecord.timex.shapes import Fixed

_POST_BEFORE = re.compile(r"\(@\w{1,30}\)(?: on)?\s{0,3}$|\bPosted by [^\n]{1,50} on $")
CORRECTED_BEFORE = re.compile(
    r"\b(?:[Cc]orrected by:? [^\n@]{1,40} @|(?:CORRECTION|CORRECTED|UPDATED?)(?: on)?[:,]?) $"
    r"|(?:^|[\n*] ?)Correction(?: on)?[:,] $"
)
CORRECTION = re.compile(r"\b(?:CORRECT(?:ED|ION)|UPDATE|Correction)")
_ISSUE_BEFORE = re.compile(r"\bin (?:the|our) $", re.IGNORECASE)
_ISSUE_AFTER = re.compile(r",? (?:print )?(?:issue|edition)\b")
CURRENT_BEFORE = re.compile(r"(?:\b[Pp]ublished on|(?:^|\n)As of|\b[Aa]ccessed(?: on)?) $")
_PRINTED_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
UNCREDITED = re.compile(  # the forms of agencies' captions, present tense: "in this March 7, 2016, photo"
    rf"\bIn this (?:\w+, )?{_PRINTED_DAY},? (?:photo|image|picture|frame)\b"
    rf"|^[^.!?]{{20,}} on {_PRINTED_DAY} in [A-Z][\w ]{{2,30}}(?:, [A-Z][\w ]{{2,30}})?\.?$"
    rf"|^[^!?]{{20,}} (?:in|at|on) [^.!?]{{3,60}}, (?:\w+day, )?{_PRINTED_DAY}\.?$"
)
WEEKDAY_FIRST = re.compile(rf"(?:{alternation('weekday')})\b")
_ARCHIVE = re.compile(r"\bfile\b|\barchive|\bundated\b", re.IGNORECASE)
_AGENCIES = one_of(with_meaning("lead", "photo_agency"))
CREDIT = re.compile(
    rf"\b(?:(?:{one_of(with_meaning('before_slash', 'photo_agency'))})/"
    rf"|(?:{_AGENCIES}|{one_of(with_meaning('photo', 'credited_outlet'))}) ?(?:Photo|Images|photo)\b"
    rf"|Photo(?:graph)?(?: by|:))|/(?:{one_of(with_meaning('behind_slash', 'photo_agency'))})\b"
    rf"|^(?:[A-Z][\w.'’-]{{1,20}} ){{1,3}}[A-Z][\w.'’-]{{1,20}}/(?:Staff|{_AGENCIES}) "
)
_ALBUM = re.compile(patterns("album_phrase"))
_DATELINE_BEFORE = re.compile(r"(?:[A-Z][\w.]{0,20}[ ,]{1,2}){1,5}")
_LONGEST_DATELINE = 80  # characters
_DATELINE_AFTER = re.compile(r"\s?(?:[-–—]|\()")


@dataclass(frozen=True, slots=True)
class Dated:
    """A printed date with its year: its first and last day and the characters that say so."""

    first: date
    last: date
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A dated caption. archive: it says that the picture is not of the news; credited: it has an agency's form."""

    date: Dated
    archive: bool
    credited: bool


def dated_by(text: str, expression: Expression) -> Dated | None:
    """The days of an expression that prints its year."""
    if not isinstance(expression.shape, Fixed) or expression.type not in ("DATE", "TIME"):
        return None
    span = span_of(expression.shape.value)
    if span.earliest is None or span.latest is None or not 1500 <= span.earliest.year < 2500:  # the age of print
        return None
    return Dated(span.earliest, span.latest, text[expression.start : expression.end])


def day_filed(text: str, expressions: Sequence[Expression]) -> Dated | None:
    """The day in a dateline that opens the text."""
    dated = dated_by(text, expressions[0]) if expressions else None
    if dated is None or dated.first != dated.last:
        return None
    return dated if is_in_dateline(text, expressions[0]) else None


def is_in_dateline(text: str, expression: Expression) -> bool:
    """Whether an expression stands in the dateline that opens the text: "NEW DELHI, June 23, 2020 —"."""
    if expression.start > _LONGEST_DATELINE or not _DATELINE_BEFORE.fullmatch(text, 0, expression.start):
        return False
    return _DATELINE_AFTER.match(text, expression.end) is not None


def day_marked(text: str, expressions: Iterable[Expression], mark: re.Pattern[str]) -> Dated | None:
    """The latest day that follows a mark: of a correction, of first publication."""
    days = [
        dated
        for expression in expressions
        if (dated := dated_by(text, expression)) is not None
        and dated.first == dated.last
        and mark.search(text[max(0, expression.start - 80) : expression.start])
    ]
    return max(days, key=lambda day: day.first, default=None)


def issue_named(text: str, expressions: Iterable[Expression]) -> Dated | None:
    """The day of the issue that the article says it is from: "appears in the May 2, 2016 issue"."""
    for expression in expressions:
        is_issue = _ISSUE_BEFORE.search(text[max(0, expression.start - 10) : expression.start])
        if is_issue and _ISSUE_AFTER.match(text, expression.end) and (dated := dated_by(text, expression)) is not None:
            return dated if dated.first == dated.last else None
    return None


def posts_in(text: str, expressions: Iterable[Expression]) -> Iterator[Dated]:
    """The days with which quoted posts are signed."""
    for expression in expressions:
        dated = dated_by(text, expression)
        if dated is not None and _POST_BEFORE.search(text[max(0, expression.start - 80) : expression.start]):
            yield dated


def pictures_in(caption: str) -> Iterator[Picture]:
    """The days that a caption prints. None for an album: it grows after its article."""
    if _ALBUM.search(caption):
        return
    credited = CREDIT.search(caption) is not None or UNCREDITED.search(caption) is not None
    archive = _ARCHIVE.search(caption) is not None
    for expression in read(caption):
        dated = dated_by(caption, expression)
        if dated is not None and dated.first == dated.last:
            is_news = WEEKDAY_FIRST.match(dated.text) is not None  # "said Wednesday, Oct. 30, 2019": why it is shown
            yield Picture(dated, archive and not is_news, credited or is_news)
