"""From annotated articles to the weights folder: train, export, calibrate. `make train` runs it.

python -m training ARTICLES.jsonl [--checkpoint WEIGHTS.pt [--after STAGES]]
"""

import argparse
import json
import tempfile
from pathlib import Path

import torch

from onrecord.annotate.quotes.tagger.encoder import TAGGER, WEIGHTS, load_encoder
from training.calibrate import outcomes, reliability
from training.examples import read_articles
from training.export import export
from training.train import PRETRAINED, load_tokenizer, split, train


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("articles", type=Path)
    options.add_argument("--checkpoint", type=Path, help="where the trained weights are kept; default nowhere")
    options.add_argument("--after", type=int, default=0, help="go on after so many stages, kept beside CHECKPOINT")
    options.add_argument("--folder", type=Path, default=WEIGHTS)
    given = options.parse_args()
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    articles, held = split(read_articles(given.articles, load_tokenizer(PRETRAINED)))
    with tempfile.TemporaryDirectory() as scratch:
        checkpoint = given.checkpoint or Path(scratch) / "weights.pt"
        train(articles, checkpoint, after=given.after)
        export(checkpoint, given.folder)
    table = reliability(outcomes(load_encoder(given.folder), held))
    decoding = json.loads((given.folder / TAGGER).read_text(encoding="utf-8"))
    decoding |= {"reliability": table, "trained_on": [a.doc_id for a in articles], "held_out": [a.doc_id for a in held]}
    (given.folder / TAGGER).write_text(json.dumps(decoding, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
