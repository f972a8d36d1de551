"""The kind of each word of a sentence: a verb by its form or from a list, the end of a clause, or nothing of these.

No parser: an "s" at the end makes a plural and a verb alike. A word is taken for a verb in the present where a subject
can stand before it and no other verb does, and where what follows can follow a verb.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.timex.verbs import FORMS, NOT_PAST, SELDOM_NOUNS

CLAUSE_END: Final = "|"
KINDS: Final = {word: kind for kind, words in FORMS.items() for word in words}
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
_NO_THIRD = re.compile(
    r"(?:.*(?:ss|us|is)|.{1,2}s|news|politics|officials?|always|perhaps|sometimes|towards|besides|others|theirs|yes|does|"
    r"whereas)$"
)
_AFTER_VERB: Final = frozenset((
    "a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "on", "in", "at",
    "to", "for", "with", "from", "back", "into", "up", "off", "out", "over", "until", "before", "down", "about",
    "whether", "how", "what", "it", "them", "him",
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
_REPORTED: Final = frozenset(("said", "say", "says", "told", "announced", "confirmed", "warned", "fear", "believe"))
_OF_PASSIVES: Final = frozenset(("be", "being", "is", "are", "am", "'re", "get", "gets"))
_DENIALS: Final = frozenset(("not", "never", "neither", "nobody", "none", "nothing", "no", "hardly"))
_NOT_FINITE: Final = frozenset(("ing", "be", "been", "due", "if", "done", "put", CLAUSE_END, ""))


def kinds_of(words: Sequence[str]) -> Iterator[str]:
    """The kind of each word: of a verb, "|" where a clause ends, "" for all others."""
    opens, has_verb, previous = 0, False, ""
    for at, word in enumerate(words):
        lower = word.lower()
        kind = _kind(words, at, lower)
        if lower == "could" and _is_denied(words, at, opens):
            kind = "did"  # "neither could be found": what somebody could not do is told afterwards
        if not kind and lower.isalpha() and word[0].islower() and previous not in ("third", "plural"):
            kind = _present(words, at, opens, has_verb=has_verb)
        if kind == CLAUSE_END or lower in _REPORTED:
            opens, has_verb = at + 1, False
        elif kind not in _NOT_FINITE:
            has_verb = True
        previous = kind
        yield kind


def _kind(words: Sequence[str], at: int, lower: str) -> str:
    """The kind of a word by itself, by its ending and by the next word."""
    following = words[at + 1] if at + 1 < len(words) else ""
    if lower in _BOUNDARY:
        return CLAUSE_END
    if kind := KINDS.get(lower):
        return "done" if kind in ("past", "put") and _is_passive(words, at) else kind
    if lower == "to":
        return "to" if following[:1].islower() and following.lower() not in (*_DETERMINERS, "that") else ""
    if not words[at][0].islower() or len(lower) < 3:
        return ""
    if lower.endswith("ed") and lower not in NOT_PAST:
        before = words[at - 1].lower() if at else ""
        return "" if before in _DETERMINERS else "done" if _is_passive(words, at) else "past"
    return "ing" if lower.endswith("ing") else ""


def _present(words: Sequence[str], at: int, opens: int, *, has_verb: bool) -> str:
    """third or plural where a word is a verb in the present, else nothing."""
    lower, before = words[at].lower(), words[at - 1].lower() if at else ""
    if has_verb or len(lower) < 2 or before in BEFORE_NOUN or lower in _AFTER_VERB or lower in _PREPOSITIONS:
        return ""
    if lower in SELDOM_NOUNS:
        return "plural" if at > opens or opens else ""
    if lower.removesuffix("s") in SELDOM_NOUNS or lower.removesuffix("es") in SELDOM_NOUNS:
        return "third"
    following = words[at + 1] if at + 1 < len(words) else ""
    has_subject = at > opens and words[opens].lower() not in _PREPOSITIONS and before not in ("'", "’")
    goes_on = following.lower() in _AFTER_VERB or following[:1].isupper() or following[:1].isdigit()
    if not (has_subject and goes_on):
        return ""
    if _is_with_s(lower):
        return "" if before in _PREPOSITIONS else "third"
    return "plural" if before in _PLURAL_SUBJECT or _is_with_s(before) else ""


def _is_denied(words: Sequence[str], at: int, opens: int) -> bool:
    return any(word.lower() in _DENIALS for word in (*words[opens:at], *words[at + 1 : at + 2]))


def _is_with_s(word: str) -> bool:
    return word.endswith("s") and not _NO_THIRD.match(word)


def _is_passive(words: Sequence[str], at: int) -> bool:
    """Whether a participle tells what is so or is to come: "are cancelled", "will be signed", "is formally closed"."""
    before = [word.lower() for word in words[max(0, at - 2) : at]]
    if before and (before[-1].endswith("ly") or before[-1] in ("not", "n't", "also", "still", "now")):
        before.pop()
    return bool(before) and before[-1] in _OF_PASSIVES
