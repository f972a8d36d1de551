"""How sure a quote's row is: that the words are reported, and that the speaker is the one who says them.

A logistic regression over how sure the words and their source are, and how the source was found to be that actor. The
weights are fitted on articles labelled by reading (`pipelines/training/speakers.py`) and lie in speaker_confidence.csv.
"""

import csv
import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from onrecord.annotate.actors.references.pronouns import fits_pronoun
from onrecord.annotate.quotes.speakers.issuers import is_speech
from onrecord.annotate.quotes.speakers.salience import NAMED
from onrecord.document import Actor, Quote
from onrecord.knowledge.files import DATA
from onrecord.knowledge.titles import FEMALE

if TYPE_CHECKING:
    from spacy.tokens import Span

    from onrecord.annotate.actors.cast import Cast

WEIGHTS = DATA / "speaker_confidence.csv"
_SMALLEST = 0.02  # a probability
_PERSON = frozenset({"he", "she", "his", "her", "him"})
_OTHER = frozenset({"they", "it", "we", "i", "who", "one", "both"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_UP = 3  # verbs from a cue up to the one that has a subject
_REACH = 600  # characters before a source in which others are named
_MOST_RIVALS, _FARTHEST = 4, 300
_WORD = 6  # characters


def confidence_of(quote: Quote, cast: "Cast", before: Quote | None = None) -> float:
    """How probably the row of a quote with a speaker is right; `quote.confidence` is how sure its words are."""
    weights = load_weights()
    total = sum(weights[name] * value for name, value in signals(quote, cast, before).items())
    return round(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), 2)


def signals(quote: Quote, cast: "Cast", before: Quote | None = None) -> dict[str, float]:
    """What the confidence is read from, by name, for a quote with a speaker.

    `cast` is that of the whole article, `before` the quote before this one there.
    """
    speaker = cast[quote.speaker_actor_id or ""]
    start, end = quote.speaker or (quote.start, quote.start)
    words = cast.doc.text[start:end].lower()
    sure = min(max(quote.confidence, _SMALLEST), 1 - _SMALLEST)
    odds = math.log(sure / (1 - sure))
    indirect = float(quote.kind == "indirect")
    forms = {m.form for m in cast.mentions_in(start, end) if m.actor_id == speaker.actor_id}
    source = (cast.syntax.char_span(start, end, alignment_mode="expand") if start < end else None) or None
    pronoun = words in _PERSON
    return {
        "constant": 1.0,
        "sure": odds,
        "indirect": indirect,
        "indirect_sure": indirect * odds,
        "direct": float(quote.kind == "direct"),
        "length": math.log1p((quote.end - quote.start) / _WORD),
        "clause": float(_has_clause(quote, cast)),
        "unnamed": float(speaker.link_method == "unnamed"),
        "group": float(speaker.type == "group"),
        "single_name": float(speaker.link_method == "name" and " " not in speaker.name),
        "surname": float("surname" in forms),
        "namesake": float(_has_namesake(speaker, cast)),
        "document": float(source is not None and is_speech(source.root)),
        "he_or_she": float(pronoun),
        "goes_on": float(pronoun and before is not None and before.speaker_actor_id == speaker.actor_id),
        "named_since": min(float(_named_since(speaker, start, words, cast)), _MOST_RIVALS) if pronoun else 0.0,
        "other_pronoun": float(words in _OTHER),
        "definite": float(words.startswith("the ")),
        "spoken_of": float(_is_named_in(quote, speaker, cast)),
        "subject": float(_is_subject_of_cue(quote, source, cast)),
        "same_sentence": float(source is not None and source[0].sent.start_char <= quote.start <= source.sent.end_char),
        "distance": min(max(0, start - quote.end, quote.start - end), _FARTHEST) / 100,
    }


def _has_clause(quote: Quote, cast: "Cast") -> bool:
    """Whether somebody or something does something in the words: no noun alone."""
    said = cast.syntax.char_span(quote.start, quote.end, alignment_mode="expand")
    return said is not None and any(token.dep_ in _SUBJECTS for token in said)


def _has_namesake(speaker: Actor, cast: "Cast") -> bool:
    """Whether another person of the article has the same last name."""
    last = speaker.name.split()[-1]
    return sum(person.name.split()[-1] == last for person in cast.people()) > 1


def _named_since(speaker: Actor, at: int, pronoun: str, cast: "Cast") -> int:
    """How many others whom the pronoun at an offset fits were named or meant since the speaker was."""
    gender, since = "f" if pronoun in FEMALE else "m", cast.last_mention(speaker.actor_id, at)
    others = (mention for mention in cast.mentions_before(at, _REACH) if mention.start > since)
    return len({each.actor_id for each in others if fits_pronoun(cast, each, person=True, gender=gender)})


def _is_named_in(quote: Quote, speaker: Actor, cast: "Cast") -> bool:
    """Whether the words name the speaker, as few do who speak of themselves."""
    named = (mention for mention in cast.mentions_in(quote.start, quote.end) if mention.form in NAMED)
    return any(mention.actor_id == speaker.actor_id for mention in named)


def _is_subject_of_cue(quote: Quote, source: "Span | None", cast: "Cast") -> bool:
    """Whether the parse, too, has the source for the subject of the cue."""
    cue = (cast.syntax.char_span(*quote.cue, alignment_mode="expand") if quote.cue is not None else None) or None
    if cue is None or source is None:
        return False
    verb = cue.root
    for _ in range(_UP):
        subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if subject is not None:
            return source.start <= subject.i < source.end
        verb = verb.head
    return False


@cache
def load_weights() -> Mapping[str, float]:
    """The weight of each signal."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["signal"]: float(row["weight"]) for row in csv.DictReader(file)})
