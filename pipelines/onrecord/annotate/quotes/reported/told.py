"""Mixed and indirect attributions: what the tagger reads as told, by the conventions of the quotes table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.annotate.quotes.cue_words import EVIDENTIAL, MODAL, PREPOSITION, PRONOUN_SELF, RELAY, TAKES_THAT
from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.content import before_medium, has_clause, with_tail
from onrecord.annotate.quotes.reported.cues import Cue, Cues
from onrecord.annotate.quotes.reported.link import VERBAL, Link, is_in_heading, link_to
from onrecord.annotate.quotes.reported.source import can_speak
from onrecord.annotate.quotes.reported.telling import Telling, content_span
from onrecord.annotate.quotes.reported.told_by import (
    addressee_of_told,
    cue_of,
    cues_in,
    extent_of,
    how_of,
    is_relay,
    source_of_told,
    traced,
)
from onrecord.document import Attribution
from onrecord.knowledge.word_lists import with_meaning

_SHORTEST = 3  # words of what is told without marks
_DENIED = frozenset({"not", "n't", "n’t", "never"})
_AFTER_ALL = frozenset({"resist", "only", "fail"})  # "could not resist saying", "would say only"
_CONDITIONAL = frozenset({"if", "unless", "whether", "whenever"})
NOBODY = ("no ", "none", "nobody", "neither ")
_OURSELVES = (" of us", " of you")
_ATTITUDE = 0.45  # confidence from which content counts whose cue is no word of speech: backs, fears, plans to
_NEEDS_CLAUSE = with_meaning("clause", "reporting_verb")
_UNTOLD = 0.5  # confidence below which a phrase without a verb is not what somebody said, told or argued
_OPENING = 3  # words before the subject of a clause: "on Monday"
STRAY = 1  # words outside the marks that do not yet make a clause with quoted words in it


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
        if other is None and source_of_told(reading, found, telling.told) is None:
            continue  # neither the tagger nor the rules know who says it
        for part, linked in _parts(reading, found, telling, other):
            content = content_span(reading, part)
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
    addressee = addressee_of_told(reading, found, told)
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
        if subject - telling.first <= _OPENING and telling.last - cue.at > _SHORTEST:
            return None if reading.tokens[cue.at].dep_ == "relcl" else (cue, replace(telling, first=cue.at + 1))
        if subject - telling.first > _SHORTEST and reading.lower[subject - 1] == ",":
            return cue, replace(telling, last=subject - 1)  # "The talks were off, the minister said, according to …"
    return None


def _is_on_record(reading: Reading, found: Cues, telling: Telling) -> bool:
    """Without marks, what is told needs a source beside it and more than a word or two, and is no mere possibility.

    The author's own words, what nobody said, what somebody did not say, might say or will say are not on record.
    """
    told = telling.told
    by = source_of_told(reading, found, told)
    if by is None or told.cue is None or telling.unquoted < _SHORTEST:
        return False
    if told.source is None and not has_clause(reading, telling.first, telling.last):
        return False
    how = how_of(reading.text, told)
    if how == "continuation":
        return False
    cues = cues_in(reading, found, told)
    if not cues and told.confidence < _ATTITUDE and how == "cue":
        return False
    if _is_phrase_told_to_somebody(reading, telling, cues) or any(_is_of_a_fact(reading, cue) for cue in cues):
        return False
    source = reading.text[slice(*(extent_of(told) or by))].lower()
    if source in PRONOUN_SELF or source.startswith(NOBODY) or source.endswith(_OURSELVES):
        return False
    return not _is_unsaid(reading, *reading.range_of(told.cue.start, told.cue.end))


def _is_phrase_told_to_somebody(reading: Reading, telling: Telling, cues: Sequence[Cue]) -> bool:
    """Content without a verb, and little sure, of verbs that take a clause: "the officials told | the crowd"."""
    if not cues or telling.told.confidence >= _UNTOLD or not all(cue.lemma in _NEEDS_CLAUSE for cue in cues):
        return False
    return not any(reading.tokens[k].pos_ in VERBAL for k in range(telling.first, telling.last))


def _is_of_a_fact(reading: Reading, cue: Cue) -> bool:
    """Evidence and no speech: "the figures suggest …"."""
    return cue.lemma in EVIDENTIAL and cue.source_head is not None and not can_speak(reading, cue.source_head)


def _is_unsaid(reading: Reading, first: int, last: int) -> bool:
    """The cue in tokens first..last-1 is denied, only possible or a condition: did not say, may say, if they say."""
    after_all = not _AFTER_ALL.isdisjoint(reading.lower[first : last + 1])  # "would say | only that"
    if not after_all and any(word in _DENIED or word in MODAL for word in reading.lower[first:last]):
        return True
    verbs = (token for token in reading.tokens[first:last] if token.pos_ == "VERB")
    return any(child.lower_ in _CONDITIONAL and child.dep_ in ("mark", "advmod") for v in verbs for child in v.lefts)


def _without_addressee(reading: Reading, first: int, last: int, addressee: tuple[int, int] | None) -> int:
    """ "urged the council to act": what is urged is "to act"."""
    if addressee is not None and reading.token_at(addressee[0]) == first:
        after = reading.range_of(*addressee)[1]
        if after < last and reading.lower[after] in ("to", "not"):
            return after
    return first
