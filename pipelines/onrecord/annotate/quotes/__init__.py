"""Direct, mixed and indirect attributions: what is reported, by which cue, with which local mention of its source.

Quotation marks are read by rules, which see them better than any model; what is told, by which cue and by whom, is read
by the learned tagger. Where it is silent about quoted words, surface patterns around the marks and the parse decide.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.attitudes import attitude_of
from onrecord.annotate.quotes.marked.links import link, stands_alone
from onrecord.annotate.quotes.marked.names import is_name, label_link
from onrecord.annotate.quotes.marked.neighbours import spoke_since
from onrecord.annotate.quotes.reading import NOUNISH, Reading
from onrecord.annotate.quotes.reported.content import has_clause
from onrecord.annotate.quotes.reported.cues import Cues, find_cues
from onrecord.annotate.quotes.reported.link import Link
from onrecord.annotate.quotes.reported.telling import Telling, find_tellings
from onrecord.annotate.quotes.reported.told import STRAY, reported
from onrecord.annotate.quotes.reported.told_by import (
    addressee_of_told,
    cue_of,
    cues_in,
    extent_of,
    is_relay,
    traced,
)
from onrecord.annotate.quotes.stretches import Stretch, find_inside, find_stretches
from onrecord.annotate.quotes.tagger.tags import Told, find_told, moved
from onrecord.document import Attribution, Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.annotate.quotes.tagger.encoder import Encoder

RELAYS = frozenset({"report", "reports", "reported", "reporting"})  # verbs of correspondents, who relay others
PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
LONG_REPORT = 60  # characters
# Measured on 342 articles of PolNeAR train and on 240 articles of other news; see MODEL.md.
DIRECT_BY_RULE, DIRECT_BY_WEAK_RULE, MIXED_BY_RULE = 0.6, 0.15, 0.2
STRONG = 0.85  # what the rules give a cue, colon or name right beside the marks
SURE = 0.7  # confidence of the rules from which they know better who goes on speaking


def find_attributions(doc: Document, syntax: "Doc", encoder: "Encoder") -> tuple[Attribution, ...]:
    """Attributions in text order.

    Spans are code-point offsets into `doc.text`, end exclusive, without quotation marks at their edges. `source` is the
    mention next to the cue, be it a pronoun; it is not resolved here. A continued quotation repeats the source it
    continues.
    """
    if not doc.text.strip() or len(syntax) == 0:
        return ()
    reading = Reading(doc.text, syntax)
    told = find_told(*encoder.read(doc.text, reading.stretches), encoder.decoding)
    out = _attributions(reading, told)
    for outer in [each for each in out if _is_report(reading, each)]:
        out.extend(_relayed(reading, syntax, outer, encoder))
    return tuple(replace(each, attitude=attitude_of(reading, each)) for each in _grouped(out))


def _is_report(reading: Reading, quoted: Attribution) -> bool:
    """The quoted words are a correspondent's report: the correspondent reports: “The minister said …”."""
    cue = reading.text[slice(*quoted.cue)].lower().split() if quoted.cue is not None else []
    return quoted.kind != "indirect" and not RELAYS.isdisjoint(cue) and quoted.end - quoted.start >= LONG_REPORT


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


def _attributions(reading: Reading, told: Sequence[Told]) -> list[Attribution]:
    names = {number for number, stretch in enumerate(reading.stretches) if is_name(reading, stretch)}
    tellings = find_tellings(reading, told, names)
    found = find_cues(reading)
    quoted, links = _quoted(reading, found, tellings, names)
    return [*quoted, *reported(reading, found, tellings, links)]


def _quoted(
    reading: Reading, found: Cues, tellings: Sequence[Telling], names: Container[int]
) -> tuple[list[Attribution], dict[int, Link | None]]:
    """Quoted stretches that stand for themselves, and what the rules link the others to, by number."""
    out: list[Attribution] = []
    held: list[Stretch] = []
    previous: tuple[Stretch, Link] | None = None
    links: dict[int, Link | None] = {}
    telling_of = {number: telling for telling in tellings for number in telling.stretches}
    for number, stretch in enumerate(reading.stretches):
        if number in names:
            continue
        first, last = reading.range_of(stretch.outer_start, stretch.outer_end)
        telling = telling_of.get(number)
        by_rule = linked = link(reading, stretch, found, previous)
        if telling is not None:
            linked = _told_link(reading, found, telling, by_rule)
            if linked.how == "continuation" and (previous is None or previous[0].closed):
                linked = spoke_since(reading, stretch, found, linked.source) or linked
        labelled = label_link(reading.text, stretch)
        start = stretch.start
        if labelled is not None:
            linked, start = labelled
        if linked is None:
            continue
        direct = _is_direct(reading, stretch, first, last, linked)
        if previous is not None and linked.at is not None and linked.at == previous[1].at:
            direct = direct or (
                out != [] and out[-1].kind == "direct" and previous[0].end <= reading.starts[linked.at] < stretch.start
            )
        alone = linked is by_rule or labelled is not None
        if alone and not direct and (linked.confidence < SURE or len(reading.text[start : stretch.end].split()) < 2):
            continue  # more likely a scare quote
        previous = (stretch, linked)
        clause = telling is not None and telling.unquoted > STRAY and not _is_inner(reading, telling, by_rule)
        if clause and not stands_alone(reading, first, last):
            links[number] = by_rule
            continue
        held.append(stretch)
        out.append(
            Attribution(
                start=start,
                end=stretch.end,
                kind="direct" if direct else "mixed",
                source=linked.source,
                extent=linked.extent,
                cue=linked.cue,
                addressee=linked.addressee,
                group=0,
                how=linked.how if linked.source is not None else "none",
                confidence=_measured(linked, direct) if alone else linked.confidence,
            )
        )
    return list(_by_their_last_paragraph(reading.text, out, held)), links


def _by_their_last_paragraph(
    text: str, found: Sequence[Attribution], stretches: Sequence[Stretch]
) -> Iterator[Attribution]:
    """Quotations that run over paragraphs have the source that follows their last one, if none is in an earlier one.

    It must be named there: a pronoun goes on with somebody, and so does the first paragraph.
    """
    after: tuple[Attribution, Stretch] | None = None
    out: list[Attribution] = []
    for each, stretch in zip(reversed(found), reversed(stretches), strict=True):
        if after is not None and not stretch.closed and stretch.paragraph + 1 == after[1].paragraph:
            last = after[0]
            behind = last.source is not None and last.source[0] >= last.end
            named = last.source is not None and text[slice(*last.source)].lower() not in PRONOUNS
            if each.how in ("continuation", "none") and behind and named:
                each = replace(each, source=last.source, extent=last.extent, cue=last.cue, how="continuation")
        after = each, stretch
        out.append(each)
    yield from reversed(out)


def _measured(by_rule: Link, direct: bool) -> float:
    """The share of what the rules alone find that was right, by the strength of their evidence."""
    if not direct:
        return MIXED_BY_RULE
    return DIRECT_BY_RULE if by_rule.confidence >= STRONG else DIRECT_BY_WEAK_RULE


def _is_inner(reading: Reading, telling: Telling, by_rule: Link | None) -> bool:
    """ "“We are ready,” Ms. Ortega said, according to the radio": within what is relayed somebody speaks."""
    relay = telling.told.cue
    if relay is None or not is_relay(reading, telling.told):
        return False
    if by_rule is None or by_rule.cue is None or by_rule.source is None or by_rule.how != "cue":
        return False
    return by_rule.cue[1] <= relay.start or relay.end <= by_rule.cue[0]


def _told_link(reading: Reading, found: Cues, telling: Telling, linked: Link | None) -> Link:
    """What the tagger links a stretch to; where it sees no source, the one that the rules see."""
    told = telling.told
    source, how = traced(reading, found, told)
    if linked is not None and linked.source is not None:
        if told.source is None or (how == "continuation" and linked.confidence >= SURE):
            return linked
        if linked.how == "cue" and is_relay(reading, told):
            return linked
    at = reading.token_at(told.cue.start) if told.cue is not None else None
    return Link(
        source,
        cue_of(reading, told) if how != "continuation" or cues_in(reading, found, told) else None,
        how,
        round(told.confidence, 2),
        addressee_of_told(reading, found, told),
        at,
        extent=extent_of(told),
    )


def _grouped(found: Sequence[Attribution]) -> Iterator[Attribution]:
    """In text order, with the groups numbered: pieces of one utterance share their cue. One row for the same words."""
    groups: dict[object, int] = {}
    taken: set[tuple[int, int]] = set()
    for each in sorted(found, key=lambda each: (each.start, -each.end, each.source is None, -each.confidence)):
        if (each.start, each.end) not in taken:
            taken.add((each.start, each.end))
            key = each.cue if each.cue is not None else (each.start, each.end, "alone")
            yield replace(each, group=groups.setdefault(key, len(groups)))


def _is_modifier(reading: Reading, first: int, last: int) -> bool:
    """Words in marks that belong to the noun right after them: slammed “paper tiger” allies."""
    if last >= len(reading.tokens) or reading.sentence[last] != reading.sentence[first]:
        return False
    return (
        reading.tokens[last].pos_ in NOUNISH
        and reading.tokens[last].pos_ != "PRON"
        and not has_clause(reading, first, last)
        and reading.is_word(last)
        and reading.text[reading.starts[last] - 2] not in ",.?!…"
    )


def _is_direct(reading: Reading, stretch: Stretch, first: int, last: int, linked: Link) -> bool:
    """Do the quoted words stand as a clause or sentence of their own?"""
    if stands_alone(reading, first, last):
        return True
    low, _ = reading.sentences[reading.sentence[first]]
    opening = reading.text[stretch.start]
    capital = opening.isupper() or not opening.isalpha()
    at = first - 1
    while at >= low and reading.tokens[at].is_space:
        at -= 1
    if at < low:
        return capital or has_clause(reading, first, last)
    if _is_modifier(reading, first, last):
        return False
    if reading.lower[at] in (":", ",", "-", "—", "–") or reading.quoted[at] >= 0 or at == linked.at:
        return opening.isupper() or has_clause(reading, first, last)
    return False
