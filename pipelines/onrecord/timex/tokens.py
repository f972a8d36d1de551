"""A text as a string of kinds: one character for each word that can belong to a temporal expression.

Rules are regular expressions over that string, so they see "September 27, 2018" as MONTH DAY COMMA YEAR. Words that
no rule knows, the marks between sentences and the end of a paragraph become GAP; a run of them is one.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from onrecord.knowledge.word_lists import alternation
from onrecord.timex.lexicon import BEFORE_YEARS, GROUPS, WORDS, Meaning

_SCANNED_KINDS = (
    "GAP", "ISO", "SLASHED", "CLOCK", "YEAR", "DAY", "NUM", "FRACTION", "DECADENUM", "APOSYEAR",
    "ORDDAY", "QUARTERNUM", "SLASH", "HYPH", "DASH", "COMMA", "POSS",
)  # fmt: skip
CHAR: Final = {kind: chr(0xE000 + n) for n, kind in enumerate((*_SCANNED_KINDS, *GROUPS))}  # private-use characters

# Possessive quantifiers and the catch-all \w++ keep the scan linear on any input.
_TOKEN = re.compile(
    r"(?P<plain>[^\W\d_]++(?![\w.'’\-–]))"  # most words: nothing below can be one of them
    r"|(?P<ISO>[0-9]{4}-[0-9][0-9]-[0-9][0-9](?![\w-]))"
    r"|(?P<SLASHED>[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9][0-9])(?![\w/])"
    r"|[0-9]{4}/[0-9][0-9]/[0-9][0-9](?![\w/])|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![\w/]))"
    r"|(?P<CLOCK>[0-9]{1,2}:[0-9][0-9](?::[0-9][0-9])?(?![0-9])|[0-9]{1,2}\.[0-5][0-9](?=\s?[ap]\.?m\b))"
    r"|(?P<money>[$£€#]\s?[0-9][0-9,.]*+)"
    r"|(?P<DECADENUM>['’]?[0-9]{2}(?:[0-9][0-9])?['’]?s\b)"
    r"|(?P<APOSYEAR>['’][0-9][0-9](?![\w,]))"
    r"|(?P<ORDDAY>[0-9]{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<FRACTION>[0-9]/[0-9](?![\w/]))"
    r"|(?P<number>[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?(?!\w|\s?%)|[0-9]{1,2}(?=[ap]\.?m\b))"
    r"|(?P<AMPM>[ap]\.m\b\.?|[ap]m\b)"
    r"|(?P<QUARTERNUM>Q[1-4]\b)"
    rf"|(?P<label>(?!(?:{BEFORE_YEARS}|{alternation('month', 'month_short')})[a-z]{{0,6}}-)"
    r"[A-Z][A-Za-z]{0,30}+-?[0-9][\w-]*+)"
    r"|(?P<ERA>b\.c\.(?:e\.)?)"
    rf"|(?P<abbreviation>(?:{alternation('month_short', 'weekday_short')})\.)"
    r"|(?P<word>[^\W\d_]++(?!\w))"
    r"|(?P<POSS>['’]s\b)"
    r"|(?P<COMMA>,)|(?P<SLASH>/)|(?P<HYPH>[-–—‑])"
    r"|(?P<junk>\w++|[^\w\s]|\n[^\S\n]*+\n\s*+)",
    re.IGNORECASE,
)
# A word that an editor has set into a quotation belongs to its neighbours: "[Ten] years ago", "last [week]".
_BRACKETED = re.compile(r"\[(?:\w{1,12}+)\]")
# Kinds that surround temporal words and are none themselves: a stretch of these alone is no expression.
_UNDATED = frozenset((
    "HYPH", "DASH", "SLASH", "COMMA", "POSS", "NUM", "DAY", "FRACTION", "NUMWORD", "HUNDRED", "ORD", "FEW", "COUPLE",
    "ART", "THE", "THIS", "THESE", "THAT", "SAME", "FOLLOWING", "COMING", "LAST", "NEXT", "PREVIOUS", "RECENT",
    "EARLY", "LATE", "MID", "LATER", "EARLIER", "BEGINNING", "MIDDLE", "END", "OF", "IN", "AT", "TO", "AND",
    "EVERY", "PER", "OTHER", "ABOUT", "NEARLY", "OVER", "MORE", "LESS", "THAN", "LEAST", "MOST", "UP", "ONLY",
    "ANOTHER", "SINGLE", "ADJECTIVE", "LONG", "LOCAL", "TIME", "NEW", "EVE", "HALF", "ZONE", "HOLY", "AFTERWARDS",
))  # fmt: skip
# Names: in lower case "may", "march", "sat" and "sun" are other words.
_CASED = frozenset(("MONTH", "WEEKDAY", "WEEKDAYS", "WDABBR", "HOLIDAY", "FEAST", "HOLY", "NEW", "EVE"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a known kind. `meaning` is what the lexicon gives, or the number read."""

    start: int
    end: int
    kind: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text and, in parallel, their kinds as one string."""

    items: tuple[Token, ...]
    kinds: str


def tokenize(text: str) -> Tokens:
    """The kinds of `text` in order. Offsets are those of `text`."""
    items: list[Token] = []
    stretch: list[Token] = []  # the tokens since the last gap
    closes = -1  # where the bracket around the present word closes
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "plain":
            if (known := WORDS.get(found[0].lower())) is None:
                if stretch:
                    items += _temporal(stretch)
                    stretch = []
                continue
            token = _word(found, known)
        elif found[0] == "[" and (bracketed := _BRACKETED.match(text, found.start())):
            closes = bracketed.end() - 1
            continue
        elif found.start() == closes:
            continue
        else:
            token = _token(text, found)
        if token is not None and token.kind == "FOLLOWING" and not (stretch and stretch[-1].kind == "THE"):
            token = None  # the preposition
        if token is not None:
            is_bracketed = found.end() == closes
            stretch.append(replace(token, start=token.start - 1, end=token.end + 1) if is_bracketed else token)
        elif stretch:
            items += _temporal(stretch)
            stretch = []
    items += _temporal(stretch)
    return Tokens(tuple(items), "".join(CHAR[token.kind] for token in items))


def _temporal(stretch: list[Token]) -> list[Token]:
    """The stretch, closed by a gap, or nothing if it cannot hold an expression."""
    joined = _join_numbers(stretch)
    if all(token.kind in _UNDATED for token in joined):
        return []
    return [*joined, Token(joined[-1].end, joined[-1].end, "GAP", None)]


def _word(found: re.Match[str], known: tuple[str, Meaning]) -> Token | None:
    """The token of a word of the lexicon, None for a name in lower case."""
    kind, meaning = known
    return None if kind in _CASED and not found[0][0].isupper() else Token(found.start(), found.end(), kind, meaning)


def _token(text: str, found: re.Match[str]) -> Token | None:
    """The token of a match, None for words and marks that no expression holds."""
    group = found.lastgroup or "junk"
    start, end = found.span()
    if group in ("word", "abbreviation"):
        known = WORDS.get(found[0].lower().rstrip("."))
        return None if known is None else _word(found, known)
    if group == "number":
        return _number(found[0], start, end)
    if group == "ORDDAY":
        return Token(start, end, "ORDDAY", int(found[0][:-2]))
    if group in ("money", "label", "junk"):
        return None
    if group == "HYPH" and text[start - 1 : start].isspace() and text[end : end + 1].isspace():
        return Token(start, end, "DASH", None)
    return Token(start, end, group, found[0])


def _number(digits: str, start: int, end: int) -> Token:
    if "." in digits or len(digits) > 12:
        return Token(start, end, "NUM", float(digits.replace(",", "")[:18]))
    value = int(digits.replace(",", ""))
    if len(digits) == 4 and "," not in digits and 1000 <= value < 2200:
        return Token(start, end, "YEAR", value)
    return Token(start, end, "DAY" if len(digits) <= 2 and 1 <= value <= 31 else "NUM", value)


def _join_numbers(items: list[Token]) -> list[Token]:
    """Numbers written in several words as one: twenty-four, two hundred, nineteen ninety-six, two thousand five."""
    joined: list[Token] = []
    at = 0
    while at < len(items):
        token = items[at]
        if token.kind not in ("NUMWORD", "HUNDRED") or not isinstance(token.meaning, int):
            joined.append(token)
            at += 1
            continue
        values, last = [token.meaning], at
        step = at + 1
        while step < len(items) and step - at < 8:
            if items[step].kind == "HYPH" and step + 1 < len(items) and items[step + 1].kind == "NUMWORD":
                step += 1
            value = items[step].meaning
            if items[step].kind not in ("NUMWORD", "HUNDRED") or not isinstance(value, int):
                break
            values.append(value)
            last = step
            step += 1
        if values == [values[0]] and values[0] >= 20 and [t.kind for t in items[at + 1 : at + 3]] == ["HYPH", "ORD"]:
            ordinal = items[at + 2]  # twenty-first
            joined.append(Token(token.start, ordinal.end, "ORD", values[0] + int(ordinal.meaning or 0)))
            at += 3
            continue
        start = token.start
        if token.kind == "HUNDRED" and joined and joined[-1].kind == "ART":  # a hundred
            start = joined.pop().start
        joined.append(_word_number(values, start, items[last].end))
        at = last + 1
    return joined


def _word_number(values: list[int], start: int, end: int) -> Token:
    if len(values) > 1 and values[0] in (18, 19, 20) and 10 <= values[1] < 100:  # nineteen ninety-six
        return Token(start, end, "YEAR", values[0] * 100 + sum(values[1:]))
    total = part = 0
    for value in values:
        if value >= 100:
            part = max(part, 1) * value
            if value == 1000:
                total, part = total + part, 0
        else:
            part += value
    total += part
    return Token(start, end, "YEAR" if 2000 <= total < 2100 else "NUMWORD", total)
