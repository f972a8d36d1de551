"""The words around an expression of time, as signs of whether it lies ahead of the article or behind it.

No parser. Each word of the sentence is of a kind by its form or from a short list (a past form, what asks or plans, a
verb in the present); a sign says which kinds stand nearest before and after the expression, whether a clause ends
between, and which telling words stand by. `tense` weighs the signs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from onrecord.knowledge.word_lists import alternation, listed
from onrecord.timex.governor import governor
from onrecord.timex.kinds import BEFORE_NOUN, COARSE, KINDS, kinds_of
from onrecord.timex.last_cue import last_cue

_WINDOW = 200  # characters on each side
_NEAR = 6  # words whose letters count, on each side
_SENTENCE_END = re.compile(r"[.!?…][\"”’')*]*\s+(?=[\"“‘'(]?[A-Z])|:\s|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:"
    + alternation("title_short", "honorific_short", "abbreviation", "legal_form_short", "month_short")
    + r"|[A-Z])\.)$"
)
_WORD = re.compile(r"['’][a-z]{1,2}\b|[^\W\d_]+(?:n['’]t)?|\d+(?:[.,]\d+)*|[,;:()—–“”\"]|\s-\s")
_LASTING = re.compile(r"(?:until|till|through|ahead of|no later than|due (?:on|by|in|before|at))(?: the)?$")
# "put off to Monday", "postponed from Saturday to Sunday", "an election called for May"
_MOVED = re.compile(
    r"\b(?:adjourn|postpon|delay|mov|put(?:ting)? (?:off|back)|push(?:ed|es)? (?:back|off)|brought forward|defer)\w*\b"
    r"[^.;:]{0,60}\b(?:to|until|till)$"
    r"|\b(?:call|schedul|pencil\w+\sin|line[ds]?\sup|earmark|plan|slat|fix|book|arrang|conven|propos|set|postpon|"
    r"resched)\w*\b[^.;:]{0,60}\bfor(?: early| late)?$"
)
_MOVED_BY: Final = frozenset(("to", "until", "till", "for", "early", "late"))  # the last words that it can end with
# Who tells what a picture shows writes in the present: "Police gather outside the bank on Friday."
_CAPTION = re.compile(
    r"\b(?:[Hh]ide [Cc]aption|[Pp]hotos?(?:graph)?:|AP Photo|(?:AFP|Getty|Getty Images|REUTERS|Reuters)/|Photograph by)"
    r"|/(?:AFP|AP|Getty|Reuters|REUTERS)\b"
)
_UNPLANNED: Final = frozenset(form for noun in listed("unplanned_event") for form in (noun, f"{noun}s"))
_BESIDE = 3  # words between a day and the event that it belongs to
_PASTS: Final = frozenset(("past", "was", "had", "did"))
_COMING: Final = frozenset(("will", "due", "would", "modal", "ask"))


def signs(text: str, start: int, end: int) -> Iterator[str]:
    """The signs that stand around text[start:end]; one may come twice.

    b: and a: are words near by, a sign and a number the word so many places off; `governor` tells the verb.
    """
    before = text[max(0, start - _WINDOW) : start]
    before = before[_sentence_start(before) :]
    rest = text[end : end + _WINDOW]
    closes = _SENTENCE_END.search(rest)
    left, right = _words(before), _words(rest[: closes.start()] if closes else rest)
    ahead = kinds_of(right)
    behind = kinds_of(left)
    yield from _around(left, right)
    yield from _beside(left, right, ahead)
    yield f"cue {last_cue(before)}"
    last = _telling(reversed(behind))
    yield f"last telling {last}" if last else f"next telling {_telling(ahead)}"
    yield from _whole(behind, ahead)
    yield from governor(left, behind, right, ahead)
    if _CAPTION.search(text, max(0, start - _WINDOW), end + _WINDOW):
        yield "caption"
    if before.count("“") + before.count('"') % 2 > before.count("”"):
        yield "quoted"


def _sentence_start(before: str) -> int:
    cut = 0
    for stop in _SENTENCE_END.finditer(before):
        if not _ABBREVIATION.search(before[: stop.start() + 1]):
            cut = stop.end()
    return cut


def _words(stretch: str) -> list[str]:
    return [found[0].replace("’", "'") for found in _WORD.finditer(stretch)]


def _telling(kinds: Iterable[str]) -> str | None:
    """What the nearest word that tells a tense says, whatever clause it is in."""
    return next((COARSE[kind] for kind in kinds if kind in COARSE), None)


def _around(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    """The words beside the expression themselves, but for names and numbers, which tell the topic."""
    near = list(islice(reversed(left), _NEAR))
    for at, word in enumerate(near[:2], 1):
        if _is_plain(word):
            yield f"-{at}:{word.lower()}"
    if len(near) > 1 and _is_plain(near[1]):
        yield f"-21:{near[1].lower()} {near[0].lower()}"
    yield "first" if not near else "second" if len(near) == 1 else "inner"
    if right:
        yield f"+1:{right[0]}" if _is_plain(right[0]) else "+1:Name"
        if right[0].endswith("ed"):
            yield "+1:ed"
    else:
        yield "last"
    yield from (f"b:{word}" for word in _clause(near))
    yield from (f"a:{word}" for word in _clause(right[:_NEAR]))


def _is_plain(word: str) -> bool:
    return word.islower() or not word[0].isalnum() or word.lower() in KINDS or word.lower() in BEFORE_NOUN


def _clause(words: Sequence[str]) -> Iterator[str]:
    """The plain words up to the end of a clause."""
    for word in words:
        if word in (",", ";", "—", "that", "but", "after", "before", "when"):
            return
        if _is_plain(word):
            yield word.lower()


def _beside(left: Sequence[str], right: Sequence[str], ahead: Sequence[str]) -> Iterator[str]:
    """What the words close by are: the preposition of a deadline, a verb that puts something off, an accident."""
    if _LASTING.search(" ".join(left[-4:]).lower()):
        yield "lasting"
    if left and left[-1].lower() in _MOVED_BY and _MOVED.search(" ".join(left).lower()):
        yield "moved"
        if next((kind for kind in ahead if kind), "") in _PASTS:
            yield "moved, then past"  # "a walkout planned for Monday was called off"
    is_planned = "due" in kinds_of(left[-_BESIDE - 1 :])  # "a planned attack"
    if not is_planned and not _UNPLANNED.isdisjoint((*left[-_BESIDE:], *right[:_BESIDE])):
        yield "unplanned"


def _whole(behind: Sequence[str], ahead: Sequence[str]) -> Iterator[str]:
    """What the sentence as a whole has."""
    for name, kinds in (("behind", behind), ("ahead", ahead)):
        if _PASTS & set(kinds):
            yield f"past {name}"
        if _COMING & set(kinds):
            yield f"coming {name}"
    if "if" in (*behind, *ahead) and not _PASTS & {*behind, *ahead}:
        yield "condition"
    own = {*_own(reversed(behind)), *_own(iter(ahead))}
    if not own - {""}:
        yield "own no verb"  # "in June and again in March"
    else:
        yield "own past" if _PASTS & own else "own asked" if "asked" in own else "own no past"
    if _COMING & own:
        yield "own coming"
    if {"third", "plural"} & own and not _PASTS & own:
        yield "own present"
    if not (_PASTS | {"asked", "has"}) & {*behind, *ahead}:
        yield "no past"


def _own(kinds: Iterator[str]) -> Iterator[str]:
    for kind in kinds:
        if kind == "|":
            return
        yield kind
