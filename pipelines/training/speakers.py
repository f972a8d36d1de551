"""The weights by which `quotes.confidence` is read, fitted on articles whose reported speech was labelled by reading.

    python -m training.speakers GOLD CORPUS

GOLD holds text/*.txt, quotes/*.json and readable.txt; CORPUS is a compressed file of records, of which those are taken
that the labels of `training/quotes.jsonl.gz` are of. Every fifth article by hash is held out in turn, and it is printed
how often rows of a confidence are right there; then the weights of all are written. A row is right if its words are
labelled and its speaker is the one of the label; where the words are labelled, a speaker who is not is a wrong one.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.annotate.actors import find_actors
from onrecord.annotate.dates import find_dates
from onrecord.annotate.quotes import find_attributions
from onrecord.annotate.quotes.speakers.attribution import attribute
from onrecord.annotate.quotes.speakers.confidence import WEIGHTS, signals
from onrecord.annotate.syntax.analysis import analyse
from onrecord.audit.scores import OVERLAP, dice
from onrecord.batches.models import Models, load_models
from onrecord.document import Quote, Seed
from onrecord.knowledge.words import normal
from onrecord.parse import parse
from training.labels import QUOTED, found_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.annotate.actors.cast import Cast

FOLDS = 5
STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
SURE = 0.8
_ARTICLES = frozenset({"a", "an", "of", "the"})
_PENALTY = 3.0  # on the squares of weights of signals that vary by one
_NEWTON = 60  # steps
_ATTITUDES = (None, "assertion", "belief", "knowledge")  # those that the labels have

Row = tuple[int, dict[str, float], bool, bool]  # fold, signals, whether the row is right, its speaker is wrong
Labelled = tuple[str, str, list[dict[str, Any]]]  # name, text, quotes: `text`, `speaker` names, `doubt`


def read_labelled(gold: Path, corpus: Path) -> Iterator[Labelled]:
    """The readable articles of `gold`, then those of the corpus, with their labels; what a title says is doubtful."""
    for name in (gold / "readable.txt").read_text("utf-8").split():
        labels = json.loads((gold / "quotes" / f"{name}.json").read_text("utf-8"))["quotes"]
        yield name, (gold / "text" / f"{name}.txt").read_text("utf-8"), labels
    for entry, text in found_in(corpus, QUOTED):
        title = text.find("\n") + 1
        yield (
            entry["name"],
            text,
            [
                {
                    "text": text[each["start"] : each["end"]],
                    "speaker": [text[start:end] for start, end in filter(None, each["speakers"])],
                    "doubt": each["doubt"] or each["start"] < title,
                }
                for each in entry["quotes"]
            ],
        )


def rows_of(articles: Iterable[Labelled], models: Models) -> Iterator[Row]:
    """The rows with a speaker of the articles, but for those whose label is doubtful or names nobody."""
    for name, text, labels in articles:
        doc, _ = parse(Seed(source_file=name, source_sha256="0" * 64, text=text), models.terms, models.events)
        if doc is None:
            continue
        (syntax,) = analyse([doc], models.nlp)
        cast, attributions = find_actors(doc, syntax, models.knowledge), find_attributions(doc, syntax, models.encoder)
        quotes = attribute(doc, syntax, attributions, cast, find_dates(doc), judged=False)
        fold = int(hashlib.sha256(name.encode()).hexdigest(), 16) // FOLDS % FOLDS
        before = dict(zip(quotes, (None, *quotes), strict=False))
        for quote, label in _aligned(quotes, labels, cast):
            if quote.speaker_actor_id is None or (label and (label["doubt"] or not label["speaker"])):
                continue
            right = label is not None and _is_speaker(label["speaker"], quote, cast)
            yield fold, signals(quote, cast, before[quote]), right, label is not None and not right


def _aligned(
    quotes: Sequence[Quote], labels: Sequence[Mapping[str, Any]], cast: "Cast"
) -> Iterator[tuple[Quote, Mapping[str, Any] | None]]:
    """Each quote with the label whose words are most like its own, one to one; None where none is like it."""
    asked = [quote for quote in quotes if quote.attitude in _ATTITUDES]
    texts = [cast.doc.text[quote.start : quote.end] for quote in asked]
    likeness = ((dice(text, label["text"]), q, n) for q, text in enumerate(texts) for n, label in enumerate(labels))
    found: dict[int, int] = {}
    for share, q, n in sorted(likeness, reverse=True):
        if share >= OVERLAP and q not in found and n not in found.values():
            found[q] = n
    for q, quote in enumerate(asked):
        yield quote, labels[found[q]] if q in found else None


def _is_speaker(names: Sequence[str], quote: Quote, cast: "Cast") -> bool:
    """Whether a speaker of the quote is called by one of the names, in full or by several words of it.

    A name in lower case describes somebody, who is called by the mention at hand, too.
    """
    ids = {quote.speaker_actor_id, *quote.joint_speakers}
    called = {normal(cast[each].name) for each in ids if each}
    mentions = (mention for mention in cast.mentions() if mention.actor_id in ids and mention.form != "pronoun")
    called |= {normal(cast.doc.text[mention.start : mention.end]) for mention in mentions}
    described = [name for name in names if name == name.lower()]
    if described and quote.speaker is not None:
        here = set(normal(cast.doc.text[slice(*quote.speaker)]).split()) - _ARTICLES
        if any(here and here <= set(normal(name).split()) for name in described):
            return True
    wanted = {normal(name.removeprefix("the ").removeprefix("The ")) for name in names}
    return any(
        want == name or (" " in name and (name in want or want in name)) or (names[0][0].islower() and name in want)
        for want in wanted
        for name in called
    )


def fit(values: "NDArray[np.float64]", right: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Weights of a logistic regression with a penalty on all but the first, the constant (Newton's method)."""
    spread = values.std(0)
    spread[spread == 0] = 1.0
    scaled = values / spread
    penalty = np.full(values.shape[1], _PENALTY)
    penalty[0] = 1e-6
    weights = np.zeros(values.shape[1])
    for _ in range(_NEWTON):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (chance - right) + penalty * weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return np.asarray(weights / spread)


def main(gold: str, corpus: str) -> None:
    rows = list(rows_of(read_labelled(Path(gold), Path(corpus)), load_models()))
    names = list(rows[0][1])
    folds = np.array([fold for fold, *_ in rows])
    values = np.array([[held[name] for name in names] for _, held, *_ in rows])
    right = np.array([float(each) for *_, each, _ in rows])
    wrong = np.array([each for *_, each in rows])
    chance = np.zeros(len(rows))
    for fold in range(FOLDS):
        chance[folds == fold] = 1 / (
            1 + np.exp(-values[folds == fold] @ fit(values[folds != fold], right[folds != fold]))
        )
    print("confidence  rows  mean  right  wrong speaker")
    for low, high in pairwise(STEPS):
        held = (chance >= low) & (chance < high)
        if held.any():
            told = f"from {low:.2f}  {held.sum():5}  {chance[held].mean():.2f}  {right[held].mean():.3f}"
            print(f"{told}  {wrong[held].mean():.3f}")
    sure, labelled = chance >= SURE, (right > 0) | wrong
    print(f"from {SURE:.2f}: {sure[labelled].mean():.3f} of the labelled, {wrong[sure & labelled].mean():.3f} wrong")
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["signal", "weight"])
        lines.writerows((name, f"{weight:.4f}") for name, weight in zip(names, fit(values, right), strict=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
