"""Reporting cues in the reporter's own text: the source and the addressee of each."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.noun_phrases import noun_phrase, phrase_after
from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.cue_verbs import is_verb, lemma_of, source_of_verb
from onrecord.annotate.quotes.reported.source import can_speak, find_addressee, find_subject, owner_of

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting cue. `span`, `source` and `addressee` are characters."""

    at: int  # token of the cue's verb or noun
    lemma: str
    span: tuple[int, int]
    source: tuple[int, int] | None
    source_head: int | None
    addressee: tuple[int, int] | None
    how: str  # cue | according_to


class Cues:
    """Cues in text order, with quick access to those in a range of tokens."""

    def __init__(self, found: list[Cue]) -> None:
        self.all = found
        self._at = [cue.at for cue in found]

    def between(self, low: int, high: int, limit: int | None = None) -> list[Cue]:
        """Cues at tokens low..high-1; with a limit only the last so many."""
        first, last = bisect_left(self._at, low), bisect_left(self._at, high)
        return self.all[first if limit is None else max(first, last - limit) : last]


def find_cues(reading: Reading) -> Cues:
    """Cues outside quotation marks, in text order."""
    found: list[Cue] = []
    for i, token in enumerate(reading.tokens):
        if reading.quoted[i] >= 0:
            continue
        cue = None
        if reading.lower[i] == "according" and i + 1 < len(reading.tokens) and reading.lower[i + 1] == "to":
            cue = _according_to(reading, i)
        elif is_verb(token) and lemma_of(token) in cue_words.EVERY:
            cue = _verb_cue(reading, token)
        elif reading.lower[i] == "clear":
            cue = _made_clear(reading, token)
        if cue is not None:
            found.append(cue)
    return Cues(found)


def _verb_cue(reading: Reading, verb: "Token") -> Cue:
    lemma = lemma_of(verb)
    addressee = find_addressee(reading, verb, lemma)
    head, source = source_of_verb(reading, verb, addressee)
    return Cue(verb.i, lemma, reading.span(verb.i, verb.i + 1), source, head, addressee, "cue")


def _according_to(reading: Reading, at: int) -> Cue | None:
    tokens = reading.tokens
    head = next((child.i for child in tokens[at + 1].children if child.dep_ == "pobj"), None)
    source = noun_phrase(reading, head) if head is not None and head > at else None
    if source is None:
        near = phrase_after(reading, at + 2) if at + 2 < len(tokens) else None
        if near is None:
            return None
        head, source = near
    speaks = can_speak(reading, head) and head is not None and tokens[head].lemma_.lower() not in cue_words.SPEECH_NOUN
    if head is not None and tokens[head].pos_ == "NOUN" and not speaks:
        owner = owner_of(tokens[head])
        owned = noun_phrase(reading, owner) if owner is not None else None
        if owned is not None and owner is not None:
            head, source = owner, owned
    return Cue(at, "according", reading.span(at, at + 2), source, head, None, "according_to")


def _made_clear(reading: Reading, clear: "Token") -> Cue | None:
    """ "He made (it) clear that …", "officials have been clear that …"."""
    verb = clear.head
    if verb.lemma_ not in ("make", "be") or verb.i > clear.i:
        return None
    clause = next((c for c in (*clear.rights, *verb.rights) if c.dep_ in ("ccomp", "advcl") and c.i > clear.i), None)
    head = find_subject(verb, reading)
    if clause is None or head is None or reading.lower[head] == "it":
        return None
    source = noun_phrase(reading, head)
    return Cue(clear.i, "clear", reading.span(verb.i, clear.i + 1), source, head, None, "cue")
