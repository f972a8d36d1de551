"""Quoted stretches and the names beside them: name lines, credits, signatures, and quoted names that nobody says."""

import re
from collections.abc import Sequence

from onrecord.annotate.quotes.cue_words import INVERTED, SAY, UTTER
from onrecord.annotate.quotes.interviews import ANSWERER
from onrecord.annotate.quotes.noun_phrases import noun_phrase
from onrecord.annotate.quotes.reading import FINITE, NOUNISH, Reading
from onrecord.annotate.quotes.reported.link import VERBAL, Link, is_in_heading
from onrecord.annotate.quotes.reported.source import find_subject
from onrecord.annotate.quotes.stretches import Stretch
from onrecord.knowledge.word_lists import with_meaning

_LONGEST_NAME_LINE = 20  # words of "Jane Smith, minister of this and that:"
_DASHES = frozenset({"—", "–", "―", "-", "--"})
_SPEAKER_LABEL = re.compile(r"(?P<name>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3})(?P<colon>:) ?(?=\S)")
_NAME_WORDS = 4
LONGEST_LABEL = 60  # characters
_TITLE_WORDS = 5  # long words, all with capitals, that make a headline or the name of a work wherever it stands
# What comes before a nickname or a term: nobody in particular is quoted.
_NAMING = re.compile(
    r"\b(?:so-called|known as|nicknamed|codenamed|aka|the (?:term|words?|phrase|slogan|nickname)) (?:the )?\Z"
)
_SPOKEN = with_meaning("of_words", "saying_form")
_TITLED = frozenset({"titled", "entitled", "headlined"})
_TOLD = frozenset({"told", "tells"})  # … “Fox News Sunday”
_BEFORE_TITLE = frozenset(
    {"on", "'s", "’s", "'", "’", "podcast", "of", "in", "program", "programme", "show", "series", "film", "movie"}
) | frozenset(
    {"book", "novel", "song", "album", "titled", "entitled", "memoir", "documentary", "magazine", "host", "column"}
)


def colon_line(reading: Reading, low: int, first: int) -> Link | None:
    """A name or description and a colon before the stretch: Mr. Smith: “No.”"""
    at = first - 1
    while at > low and not reading.is_word(at) and reading.lower[at] != ":":
        at -= 1
    return name_line(reading, low, at) if reading.lower[at] == ":" else None


def label_link(reading: Reading, stretch: Stretch) -> tuple[Link, int] | None:
    """“SMITH: We will see.”: a transcript names its speakers inside the marks. The link, and where the words begin."""
    answer = _turn_link(reading, stretch)
    if answer is not None:
        return answer, stretch.start
    label = _SPEAKER_LABEL.match(reading.text, stretch.start, min(stretch.end, stretch.start + LONGEST_LABEL))
    if label is None:
        return None
    return Link(label.span("name"), label.span("colon"), "colon", 0.9), label.end()


def _turn_link(reading: Reading, stretch: Stretch) -> Link | None:
    """Kowalska: We will see. An answer in an interview is by whom its label names; "A" is whom the text is about."""
    turn = reading.turns.get(stretch.paragraph)
    if turn is None or not (turn.is_answer and turn.start <= stretch.start and stretch.end <= turn.end):
        return None
    lettered = reading.text[slice(*turn.label)].lower() in ANSWERER
    source = _interviewed(reading) if lettered else _in_full(reading, turn.label)
    mark = None if turn.goes_on else turn.mark
    return Link(source, mark, "continuation" if turn.goes_on else "colon", 0.9, goes_on=turn.goes_on)


def _in_full(reading: Reading, label: tuple[int, int]) -> tuple[int, int]:
    """Where the introduction names somebody with the surname on the label in full, that name, else the label."""
    name = reading.text[slice(*label)]
    full = re.compile(rf"\b(?:[A-Z][\w.’'-]+ ){{1,3}}{re.escape(name)}\b")
    introduction = reading.paragraphs[min(reading.turns)][0]
    match = full.search(reading.text, 0, introduction) if name.isalpha() else None
    return match.span() if match is not None else label


def _interviewed(reading: Reading) -> tuple[int, int] | None:
    """The one person that an interview names by a full name outside its turns; None if there are several."""
    named: dict[str, tuple[int, int]] = {}
    first = 0
    for last in range(1, len(reading.tokens) + 1):
        if last < len(reading.tokens) and reading.tokens[last].pos_ == "PROPN":
            continue
        person = any(token.ent_type_ == "PERSON" for token in reading.tokens[first:last])
        if last - first > 1 and person and reading.paragraph[first] not in reading.turns:
            span = reading.span(first, last)
            named.setdefault(reading.text[slice(*span)], span)
        first = last + 1
    return next(iter(named.values())) if len(named) == 1 else None


def name_line(reading: Reading, low: int, colon: int) -> Link | None:
    words = [k for k in range(low, colon) if reading.is_word(k)]
    cue = reading.span(colon, colon + 1)
    if len(words) > 1 and reading.lower[words[0]] in INVERTED:
        cue, words = reading.span(words[0], words[0] + 1), words[1:]
    finite = [reading.tokens[k] for k in words if reading.tokens[k].tag_ in FINITE and reading.tokens[k].pos_ in VERBAL]
    for token in sorted(finite, key=lambda token: token.dep_ != "ROOT"):
        head = find_subject(token, reading) if token.dep_ != "relcl" else None
        source = noun_phrase(reading, head) if head is not None else None
        if source is not None:
            return Link(source, cue, "colon", 0.7)
    if finite:
        return Link(None, cue, "colon", 0.5)
    if not words or len(words) > _LONGEST_NAME_LINE or not any(reading.tokens[k].pos_ in NOUNISH for k in words):
        return None
    stop = next((k for k in range(words[0] + 1, colon) if reading.lower[k] in (",", "(")), colon)
    return Link(reading.span(words[0], stop), cue, "colon", 0.85)


def credit(reading: Reading, last: int, high: int) -> Link | None:
    """“…” — Jane Smith, teacher"""
    at = last
    while at < high and not reading.is_word(at) and reading.lower[at] not in _DASHES:
        at += 1
    if at + 1 >= high or reading.lower[at] not in _DASHES:
        return None
    rest = [k for k in range(at + 1, high) if reading.is_word(k)]
    if not rest or len(rest) > 15 or reading.tokens[rest[0]].pos_ != "PROPN":
        return None
    if any(reading.tokens[k].tag_ in FINITE for k in rest):
        return None
    stop = next((k for k in range(rest[0] + 1, high) if reading.lower[k] in (",", "(", ".")), rest[-1] + 1)
    return Link(reading.span(rest[0], stop), reading.span(at, at + 1), "colon", 0.8)


def signature(reading: Reading, sentence: int) -> Link | None:
    """The paragraph after a quoted paragraph is a name line: Jane Smith, The Daily Something."""
    if sentence + 1 >= len(reading.sentences):
        return None
    low, high = reading.sentences[sentence + 1]
    words = [k for k in range(low, high) if reading.is_word(k)]
    if not 2 <= len(words) <= 12 or reading.paragraph[low] == reading.paragraph[low - 1]:
        return None
    if high < len(reading.tokens) and reading.paragraph[high] == reading.paragraph[low]:
        return None
    if not all(reading.tokens[k].pos_ == "PROPN" for k in words[:2]) or reading.quoted[low] >= 0:
        return None
    ends = {reading.lower[k] for k in range(words[-1], high)}
    if ends & {".", "!", "?", ":"} or any(reading.tokens[k].tag_ in FINITE for k in words):
        return None
    stop = next((k for k in range(low, high) if reading.lower[k] in (",", "(")), words[-1] + 1)
    return Link(reading.span(low, stop), None, "colon", 0.7)


def is_name(reading: Reading, stretch: Stretch) -> bool:
    """Nobody says it: the name of something, a headline, or an attribute of left-over markup."""
    first, last = reading.range_of(stretch.outer_start, stretch.outer_end)
    return (
        _is_title(reading, stretch, first, last)
        or _is_name_of_work(reading, stretch, first, last)
        or is_in_heading(reading, stretch)
        or reading.text[max(stretch.outer_start - 1, 0)] == "="
    )


def _is_title(reading: Reading, stretch: Stretch, first: int, last: int) -> bool:
    """A memo titled “…”; told “Fox News Sunday”."""
    if first < 2:
        return False
    before = reading.lower[first - 2 if reading.lower[first - 1] in (",", ":") else first - 1]
    if before in _TITLED:
        return True
    words = [k for k in range(first, last) if reading.is_word(k)]
    if before not in _TOLD or not 1 < len(words) <= _TITLE_WORDS or reading.text[stretch.end - 1] in "?!…":
        return False
    return is_capitalised(reading, words)


def _is_name_of_work(reading: Reading, stretch: Stretch, first: int, last: int) -> bool:
    """The name of a work or a show: capitalised words after "on", "'s" or a word such as "film"."""
    words = [k for k in range(first, last) if reading.is_word(k)]
    before = reading.lower[first - 1] if first else ""
    if len(words) <= _NAME_WORDS and _NAMING.search(
        reading.text, max(stretch.outer_start - 30, 0), stretch.outer_start
    ):
        return True
    if not is_capitalised(reading, words):
        return False
    long = [k for k in words if len(reading.tokens[k].text) > 3 and not reading.tokens[k].text.isupper()]
    if len(long) >= _TITLE_WORDS and reading.lower[first - 1] in (":", "(") and first:
        return not any(reading.lower[k] in _SPOKEN for k in range(max(first - 4, 0), first))
    return (before in _BEFORE_TITLE and len(words) <= 12) or _is_apposition(reading, stretch, words, first)


def _is_apposition(reading: Reading, stretch: Stretch, words: Sequence[int], first: int) -> bool:
    """ "A cargo ship, “Swift Arrow,” that …": a name in marks beside the noun that it names."""
    if len(words) > _NAME_WORDS or first < 2 or reading.text[stretch.end - 1] in ".!?…":
        return False
    noun = first - 2 if reading.lower[first - 1] == "," else first - 1
    token = reading.tokens[noun]
    return token.tag_ == "NN" and reading.quoted[noun] < 0 and token.head.lemma_.lower() not in SAY | UTTER


def is_capitalised(reading: Reading, words: Sequence[int]) -> bool:
    long = [k for k in words if len(reading.tokens[k].text) > 3] or list(words)
    return bool(long) and all(not reading.tokens[k].text[0].islower() for k in long)
