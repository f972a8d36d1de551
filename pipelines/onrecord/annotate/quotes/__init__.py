"""Direct, mixed and indirect attributions: what is reported, by which cue, with which local mention of its source.

Surface patterns around the quotation marks come first and the parse second, because the parser is least reliable there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.quoted import Stretch, find_inside
from onrecord.annotate.quotes.quoted_links import link, stands_alone
from onrecord.annotate.quotes.quoted_names import Link
from onrecord.annotate.quotes.reported import Cues, find_cues
from onrecord.annotate.quotes.reported_content import has_clause
from onrecord.annotate.quotes.reported_indirect import find_indirect
from onrecord.annotate.quotes.reported_reading import NOUNISH, Reading
from onrecord.document import Attribution, Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

RELAYS = frozenset({"report", "reports", "reported", "reporting"})  # verbs of correspondents, who relay others
LONG_REPORT = 60  # characters


def find_attributions(doc: Document, syntax: "Doc") -> tuple[Attribution, ...]:
    """Attributions in text order.

    Spans are code-point offsets into `doc.text`, end exclusive, without quotation marks. `source` is the mention
    next to the cue, be it a pronoun; it is not resolved here. A continued quotation repeats the source it continues.
    """
    if not doc.text.strip() or len(syntax) == 0:
        return ()
    reading = Reading(doc.text, syntax)
    found = find_cues(reading)
    quoted = _quoted(reading, found)
    out = [*quoted, *find_indirect(reading, found, quoted)]
    out.extend(_relayed(reading, syntax, quoted, first_group=max((each.group for each in out), default=-1) + 1))
    return tuple(sorted(out, key=lambda each: (each.start, -each.end)))


def _relayed(
    reading: Reading, syntax: "Doc", quoted: Sequence[Attribution], *, first_group: int
) -> Iterator[Attribution]:
    """Attributions inside a report that is quoted at length: the correspondent reports: “The minister said …”.

    Elsewhere what stands inside quotation marks is the speaker's alone and is not read for further speakers.
    """
    relays = [
        each
        for each in quoted
        if each.cue is not None
        and reading.text[slice(*each.cue)].lower() in RELAYS
        and each.end - each.start >= LONG_REPORT
    ]
    if not relays:
        return
    inside = tuple(stretch for each in relays for stretch in find_inside(reading.text, each.start, each.end))
    inner = Reading(reading.text, syntax, inside)
    found = find_cues(inner)
    marked = _quoted(inner, found)
    for each in (*marked, *find_indirect(inner, found, marked)):
        for outer in relays:
            if each.cue is not None and outer.start <= min(each.start, each.cue[0]) and each.end <= outer.end:
                yield replace(each, group=first_group + each.group)


def _quoted(reading: Reading, found: Cues) -> list[Attribution]:
    out: list[Attribution] = []
    previous: tuple[Stretch, Link] | None = None
    group_of_cue: dict[int, int] = {}
    group = -1
    groups = 0
    for stretch in reading.stretches:
        first, last = reading.range_of(stretch.outer_start, stretch.outer_end)
        linked = link(reading, stretch, found, previous)
        if linked is None:
            continue
        if linked.at is not None and linked.at in group_of_cue:
            group = group_of_cue[linked.at]
        elif not (linked.goes_on and out):
            group, groups = groups, groups + 1
        if linked.at is not None:
            group_of_cue[linked.at] = group
        direct = _is_direct(reading, stretch, first, last, linked)
        if previous is not None and linked.at is not None and linked.at == previous[1].at:
            direct = direct or (
                out[-1].kind == "direct" and previous[0].end <= reading.starts[linked.at] < stretch.start
            )
        previous = (stretch, linked)
        out.append(
            Attribution(
                start=stretch.start,
                end=stretch.end,
                kind="direct" if direct else "mixed",
                source=linked.source,
                cue=linked.cue,
                addressee=linked.addressee,
                group=group,
                how=linked.how if linked.source is not None else "none",
                confidence=linked.confidence,
            )
        )
    return out


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
