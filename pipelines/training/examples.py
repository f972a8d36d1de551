"""Annotated articles as what the model is trained on: windows of pieces with their labels and links.

An article is a line of `{doc_id, text, attributions}`; an attribution has `source`, `cue` and `content`, each a list of
[start, end] into `text`. One line of `text` is one paragraph.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from onrecord.annotate.quotes.stretches import find_stretches, paragraph_spans
from onrecord.annotate.quotes.tagger.encoder import ROOM, START, Piece, pieces, windows
from onrecord.annotate.quotes.tagger.tags import LABELS

PARTS = (("source", "S"), ("cue", "C"), ("content", "T"))


@dataclass(frozen=True, slots=True)
class Article:
    """One article in pieces. `labels` are indices into LABELS, `owners` the attribution of each piece, -1 for none."""

    doc_id: str
    text: str
    pieces: tuple[Piece, ...]
    labels: tuple[int, ...]
    owners: tuple[int, ...]
    named: tuple[tuple[bool, bool], ...]  # of each attribution: has it a source, has it a cue?


@dataclass(frozen=True, slots=True)
class Example:
    """One window, its start token included."""

    numbers: list[int]
    features: list[int]
    labels: list[int]
    owners: list[int]
    unseen: list[int]  # of the piece's attribution, what lies outside the window: 1 its source, 2 its cue, 3 both


def read_articles(path: Path, tokenizer: Tokenizer) -> tuple[Article, ...]:
    with path.open(encoding="utf-8") as lines:
        return tuple(to_article(json.loads(line), tokenizer) for line in lines)


def to_article(record: dict[str, Any], tokenizer: Tokenizer) -> Article:
    text, moved = _spread(record["text"])
    tags = [(0, -1)] * len(text)
    for owner, attribution in enumerate(record["attributions"]):
        for part, letter in PARTS:
            begins, inside = LABELS.index(f"B-{letter}"), LABELS.index(f"I-{letter}")
            for start, end in attribution[part]:
                for at in range(start, end):
                    tags[moved[at]] = (begins if at == start else inside, owner)
    found = tuple(pieces(text, paragraph_spans(text), find_stretches(text), tokenizer))
    labels, owners = [], []
    for piece in found:
        inside_piece = [tag for tag in tags[piece.start : piece.end] if tag[0]]
        label, owner = min(inside_piece, key=lambda tag: (tag[0] % 2 == 0, 0)) if inside_piece else (0, -1)
        labels.append(label)
        owners.append(owner)
    named = tuple((bool(each["source"]), bool(each["cue"])) for each in record["attributions"])
    return Article(record["doc_id"], text, found, tuple(labels), tuple(owners), named)


def _spread(text: str) -> tuple[str, list[int]]:
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
    for window in windows(article.pieces, context=0, first=first):
        part = slice(window.start, window.end)
        held: Sequence[Piece] = article.pieces[part]
        labels, owners = article.labels[part], article.owners[part]
        seen = {(owner, (label + 1) // 2) for label, owner in zip(labels, owners, strict=True)}
        unseen = {
            owner: (article.named[owner][0] and (owner, 1) not in seen)
            + 2 * (article.named[owner][1] and (owner, 2) not in seen)
            for owner in set(owners) - {-1}
        }
        yield Example(
            [START, *(piece.number for piece in held)],
            [0, *(piece.feature for piece in held)],
            [0, *labels],
            [-1, *owners],
            [0, *(unseen.get(owner, 0) for owner in owners)],
        )
