"""Quotations without an attribution of their own: who is speaking follows from the sentences and paragraphs around."""

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.cue_words import JUDGE, SAY, UTTER
from onrecord.annotate.quotes.marked.names import name_line, signature
from onrecord.annotate.quotes.noun_phrases import noun_phrase
from onrecord.annotate.quotes.reading import FINITE, Reading
from onrecord.annotate.quotes.reported.cues import Cue, Cues
from onrecord.annotate.quotes.reported.link import Link, link_to
from onrecord.annotate.quotes.stretches import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

CUES_IN_SIGHT = 30  # no stretch is attributed to a cue further away
WORDS_IN_SIGHT = 300


def continued(
    reading: Reading, stretch: Stretch, first: int, found: Cues, previous: tuple[Stretch, Link] | None
) -> Link | None:
    """A quotation without attribution of its own: its speaker is in the neighbouring sentence or paragraph."""
    sentence = reading.sentence[first]
    low = reading.sentences[sentence][0]
    introduced = _introduced(reading, sentence, found) or signature(reading, sentence)
    if introduced is not None:
        return introduced
    if previous is not None:
        earlier, linked = previous
        spoken = replace(linked, how="continuation", goes_on=True, confidence=min(linked.confidence, 0.9))
        if not earlier.closed and stretch.paragraph - earlier.paragraph <= 1:
            return spoken
        if earlier.paragraph == stretch.paragraph and sentence - reading.sentence[reading.token_at(earlier.start)] <= 1:
            return spoken
    since = spoke_since(reading, stretch, found, previous[1].source if previous is not None else None)
    if since is not None:
        return replace(since, cue=None, confidence=0.6)
    if previous is not None and stretch.paragraph - previous[0].paragraph <= 2:
        return replace(previous[1], how="continuation", at=None, cue=None, goes_on=False, confidence=0.6)
    actor = _main_actor(reading, stretch.paragraph, low)
    if actor is not None:
        return Link(actor, None, "continuation", 0.5)
    return (
        replace(previous[1], how="continuation", at=None, cue=None, goes_on=False, confidence=0.4) if previous else None
    )


def spoke_since(reading: Reading, stretch: Stretch, found: Cues, source: tuple[int, int] | None) -> Link | None:
    """Who speaks in the paragraph before a quotation, without marks and after the `source` that it would continue."""
    number = stretch.paragraph - 1
    if number < 0 or stretch.outer_start > reading.paragraphs[stretch.paragraph][0]:
        return None
    start, end = reading.paragraphs[number]
    low, high = reading.range_of(start, end)
    if (source is not None and source[0] >= start) or any(reading.quoted[k] >= 0 for k in range(low, high)):
        return None
    cued = [cue for cue in found.between(low, high, limit=CUES_IN_SIGHT) if _speaks_up(reading, cue)]
    return replace(link_to(cued[-1], 0.9), how="continuation", at=None, addressee=None) if cued else None


def _speaks_up(reading: Reading, cue: Cue) -> bool:
    """The main verb of a sentence is one of speech, and its source has a name."""
    if cue.source_head is None or cue.lemma not in SAY | UTTER | JUDGE:
        return False
    verb = reading.tokens[cue.at]
    return verb.dep_ == "ROOT" and verb.tag_ in FINITE and reading.tokens[cue.source_head].ent_type_ == "PERSON"


def _introduced(reading: Reading, sentence: int, found: Cues) -> Link | None:
    """The sentence before ends in a colon: its cue or its name introduces this one."""
    if not sentence:
        return None
    low, high = reading.sentences[sentence - 1]
    colon = high - 1
    while colon > low and not reading.is_word(colon) and reading.lower[colon] != ":":
        colon -= 1
    if reading.lower[colon] != ":" or reading.quoted[colon] >= 0:
        return None
    cued = [cue for cue in found.between(low, high, limit=CUES_IN_SIGHT) if cue.source is not None]
    return link_to(cued[-1], 0.9) if cued else name_line(reading, low, colon)


def _main_actor(reading: Reading, paragraph: int, low: int) -> tuple[int, int] | None:
    """The last person who does something in the paragraph before, else the last name that is a subject there."""
    best: int | None = None
    at = low - 1
    while at >= max(low - WORDS_IN_SIGHT, 0) and reading.paragraph[at] >= paragraph - 1:
        token: Token = reading.tokens[at]
        if reading.quoted[at] < 0 and token.dep_ in ("nsubj", "nsubjpass"):
            if token.ent_type_ == "PERSON":
                return noun_phrase(reading, at)
            if best is None and (token.lower_ in ("he", "she") or token.pos_ == "PROPN"):
                best = at
        at -= 1
    return noun_phrase(reading, best) if best is not None else None
