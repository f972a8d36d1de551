"""Mixed and indirect attributions: what the tagger reads as told, by the conventions of the quotes table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.annotate.quotes.cue_words import DENIES, PREPOSITION, RELAY, SAY, TAKES_THAT, WITHHOLDS
from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.content import (
    before_medium,
    has_clause,
    is_cut,
    to_whole_clause,
    with_tail,
    within_sentence,
    without_loose_end,
)
from onrecord.annotate.quotes.reported.cue_verbs import lemma_of
from onrecord.annotate.quotes.reported.cues import Cue, Cues
from onrecord.annotate.quotes.reported.link import Link, is_in_heading, link_to
from onrecord.annotate.quotes.reported.on_record import is_on_record
from onrecord.annotate.quotes.reported.source import can_speak
from onrecord.annotate.quotes.reported.telling import Telling, content_span
from onrecord.annotate.quotes.reported.told_by import (
    addressee_of_told,
    cue_of,
    cues_in,
    extent_of,
    is_relay,
    source_of_told,
    traced,
)
from onrecord.document import Attribution

_BEFORE_CLAUSE = frozenset({"whether", "if", "that", "what", "how", "why", "when", "where", "who", "which"})
_SHORTEST = 3  # words of what is told in a relay
_OPENING = 3  # words before the subject of a clause: "on Monday"
STRAY = 1  # words outside the marks that do not yet make a clause with quoted words in it


def reported(
    reading: Reading, found: Cues, tellings: Sequence[Telling], links: Mapping[int, Link | None]
) -> Iterator[Attribution]:
    """Mixed and indirect: clauses told without marks, or with marks around some of their words only.

    `links` says what the rules link the stretches to that do not stand for themselves.
    """
    headings = {each.paragraph for each in reading.stretches if is_in_heading(reading, each)}
    reached = 0
    for telling in tellings:
        if telling.first < reached:
            continue  # the rest of a clause that an insertion cuts
        if not telling.stretches:
            whole = to_whole_clause(reading, telling.first, telling.last)
            reached = whole if whole > telling.last else reached
            telling = replace(telling, last=whole)
        marked = [links[number] for number in telling.stretches if number in links]
        if (telling.stretches and not marked) or reading.paragraph[telling.first] in headings:
            continue
        if not telling.stretches and not is_on_record(reading, found, telling):
            continue
        other = next(filter(None, marked), None)
        if other is None and source_of_told(reading, found, telling.told) is None:
            continue  # neither the tagger nor the rules know who says it
        for part, linked in _parts(reading, found, telling, other):
            part = _in_sentence(reading, part, linked.cue)
            content = content_span(reading, part)
            if content is not None and not (not telling.stretches and is_cut(reading, part.first, part.last)):
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


def _in_sentence(reading: Reading, part: Telling, cue: tuple[int, int] | None) -> Telling:
    """What is told without marks, within one sentence and without what leads on behind it."""
    if part.stretches:
        return part
    first, last = within_sentence(reading, part.first, part.last, cue)
    return replace(part, first=first, last=without_loose_end(reading, first, last))


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
    said, first = _whole_cue(reading, found, telling)
    last = telling.last
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


def _whole_cue(reading: Reading, found: Cues, telling: Telling) -> tuple[tuple[int, int] | None, int]:
    """The cue with the word of it that the tagger reads as content, and where the content begins behind that."""
    said, first = cue_of(reading, telling.told), telling.first
    if said is None or first + 1 >= telling.last or first != reading.range_of(*said)[1]:
        return said, first
    if _denies_doing(reading, reading.range_of(*said)[0], first - 1):
        return (said[0], reading.span(first - 2, first - 1)[1]), first - 1
    verbs = (each.lemma for each in cues_in(reading, found, telling.told))
    if any(reading.lower[first] in PREPOSITION.get(verb, ()) for verb in verbs):  # "called | for talks"
        return (said[0], reading.span(first, first + 1)[1]), first + 1
    if reading.lower[first] != "to" or lemma_of(reading.tokens[first - 1]) not in WITHHOLDS:
        return said, first
    clause = first + 3 < telling.last and reading.lower[first + 2] in _BEFORE_CLAUSE
    if not clause or lemma_of(reading.tokens[first + 1]) not in SAY:
        return said, first
    return (said[0], reading.span(first + 1, first + 2)[1]), first + 2  # "declined | to say whether …"


def _denies_doing(reading: Reading, low: int, at: int) -> bool:
    """ "Denies seeking | a new port": what the source denies begins with token `at`, the last of the cue."""
    doing = at > low and reading.tokens[at].tag_ == "VBG" and lemma_of(reading.tokens[at]) not in SAY
    return doing and lemma_of(reading.tokens[at - 1]) in DENIES


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
    before = _right_before(reading, found, telling)
    if before is not None:
        return before, telling
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


def _right_before(reading: Reading, found: Cues, telling: Telling) -> Cue | None:
    """ "The ministers proposed that | talks begin, according to a draft": the cue right before what a text relays."""
    at = telling.first - (2 if reading.lower[telling.first - 1] == "that" else 1)
    for cue in found.between(max(at, 0), telling.first):
        if cue.source is not None and cue.source[1] <= cue.span[0] and can_speak(reading, cue.source_head):
            return cue if cue.lemma in (TAKES_THAT | {"propose"}) - RELAY else None
    return None


def _without_addressee(reading: Reading, first: int, last: int, addressee: tuple[int, int] | None) -> int:
    """ "urged the council to act": what is urged is "to act"."""
    if addressee is not None and reading.token_at(addressee[0]) == first:
        after = reading.range_of(*addressee)[1]
        if after < last and reading.lower[after] in {"to", "not"} | _BEFORE_CLAUSE:
            return after
    return first
