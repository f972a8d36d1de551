"""The words around an expression of time, as signs of whether it lies ahead of the article or behind it.

No parser. Each word of the sentence is of a kind by its form or from a short list (a past form, what asks or plans, a
verb in the present); a sign says which kinds stand nearest before and after the expression, whether a clause ends
between, and which telling words stand by. `tense` weighs the signs.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from onrecord.knowledge.word_lists import alternation
from onrecord.timex.last_cue import last_cue
from onrecord.timex.verbs import FORMS, NOT_PAST

_WINDOW = 200  # characters on each side
_NEAR = 6  # words whose letters count, on each side
_SENTENCE_END = re.compile(r"[.!?…][\"”’')*]*\s+(?=[\"“‘'(]?[A-Z])|:\s|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:"
    + alternation("title_short", "honorific_short", "abbreviation", "legal_form_short", "month_short")
    + r"|[A-Z])\.)$"
)
_WORD = re.compile(r"['’][a-z]{1,2}\b|[^\W\d_]+(?:n['’]t)?|\d+|[,;:()—–“”\"]|\s-\s")
_BOUNDARY: Final = frozenset((
    ",", ";", ":", "(", ")", "—", "–", " - ", "that", "which", "who", "and", "but", "after", "before", "if", "unless",
    "when", "as", "because", "while", "where", "or", "once", "whether", "although", "though", "than",
))  # fmt: skip
_KINDS: Final = {word: kind for kind, words in FORMS.items() for word in words}
_NO_THIRD = re.compile(
    r"(?:.*(?:ss|us|is)|.{1,2}s|news|politics|officials?|always|perhaps|sometimes|towards|besides|others|theirs|yes|does|"
    r"whereas)$"
)
_BEFORE_NOUN: Final = frozenset((
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "some",
    "any", "no", "more", "most", "many", "few", "several", "all", "last", "next", "early", "such", "two", "three",
    "four", "five", "six", "seven", "eight", "nine", "ten", "of", "by", "in", "on", "at", "for", "from", "with",
    "to", "and", "or", "as", "between", "into", "over", "under", "about", "'s", "not", "other", "first", "new",
))  # fmt: skip
_AFTER_VERB: Final = frozenset((
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "on", "in", "at",
    "to", "for", "with", "from", "back", "into", "up", "off", "out", "over", "until", "before", "down", "about",
    "whether", "how", "what", "it", "them", "him",
))  # fmt: skip
_PLURAL_SUBJECT: Final = frozenset((
    "they", "we", "you", "who", "which", "both", "people", "police", "voters",
))  # fmt: skip
_THERE: Final = frozenset((
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that",
))  # fmt: skip
# Kinds by what they say: f of the future, q asked, t to do, i is, p past, h has, s a step in the present, u unclear.
_COARSE: Final = {
    "will": "f", "would": "f", "modal": "f", "due": "f", "if": "f", "ask": "f", "asked": "q", "to": "t", "is": "i",
    "was": "p", "had": "p", "did": "p", "past": "p", "has": "h", "third": "s", "plural": "s", "does": "s", "put": "u",
}  # fmt: skip
_LASTING = re.compile(r"(?:until|till|through|ahead of|no later than|due (?:on|by|in|before|at))(?: the)?$")
_BOUNDS: Final = frozenset(("by", "until", "till", "before", "from", "for", "to", "through", "of", "in", "on"))
# "put off to Monday", "postponed from Saturday to Sunday", "an election called for May"
_MOVED = re.compile(
    r"\b(?:adjourn|postpon|delay|mov|put(?:ting)? (?:off|back)|push(?:ed|es)? (?:back|off)|brought forward|defer)\w*\b"
    r"[^.;:]{0,60}\b(?:to|until|till)$"
    r"|\b(?:call|schedul|plan|slat|fix|book|arrang|conven|propos|set|postpon|resched)\w*\b[^.;:]{0,60}"
    r"\bfor(?: early| late)?$"
)
_PASTS: Final = frozenset(("past", "was", "had", "did"))
_COMING: Final = frozenset(("will", "due", "would", "modal", "ask"))


def signs(text: str, start: int, end: int) -> Iterator[str]:
    """The signs that stand around text[start:end]; one may come twice.

    b1 and b2 are the nearest verbs before it, a1 and a2 those after it, each by its kind, after "|" that of another
    clause; b: and a: are words near by, a sign and a number the word so many places off.
    """
    before = text[max(0, start - _WINDOW) : start]
    before = before[_sentence_start(before) :]
    rest = text[end : end + _WINDOW]
    closes = _SENTENCE_END.search(rest)
    left, right = _words(before), _words(rest[: closes.start()] if closes else rest)
    ahead = tuple(_kinds(right))
    behind = tuple(_kinds(left))
    behind_near = tuple(reversed(behind))
    yield from _around(left, right)
    first, second = _nearest(behind_near), _nearest(ahead)
    yield from _beside(left, behind_near, ahead, _coarse(first))
    yield from _told("b", first)
    yield from _told("a", second)
    yield f"b1={_coarse(first)}&a1={_coarse(second)}"
    yield f"cue {last_cue(before)}"
    last = _telling(behind_near)
    yield f"last telling {last}" if last else f"next telling {_telling(ahead)}"
    yield from _whole(behind, ahead)
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


def _kinds(words: Sequence[str]) -> Iterator[str]:
    """The kind of each word: of a verb, "|" where a clause ends, "" for all others."""
    for at, word in enumerate(words):
        yield _kind(words, at, word)


def _kind(words: Sequence[str], at: int, word: str) -> str:
    lower = word.lower()
    following = words[at + 1] if at + 1 < len(words) else ""
    if lower in _BOUNDARY:
        return "|"
    if kind := _KINDS.get(lower):
        return kind
    if lower == "to":
        return "to" if following[:1].islower() and following.lower() not in _THERE else ""
    return _by_form(words, at, lower, following.lower()) if word[0].islower() and len(lower) > 2 else ""


def _by_form(words: Sequence[str], at: int, lower: str, following: str) -> str:
    """The kind of a verb by its ending and its neighbours."""
    previous = words[at - 1].lower() if at else ""
    if lower.endswith("ed") and lower not in NOT_PAST:
        return "" if previous in _THERE else "done" if _is_passive(words, at) else "past"
    if lower.endswith("ing"):
        return "ing"
    if previous in _BEFORE_NOUN or (following and following not in _AFTER_VERB):
        return ""
    if _is_with_s(lower):
        return "third"
    return "plural" if previous in _PLURAL_SUBJECT or _is_with_s(previous) else ""


def _is_with_s(word: str) -> bool:
    return word.endswith("s") and not _NO_THIRD.match(word)


def _is_passive(words: Sequence[str], at: int) -> bool:
    """Whether a participle is of something to come: "will be signed", "to be formally closed"."""
    before = [word.lower() for word in words[max(0, at - 2) : at]]
    return before[-1:] in (["be"], ["being"]) or (len(before) == 2 and before[0] == "be" and before[1].endswith("ly"))


def _nearest(kinds: Sequence[str]) -> list[str]:
    """The first two kinds of verbs from the expression on, each with | if a clause ends in between."""
    found, boundary = [], ""
    for kind in kinds:
        if kind == "|":
            boundary = "|"
        elif kind:
            found.append(boundary + kind)
            if len(found) == 2:
                break
    return found


def _told(side: str, nearest: list[str]) -> Iterator[str]:
    yield f"{side}1={nearest[0] if nearest else 'none'}"
    if nearest:
        yield f"{side}1~{nearest[0].strip('|')}"
        yield f"{side}2={nearest[1] if len(nearest) > 1 else 'none'}"
    if len(nearest) > 1:
        yield f"{side}12={nearest[0].strip('|')},{nearest[1].strip('|')}"


def _coarse(nearest: list[str]) -> str:
    return ("|" if nearest[0][0] == "|" else "") + _COARSE.get(nearest[0].strip("|"), "o") if nearest else "none"


def _telling(kinds: Sequence[str]) -> str | None:
    """What the nearest word that tells a tense says, whatever clause it is in."""
    return next((_COARSE[kind] for kind in kinds if kind in _COARSE), None)


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
    return word.islower() or not word[0].isalnum() or word.lower() in _KINDS or word.lower() in _BEFORE_NOUN


def _clause(words: Sequence[str]) -> Iterator[str]:
    """The plain words up to the end of a clause."""
    for word in words:
        if word in (",", ";", "—", "that", "but", "after", "before", "when"):
            return
        if _is_plain(word):
            yield word.lower()


def _beside(left: Sequence[str], behind: Sequence[str], ahead: Sequence[str], first: str) -> Iterator[str]:
    """What stands right before and after: a preposition of a deadline, a verb that the expression belongs to."""
    if _LASTING.search(" ".join(left[-4:]).lower()):
        yield "lasting"
    if left and left[-1].lower() in _BOUNDS:
        yield f"{left[-1].lower()}&{first}"
    if _MOVED.search(" ".join(left).lower()):
        yield "moved"
    yield from _close("close", behind[:3])
    yield from _close("at once", ahead[:2])


def _close(name: str, kinds: Sequence[str]) -> Iterator[str]:
    for kind in kinds:
        if kind == "|":
            return
        if kind:
            yield f"{name} {kind}"
            return


def _whole(behind: Sequence[str], ahead: Sequence[str]) -> Iterator[str]:
    """What the sentence as a whole has."""
    for name, kinds in (("behind", behind), ("ahead", ahead)):
        if _PASTS & set(kinds):
            yield f"past {name}"
        if _COMING & set(kinds):
            yield f"coming {name}"
    own = {*_own(reversed(behind)), *_own(iter(ahead))}
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
