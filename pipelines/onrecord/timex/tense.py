"""A light look at tense: does the clause around an expression speak of the past or of the future?

No parser: the nearest telling word before the expression in its sentence decides, or else the nearest one after it.
"""

import re

from onrecord.knowledge.word_lists import alternation

WINDOW = 200
SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z])|\n")
ABBREVIATION = re.compile(
    r"(?:\b(?:"
    + alternation("title_short", "honorific_short", "abbreviation", "legal_form_short", "month_short")
    + r"|[A-Z])\.)$"
)
CUE = re.compile(
    r"\b(?P<future>will|won['’]t|shall|would|scheduled|going\sto|set\sto|due\sto|(?:is|are|am|was|were)\sto|"
    r"(?:is|are|am|was|were|be|been)\s(?:\w+\s)?(?:due|expected|set|slated|planned|about\sto)|"
    r"(?:plan|expect|intend|aim|hope)(?:s|ed|ned|ing|ning)?\sto|(?:pledge|promise|vow|agree|prepare)(?:s|d|ed)?\sto|as\s(?:soon|early)\sas)\b"
    r"|(?P<contracted>['’]ll)\b"
    r"|\b(?P<present>is|are|expires?|begins?|starts?|ends?)\b"
    r"|(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bbe\s)\b(?P<past>(?!(?:united|unspecified|need|indeed|speed|exceed|proceed|hundred|sacred)\b)\w{2,30}ed|said|was|were|had|"
    r"has|have|did|told|came|went|took|made|met|held|began|won|lost|left|fell|rose|gave|got|saw|became|wrote|spoke|sent|"
    r"put|cut|hit|set|shot|fought|brought|thought|built|found|ago)\b",
    re.IGNORECASE,
)
PAST = "past"
UNTIL = re.compile(r"\b(?:until|till|through)\s$", re.IGNORECASE)  # what lasts to a day has not ended
POSSESSIVE = re.compile(r"['’]s\b")


def tense_at(text: str, start: int, end: int) -> str | None:
    """past, future or None for the expression text[start:end]."""
    if POSSESSIVE.match(text, end):
        return PAST  # "Tuesday's vote" has mostly been held
    before = text[max(0, start - WINDOW) : start]
    if UNTIL.search(before):
        return "future"
    cut = 0
    for stop in SENTENCE_END.finditer(before):
        if not ABBREVIATION.search(before[: stop.start() + 1]):
            cut = stop.end()
    last: re.Match[str] | None = None
    for found in CUE.finditer(before, cut):
        last = found
    if last is not None:
        return _tense(last)
    after = text[end : end + WINDOW]
    end_of_sentence = SENTENCE_END.search(after)
    cue = CUE.search(after, 0, end_of_sentence.start() if end_of_sentence else len(after))
    return _tense(cue) if cue else None


def _tense(cue: re.Match[str]) -> str | None:
    """The present says nothing: "is facing an election in November"."""
    return {"past": PAST, "present": None}.get(cue.lastgroup or "", "future")
