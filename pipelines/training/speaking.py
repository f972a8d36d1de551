"""Whom the product may name as a speaker, and how sure it is of that, by articles labelled by reading.

The weights of `onrecord.annotate.quotes.speakers.choosing` come from here.

python -m training.speaking SHARED
    fits them anew beside the encoder, and prints what they and the rules alone do on articles that they were not fitted
    on: five times, each on four fifths of the articles.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.annotate.actors import find_actors
from onrecord.annotate.encoder import ENCODER, TAGGER, TOKENIZER, WEIGHTS, Encoder, load_encoder
from onrecord.annotate.quotes import find_attributions
from onrecord.annotate.quotes.speakers.attribution import attribute
from onrecord.annotate.quotes.speakers.choosing import Choosing
from onrecord.annotate.quotes.speakers.sight import Sighted
from onrecord.annotate.quotes.stretches import find_stretches
from onrecord.annotate.syntax.analysis import analyse
from onrecord.batches.models import load_models
from onrecord.document import Seed
from onrecord.parse import parse
from onrecord.storage.store import SUMS, sha256_of
from training.labels import QUOTED
from training.naming import Names, aligned, is_right

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.annotate.actors.cast import Cast

_PARTS = 5
_RIDGE = 3.0  # how strongly the weights are held near 0
_RARE = 150  # attributions in which a trait must occur to have a weight
_FAINT = 0.25  # weight below which the trait of one kind of source is left to that of all kinds
_STEPS = 40
# Whoever is less probable is not named: as many are right as by the rules alone then, and fewer wrong.
_LEAST = 0.3
_SURE = 0.8
_SPEECH = ("assertion", "belief", "knowledge")  # attitudes that the labels have


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of reported speech. `speakers` are full names; empty if nobody can know, None if the text has none."""

    text: str
    speakers: tuple[str, ...] | None
    counts: bool  # neither doubtful nor in the title


@dataclass(frozen=True, slots=True)
class Heard:
    """An attribution that a label says, too: who was in sight, and of each, nobody first, whether it is right.

    `speakers` is whether the label names any; `sure` is how sure the attribution is without its speaker.
    """

    article: str
    found: tuple[Sighted, ...]
    right: tuple[bool, ...]
    named: bool
    counts: bool
    sure: float

    @property
    def rule(self) -> int:
        """Place of whom the rules name, 0 for nobody."""
        return next((at for at, each in enumerate(self.found) if each.traits.get("rule")), 0)


class _Listener:
    """Follows the rules and notes who was in sight."""

    def __init__(self) -> None:
        self.noted: list[tuple[Sighted, ...]] = []

    def choose(self, found: Sequence[Sighted]) -> tuple[Sighted | None, float]:
        self.noted.append(tuple(found))
        return next((each for each in found if each.traits.get("rule")), None), 0.0


def read_spoken(shared: Path, labels: Path = QUOTED) -> Iterator[tuple[str, str, tuple[Label, ...]]]:
    """Name, text (title, blank line, body) and labels of the readable articles of gold/read and those in `labels`."""
    read = shared / "gold" / "read"
    for name in sorted((read / "readable.txt").read_text(encoding="utf-8").split()):
        whole = (read / "text" / f"{name}.txt").read_text(encoding="utf-8")
        given = json.loads((read / "quotes" / f"{name}.json").read_text(encoding="utf-8"))["quotes"]
        yield name, whole, tuple(_label(each, whole, each["speaker"]) for each in given)
    with gzip.open(labels, mode="rt", encoding="utf-8") as lines:
        wanted = {each["text_sha256"]: each for each in map(json.loads, lines)}
    with gzip.open(shared / "corpus" / "news-3k.jsonl.gz", mode="rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            found = wanted.pop(hashlib.sha256(record["text"].encode()).hexdigest(), None)
            if found is not None:
                whole = f"{(record['title'] or 'Untitled').replace(chr(10), ' ')}\n\n{record['text']}"
                yield found["name"], whole, tuple(_placed(each, whole) for each in found["quotes"])


def _placed(given: Mapping[str, Any], whole: str) -> Label:
    names = [whole[spot[0] : spot[1]] for spot in given["speakers"] if spot is not None]
    return _label(given, whole, names if names or not given["speakers"] else None)


def _label(given: Mapping[str, Any], whole: str, speakers: Sequence[str] | None) -> Label:
    counts = not given["doubt"] and given["end"] > whole.find("\n")
    text = whole[given["start"] : given["end"]]
    return Label(text, None if speakers is None else tuple(speakers), counts)


def hear_all(encoder: Encoder, articles: Iterable[tuple[str, str, tuple[Label, ...]]]) -> list[Heard]:
    """What the product hears in each article that a label says, too."""
    models = load_models()
    heard: list[Heard] = []
    for name, whole, labels in articles:
        doc, _ = parse(Seed(source_file=name, source_sha256="0" * 64, text=whole), models.terms, models.events)
        if doc is None:
            continue
        (syntax,) = analyse([doc], models.nlp)
        cast = find_actors(doc, syntax, models.knowledge)
        seen = encoder.read(doc.text, find_stretches(doc.text))
        told = tuple(a for a in find_attributions(doc, syntax, encoder, seen) if a.start >= doc.headline_end)
        listener = _Listener()
        quotes = attribute(doc, syntax, told, cast, (), listener)
        matched = aligned([doc.text[each.start : each.end] for each in quotes], [label.text for label in labels])
        for at, (quote, noted) in enumerate(zip(quotes, listener.noted, strict=True)):
            label = labels[place] if (place := matched.get(at)) is not None else None
            if label is not None and label.speakers is not None and quote.attitude in _SPEECH:
                local = doc.text[slice(*quote.speaker)] if quote.speaker is not None else ""
                right = _right(noted, label.speakers, local, names_of(cast))
                heard.append(Heard(name, noted, right, bool(label.speakers), label.counts, told[at].confidence))
    return heard


def names_of(cast: "Cast") -> Names:
    names = Names()
    for mention in cast.mentions():
        if mention.form in ("name", "surname", "acronym"):
            names[mention.actor_id].add(cast.doc.text[mention.start : mention.end])
    return names


def _right(found: Sequence[Sighted], speakers: Sequence[str], local: str, names: Names) -> tuple[bool, ...]:
    """Of each in sight whether it is right; nobody is, where nobody in sight is."""
    right = [
        each.reference is not None and is_right(each.reference.actor, speakers, local, names) for each in found[1:]
    ]
    return (not any(right), *right)


def fit(heard: Sequence[Heard]) -> dict[str, Any]:
    """Weights of the traits, and how probable a speaker must be."""
    counts = Counter(name for each in heard for name in {name for one in each.found for name in one.traits})
    names = sorted(name for name, times in counts.items() if times >= _RARE)
    weights = _conditional_logit(*_design(heard, names))
    names = [n for n, weight in zip(names, weights, strict=True) if ": " not in n or abs(weight) >= _FAINT]
    weights = _conditional_logit(*_design(heard, names))
    return {"weights": {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)}, "least": _LEAST}


def _design(
    heard: Sequence[Heard], names: Sequence[str]
) -> tuple["NDArray[np.float64]", "NDArray[np.int64]", "NDArray[np.bool_]"]:
    """A row for each actor in sight: its traits; where each attribution's rows begin; whether the row is right."""
    columns = {name: at for at, name in enumerate(names)}
    sizes = [len(each.found) for each in heard]
    traits: NDArray[np.float64] = np.zeros((sum(sizes), len(names)))
    rows = (one for each in heard for one in each.found)
    for row, one in enumerate(rows):
        for name, value in one.traits.items():
            if name in columns:
                traits[row, columns[name]] = value
    starts: NDArray[np.int64] = np.cumsum([0, *sizes[:-1]])
    return traits, starts, np.array([right for each in heard for right in each.right])


def _conditional_logit(
    traits: "NDArray[np.float64]", starts: "NDArray[np.int64]", right: "NDArray[np.bool_]"
) -> "NDArray[np.float64]":
    """Weights by which those that are right are the most probable of each choice: Newton's method with halving."""
    group = np.repeat(np.arange(len(starts)), np.diff([*starts, len(traits)]))

    def loss(weights: "NDArray[np.float64]") -> tuple[float, "NDArray[np.float64]", "NDArray[np.float64]"]:
        totals = traits @ weights
        odds = np.exp(totals - np.maximum.reduceat(totals, starts)[group])
        every, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        share = np.maximum(good, 1e-300) / every
        held = _RIDGE * float(weights @ weights) / 2
        return held - float(np.log(share).sum()), odds / every[group], odds * right / np.maximum(good, 1e-300)[group]

    weights: NDArray[np.float64] = np.zeros(traits.shape[1])
    least, shares, wanted = loss(weights)
    for _ in range(_STEPS):
        slope = traits.T @ (shares - wanted) + _RIDGE * weights
        means = np.add.reduceat(traits * shares[:, None], starts, axis=0)
        curve = (traits * shares[:, None]).T @ traits - means.T @ means + _RIDGE * np.eye(len(weights))
        step, before = np.linalg.solve(curve, slope), least
        for halved in range(10):
            after = weights - step / 2**halved
            least, shares, wanted = loss(after)
            if least <= before:
                break
        weights = after
        if before - least < 1e-3:
            break
    return weights


def cross_validated(heard: Sequence[Heard]) -> dict[str, Counter[str]]:
    """Of the labels that name a speaker, what the rules alone and the ranking name; a reliability table beside it."""
    out = {"rules": Counter[str](), "ranking": Counter[str](), "reliability": Counter[str]()}
    for part in range(_PARTS):
        ranking = Choosing(**fit([each for each in heard if _part(each.article) != part]))
        for each in heard:
            if _part(each.article) != part or not each.counts or not each.named:
                continue
            _count(out["rules"], each, each.rule, each.sure)
            shares = ranking.shares(each.found)
            best = max(range(len(shares)), key=shares.__getitem__)
            chosen = best if shares[best] >= ranking.least else 0
            _count(out["ranking"], each, chosen, shares[best])
            if chosen:
                tenth = f"{int(min(shares[best], 0.999) * 10) / 10:.1f}"
                out["reliability"][tenth] += 1
                out["reliability"][f"{tenth} right"] += each.right[chosen]
    return out


def _count(counts: Counter[str], each: Heard, chosen: int, sure: float) -> None:
    right, high = chosen > 0 and each.right[chosen], chosen > 0 and sure >= _SURE
    counts.update(
        {
            "all": 1,
            "right": right,
            "null": not chosen,
            "named": chosen > 0,
            "sure": high,
            "sure, wrong": high and not right,
        }
    )


def _part(name: str) -> int:
    return int(hashlib.sha256(f"speaker{name}".encode()).hexdigest(), 16) % _PARTS


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("shared", type=Path, help="the folder that holds gold/ and corpus/")
    options.add_argument("--folder", type=Path, default=WEIGHTS)
    given = options.parse_args()
    encoder = load_encoder(given.folder)
    heard = hear_all(encoder, read_spoken(given.shared))
    for name, counts in cross_validated(heard).items():
        print(name, dict(sorted(counts.items())))
    decoding = encoder.decoding | {"speakers": fit(heard)}
    (given.folder / TAGGER).write_text(json.dumps(decoding, indent=1) + "\n", encoding="utf-8")
    sums = "".join(f"{sha256_of(given.folder / name)}  {name}\n" for name in (ENCODER, TAGGER, TOKENIZER))
    (given.folder / SUMS).write_text(sums, encoding="utf-8")


if __name__ == "__main__":
    main()
