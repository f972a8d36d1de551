"""By whom something is told, and by which cue: what the tagger reads, set against the cues that the rules find."""

from onrecord.annotate.quotes.cue_words import RELAY, TAKES_THAT
from onrecord.annotate.quotes.noun_phrases import noun_phrase
from onrecord.annotate.quotes.reading import NOUNISH, Reading
from onrecord.annotate.quotes.reported.cues import Cue, Cues
from onrecord.annotate.quotes.reported.source import can_speak
from onrecord.annotate.quotes.tagger import Told

_UNSURE = 0.45  # confidence below which a source that the parse gives is the better one


def how_of(text: str, told: Told) -> str:
    """The evidence for the source: quotes.attribution."""
    if told.source is None:
        return "none"
    if told.cue is None or "\n" in text[min(told.cue.end, told.content.end) : max(told.cue.start, told.content.start)]:
        return "continuation"
    cue = text[told.cue.start : told.cue.end].lower()
    if cue.startswith("according"):
        return "according_to"
    return "colon" if not any(map(str.isalnum, cue)) else "cue"


def is_told_far_ahead(text: str, told: Told) -> bool:
    """Whether a whole paragraph lies between what is told and its source behind it: who speaks there speaks anew."""
    return told.source is not None and text.count("\n\n", told.content.end, told.source.start) > 1


def cue_of(reading: Reading, told: Told) -> tuple[int, int] | None:
    """The characters of the cue; of "said:" those of the word."""
    if told.cue is None:
        return None
    start, end = told.cue.start, told.cue.end
    while end - 1 > start and not reading.text[end - 1].isalnum() and any(map(str.isalnum, reading.text[start:end])):
        end -= 1
    return start, end


def source_of_told(reading: Reading, found: Cues, told: Told) -> tuple[int, int] | None:
    """The mention of the source as a phrase of its own: without relative clauses, and not the dateline before it."""
    if told.source is None:
        return _by_rule(reading, found, told)
    for cue in cues_in(reading, found, told):
        if cue.source is not None and (cue.lemma == "quote" or _only_relays(reading, found, told, cue)):
            return cue.source
        within = cue.source is not None and told.source.start <= cue.source[0] and cue.source[1] <= told.source.end
        if within or (told.confidence < _UNSURE and can_speak(reading, cue.source_head)):
            return cue.source
    first, last = reading.range_of(told.source.start, told.source.end)
    inside = range(first, last)
    heads = [k for k in inside if reading.tokens[k].pos_ in NOUNISH and reading.tokens[k].head.i not in inside]
    subjects = [k for k in inside if reading.tokens[k].dep_ in ("nsubj", "nsubjpass")]
    for head in (*heads, *subjects):
        phrase = noun_phrase(reading, head)
        if phrase is not None and told.source.start <= phrase[0] < phrase[1] <= told.source.end:
            return phrase
    stop = reading.text.find(",", told.source.start, told.source.end)
    return told.source.start, stop if stop > told.source.start else told.source.end


def traced(reading: Reading, found: Cues, told: Told) -> tuple[tuple[int, int] | None, str]:
    """The source and the evidence for it, which is the cue where only the parse gives it."""
    source, how = source_of_told(reading, found, told), how_of(reading.text, told)
    return source, "cue" if source is not None and how == "none" else how


def _by_rule(reading: Reading, found: Cues, told: Told) -> tuple[int, int] | None:
    """The source that the parse gives a verb of saying for which the tagger sees none."""
    for cue in cues_in(reading, found, told):
        if cue.lemma in TAKES_THAT and cue.source_head is not None and can_speak(reading, cue.source_head):
            return cue.source if reading.lower[cue.source_head] != "it" else None  # "It would be unfair to say: …"
    return None


def _only_relays(reading: Reading, found: Cues, told: Told, own: Cue) -> bool:
    """ "“…,” a senator said, reports the Post": the source that the tagger reads is that of a verb of relaying."""
    if told.source is None or not can_speak(reading, own.source_head):
        return False
    first, last = reading.sentences[reading.sentence[own.at]]
    relays = (cue for cue in found.between(first, last) if cue.lemma in RELAY and cue.at != own.at)
    return any(cue.source is not None and told.source.start <= cue.source[0] < told.source.end for cue in relays)


def extent_of(told: Told) -> tuple[int, int] | None:
    """The whole mention of the source as the tagger reads it, with its appositions."""
    return (told.source.start, told.source.end) if told.source is not None else None


def is_relay(reading: Reading, told: Told) -> bool:
    """A cue by which an outlet or a paper passes on what somebody else says: reports, according to."""
    if told.cue is None:
        return False
    first, last = reading.range_of(told.cue.start, told.cue.end)
    if reading.lower[first] == "according" or any(reading.tokens[k].lemma_ in RELAY for k in range(first, last)):
        return True
    source = reading.token_at(told.source.start) if told.source is not None else 0
    return reading.lower[max(source - 2, 0) : source] == ["according", "to"]


def addressee_of_told(reading: Reading, found: Cues, told: Told) -> tuple[int, int] | None:
    return next((cue.addressee for cue in cues_in(reading, found, told) if cue.addressee is not None), None)


def cues_in(reading: Reading, found: Cues, told: Told) -> list[Cue]:
    """What the rules take for cues inside the cue that the tagger reads."""
    if told.cue is None:
        return []
    return found.between(*reading.range_of(told.cue.start, told.cue.end))
