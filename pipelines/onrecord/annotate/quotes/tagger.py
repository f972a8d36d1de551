"""Attributions as the tagger reads them: stretches of content, each linked to a cue and to a mention of its source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.annotate.encoder import Piece, Read

LABELS = ("O", "B-S", "I-S", "B-C", "I-C", "B-T", "I-T")  # source, cue and content (what is told)
SOURCE, CUE, CONTENT = 1, 2, 3  # (label + 1) // 2
_CONTENT_TO_SOURCE, _CONTENT_TO_CUE, _CUE_TO_SOURCE = range(3)  # kinds of link
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch with one label. `first`/`last` are pieces, end exclusive, `start`/`end` code points of the text."""

    kind: int
    first: int
    last: int
    start: int
    end: int
    sure: float  # how probable its label is, on average over its pieces


@dataclass(frozen=True, slots=True)
class Told:
    """Content with its cue and source, each with how probable it is among those in sight and none."""

    content: Tagged
    cue: Tagged | None
    cue_sure: float
    source: Tagged | None
    source_sure: float
    confidence: float  # that content and source are right, as measured on articles not trained on


def find_told(pieces: Sequence["Piece"], reads: Sequence["Read"], decoding: Mapping[str, Any]) -> tuple[Told, ...]:
    """What is told in a text, in text order."""
    transitions = _transitions(decoding)
    labels: list[int] = []
    sure: list[float] = []
    paths = best_paths([read.emissions for read in reads], transitions)
    for read, path in zip(reads, paths, strict=True):
        own = slice(1 + read.window.own - read.window.start, None)
        labels += path[own].tolist()
        sure += _probability(read.emissions, path)[own].tolist()
    spans = list(_spans(pieces, labels, sure))
    table = np.array(decoding["reliability"])
    return tuple(told for read in reads for told in _linked(read, spans, table))


def moved(told: Told, by: int) -> Told:
    """`told` of a stretch of text, in the offsets of the whole text."""

    def shifted(tagged: Tagged | None) -> Tagged | None:
        return None if tagged is None else replace(tagged, start=tagged.start + by, end=tagged.end + by)

    content = replace(told.content, start=told.content.start + by, end=told.content.end + by)
    return replace(told, content=content, cue=shifted(told.cue), source=shifted(told.source))


def _transitions(decoding: Mapping[str, Any]) -> "NDArray[np.float32]":
    """Scores of one label after another; what lies inside a span can only follow its like."""
    scores = np.array(decoding["transitions"], dtype=np.float32)
    for before in range(len(LABELS)):
        for inside in range(2, len(LABELS), 2):
            if before not in (inside, inside - 1):
                scores[before, inside] = _NEVER
    return scores


def best_paths(
    windows: Sequence["NDArray[np.float32]"], transitions: "NDArray[np.float32]"
) -> list["NDArray[np.int64]"]:
    """The most probable sequence of labels of each window (Viterbi), all of them step by step together."""
    length = max(map(len, windows), default=0)
    emissions = np.zeros((len(windows), length, len(LABELS)), dtype=np.float32)
    for number, each in enumerate(windows):
        emissions[number, : len(each)] = each
    reached = emissions.copy()
    back = np.zeros(emissions.shape, dtype=np.int64)
    for at in range(1, length):
        step = reached[:, at - 1, :, None] + transitions
        back[:, at] = step.argmax(1)
        reached[:, at] += step.max(1)
    return [_back(back[k], int(reached[k, len(each) - 1].argmax()), len(each)) for k, each in enumerate(windows)]


def _back(back: "NDArray[np.int64]", last: int, length: int) -> "NDArray[np.int64]":
    path = np.empty(length, dtype=np.int64)
    steps = back.tolist()
    for at in range(length - 1, -1, -1):
        path[at] = last
        last = steps[at][last]
    return path


def _probability(emissions: "NDArray[np.float32]", path: "NDArray[np.int64]") -> "NDArray[np.float32]":
    """How probable source, cue, content or none is at each piece, the two labels of a kind taken together."""
    shares = np.exp(emissions - emissions.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    kinds = np.stack([shares[:, 0], *(shares[:, k] + shares[:, k + 1] for k in (1, 3, 5))], axis=1)
    return kinds[np.arange(len(path)), (path + 1) // 2]


def _spans(pieces: Sequence["Piece"], labels: Sequence[int], sure: Sequence[float]) -> Iterator[Tagged]:
    first = 0
    while first < len(labels):
        kind = (labels[first] + 1) // 2 if pieces[first].end > pieces[first].start else 0
        last = first + 1
        if kind:
            while last < len(labels) and labels[last] == 2 * kind and pieces[last].end > pieces[last].start:
                last += 1
            yield Tagged(
                kind, first, last, pieces[first].start, pieces[last - 1].end, sum(sure[first:last]) / (last - first)
            )
        first = last


def _linked(read: "Read", spans: Sequence[Tagged], table: "NDArray[np.float64]") -> Iterator[Told]:
    """The contents that begin in the window's own part, linked to cues and sources anywhere in the window."""
    window = read.window
    seen = [span for span in spans if window.start <= span.first and span.last <= window.end]
    cues = [span for span in seen if span.kind == CUE]
    sources = [span for span in seen if span.kind == SOURCE]
    for content in spans:
        if content.kind != CONTENT or not window.own <= content.first < window.end:
            continue
        by_cue = _links(read, content, _CONTENT_TO_CUE, cues)
        by_source = _links(read, content, _CONTENT_TO_SOURCE, sources)
        cue = cues[int(by_cue.argmax()) - 1] if by_cue.argmax() else None
        if cue is not None:
            by_source = by_source + _links(read, cue, _CUE_TO_SOURCE, sources)
        best = int(by_source.argmax())
        source_sure = _share(by_source)
        confidence = float(np.interp(content.sure * source_sure, table[:, 0], table[:, 1]))
        yield Told(content, cue, _share(by_cue), sources[best - 1] if best else None, source_sure, confidence)


def _links(read: "Read", seeker: Tagged, kind: int, targets: Sequence[Tagged]) -> "NDArray[np.float32]":
    """Log-probability that `seeker` belongs to none, or to each of `targets`: the mean over its pieces."""
    window = read.window
    scores = read.links[kind, 1 + seeker.first - window.start : 1 + min(seeker.last, window.end) - window.start]
    columns = [scores[:, 0]]
    for target in targets:
        columns.append(_log_sum(scores[:, 1 + target.first - window.start : 1 + target.last - window.start]))
    logs: NDArray[np.float32] = np.stack(columns, axis=1).mean(0)
    return logs


def _log_sum(scores: "NDArray[np.float32]") -> "NDArray[np.float32]":
    most = scores.max(1)
    total: NDArray[np.float32] = most + np.log(np.exp(scores - most[:, None]).sum(1))
    return total


def _share(logs: "NDArray[np.float32]") -> float:
    return float(1 / np.exp(logs - logs.max()).sum())
