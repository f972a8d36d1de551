"""Proposals as the encoder reads them: cues, each with its type, its content and mentions of its parties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from onrecord.annotate.encoder import SEPARATOR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.annotate.encoder import Piece, Read

TYPES = (
    "propose", "demand", "call_for", "urge", "offer", "request",
    "reject", "support", "oppose", "commit", "threaten", "plan",
)  # fmt: skip
WANTED = ("yes", "no", "conditional")
MODALITIES = ("asserted", "conditional", "hypothetical")
# Root categories of PLOVER 2021 as Zero-Shot-PLOVER groups them: CONCEDE holds RETREAT, too.
PLOVER = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
SENSES = len(TYPES) + len(WANTED) + len(MODALITIES)
# What a cue seeks, in the order of its vectors; the start of a content seeks its end, too.
START, END, PROPOSER, TARGET = range(4)
FROM_START = 4
SEEKS, SOUGHT = 5, 4
_FAINTEST = 0.1  # a cue that is less probable is not looked at
_LONGEST = 110  # pieces of a content
_POINTED, _SLIGHTEST = 24, 0.004  # pieces that are kept of those pointed at, and their least share
_TRIED = 6  # starts of a content, and ends for each


@dataclass(frozen=True, slots=True)
class Pointed:
    """A word piece that is pointed at, and how probable it is."""

    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal as the heads see it. Spans are code points of the text, probabilities those of the heads."""

    cue: tuple[int, int]
    cue_sure: float
    start: int
    end: int
    start_sure: float
    end_sure: float
    types: tuple[float, ...]  # in the order of TYPES
    wanted: tuple[float, ...]
    modality: tuple[float, ...]
    plover: tuple[float, ...]  # in the order of PLOVER
    proposers: tuple[Pointed, ...]  # the more probable first; what is missing of 1 is nobody, and pieces left out
    targets: tuple[Pointed, ...]

    @property
    def type(self) -> str:
        return TYPES[most(self.types)]


def most(shares: Sequence[float]) -> int:
    """The place of the greatest of some shares, the first of several."""
    return max(range(len(shares)), key=shares.__getitem__)


def find_candidates(pieces: Sequence["Piece"], reads: Sequence["Read"]) -> tuple[Candidate, ...]:
    """Whatever may be a proposal, in the order of the cues: of cues beside each other the most probable."""
    return tuple(candidate for read in reads for candidate in _of_window(pieces, read))


def _of_window(pieces: Sequence["Piece"], read: "Read") -> Iterator[Candidate]:
    window = read.window
    held = pieces[window.start : window.end]
    shares = _softmax(read.cues)
    begins = shares[:, 1]
    own = 1 + window.own - window.start
    paragraph = np.concatenate([[-1], np.cumsum([piece.number == SEPARATOR for piece in held])])
    words = np.array([False, *(piece.end > piece.start for piece in held)])
    for at in range(own, len(begins)):
        if begins[at] < _FAINTEST or begins[at] < begins[max(at - 1, 1) : at + 2].max() or not words[at]:
            continue
        last = at + 1
        while last < len(begins) and words[last] and shares[last].argmax() == 2:
            last += 1
        first, end, start_sure, end_sure = _content(read, at, paragraph, words)
        senses = read.senses[at]
        kinds, rest = senses[: len(TYPES)], senses[len(TYPES) :]
        yield Candidate(
            cue=(held[at - 1].start, held[last - 2].end),
            cue_sure=float(begins[at]),
            start=held[first - 1].start,
            end=held[end - 1].end,
            start_sure=start_sure,
            end_sure=end_sure,
            types=_shares(kinds),
            wanted=_shares(rest[: len(WANTED)]),
            modality=_shares(rest[len(WANTED) :]),
            plover=_shares(read.events[at]),
            proposers=_pointed(held, _softmax(_scores(read, read.seeks[at, PROPOSER], PROPOSER))),
            targets=_pointed(held, _softmax(_scores(read, read.seeks[at, TARGET], TARGET))),
        )


def _content(
    read: "Read", at: int, paragraph: "NDArray[np.int64]", words: "NDArray[np.bool_]"
) -> tuple[int, int, float, float]:
    """First and last piece of the content that fits best, and how probable each is. `at` is a word."""
    starts = np.where(words, _scores(read, read.seeks[at, START], START), -np.inf)
    starts = starts - _log_sum(starts)
    firsts = np.argsort(-starts, kind="stable")[:_TRIED]
    seeks = read.seeks[firsts, FROM_START]
    ends = _scores(read, read.seeks[at, END], END) + _scores(read, seeks.T, END).T
    ends = ends - _log_sum(np.where(words, ends, -np.inf))
    places, begins = np.arange(len(words)), firsts[:, None]
    fits = words & (places >= begins) & (places < begins + _LONGEST) & (paragraph == paragraph[begins])
    ends = np.where(fits, ends, -np.inf)
    lasts = ends.argmax(1)
    best_ends = ends[np.arange(len(firsts)), lasts]
    best = int((starts[firsts] + best_ends).argmax())
    first = int(firsts[best])
    return first, int(lasts[best]), float(np.exp(starts[first])), float(np.exp(best_ends[best]))


def _scores(read: "Read", seeks: "NDArray[np.float32]", sought: int) -> "NDArray[np.float32]":
    """How well each piece of the window fits what seeks: (pieces,) of one vector, (pieces, n) of n columns."""
    scores: NDArray[np.float32] = read.sought[:, sought] @ seeks
    return scores * np.float32(len(seeks) ** -0.5)


def _pointed(held: Sequence["Piece"], shares: "NDArray[np.float32]") -> tuple[Pointed, ...]:
    order = (at for at in np.argsort(-shares, kind="stable")[:_POINTED].tolist() if at and shares[at] >= _SLIGHTEST)
    pointed = (Pointed(held[at - 1].start, held[at - 1].end, float(shares[at])) for at in order)
    return tuple(each for each in pointed if each.end > each.start)


def _shares(logits: "NDArray[np.float32]") -> tuple[float, ...]:
    return tuple(_softmax(logits).tolist())


def _softmax(logits: "NDArray[np.float32]") -> "NDArray[np.float32]":
    parts = np.exp(logits - logits.max(-1, keepdims=True))
    shares: NDArray[np.float32] = parts / parts.sum(-1, keepdims=True)
    return shares


def _log_sum(logits: "NDArray[np.float32]") -> "NDArray[np.float32]":
    highest = logits.max(-1, keepdims=True)
    total: NDArray[np.float32] = highest + np.log(np.exp(logits - highest).sum(-1, keepdims=True))
    return total
