"""Whether a source stands by what is reported of it: quotes.polarity.

Read off the words of the cue and the verbs that it hangs on, off whoever is named as the source, and off the content:
a question ends in its mark, or is told behind "whether" or a question word. In this order: what is only possible or
imagined is hypothetical, be it a question or a denial; then denials, then questions.

Source: 669 articles whose reported speech was labelled by close reading. The rules were made while reading them, so how
often they are right there tells less than articles that nobody read.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.cue_words import DENIES, EVERY, EVIDENTIAL, MODAL, PRONOUN_SELF, SAY, WITHHOLDS
from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.cue_verbs import lemma_of
from onrecord.document import Attribution
from onrecord.knowledge.word_lists import alternation, with_meaning

if TYPE_CHECKING:
    from spacy.tokens import Token

_TURNS_DOWN = with_meaning("turns_down", "polarity_word")
_CLAIM = with_meaning("claim", "polarity_word")
_ASKS = with_meaning("asks", "polarity_word")
_SPEECH = EVERY - EVIDENTIAL
_BELIEF = frozenset({"believe", "think"})
_MAY = MODAL - {"can", "ca"}  # who can say it has said it as a rule
_NOT = frozenset({"not", "n't", "n’t", "never", "nor", "neither"})
# "would later say": told from a point in the past, it was said. So was what cannot be held back, or was a habit.
_AFTER_ALL = frozenset({"later", "then", "eventually", "often", "only", "just", "soon", "sometimes", "resist", "help"})
_HABIT = frozenset({"always", "usually", "regularly", "repeatedly"})
_CONDITION = frozenset({"if", "unless"})
_QUESTION_WORDS = frozenset({"whether", "if", "who", "what", "when", "where", "which", "why", "how", "whom", "whose"})
_PARTICLES = (
    ("push", "back"),
    ("shoot", "down"),
    ("brush", "off"),
    ("cast", "doubt"),
    ("bat", "down"),
    ("knock", "down"),
)
_OPENING = 8  # tokens in which the noun or the question word of a content stands
_LONGEST_STEP = 6  # tokens from one of them to the next
_STEPS = 4  # verbs from the cue up to the one that says whether it came to pass
_SENTENCE = re.compile(r"[^.?!…]*[^\W_][^.?!…]*([.?!…]+|\Z)")
_ABBREVIATED = re.compile(rf"\b(?:[A-Z]|{alternation('title_short', 'honorific_short')})\.|(?<=\w)\.(?=\w)")
# A question without its mark: an auxiliary or a question word in front of its subject.
_INVERTED = re.compile(
    r"(?:[Aa]re|[Ii]s|[Ww]as|[Ww]ere|[Cc]an|[Cc]ould|[Dd]oes|[Dd]id|[Ww]ould|[Hh]ow can|[Ww]hat is|[Ww]hy (?:do|is))"
    r" (?:you|he|she|it|they|we|I|there|this|that)\b[^.?!]*\Z"
)
_BEFORE = 4  # tokens before a cue: "nor did he say"
_MARKS = "\"”“’‘'»«)]"
_LONGEST = 3000  # characters of a content that are read for its questions


def polarity_of(reading: Reading, reported: Attribution) -> str:
    """said | denied | asked | hypothetical."""
    verbs = list(_verbs(reading, reported.cue)) if reported.cue is not None else []
    source = reading.text[slice(*reported.source)].lower() if reported.source is not None else ""
    if _is_unreal(reading, verbs, source):
        return "hypothetical"
    if reported.kind != "direct" and _is_denied(reading, reported, verbs, source):
        return "denied"
    return "asked" if _is_asked(reading, reported, verbs) else "said"


def _verbs(reading: Reading, cue: tuple[int, int]) -> Iterator["Token"]:
    """The verbs of a cue, the first that it hangs on last: "declined to say" is two."""
    first, last = reading.range_of(*cue)
    inside = [reading.tokens[k] for k in range(first, last) if reading.tokens[k].pos_ in ("VERB", "AUX")]
    token = inside[-1] if inside else reading.tokens[last - 1]
    for _ in range(_STEPS):
        yield token
        above = token.head
        if token.dep_ == "pcomp" and above.lower_ in ("of", "from"):
            above = above.head  # "stopped short of saying"
        hangs = token.dep_ in ("xcomp", "pcomp") or (token.dep_ == "conj" and token.tag_ == "VB")
        if above.i == token.i or not hangs or reading.quoted[above.i] != reading.quoted[token.i]:
            return
        if abs(above.i - token.i) > _LONGEST_STEP:
            return
        token = above


def _is_unreal(reading: Reading, verbs: list["Token"], source: str) -> bool:
    """It may be said, would be, will be, or has to be imagined; what is told of oneself is said: "I would say"."""
    if source in PRONOUN_SELF or not verbs or lemma_of(verbs[0]) not in _SPEECH:
        return False
    for verb in verbs:
        near = _near(verb) | (_AFTER_ALL | _HABIT).intersection(reading.lower[verb.i + 1 : verb.i + 2])
        going = verb.lower_ == "going" and reading.lower[verb.i + 1 : verb.i + 2] == ["to"]
        if (going or not _MAY.isdisjoint(near)) and near.isdisjoint(_AFTER_ALL | _HABIT | _NOT):
            return True
        if any(child.lower_ in _CONDITION and child.dep_ in ("mark", "advmod") for child in verb.lefts):
            return True
    return False


def _near(verb: "Token") -> set[str]:
    """Auxiliaries, adverbs and negations of a verb, but those in front of its subject: "Didn't he say …?" he did."""
    subject = next((child.i for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
    return {
        child.lower_
        for child in verb.children
        if child.dep_ in ("aux", "auxpass", "neg", "advmod", "preconj")
        and (subject is None or child.i > subject or child.lower_ in ("nor", "neither"))
        and child.i < verb.i + 2
    }


def _is_denied(reading: Reading, reported: Attribution, verbs: list["Token"], source: str) -> bool:
    """Denied, turned down as a claim, not said, or said by neither of two."""
    if reported.cue is None:
        return False
    first, last = reading.range_of(*reported.cue)
    words = set(reading.lower[first:last])
    lemmas = {lemma_of(reading.tokens[k]) for k in range(first, last)} | {lemma_of(verb) for verb in verbs}
    near = set().union(words, *map(_near, verbs))
    if not DENIES.isdisjoint(lemmas) or {"rule", "out"} <= lemmas | words:
        # Who does not deny it has not denied it; who neither confirms nor denies it does not say it.
        return near.isdisjoint(_NOT - {"neither", "nor"}) and WITHHOLDS.isdisjoint(lemmas)
    if source.startswith("neither "):
        return True
    if any(head in lemmas and particle in words for head, particle in _PARTICLES) and _takes_claim(reading, reported):
        return True
    if not _TURNS_DOWN.isdisjoint(lemmas) and _takes_claim(reading, reported):
        return not _is_judged(reading, reported, words)
    if "nor" in reading.lower[max(first - _BEFORE, 0) : first]:
        return True
    if not near.isdisjoint(_AFTER_ALL) or lemmas.isdisjoint(SAY | _BELIEF):
        return False
    return not near.isdisjoint(_NOT) or _is_withheld(verbs, near)


def _is_withheld(verbs: list["Token"], near: set[str]) -> bool:
    """ "Declined to say", "without saying"."""
    withheld = any(lemma_of(verb) in WITHHOLDS for verb in verbs[1:])
    return withheld or "without" in near or any(map(_is_without, verbs))


def _is_without(verb: "Token") -> bool:
    """ "Without saying", be it the second verb of two; "stopped short of saying"."""
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "pcomp" and (verb.head.lower_ == "without" or verb.head.head.lower_ == "short")


def _is_judged(reading: Reading, reported: Attribution, words: set[str]) -> bool:
    """ "Dismissed the claims as nonsense": that they are nonsense is said."""
    return "as" in words or "as" in reading.lower[slice(*reading.range_of(reported.start, reported.end))]


def _takes_claim(reading: Reading, reported: Attribution) -> bool:
    """What is turned down is a claim: "rejected the notion that …", its noun in the cue or before its clause."""
    if reported.cue is None:
        return False
    first = reading.token_at(reported.cue[0])
    start = reading.token_at(reported.start)
    around = range(min(first, start), min(max(first, start) + _OPENING, len(reading.tokens)))
    return any(lemma_of(reading.tokens[k]) in _CLAIM for k in around[: 3 * _OPENING])


def _is_asked(reading: Reading, reported: Attribution, verbs: list["Token"]) -> bool:
    """A quoted question, or what is asked, wondered or demanded behind a question word."""
    quoted = _is_all_quoted(reading, reported)
    if quoted and _is_question(reading.text, reported):
        return True
    if reported.cue is None:
        return False
    first, last = reading.range_of(*reported.cue)
    lemmas = {lemma_of(reading.tokens[k]) for k in range(first, last)} | {lemma_of(verb) for verb in verbs}
    if _ASKS.isdisjoint(lemmas) and not {"want", "know"} <= lemmas:
        return False
    if quoted:
        return _is_question(reading.text, reported, some=True)
    return _is_question(reading.text, reported) or _opens_with_question(reading, reported)


def _is_all_quoted(reading: Reading, reported: Attribution) -> bool:
    """No word of it is the reporter's."""
    if reported.kind != "mixed":
        return reported.kind == "direct"
    first, last = reading.range_of(reported.start, reported.end)
    return reading.quoted[first] >= 0 and reading.quoted[first] == reading.quoted[last - 1]


def _opens_with_question(reading: Reading, reported: Attribution) -> bool:
    """Whether, if or a question word stands right before the content or in it before its first verb; or "about"."""
    start, end = reading.range_of(reported.start, reported.end)
    if "about" in reading.lower[max(start - 1, 0) : start + 1]:
        return True
    if not _QUESTION_WORDS.isdisjoint(reading.lower[max(start - 1, 0) : start]):
        return True
    for k in range(start, min(end, start + _OPENING)):
        if reading.lower[k] in _QUESTION_WORDS:
            return True
        if reading.tokens[k].pos_ in ("VERB", "AUX"):
            return False
    return False


def _is_question(text: str, reported: Attribution, *, some: bool = False) -> bool:
    """Every sentence of it, or the last and half of them where `some` do, ends in a question mark."""
    end = min(reported.end, reported.start + _LONGEST)
    words = text[reported.start : end].strip(_MARKS + " ")
    words += "?" if text[reported.end : reported.end + 2].strip(_MARKS)[:1] == "?" else ""
    ends = [match[1] for match in _SENTENCE.finditer(_ABBREVIATED.sub("", words))]
    if len(ends) == 1 and _INVERTED.match(words.rstrip(".,")):
        return True
    asked = sum("?" in each for each in ends)
    return asked > 0 and (asked == len(ends) or (some and "?" in ends[-1] and 2 * asked >= len(ends)))
