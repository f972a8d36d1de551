"""What the tagger reads as told, set against the quotation marks: which it covers, what it adds without them."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.content import bare, has_clause
from onrecord.annotate.quotes.tagger import Told

_GAP = 4  # characters between two pieces of one content: a comma, marks, a dash


@dataclass(frozen=True, slots=True)
class Telling:
    """Content in tokens first..last-1. `stretches` are the numbers of the quoted stretches that it holds."""

    told: Told
    first: int
    last: int
    stretches: tuple[int, ...]
    unquoted: int  # words outside quotation marks


def find_tellings(reading: Reading, told: Sequence[Told], names: Container[int]) -> tuple[Telling, ...]:
    """One for each content, in text order. A stretch belongs to the content that covers most of it, at least half.

    `names` are numbers of stretches that nobody says: names and titles in marks are words like others.
    """
    told = list(_joined(reading.text, told))
    owner = [-1] * len(reading.stretches)
    most = [0] * len(reading.stretches)
    whole = [0] * len(reading.stretches)
    at = 0
    for number, each in enumerate(told):
        while at < len(reading.stretches) and reading.stretches[at].end <= each.content.start:
            at += 1
        for k in range(at, len(reading.stretches)):
            stretch = reading.stretches[k]
            if stretch.start >= each.content.end:
                break
            covered = min(stretch.end, each.content.end) - max(stretch.start, each.content.start)
            whole[k] += covered
            if covered > most[k]:
                owner[k], most[k] = number, covered
    held: dict[int, list[int]] = {}
    for k, number in enumerate(owner):
        if number >= 0 and k not in names and 2 * whole[k] >= reading.stretches[k].end - reading.stretches[k].start:
            held.setdefault(number, []).append(k)
    return tuple(
        part
        for number, each in enumerate(told)
        if (telling := _telling(reading, each, tuple(held.get(number, ())), names)) is not None
        for part in _at_colon(reading, telling)
    )


def _joined(text: str, told: Sequence[Told]) -> Iterator[Told]:
    """Content of one cue that falls into pieces with no word between them is one."""
    held: Told | None = None
    for each in told:
        if held is not None and held.cue == each.cue:
            between = text[held.content.end : each.content.start]
            if len(between) <= _GAP and not any(map(str.isalnum, between)) and "\n" not in between:
                first, last = held.content, each.content
                sure = (first.sure * (first.last - first.first) + last.sure * (last.last - last.first)) / (
                    last.last - first.first
                )
                surer = held if held.source_sure >= each.source_sure else each
                held = replace(surer, content=replace(first, last=last.last, end=last.end, sure=sure))
                continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held


def _telling(reading: Reading, told: Told, stretches: tuple[int, ...], names: Container[int]) -> Telling | None:
    """None where nothing is left but pieces of a stretch that belongs to other content."""

    def is_foreign(k: int) -> bool:
        number = reading.quoted[k]
        return number >= 0 and number not in stretches and number not in names

    first, last = reading.range_of(told.content.start, told.content.end)
    while first < last and is_foreign(first):
        first += 1
    while first < last and is_foreign(last - 1):
        last -= 1
    if first >= last:
        return None
    unquoted = sum(reading.is_word(k) and reading.quoted[k] < 0 for k in range(first, last))
    if not unquoted and not stretches:
        return None
    return Telling(told, first, last, stretches, unquoted)


def _at_colon(reading: Reading, telling: Telling) -> Iterator[Telling]:
    """ "She would not sign it: “The bridge comes first,” she said": what is told, and the words that bear it out."""
    for at, number in enumerate(telling.stretches):
        stretch = reading.stretches[number]
        first, last = reading.range_of(stretch.outer_start, stretch.outer_end)
        if (
            not telling.first < first - 1
            or reading.lower[first - 1] != ":"
            or not reading.text[stretch.start].isupper()
        ):
            continue
        if has_clause(reading, first, last):
            yield _part(reading, telling, telling.first, first - 1, telling.stretches[:at])
            yield _part(reading, telling, first, telling.last, telling.stretches[at:])
            return
    yield telling


def _part(reading: Reading, telling: Telling, first: int, last: int, stretches: tuple[int, ...]) -> Telling:
    unquoted = sum(reading.is_word(k) and reading.quoted[k] < 0 for k in range(first, last))
    return replace(telling, first=first, last=last, stretches=stretches, unquoted=unquoted)


def content_span(reading: Reading, telling: Telling) -> tuple[int, int] | None:
    """The characters of a telling without leading conjunction and edge punctuation; marks stay in pairs."""
    within = bare(reading, telling.first, telling.last)
    if within is None:
        return None
    first, last = within
    start, end = reading.span(first, last)
    for number in telling.stretches:
        stretch = reading.stretches[number]
        if stretch.start <= start < stretch.end:
            start = stretch.outer_start
        if stretch.start < end <= stretch.end:
            end = stretch.outer_end
    return start, end
