"""From labelled articles to the weights folder: train, export, calibrate. `make train` runs it.

python -m training SHARED [--scratch FOLDER [--after STAGES]] [--calibrate]
"""

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from onrecord.annotate.encoder import ENCODER, TAGGER, TOKENIZER, WEIGHTS, load_encoder
from onrecord.storage.store import SUMS, sha256_of
from training.calibrate import outcomes, reliability
from training.export import export
from training.judging import consider_all, judge, rank_targets
from training.sets import read_sets
from training.train import PRETRAINED, load_tokenizer, train


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path, help="the folder that holds gold/ and corpus/")
    options.add_argument("--scratch", type=Path, help="where weights on the way are kept; default nowhere")
    options.add_argument("--after", type=int, default=0, help="go on after so many stages, kept in SCRATCH")
    options.add_argument("--folder", type=Path, default=WEIGHTS)
    options.add_argument("--calibrate", action="store_true", help="leave the encoder as it is in the folder")
    given = options.parse_args()
    if given.after and given.scratch is None:
        options.error("--after needs --scratch, where the stages lie")
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # nothing here reads what it has not written
    sets = read_sets(given.shared, load_tokenizer(PRETRAINED))
    if not given.calibrate:
        with tempfile.TemporaryDirectory() as made:
            export(train(sets.train, given.scratch or Path(made), after=given.after), given.folder)
    encoder = load_encoder(given.folder)
    decoding: dict[str, Any] = dict(encoder.decoding)
    decoding |= {"reliability": reliability(outcomes(encoder, sets.attributions))}
    # Whose words are quoted hangs on how sure the tagger is.
    judged = consider_all(replace(encoder, decoding=decoding), sets.proposals)
    decoding |= {
        "proposals": judge(judged),
        "targets": rank_targets(judged),
        "trained_on": [article.doc_id for article in sets.train],
        "held_out": [article.doc_id for article in (*sets.attributions, *sets.proposals)],
    }
    (given.folder / TAGGER).write_text(json.dumps(decoding, indent=1) + "\n", encoding="utf-8")
    sums = "".join(f"{sha256_of(given.folder / name)}  {name}\n" for name in (ENCODER, TAGGER, TOKENIZER))
    (given.folder / SUMS).write_text(sums, encoding="utf-8")


if __name__ == "__main__":
    main()
