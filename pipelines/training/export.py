"""A checkpoint as the product loads it: one ONNX graph with 8-bit weights, the tokenizer, and what decoding needs."""

import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.annotate.encoder import ENCODER, FEATURES, TAGGER, TOKENIZER
from onrecord.annotate.proposals.heads import SEEKS, SOUGHT
from onrecord.annotate.quotes.tagger import LABELS
from training.judging import UNJUDGED, UNRANKED
from training.model import LINK, LINK_HEADS, LINKS, POINT, Tagger, load_pretrained
from training.train import PRETRAINED, load_tokenizer


class Whole(torch.nn.Module):
    """The heads over one window without padding: pieces in; what onrecord.annotate.encoder.Read holds out."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, numbers: torch.Tensor, features: torch.Tensor) -> tuple[torch.Tensor, ...]:
        states = self.model(numbers, features, None)[0]
        vectors = self.model.links(states).view(-1, LINKS, LINK).permute(1, 0, 2)
        scores = torch.stack([vectors[seeks] @ vectors[is_one].T for seeks, is_one, *_ in LINK_HEADS])
        return (
            self.model.labels(states),
            torch.log_softmax(scores * LINK**-0.5, dim=2),
            self.model.cues(states),
            self.model.senses(states),
            self.model.seeks(states).view(-1, SEEKS, POINT),
            self.model.sought(states).view(-1, SOUGHT, POINT),
            self.model.events(states),
        )


def export(checkpoint: Path, folder: Path) -> None:
    model = load_pretrained(PRETRAINED)
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    numbers = torch.randint(1000, 5000, (1, 40))
    features = torch.randint(0, FEATURES, (1, 40))
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            Whole(model),
            (numbers, features),
            str(whole),
            input_names=["numbers", "features"],
            output_names=["emissions", "links", "cues", "senses", "seeks", "sought", "events"],
            dynamic_axes={
                "numbers": {1: "length"},
                "features": {1: "length"},
                "links": {1: "length", 2: "length"},
                **{name: {0: "length"} for name in ("emissions", "cues", "senses", "seeks", "sought", "events")},
            },
            opset_version=17,
            dynamo=False,
        )
        # Seven bits: eight overflow on processors without instructions for them, and give other results there.
        options = {"weight_type": QuantType.QInt8, "per_channel": True, "reduce_range": True}
        quantize_dynamic(str(whole), str(folder / ENCODER), **options)
    load_tokenizer(PRETRAINED).save(str(folder / TOKENIZER))
    decoding = {
        "labels": LABELS,
        "transitions": [[round(x, 4) for x in row] for row in model.transitions.tolist()],
        "reliability": [[0.0, 0.0], [1.0, 1.0]],  # as sure as it says, until it is calibrated
        "proposals": UNJUDGED,
        "targets": UNRANKED,
    }
    (folder / TAGGER).write_text(json.dumps(decoding, indent=1) + "\n", encoding="utf-8")
