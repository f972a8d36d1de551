"""The network: a BERT encoder with heads for attributions and for proposals.

Attributions: a labelling head (a linear-chain CRF) and heads that link content to its source. Proposals: cues as
begin, inside, outside; at the first piece of a cue its type, whether it is wanted, its modality and the PLOVER category
of the event; and vectors with which it points at the start of its content, at the end, at its proposer and its target.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.annotate.encoder import FEATURES
from onrecord.annotate.proposals.heads import END, MODALITIES, PLOVER, SEEKS, SENSES, SOUGHT, TYPES, WANTED
from onrecord.annotate.quotes.tagger import CONTENT, CUE, LABELS, SOURCE
from training.examples import UNLABELLED

LINK = 64  # dimensions of a link vector
POINT = 128  # dimensions of a vector with which a cue points
LINKS = 5  # link vectors of a piece: content seeks source, content seeks cue, cue seeks source; is a source, is a cue
# Vector that seeks, vector that is sought, label kind of either, its bit in `unseen`; in the order of tagger.py.
LINK_HEADS = ((0, 3, CONTENT, SOURCE, 1), (1, 4, CONTENT, CUE, 2), (2, 3, CUE, SOURCE, 1))


@dataclass(frozen=True, slots=True)
class Shape:
    """What config.json of the pre-trained encoder says."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int


class Dropout(nn.Module):
    """Dropout of a share in 256ths, by a random byte for each number: less to draw than a float."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.lost = round(share * 256)

    def forward(self, states: Tensor) -> Tensor:
        if not self.training or not self.lost:
            return states
        drawn = torch.randint(-(2**63), 2**63 - 1, (-(-states.numel() // 8),), device=states.device)
        kept = drawn.view(torch.uint8)[: states.numel()].view(states.shape) >= self.lost
        return states * kept * (256 / (256 - self.lost))


class Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.size = shape.heads, shape.hidden // shape.heads
        self.mix = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.after_mix = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.widen = nn.Linear(shape.hidden, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.hidden)
        self.after_narrow = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, states: Tensor, allowed: Tensor | None) -> Tensor:
        batch, length, hidden = states.shape
        split = self.mix(states).view(batch, length, 3, self.heads, self.size).permute(2, 0, 3, 1, 4)
        seek, sought, told = split.unbind()
        # Written out, since PyTorch's own attention is slower on a processor, backwards above all.
        scores = (seek * self.size**-0.5) @ sought.transpose(2, 3)
        shares = torch.softmax(scores if allowed is None else scores + allowed, dim=-1, dtype=torch.float32)
        mixed = (shares.to(told.dtype) @ told).transpose(1, 2).reshape(batch, length, hidden)
        states = self.after_mix(states + self.dropout(self.out(mixed)))
        return self.after_narrow(states + self.dropout(self.narrow(functional.gelu(self.widen(states)))))


class Tagger(nn.Module):
    """Word pieces and their features to states, and what the heads say of these."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.features = nn.Embedding(FEATURES, shape.hidden)
        self.after_words = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.labels = nn.Linear(shape.hidden, len(LABELS))
        self.links = nn.Linear(shape.hidden, LINKS * LINK)
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.cues = nn.Linear(shape.hidden, 3)
        self.senses = nn.Sequential(
            nn.Linear(shape.hidden, shape.hidden), nn.GELU(), Dropout(dropout), nn.Linear(shape.hidden, SENSES)
        )
        self.seeks = nn.Linear(shape.hidden, SEEKS * POINT)
        self.sought = nn.Linear(shape.hidden, SOUGHT * POINT)
        self.events = nn.Linear(shape.hidden, len(PLOVER))
        self.dropout = Dropout(dropout)
        nn.init.zeros_(self.features.weight)

    def forward(self, numbers: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, length) each; mask is 1 for pieces, 0 for padding. States (batch, length, hidden)."""
        places = torch.arange(numbers.shape[1], device=numbers.device)
        states = self.words(numbers) + self.places(places) + self.features(features)
        states = self.dropout(self.after_words(states))
        allowed = None if mask is None else (1.0 - mask.to(states.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            states = layer(states, allowed)
        dropped: Tensor = self.dropout(states)
        return dropped

    def heads(self) -> tuple[nn.Module, ...]:
        """Everything that is not the pre-trained encoder's, but for the transitions."""
        return self.features, self.labels, self.links, self.cues, self.senses, self.seeks, self.sought, self.events


def load_pretrained(folder: Path) -> Tagger:
    """A tagger on top of the encoder in `folder` (config.json and model.safetensors of a BERT model)."""
    config = json.loads((folder / "config.json").read_text())
    shape = Shape(
        config["hidden_size"],
        config["num_hidden_layers"],
        config["num_attention_heads"],
        config["intermediate_size"],
        config["vocab_size"],
        config["max_position_embeddings"],
    )
    weights = load_file(folder / "model.safetensors")
    model = Tagger(shape)
    own = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        # every piece is of the first of BERT's two sentence types
        "places.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "after_words.weight": weights["embeddings.LayerNorm.weight"],
        "after_words.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "after_mix": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "after_narrow": "output.LayerNorm",
    }
    for number in range(shape.layers):
        for kind in ("weight", "bias"):
            there = f"encoder.layer.{number}."
            own[f"layers.{number}.mix.{kind}"] = torch.cat(
                [weights[f"{there}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            )
            for name, other in names.items():
                own[f"layers.{number}.{name}.{kind}"] = weights[f"{there}{other}.{kind}"]
    missing = model.load_state_dict(own, strict=False)
    new = {id(parameter) for part in model.heads() for parameter in part.parameters()} | {id(model.transitions)}
    heads = {name for name, parameter in model.named_parameters() if id(parameter) in new}
    if set(missing.missing_keys) != heads or missing.unexpected_keys:
        raise ValueError(f"not a BERT model of the expected kind: {missing}")
    return model


def label_loss(emissions: Tensor, transitions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
    """Negative log-likelihood of the label sequences under the CRF, per piece. All in float32."""
    length = emissions.shape[1]
    reached = emissions[:, 0]
    gold = emissions.gather(2, labels[:, :, None]).squeeze(2)
    score = (gold * mask).sum(1) + (transitions[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]).sum(1)
    for at in range(1, length):
        step = torch.logsumexp(reached[:, :, None] + transitions, dim=1) + emissions[:, at]
        reached = torch.where(mask[:, at, None] > 0, step, reached)
    return (torch.logsumexp(reached, dim=1) - score).sum() / mask.sum()


def link_loss(links: Tensor, labels: Tensor, owners: Tensor, unseen: Tensor, mask: Tensor) -> Tensor:
    """How badly content points at its source and cue, and cue at its source; the start token stands for none.

    Every piece of a span points, a right target is any piece of the right span, and each attribution counts once. One
    whose source or cue lies outside the window (`unseen` has the bit 1 or 2) teaches nothing about that link.
    """
    batch, length, _ = links.shape
    vectors = links.view(batch, length, LINKS, LINK)
    kinds = (labels + 1) // 2
    same = owners[:, :, None] == owners[:, None, :]
    padding = (mask == 0)[:, None, :]
    total = links.new_zeros(())
    for query, key, seeks, sought, bit in LINK_HEADS:
        seeker, target = kinds == seeks, kinds == sought
        scores = torch.einsum("bid,bjd->bij", vectors[:, :, query], vectors[:, :, key]) * LINK**-0.5
        scores = scores.masked_fill(padding, -1e4)
        right = same & target[:, None, :]
        none = ~right.any(2)
        right = torch.cat([(right[:, :, :1] | none[:, :, None]), right[:, :, 1:]], dim=2)
        losses = torch.logsumexp(scores, 2) - torch.logsumexp(scores.masked_fill(~right, -1e4), 2)
        # pieces of one attribution in this window share its weight
        count = (same & seeker[:, None, :]).sum(2).clamp(min=1)
        weight = (seeker & (unseen & bit == 0)) / count
        total = total + (losses * weight).sum() / weight.sum().clamp(min=1)
    return total


def cue_loss(cues: Tensor, gold: Tensor) -> Tensor:
    """Cross-entropy of the cue labels, per labelled piece; that a cue begins weighs double. All in float32."""
    weight = torch.tensor([1.0, 2.0, 1.0])
    losses = functional.cross_entropy(cues.transpose(1, 2), gold, weight=weight, reduction="none")
    return losses.sum() / (gold != UNLABELLED).sum().clamp(min=1)


def sense_loss(senses: Tensor, types: Tensor, wanted: Tensor, modality: Tensor) -> Tensor:
    """Of the first pieces of cues: (cues, SENSES) against indices into TYPES, WANTED and MODALITIES, or UNLABELLED."""
    parts = senses.split([len(TYPES), len(WANTED), len(MODALITIES)], dim=1)
    gold = (types, wanted, modality)
    kinds, wants, modes = (class_loss(part, right) for part, right in zip(parts, gold, strict=True))
    return 3 * kinds + wants + modes


def class_loss(logits: Tensor, gold: Tensor) -> Tensor:
    """Cross-entropy per labelled row."""
    losses = functional.cross_entropy(logits, gold, reduction="sum")
    return losses / (gold != UNLABELLED).sum().clamp(min=1)


def point_loss(seeks: Tensor, sought: Tensor, firsts: Tensor, right: Tensor, mask: Tensor) -> Tensor:
    """How badly cues point at the starts and ends of their contents, their proposers and targets.

    seeks (cues, SEEKS, POINT) of the cues' first pieces, sought (cues, length, SOUGHT, POINT) of their windows, firsts
    (cues, POINT) of the right starts, which seek the end as well; right (cues, SOUGHT, length) says which pieces are
    right, none where the label gives no answer; mask (cues, length).
    """
    queries = torch.stack([seeks[:, k] + firsts if k == END else seeks[:, k] for k in range(SOUGHT)], dim=1)
    scores = torch.einsum("nkd,nlkd->nkl", queries, sought) * POINT**-0.5
    scores = scores.masked_fill((mask == 0)[:, None, :], -1e4)
    losses = torch.logsumexp(scores, 2) - torch.logsumexp(scores.masked_fill(~right, -1e4), 2)
    return (losses * right.any(2)).sum() / len(seeks)
