"""Mixed and indirect attributions: what the tagger reads as told, by the conventions of the quotes table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.annotate.quotes.cues import EVIDENTIAL, MODAL, PRONOUN_SELF, RELAY
from onrecord.annotate.quotes.quoted_names import Link, is_in_heading
from onrecord.annotate.quotes.quoted_neighbours import CUES_IN_SIGHT
from onrecord.annotate.quotes.reported import Cue, Cues, can_speak
from onrecord.annotate.quotes.reported_reading import NOUNISH, Reading
from onrecord.annotate.quotes.reported_source import noun_phrase
from onrecord.annotate.quotes.tags import Told
from onrecord.annotate.quotes.telling import Telling, trimmed
from onrecord.document import Attribution

SHORTEST = 3  # words of what is told without marks
DENIED = frozenset({"not", "n't", "n’t", "never"})
CONDITIONAL = frozenset({"if", "unless", "whether", "whenever"})
NOBODY = ("no ", "none", "nobody", "neither ")
OURSELVES = (" of us", " of you")
UNSURE = 0.4  # confidence below which the rules decide, if they see a reported clause there
ATTITUDE = 0.4  # confidence from which content counts whose cue is no word of speech: backs, fears, plans to
STRAY = 1  # words outside the marks that do not yet make a clause with quoted words in it


@dataclass(frozen=True, slots=True)
class Reported:
    """Characters of content, source, cue and addressee, and the evidence for the source."""

    content: tuple[int, int]
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    addressee: tuple[int, int] | None
    how: str


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


def cue_of(reading: Reading, told: Told) -> tuple[int, int] | None:
    """The characters of the cue; of "said:" those of the word."""
    if told.cue is None:
        return None
    start, end = told.cue.start, told.cue.end
    while end - 1 > start and not reading.text[end - 1].isalnum() and any(map(str.isalnum, reading.text[start:end])):
        end -= 1
    return start, end


def source_of(reading: Reading, found: Cues, told: Told) -> tuple[int, int] | None:
    """The mention of the source as a phrase of its own: without relative clauses, and not the dateline before it."""
    if told.source is None:
        return None
    for cue in cues_in(reading, found, told):
        if cue.source is not None and told.source.start <= cue.source[0] and cue.source[1] <= told.source.end:
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


def reported(
    reading: Reading, found: Cues, tellings: Sequence[Telling], links: Mapping[int, Link | None]
) -> Iterator[Attribution]:
    """Mixed and indirect: clauses told without marks, or with marks around some of their words only.

    `links` says what the rules link the stretches to that do not stand for themselves.
    """
    headings = {each.paragraph for each in reading.stretches if is_in_heading(reading, each)}
    for telling in tellings:
        marked = [links[number] for number in telling.stretches if number in links]
        if (telling.stretches and not marked) or reading.paragraph[telling.first] in headings:
            continue
        unsure = telling.told.confidence < UNSURE and _inner(reading, found, telling) is not None
        if not telling.stretches and not unsure and not _is_on_record(reading, found, telling):
            continue
        if telling.told.source is None and not any(marked):
            continue  # neither the tagger nor the rules know who says it
        for each in _parts(reading, found, telling, next(filter(None, marked), None)):
            yield Attribution(
                start=each.content[0],
                end=each.content[1],
                kind="mixed" if telling.stretches else "indirect",
                source=each.source,
                cue=each.cue,
                addressee=each.addressee,
                group=0,
                how=each.how if each.source is not None else "none",
                confidence=round(telling.told.confidence, 2),
            )


def _parts(reading: Reading, found: Cues, telling: Telling, other: Link | None) -> Iterator[Reported]:
    """What a telling reports: one thing, or more where a second verb shares its source ("said … and called for …").

    `other` is what the rules link it to; it serves where the tagger sees no source.
    """
    told = telling.told
    unsure = told.confidence < UNSURE and not telling.stretches
    inner = _inner(reading, found, telling) if unsure or is_relay(reading, told) else None
    if inner is not None:
        yield inner
        return
    source, addressee = source_of(reading, found, told), addressee_of(reading, found, told)
    cue, first = _with_preposition(reading, found, telling)
    first, last = _without_addressee(reading, first, telling.last, addressee), telling.last
    second = next(
        (c for c in found.between(first + 1, last) if c.source == source and _joins(reading, found, told, c)), None
    )
    if second is not None and not telling.stretches:
        last = second.at
    span = trimmed(reading, replace(telling, first=first, last=last))
    if span is not None:
        if source is None and other is not None:
            yield Reported(span, other.source, other.cue, other.addressee, other.how)
        else:
            yield Reported(span, source, cue, addressee, how_of(reading.text, told))
    if second is not None and second.content is not None and not telling.stretches:
        yield Reported(reading.span(*second.content), second.source, second.span, second.addressee, second.how)


def _joins(reading: Reading, found: Cues, told: Told, second: Cue) -> bool:
    """ "said … and called for …": what the first verb reports ends before the second one, as the rules see it."""
    if second.content is None:
        return False
    return any(first.content is not None and first.content[1] <= second.at for first in cues_in(reading, found, told))


def _with_preposition(reading: Reading, found: Cues, telling: Telling) -> tuple[tuple[int, int] | None, int]:
    """The cue, and where its content begins: of "called | for talks" the preposition belongs to the cue."""
    cue = cue_of(reading, telling.told)
    first = telling.first
    for each in cues_in(reading, found, telling.told):
        after = reading.range_of(*each.span)[1]
        if cue is not None and cue[1] < each.span[1] and first < after < telling.last and after - first <= 1:
            return (cue[0], each.span[1]), after
    return cue, first


def is_relay(reading: Reading, told: Told) -> bool:
    """A cue by which an outlet or a paper passes on what somebody else says: reports, according to."""
    if told.cue is None:
        return False
    first, last = reading.range_of(told.cue.start, told.cue.end)
    if reading.lower[first] == "according" or any(reading.tokens[k].lemma_ in RELAY for k in range(first, last)):
        return True
    source = reading.token_at(told.source.start) if told.source is not None else 0
    return reading.lower[max(source - 2, 0) : source] == ["according", "to"]


def _inner(reading: Reading, found: Cues, telling: Telling) -> Reported | None:
    """The clause reported there as the rules read it, but for relays.

    "The minister said the talks were off, according to the agency": what the minister said.
    """
    low, high = reading.sentences[reading.sentence[telling.first]]
    for cue in found.between(low, high, CUES_IN_SIGHT):
        if cue.how != "cue" or cue.source is None or cue.content is None or not cue.clausal or cue.lemma in RELAY:
            continue
        first, last = max(cue.content[0], telling.first), min(cue.content[1], telling.last)
        if 2 * (last - first) > telling.last - max(telling.first, min(cue.at, telling.last)):
            return Reported(reading.span(first, last), cue.source, cue.span, cue.addressee, cue.how)
    return None


def _is_on_record(reading: Reading, found: Cues, telling: Telling) -> bool:
    """Without marks, what is told needs a source beside it and more than a word or two, and is no mere possibility.

    The author's own words, what nobody said, what somebody did not say, might say or will say are not on record.
    """
    told = telling.told
    if told.source is None or told.cue is None or telling.unquoted < SHORTEST:
        return False
    if how_of(reading.text, told) == "continuation":
        return False
    spoken = cues_in(reading, found, told)
    if not spoken and told.confidence < ATTITUDE and how_of(reading.text, told) == "cue":
        return False
    for cue in spoken:
        if cue.lemma in EVIDENTIAL and cue.source_head is not None and not can_speak(reading, cue.source_head):
            return False
    source = reading.text[told.source.start : told.source.end].lower()
    if source in PRONOUN_SELF or source.startswith(NOBODY) or source.endswith(OURSELVES):
        return False
    first, last = reading.range_of(told.cue.start, told.cue.end)
    verbs = [reading.tokens[k] for k in range(first, last) if reading.tokens[k].pos_ == "VERB"]
    for token in reading.tokens[first:last]:
        if token.lower_ in DENIED or token.lower_ in MODAL:
            return False
    return not any(child.lower_ in CONDITIONAL and child.dep_ in ("mark", "advmod") for v in verbs for child in v.lefts)


def _without_addressee(reading: Reading, first: int, last: int, addressee: tuple[int, int] | None) -> int:
    """ "urged the council to act": what is urged is "to act"."""
    if addressee is not None and reading.token_at(addressee[0]) == first:
        after = reading.range_of(*addressee)[1]
        if after < last and reading.lower[after] in ("to", "not"):
            return after
    return first


def addressee_of(reading: Reading, found: Cues, told: Told) -> tuple[int, int] | None:
    return next((cue.addressee for cue in cues_in(reading, found, told) if cue.addressee is not None), None)


def cues_in(reading: Reading, found: Cues, told: Told) -> list[Cue]:
    """What the rules take for cues inside the cue that the tagger reads."""
    if told.cue is None:
        return []
    return found.between(*reading.range_of(told.cue.start, told.cue.end))
