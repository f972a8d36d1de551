"""Stretches of text between quotation marks.

Marks are read paragraph by paragraph, because news style opens each paragraph of a long quotation anew and closes only
the last, and because a forgotten mark must not swallow the rest of the article.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.annotate.quotes.interviews import Turn, find_turns
from onrecord.knowledge.word_lists import one_of, with_meaning

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_DOUBLE = re.compile(r"[“”„«»\"]|``|''")
_SINGLE_OPEN = re.compile(r"(?<![\w’'.,)])[‘'](?=[^\W_]|\[|\.\.\.|…|\$)")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s‘'(])[’'](?![^\W_]|')")
# An apostrophe that stands for left-out letters at the start of a word, or for a century.
_ELISION = re.compile(r"[‘'](?:em|til|tis|twas|cause|n|bout|round|cos|s|\d\ds?)\b", re.IGNORECASE)
_INTRODUCES = re.compile(rf"\b(?:{one_of(with_meaning('before_block', 'saying_form'))})\b[^.!?:\n]{{0,100}}:[ \t]*\Z")
# A tweet as pages embed it: its words, a dash, who wrote it, the account and the day.
_TWEET = re.compile(
    r"[ \t]*[—–-]+[ \t]*[^\n()—]{2,60}?[ \t]*\(@\w{1,30}\)[ \t]*[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}[ \t]*\Z"
)
_SAID_BY = re.compile(
    r"[,?!] (?:he|she|they|(?:[A-Z][\w.’'-]{0,20} ){0,4}[A-Z][\w.’'-]{1,20})"
    r" (?:said|says|told|added|asked)\b"
)
_TWEET_LINK = re.compile(r"[ \t]*(?:https?://|pic\.twitter\.com/)\S+[ \t]*\Z")
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me)\b")
_BLOCK_REACH = 600  # characters of a paragraph in which its first person shows
_TWEET_REACH = 140  # characters
_SHORTEST_BLOCK = 5  # spaces in a paragraph that is quoted without marks
_SINGLE_REACH = 600  # characters: a longer stretch between single marks is nearly always two apostrophes
_EDGE = " \t\r\n\u00a0\u200b"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quoted words and their marks. `start`/`end` exclude the marks, `outer_start`/`outer_end` include them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    closed: bool
    single: bool


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs of a body, blank lines excluded."""
    return [match.span() for match in _PARAGRAPH.finditer(text) if not match[0].isspace()]


def find_stretches(text: str) -> tuple[Stretch, ...]:
    """Quoted stretches in text order, without those inside another and without empty ones.

    A paragraph without marks is one stretch if the paragraph before ends in words of speech and a colon, or in a colon
    where this one speaks in the first person; so are the words of an embedded tweet, and answers
    in an interview. An unclosed
    double mark runs to the end of its paragraph. Single marks count only outside double ones and only as a pair that
    cannot be two apostrophes.
    """
    found: list[Stretch] = []
    introduced = colon = False  # by the paragraph before
    paragraphs = paragraph_spans(text)
    turns = find_turns(text, paragraphs)
    for number, (start, end) in enumerate(paragraphs):
        if number in turns:
            introduced = colon = False
            found.extend(_answered(text, turns[number], number))
            continue
        tweet = _tweet(text, start, end, number)
        marked = [tweet] if tweet is not None else list(_in_paragraph(text, start, end, number))
        introduced = introduced or (
            colon and _FIRST_PERSON.search(text, start, min(end, start + _BLOCK_REACH)) is not None
        )
        if introduced and not marked and text.count(" ", start, end) >= _SHORTEST_BLOCK:
            marked = [Stretch(start, end, start, end, number, True, False)]
        found.extend(marked)
        colon = text[end - 1] == ":" and text.count(" ", start, end) >= _SHORTEST_BLOCK
        introduced = _INTRODUCES.search(text, max(start, end - 200), end) is not None
    return tuple(found)


def _answered(text: str, turn: Turn, number: int) -> Iterator[Stretch]:
    """An answer in an interview is a stretch as a whole, a question is none."""
    trimmed = _trim(text, turn.start, turn.end)
    if turn.is_answer and trimmed is not None:
        yield Stretch(*trimmed, *trimmed, number, True, False)


def _tweet(text: str, start: int, end: int, number: int) -> Stretch | None:
    """The words of an embedded tweet, without links at their end; its signature stays outside."""
    signature = _TWEET.search(text, max(start, end - _TWEET_REACH), end)
    if signature is None:
        return None
    stop = signature.start()
    while (link := _TWEET_LINK.search(text, max(start, stop - _TWEET_REACH), stop)) is not None:
        stop = link.start()
    trimmed = _trim(text, start, stop)
    return Stretch(*trimmed, start, signature.start(), number, True, False) if trimmed is not None else None


def find_inside(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    """Quoted stretches inside text[start:end], itself quoted and within one paragraph."""
    number = sum(begin < start for begin, _ in paragraph_spans(text)) - 1
    return tuple(_in_paragraph(text, start, end, max(number, 0)))


def _in_paragraph(text: str, start: int, end: int, number: int) -> Iterator[Stretch]:
    doubles = list(_DOUBLE.finditer(text, start, end))
    opens = [match.start() for match in _SINGLE_OPEN.finditer(text, start, end)]
    closes = [match.start() for match in _SINGLE_CLOSE.finditer(text, start, end)]
    at = 0
    reached = start
    for position in _merge(doubles, opens):
        if position < reached:
            continue
        while at < len(doubles) and doubles[at].start() < position:
            at += 1
        if at < len(doubles) and doubles[at].start() == position:
            mark = doubles[at]
            if not _opens(text, mark, start, end):
                continue
            inner = mark.end()
            closer = _closing(text, doubles, at + 1, end)
            stop, outer, closed = (closer.start(), closer.end(), True) if closer else (end, end, False)
            if closer and not _closes(text, closer, end):  # an opening mark where a closing one was due
                outer = stop
                closed = False
            cut = None if closed else _attributed(text, inner, stop)
            if cut is not None:  # a forgotten mark: the words end where the next ones say whose they are
                stop, outer, closed = cut, cut, True
            single = False
        else:
            single_close = _single_closing(text, position, closes, end)
            if single_close is None:
                continue
            inner, stop, outer, closed, single = position + 1, single_close, single_close + 1, True, True
        reached = outer
        trimmed = _trim(text, inner, stop)
        if trimmed is not None:
            yield Stretch(*trimmed, position, outer, number, closed, single)


def _attributed(text: str, start: int, stop: int) -> int | None:
    """Where ", Mayor Ann Cole told …" begins behind an opening mark that nothing closes."""
    said = _SAID_BY.search(text, start, stop)
    return said.start() + 1 if said is not None and text.count(" ", start, said.start()) >= 2 else None


def _merge(doubles: list[re.Match[str]], singles: list[int]) -> list[int]:
    return sorted([mark.start() for mark in doubles] + singles)


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Can a stretch begin here? A curly mark says so itself, unless it was typed the wrong way round."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if mark[0] in "“„«":
        return not (after in _EDGE and before not in _EDGE)
    if mark[0] in "”»":
        return before in _EDGE and after not in _EDGE
    return after not in _EDGE or before in _EDGE


def _closing(text: str, doubles: list[re.Match[str]], at: int, end: int) -> re.Match[str] | None:
    for index in range(at, len(doubles)):
        mark = doubles[index]
        before = text[mark.start() - 1]
        after = text[mark.end()] if mark.end() < end else " "
        if mark[0] in "”»":
            return mark
        if mark[0] in "“„«":
            if before not in _EDGE and not after.isalnum():
                return mark  # a closing mark typed the wrong way round
            continue
        return mark
    return None


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    if mark[0] in "”»“„«":
        return True
    before = text[mark.start() - 1]
    after = text[mark.end()] if mark.end() < end else " "
    return not (before in _EDGE and after not in _EDGE)


def _single_closing(text: str, position: int, closes: list[int], end: int) -> int | None:
    if _ELISION.match(text, position):
        return None
    possessive: int | None = None
    mark = "’" if text[position] == "‘" else "'"
    for index in range(bisect_left(closes, position + 2), len(closes)):
        close = closes[index]
        if close - position > _SINGLE_REACH:
            break
        if text[close] != mark:
            continue
        if text[close - 1] in "sS" and re.match(r"\s+[a-z]", text[close + 1 : min(close + 4, end)]):
            possessive = possessive or close
            continue
        return close
    return possessive


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if not any(character.isalnum() for character in text[start:end]):
        return None
    return start, end
