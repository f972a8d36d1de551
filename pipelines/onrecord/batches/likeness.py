"""How alike two texts are: MinHash signatures of their word sequences, made at extraction, compared at assembly.

A signature stands for the set of a text's shingles, its overlapping runs of SHINGLE words; the share of equal values in
two signatures estimates the Jaccard similarity of the sets (Broder 1997) with a standard error of at most 0.044.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    import duckdb
    from datasketch import MinHash
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SHINGLE = 5  # words: in 3,000 articles of 30 outlets no two that differ have more than boilerplate in common
PERMUTATIONS = 128  # values of a signature, four bytes each
_LEAD = 100  # words: what copies keep, and what articles with a long tail in common (galleries, notices) do not share
LEAD_PERMUTATIONS = 32
_SHORT = 45  # shingles, of some 50 words
_BATCH = 1024  # shingles hashed at once, so that a huge article needs no huge matrix

Column: TypeAlias = pa.ChunkedArray

# Case, punctuation, quotation marks and white space are what copies change first, so words are all that is compared.
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """The shingles of a text: how many different ones, and their least hashes, four bytes each, little-endian."""

    shingles: int
    values: bytes  # PERMUTATIONS of them
    lead: bytes  # LEAD_PERMUTATIONS of them, of the first LEAD words alone


def to_signature(text: str) -> Signature | None:
    """The signature of a text, the same on every machine; None if it has no words."""
    words = _WORD.findall(text.casefold())
    if not words:
        return None
    shingles = _shingles(words)
    return Signature(
        len(shingles), _minhash(shingles, PERMUTATIONS), _minhash(_shingles(words[:_LEAD]), LEAD_PERMUTATIONS)
    )


def _shingles(words: list[str]) -> set[bytes]:
    """The runs of SHINGLE words; of a shorter text the whole."""
    return {" ".join(words[at : at + _SHINGLE]).encode() for at in range(max(1, len(words) - _SHINGLE + 1))}


def _minhash(shingles: set[bytes], permutations: int) -> bytes:
    sketch = _blank(permutations).copy()
    remaining = iter(shingles)
    while some := list(islice(remaining, _BATCH)):
        sketch.update_batch(some)
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


@cache
def _blank(permutations: int) -> "MinHash":
    """An empty sketch. All that decides on its values is named: the first bytes of SHA-1, permutations of seed 1."""
    from datasketch import MinHash  # it imports SciPy, half a second that only extraction should pay
    from datasketch.hashfunc import sha1_hash32

    return MinHash(permutations, seed=1, hashfunc=sha1_hash32, scheme="affine32")


def similarity(ours: Column, theirs: Column) -> "Floats":
    """The estimated Jaccard similarity of each pair of values (or of leads). All of one length, no nulls."""
    if len(ours) == 0:
        return np.empty(0)
    equal: NDArray[np.bool_] = _matrix(ours) == _matrix(theirs)
    shares: Floats = equal.mean(axis=1)
    return shares


def _matrix(values: Column) -> "NDArray[np.uint32]":
    """One row of hashes for each binary of an array, without a Python object for each."""
    width = len(values[0].as_py())
    fixed = values.cast(pa.binary(width)).combine_chunks()
    rows = np.frombuffer(fixed.buffers()[1], dtype="<u4").reshape(-1, width // 4)
    return rows[fixed.offset : fixed.offset + len(fixed)]


def containment(jaccard: "Floats", ours: "Floats", theirs: "Floats") -> "Floats":
    """What share of our shingles is among theirs, by the similarity of the sets and their sizes."""
    return jaccard * (ours + theirs) / (1 + jaccard) / ours


def is_repeat(jaccard: "Floats", lead: "Floats", ours: "Floats", theirs: "Floats") -> "NDArray[np.bool_]":
    """Whether we say again what they said before us: most of both texts is the same, or nearly all of ours is theirs.

    Articles on one event share quotations, never half of their runs of words, and those that share a long tail begin
    differently. A few sentences may be a form that is filled in anew every day: there nearly all must be the same, or
    one the other with something added.
    """
    mostly_same = (jaccard >= 0.5) | ((jaccard >= 0.4) & (containment(jaccard, ours, theirs) >= 0.85))
    shorter, longer = np.minimum(ours, theirs), np.maximum(ours, theirs)
    nearly_same = (jaccard >= 0.8) | ((jaccard >= 0.5) & (containment(jaccard, shorter, longer) >= 0.95))
    return np.where(shorter < _SHORT, nearly_same, mostly_same & (lead >= 0.1))


def is_update(jaccard: "Floats", ours: "Floats", theirs: "Floats") -> "NDArray[np.bool_]":
    """Whether one of two texts from one place can be an update of the other: a quarter of the shorter is in both.

    Different texts from one place, such as what a home page shows on two days, share some boilerplate at most.
    """
    return containment(jaccard, np.minimum(ours, theirs), np.maximum(ours, theirs)) >= 0.25


def teach_likeness(connection: "duckdb.DuckDBPyConnection") -> None:
    """Give the connection is_repeat(our signature, theirs, our lead, theirs, our shingles, theirs), and is_update
    without the leads."""
    from duckdb.func import ARROW

    def repeat(ours: Column, theirs: Column, lead: Column, other: Column, n: Column, m: Column) -> Any:
        return pa.array(is_repeat(similarity(ours, theirs), similarity(lead, other), _floats(n), _floats(m)))

    def update(ours: Column, theirs: Column, n: Column, m: Column) -> Any:
        return pa.array(is_update(similarity(ours, theirs), _floats(n), _floats(m)))

    blobs, counts = ["BLOB", "BLOB"], ["BIGINT", "BIGINT"]
    connection.create_function("is_repeat", repeat, [*blobs, *blobs, *counts], "BOOLEAN", type=ARROW)
    connection.create_function("is_update", update, [*blobs, *counts], "BOOLEAN", type=ARROW)


def _floats(counts: Column) -> "Floats":
    numbers: Floats = counts.to_numpy().astype(np.float64)
    return numbers
