"""A light look at tense: does the clause around an expression speak of the past or of the future?

No parser. A deadline ("by Friday", "until spring", "put off to Monday") looks forward unless its clause has happened.
Else the nearest telling word before the expression in its sentence decides, and where there is none the first one after
it. After an expression a promise is what happened then ("on Tuesday he promised to act"); before it the promise is of
that day ("he promised to act on Tuesday").
"""

import re

from onrecord.knowledge.word_lists import alternation

_WINDOW = 200
_SENTENCE_END = re.compile(r"[.!?…][\"”’')*]*\s+(?=[\"“‘'(]?[A-Z])|:\s|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:"
    + alternation("title_short", "honorific_short", "abbreviation", "legal_form_short", "month_short")
    + r"|[A-Z])\.)$"
)
# Whoever asks or promises speaks of what is to come: "asked shops to close on Monday", "plans to leave on Friday".
_ASKING = (
    r"(?:plan|expect|intend|aim|hope|pledge|promise|vow|agree|prepare|threaten|want|decide|propose|ask|tell|order|urge|"
    r"warn|invite|require|instruct|summon|advise|request|need|wait)(?:n?ed|n?ing|s|d)?|told"
)
# What news tells in the present tense before it happens. Those of the second kind are nouns as well.
STEPS = (
    r"(?:begin|expire|meet|resume|reopen|arrive|depart|lapse|convene|reconvene|retire)s?|appears?(?=\s(?:before|in|at|on)\b)|fly|flies|falls?\sdue|"
    r"(?:run|step|kick|set)s?\s(?:out|down|off)|heads?\s(?:to|for)|"
    r"takes?\s(?:effect|office|over)|comes?\sinto\s(?:force|effect)|"
    r"go(?:es)?\s(?:to\sthe\spolls|into\s(?:force|effect)|on\s(?:sale|trial|strike|show)|before\s(?:the|a)\b)"
)
_NOUN_STEPS = r"(?:start|end|open|close|vote|leave|travel|return|play|face)s?"
_IRREGULAR = (
    r"said|was|were|had|has|have|did|told|came|went|took|made|met|held|began|won|lost|left|fell|rose|gave|got|saw|became|"
    r"wrote|spoke|sent|put|cut|hit|set|shot|fought|brought|thought|built|found|ago|arose|ate|blew|bought|broke|caught|"
    r"chose|crept|dealt|drew|drank|drove|fed|felt|flew|fled|forbade|forgot|froze|grew|heard|hid|hung|kept|knew|laid|led|"
    r"lent|lit|meant|overcame|overthrew|paid|quit|ran|rang|rode|sang|sank|sat|shook|shrank|shut|slept|slid|sold|sought|"
    r"sped|spent|sprang|stole|stood|stuck|struck|swam|swept|swore|swung|taught|threw|tore|understood|undertook|upheld|"
    r"withdrew|withheld|woke|wore|taken|given|shown|seen|written|spoken|drawn|thrown|chosen|broken|stolen|sworn"
)
CUE = re.compile(
    r"\b(?P<could>could)\b(?!\snot|n['’]t|\shave)|\b(?P<undone>had\s(?:\w+\s)?been\s(?:due|expected|set|slated|planned|scheduled)|(?:could|would|might|may|must|should)(?:\snot|n['’]t)?\shave|could(?:\snot|n['’]t))\b"
    r"|\b(?P<future>will|won['’]t|shall|would|may|might|can|must|should|scheduled|going\sto|set\sto|if|unless|(?:a|an|the|its|his|her|their)\s(?:planned|proposed)|due(?!\sto\s(?:the|a|his|her|its|their)\b)|"
    r"(?:is|are|am|was|were)(?:\snot)?\sto(?!\s(?:the|a)\b)|(?:is|are|am|was|were|be|been)\s(?:\w+\s)?(?:due|expected|set|slated|planned|about\sto)|"
    r"as\s(?:soon|early)\sas|no\slater\sthan|calling\sfor|deadline\b[^.,;]{0,40}?\s(?:is|falls|expires|of))\b"
    rf"|\b(?P<asked>(?:{_ASKING})\s(?:(?!(?:that|who|which|and|when|after|to|on|in)\b)[\w’'-]+\s){{0,5}}?to|(?:has|have)\sto)\b"
    r"|(?P<contracted>['’]ll)\b"
    rf"|(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bto\s)(?<!['’]s\s)\b(?:(?P<step>{STEPS})|(?P<noun>{_NOUN_STEPS}))\b(?!\s(?:of|was|were|said)\b)"
    r"|\b(?P<present>is|are)\b"
    rf"|(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)\b(?P<past>(?!(?:united|unspecified|need|indeed|speed|exceed|proceed|hundred|sacred)\b)\w{{2,30}}ed|{_IRREGULAR})\b",
    re.IGNORECASE,
)
_PAST = "past"
_FUTURE = "future"
_PAST_FORM = re.compile(r"\w+ed\b|told\b", re.IGNORECASE)
# "will be signed", "to be formally closed": the participle of something to come.
_PASSIVE = re.compile(r"\b(?:be|being)\s(?:\w+ly\s)?$", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:and|or)\s$", re.IGNORECASE)
# What stands before a verb and not before a noun: "inspectors leave", but neither "two votes" nor "did not start".
_SUBJECT = re.compile(
    r"(?:^|\b(?:they|we|you|who|which|it|she|he|both|and)\s"
    r"|(?!(?:his|its|this|has|was|is|does|as|us|less|previous|various|across|afterwards|sometimes|always|perhaps|days|weeks)\b)"
    r"\b[\w’'-]+s\s)$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"\b(?:of|by|in|on|at|for|from|with|to|than|and|or|two|three|four|five|six|seven|eight|nine|ten|\d+|his|her|its|their|"
    r"our|my|your|these|those|no|some|more|most|many|few|several|all|last|next|early|such|not|n['’]t|did|do|does|"
    r"will|would|may|can|could|should|must|might)\s$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s(?:the\s)?$", re.IGNORECASE)
_TOLD = re.compile(r"(?:said|told|announced|added|confirmed|reported|warned)$", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,;—–]|\b(?:that|which|who|and|but|after|before|if|unless|when|as|because|while|where)\b", re.IGNORECASE
)
# "the court on Monday agreed", "on Tuesday he was back"
_AT_ONCE = re.compile(
    r"\s(?:(?:he|she|it|they|we|I)\s)?(?:also\s|\w+ly\s)?"
    rf"(?:\w{{2,30}}ed|wouldn['’]t|would not|{_IRREGULAR})\b(?!\s(?:by|to be)\b)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|no later than|ahead of|due (?:on|by|in|before))\s(?:the\s)?$", re.IGNORECASE
)
_BY = re.compile(r"\bby\s(?:the\s)?$", re.IGNORECASE)
_WANTED = re.compile(
    r"(?:demand|request|promis|pledg|want|order|requir|expect|vow|propos|need)ed$|sought$", re.IGNORECASE
)
_OPENING = re.compile(r"\W*(?:\w+\W+)?")  # by Friday; but by Friday
TO_DO = re.compile(r"\bto\s(?!the\b|a\b|an\b|his\b|her\b|its\b|their\b)[a-z]+\b", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:adjourn|postpon|delay|mov|put(?:ting)?\s(?:off|back)|push(?:ed|es)?\s(?:back|off)|brought\sforward|defer)\w*\b"
    r"[^.;:]{0,60}\b(?:to|until|till)\s$"
    r"|\b(?:call|schedul|plan|slat|fix|book|arrang|conven|propos|set|postpon|resched)\w*\b[^.;:]{0,60}\bfor\s(?:early\s|late\s)?$",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(r"\s(?:was|were|had been|has been|have been)\b", re.IGNORECASE)  # of what was planned
_POSSESSIVE = re.compile(r"['’]s\b")


def tense_at(text: str, start: int, end: int) -> str | None:
    """past, future or None for the expression text[start:end]."""
    before = text[max(0, start - _WINDOW) : start]
    if _SINCE.search(before):
        return _PAST
    if _UNTIL.search(before):
        return _FUTURE  # what lasts to a day has not ended
    if _POSSESSIVE.match(text, end):
        return _PAST  # "Tuesday's vote" has mostly been held
    sentence = before[_sentence_start(before) :]
    if _AT_ONCE.match(text, end):
        return _PAST
    if _MOVED.search(sentence):
        return _PAST if _CALLED_OFF.match(text, end) else _FUTURE
    last = _last_cue(sentence)
    if _BY.search(sentence):
        return _deadline(text, end, sentence, last)
    if last is not None:
        return _tense(last)
    return _tense_after(text, end)


def _sentence_start(before: str) -> int:
    cut = 0
    for stop in _SENTENCE_END.finditer(before):
        if not _ABBREVIATION.search(before[: stop.start() + 1]):
            cut = stop.end()
    return cut


def _last_cue(sentence: str) -> re.Match[str] | None:
    """The last telling word, passive participles of something to come left out."""
    last: re.Match[str] | None = None
    for found in CUE.finditer(sentence):
        before = sentence[max(0, found.start() - 30) : found.start()]
        if found.lastgroup == "past" and (
            _PASSIVE.search(before) or (last is not None and _JOINED.search(before) and last.lastgroup == "future")
        ):
            continue
        if found.lastgroup == "could":  # of the past as often, "could see on Monday that"
            continue
        if found.lastgroup in ("step", "noun"):
            between = sentence[last.end() : found.start()] if last is not None and last.lastgroup == "past" else None
            is_second = between is not None and not _TOLD.match(last[0] if last else "") and not _CLAUSE.search(between)
            if is_second or not _is_verb(found, before):
                continue
        last = found
    return last


def _is_verb(step: re.Match[str], before: str) -> bool:
    if _NO_SUBJECT.search(before) or not step[0][0].islower():
        return False
    return step.lastgroup == "step" or step[0].endswith("s") or _SUBJECT.search(before) is not None


def _tense_after(text: str, end: int) -> str | None:
    after = text[end : end + _WINDOW]
    end_of_sentence = _SENTENCE_END.search(after)
    cue = CUE.search(after, 0, end_of_sentence.start() if end_of_sentence else len(after))
    if cue is not None and cue.lastgroup == "asked" and _PAST_FORM.match(cue[0]):
        return _PAST
    return _tense(cue) if cue else None


def _deadline(text: str, end: int, sentence: str, last: re.Match[str] | None) -> str | None:
    """ "by Friday": ahead, unless the clause tells what had happened by then."""
    if last is not None:
        is_open = last.lastgroup not in ("past", "undone") or _WANTED.match(last[0]) is not None
        return _FUTURE if is_open or TO_DO.search(sentence, max(last.end(), sentence.rfind(",") + 1)) else _PAST
    is_opening = _OPENING.fullmatch(_BY.sub("", sentence)) is not None
    return _PAST if is_opening and _tense_after(text, end) == _PAST else _FUTURE


def _tense(cue: re.Match[str]) -> str | None:
    """The present says nothing: "is facing an election in November"."""
    return {"past": _PAST, "undone": _PAST, "present": None}.get(cue.lastgroup or "", _FUTURE)
