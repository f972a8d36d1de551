"""Direct, mixed and indirect attributions: what is reported, by which cue, with which local mention of its source.

Quotation marks are read by rules, which see them better than any model; what is told, by which cue and by whom, is read
by the learned tagger. Where it is silent about quoted words, surface patterns around the marks and the parse decide.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.attitudes import attitude_of
from onrecord.annotate.quotes.marked.names import is_name
from onrecord.annotate.quotes.marked.quoted import find_quoted
from onrecord.annotate.quotes.polarity import polarity_of
from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.cues import find_cues
from onrecord.annotate.quotes.reported.questions import told_questions
from onrecord.annotate.quotes.reported.telling import find_tellings
from onrecord.annotate.quotes.reported.told import reported
from onrecord.annotate.quotes.stretches import find_inside, find_stretches
from onrecord.annotate.quotes.tagger import Told, find_told, moved
from onrecord.document import Attribution, Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.annotate.encoder import Encoder, Seen

_RELAYS = frozenset({"report", "reports", "reported", "reporting"})  # verbs of correspondents, who relay others
_LONG_REPORT = 60  # characters
_INNER = 0.5  # confidence from which words in marks within quoted words are another's


def find_attributions(
    doc: Document, syntax: "Doc", encoder: "Encoder", seen: "Seen | None" = None
) -> tuple[Attribution, ...]:
    """Attributions in text order; `seen` is what the encoder has read of the text, if it has.

    Spans are code-point offsets into `doc.text`, end exclusive, without quotation marks at their edges. `source` is the
    mention next to the cue, be it a pronoun; it is not resolved here. A continued quotation repeats the source it
    continues.
    """
    if not doc.text.strip() or len(syntax) == 0:
        return ()
    reading = Reading(doc.text, syntax)
    told = find_told(*(seen or encoder.read(doc.text, reading.stretches)), encoder.decoding)
    out = _attributions(reading, told)
    reports = [each for each in out if _is_report(reading, each)]
    direct = [each for each in out if each.kind == "direct" and not _is_report(reading, each)]
    for report in reports:
        out.extend(_relayed(reading, syntax, report, encoder))
    out.extend(_quoted_within(reading, syntax, direct))
    return tuple(
        replace(each, attitude=attitude_of(reading, each), polarity=polarity_of(reading, each))
        for each in _grouped(out)
    )


def _is_report(reading: Reading, quoted: Attribution) -> bool:
    """The quoted words are a correspondent's report: the correspondent reports: “The minister said …”."""
    cue = reading.text[slice(*quoted.cue)].lower().split() if quoted.cue is not None else []
    return quoted.kind != "indirect" and not _RELAYS.isdisjoint(cue) and quoted.end - quoted.start >= _LONG_REPORT


def _relayed(reading: Reading, syntax: "Doc", outer: Attribution, encoder: "Encoder") -> Iterator[Attribution]:
    """Attributions inside a report that is quoted at length.

    Elsewhere what stands inside quotation marks is the speaker's alone and is not read for further speakers.
    """
    text = reading.text[outer.start : outer.end]
    found = find_told(*encoder.read(text, find_stretches(text)), encoder.decoding)
    inner = Reading(reading.text, syntax, find_inside(reading.text, outer.start, outer.end))
    for each in _attributions(inner, [moved(told, outer.start) for told in found]):
        if outer.start <= each.start and each.end <= outer.end:
            yield each


def _quoted_within(reading: Reading, syntax: "Doc", direct: Sequence[Attribution]) -> Iterator[Attribution]:
    """Quotations in marks inside quoted words, of whom these say that they say it: “They told me ‘go home’ twice.”

    Those of all `direct` quotations are read at once, for a reading of the text costs as much as the text is long.
    """
    outers = sorted({(each.start, each.end) for each in direct})
    inside = (stretch for outer in outers for stretch in find_inside(reading.text, *outer))
    whole = set(outers)
    stretches = tuple(each for each in inside if (each.start, each.end) not in whole)
    if not stretches:
        return
    inner = Reading(reading.text, syntax, stretches)
    names = {number for number, stretch in enumerate(stretches) if is_name(inner, stretch)}
    for each in find_quoted(inner, find_cues(inner), (), names)[0]:
        if each.cue is None or each.source is None or each.how != "cue" or each.confidence < _INNER:
            continue
        at = bisect_right(outers, each.start, key=lambda outer: outer[0]) - 1
        if at >= 0 and _holds(outers[at], each.start, each.end) and _holds(outers[at], *each.cue):
            yield each


def _holds(outer: tuple[int, int], start: int, end: int) -> bool:
    return outer[0] <= start and end <= outer[1]


def _attributions(reading: Reading, told: Sequence[Told]) -> list[Attribution]:
    names = {number for number, stretch in enumerate(reading.stretches) if is_name(reading, stretch)}
    tellings = find_tellings(reading, told, names)
    found = find_cues(reading)
    quoted, links = find_quoted(reading, found, tellings, names)
    out = [*quoted, *reported(reading, found, tellings, links)]
    out = [*out, *told_questions(reading, out)]
    return [each for each in out if not _is_in_turn(reading, each)]


def _is_in_turn(reading: Reading, each: Attribution) -> bool:
    """What an interviewer asks, and what is told in an answer: the answer is on record as a whole."""
    turn = reading.turns.get(reading.paragraph[reading.token_at(each.start)])
    return turn is not None and not (turn.is_answer and each.kind == "direct" and each.start <= turn.start + 1)


def _grouped(found: Sequence[Attribution]) -> Iterator[Attribution]:
    """In text order, with the groups numbered: pieces of one utterance share their cue. One row for the same words."""
    groups: dict[object, int] = {}
    taken: set[tuple[int, int]] = set()
    for each in sorted(found, key=lambda each: (each.start, -each.end, each.source is None, -each.confidence)):
        if (each.start, each.end) not in taken:
            taken.add((each.start, each.end))
            key = each.cue if each.cue is not None else (each.start, each.end, "alone")
            yield replace(each, group=groups.setdefault(key, len(groups)))
