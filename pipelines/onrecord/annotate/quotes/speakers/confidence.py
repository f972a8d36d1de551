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

from onrecord.annotate.quotes.speakers.issuers import is_speech
from onrecord.document import Quote
from onrecord.knowledge.files import DATA

if TYPE_CHECKING:
    from onrecord.annotate.actors.cast import Cast

WEIGHTS = DATA / "speaker_confidence.csv"
_SMALLEST = 0.02  # a probability
_PERSON = frozenset({"he", "she", "his", "her", "him"})
_OTHER = frozenset({"they", "it", "we", "i", "who", "one", "both"})
_BORROWED = frozenset({"metonym", "demonym"})
_REACH = 600  # characters before a source in which others are named
_MOST_RIVALS, _MOST_MENTIONS, _FARTHEST = 5, 20, 300
_WORD = 6  # characters


def confidence_of(quote: Quote, cast: "Cast") -> float:
    """How probably the row of a quote with a speaker is right; `quote.confidence` is how sure its words are."""
    weights = load_weights()
    total = sum(weights[name] * value for name, value in signals(quote, cast).items())
    return round(1 / (1 + math.exp(-max(min(total, 30.0), -30.0))), 2)


def signals(quote: Quote, cast: "Cast") -> dict[str, float]:
    """What the confidence is read from, by name, for a quote with a speaker; `cast` is that of the whole article."""
    speaker = cast[quote.speaker_actor_id or ""]
    start, end = quote.speaker or (quote.start, quote.start)
    words = cast.doc.text[start:end].lower()
    sure = min(max(quote.confidence, _SMALLEST), 1 - _SMALLEST)
    odds = math.log(sure / (1 - sure))
    indirect = float(quote.kind == "indirect")
    forms = {m.form for m in cast.mentions_in(start, end) if m.actor_id == speaker.actor_id}
    source = cast.syntax.char_span(start, end, alignment_mode="expand") if start < end else None
    before = {m.actor_id for m in cast.mentions_before(start, _REACH)} - {speaker.actor_id}
    return {
        "constant": 1.0,
        "sure": odds,
        "indirect": indirect,
        "indirect_sure": indirect * odds,
        "length": math.log1p((quote.end - quote.start) / _WORD),
        "unnamed": float(speaker.link_method == "unnamed"),
        "person": float(speaker.type == "person"),
        "organization": float(speaker.type == "organization"),
        "borrowed": float(not forms.isdisjoint(_BORROWED)),
        "mentions": math.log1p(min(cast.count(speaker.actor_id), _MOST_MENTIONS)),
        "document": float(source is not None and len(source) > 0 and is_speech(source.root)),
        "he_or_she": float(words in _PERSON),
        "other_pronoun": float(words in _OTHER),
        "definite": float(words.startswith("the ")),
        "rivals": float(min(sum(cast[each].type == "person" for each in before), _MOST_RIVALS)),
        "distance": min(max(0, start - quote.end, quote.start - end), _FARTHEST) / 100,
    }


@cache
def load_weights() -> Mapping[str, float]:
    """The weight of each signal."""
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["signal"]: float(row["weight"]) for row in csv.DictReader(file)})
