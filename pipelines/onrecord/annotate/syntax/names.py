"""spaCy's names, decoded for all tokens of an article together.

spaCy's own decoder goes from token to token and asks each of 74 moves whether it is allowed, which costs more than the
network does. But only inside a name does a move hang on those before it. So all tokens are scored as if no name were
open, and from where one begins it is followed to its end.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    Places = NDArray[np.intp]
    Flags = NDArray[np.bool_]


class NamesTogether:
    """Sets the names that `ner` would, by its weights and its greedy moves, where none is set already."""

    def __init__(self, ner: "EntityRecognizer") -> None:
        self._embed, self._lower, self._upper = (ner.model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        moves = [ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)]
        kinds, self._labels = zip(*(move.partition("-")[::2] for move in moves), strict=True)
        self._begins, self._alone = (np.array([kind == wanted for kind in kinds]) for wanted in "BU")
        # Outside of a name none goes on or ends, and U without a label stands for names that may not be.
        self._never = np.array([move[0] in "IL" or move == "U-" for move in moves])
        place = {move: number for number, move in enumerate(moves)}
        # of each move the one that goes on with a name of its label, and the one that ends it
        self._on, self._end = (np.array([place.get(f"{kind}-{name}", -1) for name in self._labels]) for kind in "IL")

    def __call__(self, doc: "Doc") -> "Doc":
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable["Doc"], *, batch_size: int = 256, **_: Any) -> Iterator["Doc"]:
        """What spaCy calls; `batch_size` texts go through the network together."""
        from spacy.util import minibatch

        for batch in minibatch(docs, batch_size):  # type: ignore[no-untyped-call]
            self._name(batch)
            yield from batch

    def _name(self, docs: Sequence["Doc"]) -> None:
        from spacy.tokens import Span

        names = self._names(docs) if any(map(len, docs)) else iter(())
        name = next(names, None)
        begin = 0
        for doc in docs:
            spans = []
            while name is not None and name[0] < begin + len(doc):
                start, end, label = name
                spans.append(Span(doc, start - begin, end - begin, label=label))
                name = next(names, None)
            doc.set_ents(spans)
            begin += len(doc)

    def _names(self, docs: Sequence["Doc"]) -> Iterator[tuple[int, int, str]]:
        """First token, that after the last, and label of each name; tokens count through all texts."""
        # of each token what it adds as the next one, as the first of a name and as the last so far
        told = self._lower.predict(self._embed.predict(docs)).swapaxes(0, 1)
        padding, parts = told[:, 0], told[:, 1:]
        goes_on, is_space = _limits(docs)
        scores = self._scores(parts[0] + padding[1] + padding[2])
        scores[:, self._never] = -np.inf
        scores[np.ix_(~goes_on | is_space, self._begins)] = -np.inf
        scores[np.ix_(is_space, self._alone)] = -np.inf
        best = scores.argmax(1)
        ends = np.arange(1, len(best) + 1)
        firsts = np.flatnonzero(self._begins[best])
        ends[firsts] = self._followed(firsts, best, goes_on, parts)
        at = 0
        for start in np.flatnonzero(self._begins[best] | self._alone[best]).tolist():
            if start >= at:
                at = int(ends[start])
                yield start, at, self._labels[best[start]]

    def _scores(self, features: "Floats") -> "Floats":
        """(states, moves) of sums of what the network says of the tokens that a state hangs on."""
        scores: Floats = self._upper.predict(largest(features + self._lower.get_param("b")))
        return scores

    def _followed(self, firsts: "Places", best: "Places", goes_on: "Flags", parts: "Floats") -> "Places":
        """Behind which token each name ends that begins with one of `firsts`, all of them step by step together."""
        ends = firsts + 1
        waiting = np.arange(len(firsts))
        while len(waiting):
            first, here = firsts[waiting], ends[waiting]
            scores = self._scores(parts[0][here] + parts[1][first] + parts[2][here - 1])
            move, row = best[first], np.arange(len(first))
            ends[waiting] += 1
            waiting = waiting[goes_on[here] & (scores[row, self._on[move]] >= scores[row, self._end[move]])]
        return ends


def largest(pieces: "Floats") -> "Floats":
    """The largest along the last axis, which is short: numpy's own takes thirty times as long there."""
    best = pieces[..., 0]
    for place in range(1, pieces.shape[-1]):
        best = np.maximum(best, pieces[..., place])
    return best


def _limits(docs: Sequence["Doc"]) -> tuple["Flags", "Flags"]:
    """Whether a name may go on behind a token: not into another text or sentence; and which tokens are white space."""
    attributes = [doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs]
    goes_on = [np.append(each[1:, 0] != 1, False)[: len(each)] for each in attributes]
    return np.concatenate(goes_on), np.concatenate([each[:, 1] == 1 for each in attributes])
