"""Mixed and indirect attributions: what the tagger reads as told, by the conventions of the quotes table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.annotate.quotes.cue_words import EVIDENTIAL, MODAL, PREPOSITION, PRONOUN_SELF, RELAY, TAKES_THAT
from onrecord.annotate.quotes.noun_phrases import noun_phrase
from onrecord.annotate.quotes.reading import NOUNISH, Reading
from onrecord.annotate.quotes.reported.content import before_medium, has_clause, with_tail
from onrecord.annotate.quotes.reported.cues import Cue, Cues, can_speak
from onrecord.annotate.quotes.reported.link import VERBAL, Link, is_in_heading, link_to
from onrecord.annotate.quotes.reported.telling import Telling, trimmed
from onrecord.annotate.quotes.tagger.tags import Told
from onrecord.document import Attribution
from onrecord.knowledge.word_lists import with_meaning

SHORTEST = 3  # words of what is told without marks
DENIED = frozenset({"not", "n't", "n’t", "never"})
AFTER_ALL = frozenset({"resist", "only", "fail"})  # "could not resist saying", "would say only"
CONDITIONAL = frozenset({"if", "unless", "whether", "whenever"})
NOBODY = ("no ", "none", "nobody", "neither ")
OURSELVES = (" of us", " of you")
UNSURE = 0.45  # confidence below which a source that the parse gives is the better one
ATTITUDE = 0.45  # confidence from which content counts whose cue is no word of speech: backs, fears, plans to
NEEDS_CLAUSE = with_meaning("clause", "reporting_verb")
UNTOLD = 0.5  # confidence below which a phrase without a verb is not what somebody said, told or argued
OPENING = 3  # words before the subject of a clause: "on Monday"
STRAY = 1  # words outside the marks that do not yet make a clause with quoted words in it


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
        return _by_rule(reading, found, told)
    for cue in cues_in(reading, found, told):
        if cue.source is not None and (cue.lemma == "quote" or _only_relays(reading, found, told, cue)):
            return cue.source
        within = cue.source is not None and told.source.start <= cue.source[0] and cue.source[1] <= told.source.end
        if within or (told.confidence < UNSURE and can_speak(reading, cue.source_head)):
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
    source, how = source_of(reading, found, told), how_of(reading.text, told)
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
        if not telling.stretches and not _is_on_record(reading, found, telling):
            continue
        other = next(filter(None, marked), None)
        if other is None and source_of(reading, found, telling.told) is None:
            continue  # neither the tagger nor the rules know who says it
        for part, linked in _parts(reading, found, telling, other):
            content = trimmed(reading, part)
            if content is not None:
                yield Attribution(
                    start=content[0],
                    end=content[1],
                    kind="mixed" if telling.stretches else "indirect",
                    source=linked.source,
                    extent=linked.extent,
                    cue=linked.cue,
                    addressee=linked.addressee,
                    group=0,
                    how=linked.how if linked.source is not None else "none",
                    confidence=round(telling.told.confidence, 2),
                )


def _parts(reading: Reading, found: Cues, telling: Telling, other: Link | None) -> Iterator[tuple[Telling, Link]]:
    """What a telling reports: one thing, or two where a second verb shares its source ("said … and called for …").

    `other` is what the rules link it to; it serves where the tagger sees no source.
    """
    told = telling.told
    inner = _relayed(reading, found, telling)
    if inner is not None:
        cue, part = inner
        yield part, link_to(cue, told.confidence)
        return
    said, first, last = cue_of(reading, told), telling.first, telling.last
    if said is not None and first + 1 < last and first == reading.range_of(*said)[1]:
        verbs = (each.lemma for each in cues_in(reading, found, told))
        if any(reading.lower[first] in PREPOSITION.get(verb, ()) for verb in verbs):  # "called | for talks"
            said, first = (said[0], reading.span(first, first + 1)[1]), first + 1
    addressee = addressee_of(reading, found, told)
    source, how = traced(reading, found, told)
    linked = Link(source, said, how, told.confidence, addressee, extent=extent_of(told))
    first = _without_addressee(reading, first, last, addressee)
    second = None
    if not telling.stretches:
        second = _second_verb(reading, first, last)
        if not has_clause(reading, first, last):
            last = before_medium(reading, first, with_tail(reading, last))
    part = replace(telling, first=first, last=last if second is None else second[0])
    yield part, linked if linked.source is not None or other is None else other
    if second is not None:
        verb = second[1]
        yield replace(part, first=verb + 2, last=last), replace(linked, cue=reading.span(verb, verb + 2))


def _second_verb(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    """ "The talks had failed | and (has) called for a truce": a verb of speech with its preposition and no subject.

    The conjunction and the verb.
    """
    for k in range(first + 2, last - 3):
        token = reading.tokens[k]
        if reading.lower[k + 1] not in PREPOSITION.get(token.lemma_, ()):
            continue
        perfect = token.tag_ == "VBN" and reading.lower[k - 1] in ("has", "have", "had")
        before = k - 2 if perfect else k - 1
        if reading.lower[before] in ("and", "but") and (perfect or token.tag_ in ("VBD", "VBZ")):
            return before, k
    return None


def _relayed(reading: Reading, found: Cues, telling: Telling) -> tuple[Cue, Telling] | None:
    """ "The minister said the talks were off, according to the agency": the cue and the content of the minister."""
    if telling.stretches or not is_relay(reading, telling.told):
        return None
    for cue in found.between(telling.first, telling.last):
        if cue.source is None or cue.lemma in RELAY or cue.lemma not in TAKES_THAT | {"propose"}:
            continue
        if cue.source[1] > cue.span[0] or not can_speak(reading, cue.source_head):
            continue
        subject = reading.range_of(*cue.source)[0]
        if subject - telling.first <= OPENING and telling.last - cue.at > SHORTEST:
            return None if reading.tokens[cue.at].dep_ == "relcl" else (cue, replace(telling, first=cue.at + 1))
        if subject - telling.first > SHORTEST and reading.lower[subject - 1] == ",":
            return cue, replace(telling, last=subject - 1)  # "The talks were off, the minister said, according to …"
    return None


def is_relay(reading: Reading, told: Told) -> bool:
    """A cue by which an outlet or a paper passes on what somebody else says: reports, according to."""
    if told.cue is None:
        return False
    first, last = reading.range_of(told.cue.start, told.cue.end)
    if reading.lower[first] == "according" or any(reading.tokens[k].lemma_ in RELAY for k in range(first, last)):
        return True
    source = reading.token_at(told.source.start) if told.source is not None else 0
    return reading.lower[max(source - 2, 0) : source] == ["according", "to"]


def _is_on_record(reading: Reading, found: Cues, telling: Telling) -> bool:
    """Without marks, what is told needs a source beside it and more than a word or two, and is no mere possibility.

    The author's own words, what nobody said, what somebody did not say, might say or will say are not on record.
    """
    told = telling.told
    by = source_of(reading, found, told)
    if by is None or told.cue is None or telling.unquoted < SHORTEST:
        return False
    if told.source is None and not has_clause(reading, telling.first, telling.last):
        return False
    if how_of(reading.text, told) == "continuation":
        return False
    spoken = cues_in(reading, found, told)
    if not spoken and told.confidence < ATTITUDE and how_of(reading.text, told) == "cue":
        return False
    unsure = told.confidence < UNTOLD and bool(spoken) and all(cue.lemma in NEEDS_CLAUSE for cue in spoken)
    if unsure and not any(reading.tokens[k].pos_ in VERBAL for k in range(telling.first, telling.last)):
        return False  # "the officials told | the crowd"
    for cue in spoken:
        if cue.lemma in EVIDENTIAL and cue.source_head is not None and not can_speak(reading, cue.source_head):
            return False
    source = reading.text[slice(*(extent_of(told) or by))].lower()
    if source in PRONOUN_SELF or source.startswith(NOBODY) or source.endswith(OURSELVES):
        return False
    first, last = reading.range_of(told.cue.start, told.cue.end)
    verbs = [reading.tokens[k] for k in range(first, last) if reading.tokens[k].pos_ == "VERB"]
    after_all = not AFTER_ALL.isdisjoint(reading.lower[first : last + 1])  # "would say | only that"
    for token in reading.tokens[first:last]:
        if (token.lower_ in DENIED or token.lower_ in MODAL) and not after_all:
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
