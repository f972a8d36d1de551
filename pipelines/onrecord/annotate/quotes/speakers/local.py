"""The words of a source set right before anybody asks who it is: relative pronouns, relays, marks never closed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.cue_words import RELATIVE
from onrecord.annotate.quotes.speakers.issuers import PASSED_ON, is_speech
from onrecord.annotate.syntax.spans import trimmed
from onrecord.annotate.syntax.subjects import phrase
from onrecord.document import Attribution, Quote

if TYPE_CHECKING:
    from onrecord.annotate.actors.cast import Cast

_CLAUSE_ENDS = ",.?!…"
_TITLES = 60  # characters of titles and roles between a comma and a name


def antecedent(source: tuple[int, int] | None, cast: "Cast") -> tuple[int, int] | None:
    """ "Farmers, who say …": the noun that a relative pronoun stands for. Any other source is given back."""
    tokens = cast.syntax.char_span(*source, alignment_mode="expand") if source is not None else None
    if tokens is not None and len(tokens) > 1 and tokens[-1].tag_ == "WP" and tokens[-1].text in RELATIVE:
        return tokens.start_char, tokens[-2].idx + len(tokens[-2].text)  # one senator who
    if tokens is None or len(tokens) != 1 or tokens.root.lower_ not in RELATIVE or tokens.root.tag_ == "IN":
        return source
    verb = tokens.root.head
    for _ in range(2):
        if verb.dep_ == "conj":  # who met the council and said …
            verb = verb.head
    noun = verb.head if verb.dep_ == "relcl" else None
    return phrase(noun) if noun is not None and noun.pos_ in ("NOUN", "PROPN") else source


def passed_on(source: tuple[int, int] | None, cast: "Cast") -> tuple[int, int] | None:
    """ "According to a report obtained by the Courier": the report, which the medium only passes on."""
    tokens = cast.syntax.char_span(*source, alignment_mode="expand") if source is not None else None
    named = cast.mention_at(*source) if source is not None else None
    if tokens is None or not len(tokens) or named is None or cast[named.actor_id].sector != "media":
        return None
    verb = tokens.root.head.head
    passed = tokens.root.dep_ == "pobj" and tokens.root.head.lower_ == "by" and verb.lemma_ in PASSED_ON
    noun = verb.head if passed and verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl") else None
    return phrase(noun) if noun is not None and is_speech(noun) else None


def before_own_cue(attribution: Attribution, text: str) -> int:
    """Where quoted words end whose closing mark was forgotten: “We will not, the mayor told them. The vote is due.

    Who says it and the cue stand inside them, behind a comma.
    """
    source, cue, start, end = attribution.source, attribution.cue, attribution.start, attribution.end
    if attribution.kind == "indirect" or source is None or cue is None:
        return end
    first = min(source[0], cue[0])
    if not start < first < max(source[1], cue[1]) <= end or text[end : end + 1] in ("”", '"', "’"):
        return end
    comma = max(text.rfind(mark, start, first) for mark in _CLAUSE_ENDS)
    return trimmed(text, start, comma + 1)[1] if comma > start and first - comma <= _TITLES else end


def relayed(attribution: Attribution, cast: "Cast", earlier: Sequence[Quote]) -> Quote | None:
    """ "“…,” the mayor said, according to the Courier. “…”": the quote before, which the same source only relays."""
    if attribution.source is None or not earlier:
        return None
    last = earlier[-1]
    if last.speaker is None or last.speaker_actor_id is None or last.speaker == attribution.source:
        return None
    if cast[last.speaker_actor_id].sector == "media" or not last.end <= attribution.source[0] < attribution.start:
        return None
    here = cast.syntax.char_span(*attribution.source, alignment_mode="expand")
    mentioned = cast.mention_at(*attribution.source)
    is_medium = mentioned is not None and cast[mentioned.actor_id].sector == "media"
    relays = attribution.how == "according_to" or is_medium
    same_sentence = here is not None and here[0].sent.start_char <= last.speaker[1] <= attribution.source[0]
    return last if relays and same_sentence else None
