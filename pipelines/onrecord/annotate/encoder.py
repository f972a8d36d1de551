"""A text as the encoder reads it: word pieces with two surface features, in windows of whole paragraphs.

The pre-trained encoder reads lower case and sees no line ends, so what print tells a reader is handed in beside the
pieces: capitals, quotation marks as `find_stretches` reads them, and a separator after every paragraph. Training and
the product share this module, so they cannot read a text differently.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from onrecord.annotate.quotes.stretches import Stretch, paragraph_spans
from onrecord.knowledge.files import DATA

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

ENCODER, TOKENIZER, TAGGER = "encoder.onnx", "tokenizer.json", "tagger.json"  # files of the weights folder
LONGEST = 10_000  # characters of a paragraph that go through the tokenizer at once
START, SEPARATOR, PADDING = 101, 102, 0  # [CLS], [SEP] and [PAD] of the vocabulary
ROOM = 254  # pieces and separators a window, its start token not counted
CONTEXT = 64  # of them at most that repeat the end of the window before
WEIGHTS = DATA / "encoder"
FEATURES = 7  # lower case, Capital, CAPITALS; outside and inside quotation marks; and the last
# What the start token says where only reported speech is labelled, by the guide of gold/read; in PolNeAR, where what
# somebody thinks and plans is labelled as well, it says 0. The product reads by the first, which serves both better.
SPEECH_ONLY = 6


class Piece(NamedTuple):
    """A word piece. `start`/`end` are code-point offsets into the text; a separator is empty."""

    number: int  # in the vocabulary
    feature: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """pieces[start:end] go through the encoder together; what is found in pieces[own:end] counts."""

    start: int
    own: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """What the heads say of one window: a row for each of its pieces, the first for the start token."""

    window: Window
    emissions: "NDArray[np.float32]"  # (1 + pieces, labels)
    links: "NDArray[np.float32]"  # (kinds of link, 1 + pieces, 1 + pieces): log-probability that one points at another
    cues: "NDArray[np.float32]"  # (1 + pieces, 3): of a proposal's cue: none, it begins, it goes on
    senses: "NDArray[np.float32]"  # (1 + pieces, SENSES of heads.py)
    seeks: "NDArray[np.float32]"  # (1 + pieces, SEEKS, dimensions): vectors with which a cue points
    sought: "NDArray[np.float32]"  # (1 + pieces, SOUGHT, dimensions): vectors that are pointed at
    events: "NDArray[np.float32]"  # (1 + pieces, PLOVER of heads.py): category of the event whose verb or cue it is


Seen = tuple[tuple[Piece, ...], tuple[Read, ...]]  # a text's pieces, and its windows as the heads see them


@dataclass(frozen=True, slots=True)
class Encoder:
    """The encoder with its heads. One window at a time: 8-bit sums depend on what goes through together."""

    session: "InferenceSession"
    tokenizer: "Tokenizer"
    decoding: dict[str, Any]  # what tagger.json says

    def read(self, text: str, stretches: Sequence[Stretch]) -> Seen:
        """The pieces of a body, and its windows as the heads see them."""
        found = tuple(pieces(text, list(_bounded(paragraph_spans(text))), stretches, self.tokenizer))
        return found, tuple(self._read(found, window) for window in windows(found))

    def _read(self, found: Sequence[Piece], window: Window) -> Read:
        held = found[window.start : window.end]
        numbers = np.array([[START, *(piece.number for piece in held)]], dtype=np.int64)
        features = np.array([[SPEECH_ONLY, *(piece.feature for piece in held)]], dtype=np.int64)
        return Read(window, *self.session.run(None, {"numbers": numbers, "features": features}))


def load_encoder(folder: Path) -> Encoder:
    """The encoder in `folder`, for one thread: more of them would change the order of sums."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Fused with the sum before it, a layer norm takes six times as long.
    session = onnxruntime.InferenceSession(
        folder / ENCODER,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    decoding = json.loads((folder / TAGGER).read_text(encoding="utf-8"))
    return Encoder(session, Tokenizer.from_file(str(folder / TOKENIZER)), decoding)


def _bounded(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        for at in range(start, end, LONGEST):
            yield at, min(at + LONGEST, end)


def pieces(
    text: str, spans: Sequence[tuple[int, int]], stretches: Sequence[Stretch], tokenizer: "Tokenizer"
) -> Iterator[Piece]:
    """The pieces of each paragraph in `spans`, a separator after each."""
    at = 0
    encoded = tokenizer.encode_batch([text[start:end] for start, end in spans], add_special_tokens=False)
    for (begin, stop), one in zip(spans, encoded, strict=True):
        for number, (start, end) in zip(one.ids, one.offsets, strict=True):
            start, end = begin + start, begin + end
            while at < len(stretches) and stretches[at].outer_end <= start:
                at += 1
            quoted = at < len(stretches) and stretches[at].outer_start <= start
            yield Piece(number, _case(text[start:end]) + 3 * quoted, start, end)
        yield Piece(SEPARATOR, 0, stop, stop)


def _case(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def windows(found: Sequence[Piece], *, context: int = CONTEXT, first: int = ROOM) -> Iterator[Window]:
    """Windows of whole paragraphs, as full as can be; a paragraph that is longer than a window is cut.

    A window begins with the paragraph before it, or with its end, so that a quotation can be linked to a source there.
    `first` is the room of the first window.
    """
    ends = [index + 1 for index, piece in enumerate(found) if piece.number == SEPARATOR]
    own = 0
    at = 0
    room = first
    while own < len(found):
        start = own
        if context and at:
            start = max(ends[at - 2] if at > 1 else 0, own - context) if ends[at - 1] == own else own - context
        limit = start + room
        end = own
        while at < len(ends) and ends[at] <= limit:
            end = ends[at]
            at += 1
        if end == own:
            end = min(limit, ends[at])
        yield Window(max(start, 0), own, end)
        own, room = end, ROOM
