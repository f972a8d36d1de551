"""Interviews, hearings and other texts in turns: paragraphs that begin with a label and a colon.

What somebody answers is what they said, word for word; what they are asked is not on record.

Source: the layout of printed interviews ("Q:", "A:", the names of paper and guest) and of official transcripts
("SEN. HALE:").
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LABEL = re.compile(
    r"(?P<name>(?:[A-Z][\w.’'-]*)(?: (?:of|de|van|von|[A-Z][\w.’'-]*)){0,4}?)(?P<mark>:|(?<=^[QA])\.) ?(?=\S)",
    re.MULTILINE,
)
_ASKERS = frozenset({"q", "question", "interviewer", "host", "moderator", "reporter"})
ANSWERER = frozenset({"a", "answer"})
_LONGEST_LABEL = 50  # characters
_FEWEST = 2  # questions with an answer, where the labels are names
_MOST = 15  # labels of one text
_SPEAKS = re.compile(r"\b(?:I|we|We|my|My|our|Our)\b")
_TITLED = re.compile(r"(?:[A-Z][a-z]{1,4}\.|[A-Z]{2,5}\.|Senator|Representative|Chair\w*|Judge|President) ")


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of somebody's turn, its words at `start`/`end`.

    `label` and `mark` stand before them, or before those of an earlier paragraph that it goes on with.
    """

    start: int
    end: int
    label: tuple[int, int]
    mark: tuple[int, int]
    goes_on: bool
    is_answer: bool


def find_turns(text: str, paragraphs: Sequence[tuple[int, int]]) -> dict[int, Turn]:
    """The turns of an interview or a hearing by the number of their paragraph; empty for a text that is none."""
    if text.count("?") == 0:
        return {}
    marked = {
        number: match
        for number, (start, end) in enumerate(paragraphs)
        if (match := _LABEL.match(text, start, min(end, start + _LONGEST_LABEL))) is not None
    }
    times = Counter(match["name"].lower() for match in marked.values())
    first = min(marked, default=0)
    opening = marked[first]["name"].lower() if marked else ""
    if times[opening] == 1 and opening not in _ASKERS | ANSWERER:  # a headline with a colon
        del marked[first]
    names = {number: match["name"].lower() for number, match in marked.items()}
    asks = {number: text[slice(*paragraphs[number])].rstrip(" ”\"’'").endswith("?") for number in marked}
    askers = _askers(names, asks)
    if askers is None:
        return {}
    return dict(_turns(text, paragraphs, marked, names, asks, askers))


def _askers(names: dict[int, str], asks: dict[int, bool]) -> frozenset[str] | None:
    """Whose turns are questions for the most part; None where too few of them are answered by others."""
    count = Counter(names.values())
    if not 2 <= len(count) <= _MOST:
        return None
    questions = Counter(names[number] for number, asked in asks.items() if asked)
    askers = frozenset(name for name in count if name in _ASKERS or 2 * questions[name] > count[name])
    order = sorted(names)
    pairs = sum(asks[one] and names[one] in askers and names[other] not in askers for one, other in pairwise(order))
    lettered = not _ASKERS.isdisjoint(askers) and not ANSWERER.isdisjoint(count)
    return askers if pairs >= (1 if lettered else _FEWEST) else None


def _turns(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    marked: dict[int, re.Match[str]],
    names: dict[int, str],
    asks: dict[int, bool],
    askers: frozenset[str],
) -> Iterator[tuple[int, Turn]]:
    at: int | None = None
    for number in range(min(marked), max(marked) + 1):
        start, end = paragraphs[number]
        if number in marked:
            at = number
        elif at is None or not _SPEAKS.search(text, start, end):
            continue
        label = marked[at]
        asker = names[at] in askers
        # Members of a committee ask and speak; who only asks is of the press.
        answer = not asker or (not asks[at] and _TITLED.match(label["name"] + " ") is not None)
        words = label.end() if number == at else start
        if any(map(str.isalnum, text[words:end])):
            yield number, Turn(words, end, label.span("name"), label.span("mark"), number != at, answer)
