"""Headlines: which line can be one, and whether two lines are wordings of the same."""

import re
from collections.abc import Sequence

from onrecord.knowledge.word_lists import alternation, patterns
from onrecord.parse.head.bylines import SPLIT_NAMES, is_person, read_author_note, read_byline, read_name_line, to_outlet
from onrecord.parse.head.dateline import read_dateline
from onrecord.parse.head.dates import read_date_line
from onrecord.parse.lines import Line

TITLE_LIMIT = 220
TITLE_WORDS = 32
ENDS_SENTENCE = re.compile(r"[.;,][\"”'’)\]]*$")
ABBREVIATED = re.compile(
    r"(?:\b[A-Z]\.|\b(?:etc|D\.C|a\.m|p\.m|"
    + alternation("title_short", "honorific_short", "abbreviation", "name_suffix", "legal_form_short")
    + r"))\.?[\"”'’)\]]*$|\.{3}$"
)
SENTENCES = re.compile(r"[a-z0-9)][.!?][\"”’']* [(\"“‘]?[A-Z]\w+")
WHOLLY_QUOTED = re.compile(r"[“\"][^“”\"]+[.!?,]?[”\"]")
# Lines at the top that are no headline: labels, credits, mottos with their author, posts, speech.
NO_TITLE = re.compile(
    rf"(?:read|related|see also|more): .*|(?:{patterns('transcript_phrase')}).*|{patterns('no_title_phrase')}|"
    r".*\bselect date\b.*|\([^()]*\)|[\w.'’ -]{3,40} / [\w.'’ -]{2,40}|.*\(@\w{1,30}\).*|"
    r"[“\"].*[”\"] {0,2}[-–—]{1,2} {0,2}[\w.'’ -]{3,40}",
    re.I,
)
SPEECH = re.compile(r"\w, [“\"][A-Z]")
LONG_SENTENCE = 15  # words
SHORT_SENTENCES = 12  # words in a headline of two sentences
REPORTS = re.compile(rf"\b(?:said|told|announced|{alternation('weekday')})\b")
TITLE_TAIL = 30  # letters


def is_title(lines: Sequence[Line], at: int, text: str) -> bool:
    """Whether a line can be the headline: short, no sentence end, and followed by more text."""
    if len(text) > TITLE_LIMIT or len(text.split()) > TITLE_WORDS or at + 1 >= len(lines):
        return False
    after = lines[at + 1]
    if same_title(after.text, text) and not (ENDS_SENTENCE.search(text) and len(text.split()) > 20):
        return True
    words = len(text.split())
    if (
        read_dateline(text)
        or WHOLLY_QUOTED.fullmatch(text)
        or NO_TITLE.fullmatch(text)
        or text.endswith(":")
        or not re.search(r"[^\W\d_]{3}", text)
        or (words > LONG_SENTENCE and (SPEECH.search(text) or text.endswith("?")))
        or read_author_note(text)
    ):
        return False
    has_byline = bool(read_byline(after.text) or read_date_line(after.text))
    if _is_names(text) and not has_byline:
        return False  # the author's name, whatever stands below it
    if ENDS_SENTENCE.search(text) and not ABBREVIATED.search(text):
        below = after.text
        is_short = len(text.split()) <= 20 and not REPORTS.search(text)
        return is_short and bool(
            (SENTENCES.search(text) and words <= SHORT_SENTENCES)
            or is_title_case(text)
            or has_byline
            or read_name_line(below)
        )
    return after.gap or has_byline or len(text) < 120


def _is_names(text: str) -> bool:
    """Whether a line is names of persons, perhaps with an outlet, and nothing else."""
    pieces = [piece for piece in SPLIT_NAMES.split(text) if piece]
    return bool(pieces) and is_person(pieces[0]) and all(is_person(piece) or to_outlet(piece) for piece in pieces)


def without_site(text: str) -> tuple[str, str | None]:
    """A headline without the name of the site that a page title carries at its end, and that name."""
    title, _, site = text.rpartition(" | " if " | " in text else " - ")
    return (title, to_outlet(site)) if len(title.split()) > 2 and to_outlet(site) else (text, None)


def is_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’]*", text) if len(word) > 3]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def overlap(text: str, other: str) -> float:
    """Share of the words of the longer text that both have."""
    one, two = (set(re.findall(r"\w+", each.casefold())) for each in (text, other))
    return len(one & two) / max(len(one), len(two), 1)


def same_title(text: str, title: str) -> bool:
    """Whether a line repeats a headline: the same letters, or with a short tail such as ` - CNN.com` more or less."""
    if abs(len(text) - len(title)) > TITLE_TAIL + 10:
        return False
    short, long = sorted((_letters(text), _letters(title)), key=len)
    return bool(short) and (
        short == long or (len(short) >= 20 and long.startswith(short) and len(long) - len(short) <= TITLE_TAIL)
    )


def ends_with(text: str, title: str) -> bool:
    """Whether a line is a caption that the headline is glued to."""
    letters, tail = _letters(text[-400:]), _letters(title)
    return len(tail) >= 20 and len(letters) > len(tail) and letters.endswith(tail)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
