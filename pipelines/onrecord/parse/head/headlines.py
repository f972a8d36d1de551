"""Headlines: which line can be one, and whether two lines are wordings of the same."""

import re
from collections.abc import Sequence

from onrecord.knowledge.word_lists import alternation, patterns
from onrecord.parse.head.bylines import SPLIT_NAMES, is_person, read_author_note, read_byline, read_name_line, to_outlet
from onrecord.parse.head.dateline import read_dateline
from onrecord.parse.head.dates import read_date_line
from onrecord.parse.lines import Line

_TITLE_LIMIT = 220
_TITLE_WORDS = 32
_LONGEST_SECOND = 90  # characters in the second line of a headline
# Words that no headline ends with.
_LEADS_ON = {
    "a",
    "an",
    "the",
    "of",
    "to",
    "in",
    "on",
    "for",
    "and",
    "with",
    "from",
    "by",
    "at",
    "as",
    "or",
    "into",
    "its",
}
_TITLE_SENTENCE = 20  # words in a headline that ends with a full stop
_TITLE_BEFORE_BODY = 120  # characters in a headline right above a paragraph
_HAS_WORD = re.compile(r"[^\W\d_]{3}")
_ENDS_SENTENCE = re.compile(r"[.;,][\"”'’)\]]*$")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]\.|\b(?:etc|D\.C|a\.m|p\.m|"
    + alternation("title_short", "honorific_short", "abbreviation", "name_suffix", "legal_form_short")
    + r"))\.?[\"”'’)\]]*$|\.{3}$"
)
SENTENCES = re.compile(r"[a-z0-9)][.!?][\"”’']* [(\"“‘]?[A-Z]\w+")
_WHOLLY_QUOTED = re.compile(r"[“\"][^“”\"]+[.!?,]?[”\"]")
# Lines at the top that are no headline: labels, credits, mottos with their author, posts, speech.
_NO_TITLE = re.compile(
    rf"(?:read|related|see also|more): .*|(?:{patterns('transcript_phrase')}).*|{patterns('no_title_phrase')}|"
    r".*\bselect date\b.*|\([^()]*\)|[\w.'’ -]{3,40} / [\w.'’ -]{2,40}|.*\(@\w{1,30}\).*|"
    r"[“\"].*[”\"] {0,2}[-–—]{1,2} {0,2}[\w.'’ -]{3,40}",
    re.I,
)
_SPEECH = re.compile(r"\w, [“\"][A-Z]")
_LONG_SENTENCE = 15  # words
_SHORT_SENTENCES = 12  # words in a headline of two sentences
_REPORTS = re.compile(rf"\b(?:said|told|announced|{alternation('weekday')})\b")
_TITLE_TAIL = 30  # letters


def is_title(lines: Sequence[Line], at: int, text: str) -> bool:
    """Whether a line can be the headline: short, no sentence end, and followed by more text."""
    if len(text) > _TITLE_LIMIT or at + 1 >= len(lines) or (words := len(text.split())) > _TITLE_WORDS:
        return False
    after = lines[at + 1]
    is_sentence = _ENDS_SENTENCE.search(text) is not None
    if same_title(after.text, text) and not (is_sentence and words > _TITLE_SENTENCE):
        return True
    if _is_other(text, words):
        return False
    has_byline = bool(read_byline(after.text) or read_date_line(after.text))
    if _is_names(text) and not has_byline:
        return False  # the author's name, whatever stands below it
    if is_sentence and not _ABBREVIATED.search(text):
        if words > _TITLE_SENTENCE or _REPORTS.search(text):
            return False
        return _is_set_as_title(text, words) or has_byline or read_name_line(after.text) is not None
    return after.gap or has_byline or len(text) < _TITLE_BEFORE_BODY


def goes_on_below(lines: Sequence[Line], at: int) -> bool:
    """Whether a headline goes on in the line right below: in the middle of its sentence, and a byline or a gap follows.

    A summary below a headline begins with a capital and says something of its own.
    """
    if at + 2 >= len(lines) or lines[at + 1].gap:
        return False
    first, second, after = lines[at].text, lines[at + 1].text, lines[at + 2]
    is_one = second[0].islower() or first.split()[-1].casefold() in _LEADS_ON or (first.isupper() and second.isupper())
    return (
        is_one
        and len(first) + len(second) < _TITLE_LIMIT
        and len(second) <= _LONGEST_SECOND
        and not _ENDS_SENTENCE.search(first)
        and not _ENDS_SENTENCE.search(second)
        and not read_byline(second)
        and (after.gap or bool(read_byline(after.text) or read_date_line(after.text) or read_name_line(after.text)))
    )


def _is_other(text: str, words: int) -> bool:
    """Whether a line at the top is a label, a credit, a quotation, speech or a note about the author."""
    return bool(
        read_dateline(text)
        or _WHOLLY_QUOTED.fullmatch(text)
        or _NO_TITLE.fullmatch(text)
        or text.endswith(":")
        or not _HAS_WORD.search(text)
        or (words > _LONG_SENTENCE and (_SPEECH.search(text) or text.endswith("?")))
        or read_author_note(text)
    )


def _is_set_as_title(text: str, words: int) -> bool:
    """Whether a line has the look of a headline: two short sentences, or capitals throughout."""
    return (words <= _SHORT_SENTENCES and SENTENCES.search(text) is not None) or is_title_case(text)


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
    if abs(len(text) - len(title)) > _TITLE_TAIL + 10:
        return False
    short, long = sorted((_letters(text), _letters(title)), key=len)
    return bool(short) and (
        short == long or (len(short) >= 20 and long.startswith(short) and len(long) - len(short) <= _TITLE_TAIL)
    )


def ends_with(text: str, title: str) -> bool:
    """Whether a line is a caption that the headline is glued to."""
    letters, tail = _letters(text[-400:]), _letters(title)
    return len(tail) >= 20 and len(letters) > len(tail) and letters.endswith(tail)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
