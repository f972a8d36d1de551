"""The kind of each word of a sentence: a verb by its form or from a list, the end of a clause, or nothing of these.

No parser: an "s" at the end makes a plural and a verb alike. A word is taken for a verb in the present where a subject
can stand before it and no other verb does, and where what follows can follow a verb.
"""

import re
from collections.abc import Sequence
from typing import Final

from onrecord.timex.verbs import FORMS, NOT_PAST, SELDOM_NOUNS, STEPS

CLAUSE_END: Final = "|"
KINDS: Final = {word: kind for kind, words in FORMS.items() for word in words}  # of verbs
# Kinds by what they say: f of the future, q asked, t to do, i is, p past, h has, s a step in the present, c could, and
# u for what is unclear.
COARSE: Final = {
    "will": "f", "would": "f", "modal": "f", "due": "f", "if": "f", "ask": "f", "could": "c", "asked": "q", "to": "t",
    "is": "i", "was": "p", "had": "p", "did": "p", "past": "p", "has": "h", "third": "s", "plural": "s", "does": "s",
    "put": "u",
}  # fmt: skip
BEFORE_NOUN: Final = frozenset((
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "some",
    "any", "no", "more", "most", "many", "few", "several", "all", "last", "next", "early", "such", "two", "three",
    "four", "five", "six", "seven", "eight", "nine", "ten", "of", "by", "in", "on", "at", "for", "from", "with",
    "to", "and", "or", "as", "between", "into", "over", "under", "about", "'s", "not", "other", "first", "new",
))  # fmt: skip
_BOUNDARY: Final = frozenset((
    ",", ";", ":", "(", ")", "—", "–", " - ", "that", "which", "who", "and", "but", "after", "before", "if", "unless",
    "when", "as", "because", "while", "where", "or", "once", "whether", "although", "though", "than",
))  # fmt: skip
_LISTED: Final = KINDS | dict.fromkeys(_BOUNDARY, CLAUSE_END)
_NO_THIRD = re.compile(
    r"(?:.*(?:ss|us|is)|.{1,2}s|news|politics|officials?|always|perhaps|sometimes|towards|besides|others|theirs|yes|does|"
    r"whereas)$"
)
_AFTER_VERB: Final = frozenset((
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "on", "in", "at",
    "to", "for", "with", "from", "back", "into", "up", "off", "out", "over", "until", "before", "down", "about",
    "whether", "how", "what", "it", "them", "him", "again", "home", "away", "together", "today", "tomorrow", "tonight",
))  # fmt: skip
_PREPOSITIONS: Final = frozenset((
    "in", "on", "at", "by", "for", "from", "with", "to", "of", "during", "after", "before", "under", "over", "into",
    "since", "until", "per", "following", "amid", "despite", "through", "against", "among", "between", "about",
    "without", "within", "according", "including", "like", "there",
))  # fmt: skip
_PLURAL_SUBJECT: Final = frozenset((
    "they", "we", "you", "who", "which", "both", "people", "police", "voters", "i", "men", "women", "children",
))  # fmt: skip
_DETERMINERS: Final = frozenset((
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this",
))  # fmt: skip
_BEFORE_TO: Final = frozenset(("about", "going", "ready"))  # these plan something only with "to"
_REPORTED: Final = frozenset(("said", "say", "says", "told", "announced", "confirmed", "warned", "fear", "believe"))
_OF_PASSIVES: Final = frozenset(("be", "being", "is", "are", "am", "'re", "get", "gets"))
_DENIALS: Final = frozenset(("not", "never", "neither", "nobody", "none", "nothing", "no", "hardly"))
_NOT_FINITE: Final = frozenset(("ing", "be", "been", "due", "if", "done", "put", CLAUSE_END, ""))


def kinds_of(words: Sequence[str]) -> tuple[str, ...]:
    """The kind of each word: of a verb, "|" where a clause ends, "" for all others."""
    lowered = [word.lower() for word in words]
    opens, has_verb, previous = 0, False, ""
    found = []
    for at, lower in enumerate(lowered):
        kind = _LISTED.get(lower)
        if kind is None:
            kind = _by_form(words, lowered, at)
            if not kind and not has_verb and previous not in ("third", "plural"):
                kind = _present(words, lowered, at, opens)
        elif lower in _BEFORE_TO and lowered[at + 1 : at + 2] != ["to"]:
            kind = ""  # "a dispute about pensions"
        elif kind in ("past", "put"):
            kind = "done" if _is_passive(lowered, at) else kind
        elif kind == "could" and not _DENIALS.isdisjoint((*lowered[opens:at], *lowered[at + 1 : at + 2])):
            kind = "did"  # "neither could be found": what somebody could not do is told afterwards
        if kind == CLAUSE_END or lower in _REPORTED:
            opens, has_verb = at + 1, False
        elif kind not in _NOT_FINITE:
            has_verb = True
        previous = kind
        found.append(kind)
    return tuple(found)


def _by_form(words: Sequence[str], lowered: Sequence[str], at: int) -> str:
    """The kind of a word that no list has: to, ing, past or done by its ending, "" for any other."""
    lower = lowered[at]
    if lower == "to":
        following = words[at + 1] if at + 1 < len(words) else ""
        return "to" if following[:1].islower() and lowered[at + 1] not in (*_DETERMINERS, "that") else ""
    if len(lower) < 3 or not words[at][0].islower():
        return ""
    if lower.endswith("ed") and lower not in NOT_PAST:
        is_adjective = at > 0 and lowered[at - 1] in _DETERMINERS
        return "" if is_adjective else "done" if _is_passive(lowered, at) else "past"
    return "ing" if lower.endswith("ing") else ""


def _present(words: Sequence[str], lowered: Sequence[str], at: int, opens: int) -> str:
    """third or plural where a word is a verb in the present, else nothing."""
    lower, before = lowered[at], lowered[at - 1] if at else ""
    if len(lower) < 2 or not (lower.isalpha() and words[at][0].islower()) or before in _DETERMINERS:
        return ""
    if lower[-1] == "s" and not SELDOM_NOUNS.isdisjoint((lower[:-1], lower[:-2], f"{lower[:-3]}y")):
        return "third"
    if before in BEFORE_NOUN or lower in _AFTER_VERB or lower in _PREPOSITIONS:
        return ""
    if lower in SELDOM_NOUNS:
        return "plural" if at else ""
    return _unsure(words, lowered, at, opens)


def _unsure(words: Sequence[str], lowered: Sequence[str], at: int, opens: int) -> str:
    """The same for a word that may be a noun: what follows must be able to follow a verb."""
    lower, before = lowered[at], lowered[at - 1] if at else ""
    following = words[at + 1] if at + 1 < len(words) else ""
    has_subject = at > opens and lowered[opens] not in _PREPOSITIONS and before != "'"
    goes_on = following.lower() in _AFTER_VERB or following[:1].isupper() or following[:1].isdigit()
    if not (has_subject and goes_on):
        return ""
    if _is_with_s(lower):
        return "" if before in _PREPOSITIONS else "third"
    # "Roadworks on the A9 start on Monday": what is a noun as often belongs to a plural further off, too.
    subjects = lowered[opens:at] if lower in STEPS else (before,)
    return "plural" if any(word in _PLURAL_SUBJECT or _is_with_s(word) for word in subjects) else ""


def _is_with_s(word: str) -> bool:
    return word.endswith("s") and not _NO_THIRD.match(word)


def _is_passive(lowered: Sequence[str], at: int) -> bool:
    """Whether a participle tells what is so or is to come: "are cancelled", "will be signed", "is formally closed"."""
    before = lowered[at - 1] if at else ""
    if before.endswith("ly") or before in ("not", "n't", "also", "still", "now"):
        before = lowered[at - 2] if at > 1 else ""
    return before in _OF_PASSIVES
