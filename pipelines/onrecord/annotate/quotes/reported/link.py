"""The reading that ties a stretch or a cue to its source: what links found in marked and in reported speech share."""

from dataclasses import dataclass

from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.cues import Cue
from onrecord.annotate.quotes.stretches import Stretch

_LONGEST_HEADING = 120  # characters

VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Link:
    """Source, cue and addressee of a stretch, in characters; `at` is the token of the cue."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    how: str
    confidence: float
    addressee: tuple[int, int] | None = None
    at: int | None = None
    goes_on: bool = False  # the utterance of the stretch before
    extent: tuple[int, int] | None = None  # the source with its appositions


def link_to(cue: Cue, confidence: float) -> Link:
    sure = confidence if cue.source is not None else confidence - 0.3
    return Link(cue.source, cue.span, cue.how, sure, cue.addressee, cue.at)


def is_in_heading(reading: Reading, stretch: Stretch) -> bool:
    """Single marks in a line without a full stop, as headlines print them: no place where anybody is quoted."""
    if not stretch.single:
        return False
    start, end = reading.paragraphs[stretch.paragraph]
    line = reading.text[start:end].rstrip()
    return len(line) <= _LONGEST_HEADING and line.rstrip("’'")[-1:] not in ".!?:…,"
