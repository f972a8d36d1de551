"""The last word before an expression that tells a tense: a past form, what asks or plans, a step in the present."""

import re
from itertools import groupby
from operator import itemgetter

from onrecord.timex.verbs import FORMS, NOT_PAST, STEPS

# Whoever asks or promises speaks of what is to come: "asked shops to close on Monday", "plans to leave on Friday".
_ASKING = (
    r"(?:plan|expect|intend|aim|hope|pledge|promise|vow|agree|prepare|threaten|want|decide|propose|ask|tell|order|urge|"
    r"warn|invite|require|instruct|summon|advise|request|need|wait)(?:n?ed|n?ing|s|d)?|told"
)
# What news tells in the present tense before it happens. Those of the second kind are nouns as well.
_STEPS = (
    r"(?:begin|expire|meet|resume|reopen|arrive|depart|lapse|convene|reconvene|retire)s?|appears?(?=\s(?:before|in|at|on)\b)|fly|flies|falls?\sdue|"
    r"(?:run|step|kick|set)s?\s(?:out|down|off)|heads?\s(?:to|for)|"
    r"takes?\s(?:effect|office|over)|comes?\sinto\s(?:force|effect)|"
    r"go(?:es)?\s(?:to\sthe\spolls|into\s(?:force|effect)|on\s(?:sale|trial|strike|show)|before\s(?:the|a)\b)"
)
_NOUN_STEPS = rf"(?:{'|'.join((*STEPS, 'leave', 'travel'))})s?"
_TOLD_WORDS = sorted(
    {"told", *(word for kind in ("past", "done", "put", "was", "had", "has", "did") for word in FORMS[kind])}
)
# By their first letters: an alternation that ignores case tries each of its branches at each word.
_IRREGULAR = "|".join(
    f"{letter}(?:{'|'.join(word[1:] for word in words)})" for letter, words in groupby(_TOLD_WORDS, itemgetter(0))
)
_CUE = re.compile(
    r"\b(?P<could>could)\b(?!\snot|n['’]t|\shave)|\b(?P<undone>had\s(?:\w+\s)?been\s(?:due|expected|set|slated|planned|scheduled)|(?:could|would|might|may|must|should)(?:\snot|n['’]t)?\shave|could(?:\snot|n['’]t))\b"
    r"|\b(?P<future>will|won['’]t|shall|would|may|might|can|must|should|scheduled|going\sto|set\sto|if|unless|(?:a|an|the|its|his|her|their)\s(?:planned|proposed)|due(?!\sto\s(?:the|a|his|her|its|their)\b)|"
    r"(?:is|are|am|was|were)(?:\snot)?\sto(?!\s(?:the|a)\b)|(?:is|are|am|was|were|be|been)\s(?:\w+\s)?(?:due|expected|set|slated|planned|about\sto)|"
    r"as\s(?:soon|early)\sas|no\slater\sthan|calling\sfor|deadline\b[^.,;]{0,40}?\s(?:is|falls|expires|of))\b"
    rf"|\b(?P<asked>(?:{_ASKING})\s(?:(?!(?:that|who|which|and|when|after|to|on|in)\b)[\w’'-]+\s){{0,5}}?to|(?:has|have)\sto)\b"
    r"|(?P<contracted>['’]ll)\b"
    rf"|\b(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bto\s)(?<!['’]s\s)(?:(?P<step>{_STEPS})|(?P<noun>{_NOUN_STEPS}))\b(?!\s(?:of|was|were|said)\b)"
    r"|\b(?P<present>is|are)\b"
    rf"|\b(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?P<past>(?!(?:{'|'.join(NOT_PAST)})\b)\w{{2,30}}ed|{_IRREGULAR})\b",
    re.IGNORECASE,
)
# "will be signed", "are formally closed": the participle of what is so or is to come.
_PASSIVE = re.compile(r"(?:\b(?:be|being|is|are|am|gets?)|['’]re)\s(?:(?:\w+ly|not|also|still|now)\s)?$", re.IGNORECASE)
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
_TOLD = re.compile(r"(?:said|told|announced|added|confirmed|reported|warned)$", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,;—–]|\b(?:that|which|who|and|but|after|before|if|unless|when|as|because|while|where)\b", re.IGNORECASE
)


def last_cue(sentence: str) -> str:
    """The kind of the last word of `sentence` that tells a tense, passive participles of something to come left out."""
    last: re.Match[str] | None = None
    for found in _CUE.finditer(sentence):
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
    return "none" if last is None else last.lastgroup or "none"


def _is_verb(step: re.Match[str], before: str) -> bool:
    if _NO_SUBJECT.search(before) or not step[0][0].islower():
        return False
    return step.lastgroup == "step" or step[0].endswith("s") or _SUBJECT.search(before) is not None
