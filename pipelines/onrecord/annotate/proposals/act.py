"""A proposal whose words are found and whose actors are not yet told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.heads import MODALITIES, WANTED, Candidate, Pointed, most
from onrecord.annotate.proposals.parties.pointing import pointed_word
from onrecord.annotate.syntax.pronouns import is_first_person
from onrecord.annotate.syntax.spans import strip
from onrecord.annotate.syntax.tree import end_of
from onrecord.document import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotate.proposals.findings import Findings

_SHORTEST, LONGEST = 3, 1200  # characters of a content


@dataclass(frozen=True, slots=True)
class Act:
    """`verb` is the head of the cue, `head` that of the content; spans are code points of the text."""

    cue: tuple[int, int]
    verb: "Token"
    start: int
    end: int
    head: "Token"
    type: str
    wanted: str
    modality: str
    events: tuple[float, ...]  # probabilities of the categories of PLOVER
    source: "Token | None"  # who performs it
    speech: Quote | None  # whose speaker performs it, if no token does
    targets: tuple[Pointed, ...]  # at what the cue points as the target


def to_act(candidate: Candidate, findings: "Findings") -> Act | None:
    """The act of a candidate; None if its words are no words of the text, or too few or too many.

    Where a cue points at `we`, or at nobody, and stands in what somebody is quoted to say, its speaker performs it.
    """
    content = findings.syntax.char_span(candidate.start, candidate.end, alignment_mode="expand")
    cue = findings.syntax.char_span(*candidate.cue, alignment_mode="expand")
    if content is None or cue is None or not len(content) or not len(cue):
        return None
    start, end = strip(findings.text, content[0].idx, end_of(content[-1]))
    if not _SHORTEST <= end - start <= LONGEST:
        return None
    source = pointed_word(candidate.proposers, findings, candidate.cue)
    speech = findings.speech(cue.root)
    if source is not None and is_first_person(source):
        speech, source = findings.speech(source) or speech, None
    return Act(
        cue=(cue[0].idx, end_of(cue[-1])),
        verb=cue.root,
        start=start,
        end=end,
        head=content.root,
        type=candidate.type,
        wanted=WANTED[most(candidate.wanted)],
        modality=MODALITIES[most(candidate.modality)],
        events=candidate.plover,
        source=source,
        speech=speech if source is None else None,
        targets=candidate.targets,
    )
