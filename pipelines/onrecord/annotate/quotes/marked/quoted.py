"""Quoted stretches that stand for themselves, and their sources: what the tagger reads of them, else what rules see."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from onrecord.annotate.quotes.marked.links import link, stands_alone
from onrecord.annotate.quotes.marked.names import label_link
from onrecord.annotate.quotes.marked.neighbours import spoke_since
from onrecord.annotate.quotes.reading import NOUNISH, Reading
from onrecord.annotate.quotes.reported.content import has_clause
from onrecord.annotate.quotes.reported.cues import Cues
from onrecord.annotate.quotes.reported.link import Link
from onrecord.annotate.quotes.reported.telling import Telling
from onrecord.annotate.quotes.reported.told import STRAY
from onrecord.annotate.quotes.reported.told_by import (
    addressee_of_told,
    cue_of,
    cues_in,
    extent_of,
    is_relay,
    is_told_far_ahead,
    traced,
)
from onrecord.annotate.quotes.stretches import Stretch
from onrecord.document import Attribution

PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
# Measured on 342 articles of PolNeAR train and on 240 articles of other news; see MODEL.md.
_DIRECT_BY_RULE, _DIRECT_BY_WEAK_RULE, _MIXED_BY_RULE = 0.6, 0.15, 0.2
_STRONG = 0.85  # what the rules give a cue, colon or name right beside the marks
_SCARE = 2  # words that the tagger passes over and rules alone would take for quoted
_LONGEST_MODIFIER = 5  # words
_SURE = 0.7  # confidence of the rules from which they know better who goes on speaking


def find_quoted(
    reading: Reading, found: Cues, tellings: Sequence[Telling], names: Container[int]
) -> tuple[list[Attribution], dict[int, Link | None]]:
    """Quoted stretches that stand for themselves, and what the rules link the others to, by number."""
    out: list[Attribution] = []
    held: list[Stretch] = []
    previous: tuple[Stretch, Link] | None = None
    links: dict[int, Link | None] = {}
    telling_of = _by_stretch(reading, tellings)
    for number, stretch in enumerate(reading.stretches):
        if number in names:
            continue
        telling = telling_of.get(number)
        by_rule = link(reading, stretch, found, previous)
        labelled = label_link(reading, stretch)
        linked, start = labelled or (_link(reading, found, stretch, telling, by_rule, previous), stretch.start)
        if linked is None:
            continue
        first, last = reading.range_of(stretch.outer_start, stretch.outer_end)
        direct = _is_direct(reading, stretch, first, last, linked)
        direct = direct or _resumes(reading, stretch, linked, previous, out[-1] if out else None)
        by_rules_alone = linked is by_rule or labelled is not None
        if by_rules_alone and _is_scare_quote(reading, stretch, first, last, linked, direct=direct):
            continue
        previous = (stretch, linked)
        if telling is not None and _is_in_clause(reading, first, last, telling, by_rule):
            links[number] = by_rule
            continue
        confidence = _measured(linked, direct) if by_rules_alone else linked.confidence
        held.append(stretch)
        out.append(_attribution(start, stretch.end, linked, confidence, direct=direct))
    return list(_by_their_last_paragraph(reading.text, out, held)), links


def _by_stretch(reading: Reading, tellings: Sequence[Telling]) -> dict[int, Telling]:
    """The telling that holds a stretch, by the number of that; answers in an interview are by their label."""
    held = ((number, telling) for telling in tellings for number in telling.stretches)
    return {number: telling for number, telling in held if reading.stretches[number].paragraph not in reading.turns}


def _link(
    reading: Reading,
    found: Cues,
    stretch: Stretch,
    telling: Telling | None,
    by_rule: Link | None,
    previous: tuple[Stretch, Link] | None,
) -> Link | None:
    """The tagger's link of a stretch that it reads as told, else that of the rules."""
    if telling is None:
        return by_rule
    linked = _told_link(reading, found, telling, by_rule)
    if linked.how == "continuation" and (previous is None or previous[0].closed):
        return spoke_since(reading, stretch, found, linked.source) or linked
    return linked


def _told_link(reading: Reading, found: Cues, telling: Telling, linked: Link | None) -> Link:
    """What the tagger links a stretch to; where it sees no source, the one that the rules see."""
    told = telling.told
    if linked is not None and linked.source is not None and is_told_far_ahead(reading.text, told):
        return linked
    source, how = traced(reading, found, told)
    if linked is not None and linked.source is not None:
        if told.source is None or (how == "continuation" and linked.confidence >= _SURE):
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


def _is_direct(reading: Reading, stretch: Stretch, first: int, last: int, linked: Link) -> bool:
    """Do the quoted words stand as a clause or sentence of their own?"""
    if stands_alone(reading, first, last) or stretch.paragraph in reading.turns:
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


def _resumes(
    reading: Reading,
    stretch: Stretch,
    linked: Link,
    previous: tuple[Stretch, Link] | None,
    before: Attribution | None,
) -> bool:
    """The rest of a direct quotation behind its cue: “We will,” she said, “in time.”"""
    if previous is None or before is None or linked.at is None or linked.at != previous[1].at:
        return False
    return before.kind == "direct" and previous[0].end <= reading.starts[linked.at] < stretch.start


def _is_scare_quote(reading: Reading, stretch: Stretch, first: int, last: int, by_rule: Link, *, direct: bool) -> bool:
    """More likely so: a word or two, evidence that is not strong, or a few words that belong to the noun behind."""
    words = reading.text.count(" ", stretch.start, stretch.end) + 1
    if words <= _LONGEST_MODIFIER and _is_modifier(reading, first, last):
        return True
    return not direct and (by_rule.confidence < _SURE or words <= _SCARE)


def _is_in_clause(reading: Reading, first: int, last: int, telling: Telling, by_rule: Link | None) -> bool:
    """The stretch in tokens first..last-1 is but some words of a clause that is told; the clause is the attribution."""
    inside = telling.unquoted > STRAY and not _is_inner(reading, telling, by_rule)
    return inside and not stands_alone(reading, first, last)


def _is_inner(reading: Reading, telling: Telling, by_rule: Link | None) -> bool:
    """ "“We are ready,” Ms. Ortega said, according to the radio": within what is relayed somebody speaks."""
    relay = telling.told.cue
    if relay is None or not is_relay(reading, telling.told):
        return False
    if by_rule is None or by_rule.cue is None or by_rule.source is None or by_rule.how != "cue":
        return False
    return by_rule.cue[1] <= relay.start or relay.end <= by_rule.cue[0]


def _attribution(start: int, end: int, linked: Link, confidence: float, *, direct: bool) -> Attribution:
    return Attribution(
        start=start,
        end=end,
        kind="direct" if direct else "mixed",
        source=linked.source,
        extent=linked.extent,
        cue=linked.cue,
        addressee=linked.addressee,
        group=0,
        how=linked.how if linked.source is not None else "none",
        confidence=confidence,
    )


def _measured(by_rule: Link, direct: bool) -> float:
    """The share of what the rules alone find that was right, by the strength of their evidence."""
    if not direct:
        return _MIXED_BY_RULE
    return _DIRECT_BY_RULE if by_rule.confidence >= _STRONG else _DIRECT_BY_WEAK_RULE


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
