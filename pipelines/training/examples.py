"""Labelled articles as what the model is trained on: windows of pieces, with attributions or with proposals.

An article is a text with a blank line between its paragraphs, as bodies have it. What the labels are read from says
`training.labels`.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate.encoder import ROOM, SPEECH_ONLY, START, Piece, Window, windows
from onrecord.annotate.proposals.heads import MODALITIES, PLOVER, TYPES, WANTED

NOBODY = (0,)  # the start token, to which what has no proposer or target points
UNLABELLED = -100  # a class of which nothing is told: what PyTorch's cross-entropy passes over


@dataclass(frozen=True, slots=True)
class Attributions:
    """Of each piece its label, an index into LABELS, and its attribution, -1 for none.

    `speech_only`: what somebody thinks, feels or plans is not labelled, as it is in PolNeAR.
    """

    labels: tuple[int, ...]
    owners: tuple[int, ...]
    named: tuple[tuple[bool, bool], ...]  # of each attribution: has it a source, has it a cue?
    speech_only: bool = False


@dataclass(frozen=True, slots=True)
class LabelledAct:
    """A proposal or an event in pieces, ends exclusive. What its label does not say is None.

    An event has a cue, a category of PLOVER and mentions; a proposal all but that. Mentions are None, too, where the
    label names somebody without a place.
    """

    cue: tuple[int, int]
    content: tuple[int, int] | None = None
    type: str | None = None
    wanted: str | None = None
    modality: str | None = None
    plover: str | None = None
    proposers: tuple[tuple[int, int], ...] | None = None
    targets: tuple[tuple[int, int], ...] | None = None
    targets_named: bool = True  # not if only a kind is told, of people or things: visitors, companies
    doubtful: bool = False  # a second reader might leave it out: trained on, not judged by


@dataclass(frozen=True, slots=True)
class Article:
    """`complete`: all proposals of the text are among `acts`, so what is none of their cues is no cue."""

    doc_id: str
    text: str
    pieces: tuple[Piece, ...]
    attributions: Attributions | None = None
    acts: tuple[LabelledAct, ...] | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class SeenAttributions:
    """Those of one window. `unseen`: of the piece's attribution, what lies outside: 1 its source, 2 its cue, 3 both."""

    labels: list[int]
    owners: list[int]
    unseen: list[int]


@dataclass(frozen=True, slots=True)
class SeenAct:
    """An act of one window, by places in it and indices; mentions as the pieces of any of them. None: not told."""

    cue: int
    start: int | None
    end: int | None  # the last piece, inclusive
    type: int | None
    wanted: int | None
    modality: int | None
    plover: int | None
    proposer: tuple[int, ...] | None
    target: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class SeenActs:
    """`cues`: of each piece whether a cue begins (1) or goes on (2) there, or UNLABELLED; None if none are labelled."""

    cues: list[int] | None
    acts: tuple[SeenAct, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window, its start token included. What its article has no labels of is None."""

    numbers: list[int]
    features: list[int]
    attributions: SeenAttributions | None
    acts: SeenActs | None


def spread(text: str) -> tuple[str, list[int]]:
    """The text with a blank line between its lines, as bodies have it, and where each character has moved."""
    moved: list[int] = []
    shift = 0
    for character in text:
        moved.append(len(moved) + shift)
        shift += character == "\n"
    return text.replace("\n", "\n\n"), moved


def to_examples(article: Article, rng: random.Random | None = None) -> Iterator[Example]:
    """The windows of an article, without context; with `rng`, they begin elsewhere each time."""
    first = rng.randint(ROOM // 4, ROOM) if rng else ROOM
    guide = SPEECH_ONLY if article.attributions is not None and article.attributions.speech_only else 0
    for window in windows(article.pieces, context=0, first=first):
        held: Sequence[Piece] = article.pieces[window.start : window.end]
        yield Example(
            [START, *(piece.number for piece in held)],
            [guide, *(piece.feature for piece in held)],
            None if article.attributions is None else _seen_attributions(article.attributions, window),
            None if article.acts is None else _seen_acts(article.acts, window, complete=article.complete),
        )


def _seen_attributions(told: Attributions, window: Window) -> SeenAttributions:
    labels, owners = told.labels[window.start : window.end], told.owners[window.start : window.end]
    seen = {(owner, (label + 1) // 2) for label, owner in zip(labels, owners, strict=True)}
    unseen = {
        owner: (told.named[owner][0] and (owner, 1) not in seen) + 2 * (told.named[owner][1] and (owner, 2) not in seen)
        for owner in set(owners) - {-1}
    }
    return SeenAttributions([0, *labels], [-1, *owners], [0, *(unseen.get(owner, 0) for owner in owners)])


def _seen_acts(acts: Sequence[LabelledAct], window: Window, *, complete: bool) -> SeenActs:
    """The acts whose cue and content lie in the window; of two whose cues overlap the first.

    Of a cue whose content lies elsewhere nothing is told.
    """
    cues = [0] * (1 + window.end - window.start)
    seen: list[SeenAct] = []
    for act in acts:
        content = act.content or act.cue
        whole = all(window.start <= first and last <= window.end for first, last in (act.cue, content))
        at = 1 + act.cue[0] - window.start
        if not whole:
            for place in range(max(at, 1), min(1 + act.cue[1] - window.start, len(cues))):
                cues[place] = cues[place] or UNLABELLED
            continue
        if cues[at] > 0:
            continue
        cues[at] = 1
        for place in range(at + 1, 1 + act.cue[1] - window.start):
            cues[place] = max(cues[place], 0) or 2
        seen.append(
            SeenAct(
                cue=at,
                start=None if act.content is None else 1 + content[0] - window.start,
                end=None if act.content is None else content[1] - window.start,
                type=None if act.type is None else TYPES.index(act.type),
                wanted=None if act.wanted is None else WANTED.index(act.wanted),
                modality=None if act.modality is None else MODALITIES.index(act.modality),
                plover=None if act.plover is None else PLOVER.index(act.plover),
                proposer=_in_sight(act.proposers, window),
                target=_in_sight(act.targets, window),
            )
        )
    return SeenActs(cues if complete else None, tuple(seen))


def _in_sight(mentions: Sequence[tuple[int, int]] | None, window: Window) -> tuple[int, ...] | None:
    if mentions is None:
        return None
    if not mentions:
        return NOBODY
    inside = [m for m in mentions if window.start <= m[0] and m[1] <= window.end]
    return tuple(1 + at - window.start for first, last in inside for at in range(first, last)) or None
