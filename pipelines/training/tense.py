"""From labelled days to data/tense.csv, the weights that tell days ahead from days behind. `make tense` runs it.

python -m training.tense SHARED

Labels come from three places: values in gold/dates/train_corrected.jsonl (TimeBank and AQUAINT), our own reading of
articles of corpus/news-3k.jsonl.gz, kept as `days.csv` by the hash of their text, and sentences of our own in
`days.txt`. Articles of every fifth hash are left out of training and only scored.
"""

import argparse
import csv
import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.knowledge.files import DATA
from onrecord.timex.grammar import Expression, read
from onrecord.timex.resolve import resolve
from onrecord.timex.setting import Setting
from onrecord.timex.shapes import is_bare
from onrecord.timex.tense import ALWAYS, all_signs, tense_of, weighed

WEIGHTS = DATA / "tense.csv"
OURS = Path(__file__).with_name("days.csv")
SENTENCES = Path(__file__).with_name("days.txt")
_HELD_OUT = 5
_FOLDS = 5
_FEWEST = 6  # examples that have a sign, or it gets no weight
_SPARSE, _SMALL = 0.0004, 0.0005  # how hard weights are drawn to zero: by their size, by its square
_ROUNDS = 400
_KNOWN = 0.7  # of an example's weight goes to it with its distance from publication, the rest to it without
_MARK = re.compile(r"\[([<>])([^\]]+)\]")
_FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Day:
    """A labelled expression: `source` names where its label is from, `article` what must not be split."""

    source: str
    article: str
    text: str
    expression: Expression
    published: date | None
    ahead: bool

    def signs(self, *, with_distance: bool = True) -> frozenset[str]:
        return all_signs(self.text, self.expression, self.published if with_distance else None)

    def is_right(self, tense: str | None) -> bool:
        """Whether the value that follows from the tense lies on the right side of publication, or on that very day."""
        said = resolve(self.expression.shape, Setting(self.published or date(2021, 6, 16), None, tense, False, None))
        return is_ahead(said.value, self.published or date(2021, 6, 16)) in (None, self.ahead)


def is_ahead(value: str, published: date) -> bool | None:
    """Whether a value lies after the day, month, quarter or season of publication. None: in it, or elsewhere."""
    if re.match(r"\d{4}-\d\d-\d\d", value):
        told, now = value[:10], published.isoformat()
    elif re.match(r"\d{4}-\d\d(?!\d)", value):
        told, now = value[:7], published.isoformat()[:7]
    elif (part := re.match(r"(\d{4})-([A-Z][A-Z\d])$", value)) and part[2] in _FIRST_MONTH:
        first, length = _FIRST_MONTH[part[2]], 6 if part[2][0] == "H" else 3
        months = int(part[1]) * 12 + first - published.year * 12 - published.month
        return None if -length < months <= 0 else months > 0
    else:
        return None
    return None if told == now else told > now


def read_values(path: Path) -> Iterator[Day]:
    """Days of a file of records `{doc_id, text, dct_value, timexes}` whose values lie within a year of publication."""
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            published = date.fromisoformat(record["dct_value"][:10])
            found = [each for each in read(record["text"]) if is_bare(each.shape)]
            for label in record["timexes"]:
                ahead = is_ahead(label["value"], published)
                if ahead is None or abs(int(label["value"][:4]) - published.year) > 1:
                    continue
                for each in found:
                    if each.start < label["end"] and label["start"] < each.end:
                        yield Day("values", record["doc_id"], record["text"], each, published, ahead)


def read_ours(corpus: Path, labels: Path = OURS) -> Iterator[Day]:
    """Days that we labelled by reading, in articles of a compressed file of records `{text, published}`."""
    with labels.open(encoding="utf-8", newline="") as file:
        wanted: dict[str, dict[int, bool]] = {}
        for row in csv.DictReader(file):
            if row["label"] != "unclear":
                wanted.setdefault(row["text"], {})[int(row["start"])] = row["label"] == "ahead"
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            name = hashlib.sha256(record["text"].encode()).hexdigest()
            if name in wanted:
                labelled = wanted.pop(name)
                published = date.fromisoformat(record["published"])
                for each in read(record["text"]):
                    if each.start in labelled and is_bare(each.shape):
                        yield Day("ours", name, record["text"], each, published, labelled[each.start])


def read_sentences(path: Path = SENTENCES) -> Iterator[Day]:
    """Days of sentences in which they are marked; the day of publication may stand before one."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        day, _, marked = line.rpartition("|")
        text = _MARK.sub(r"\2", marked)
        found = [each for each in read(text) if is_bare(each.shape)]
        for number, mark in enumerate(_MARK.finditer(marked)):
            start = mark.start() - 3 * number
            for each in found:
                if each.start < start + len(mark[2]) and start < each.end:
                    yield Day("sentences", text, text, each, date.fromisoformat(day) if day else None, mark[1] == ">")


def is_held_out(day: Day) -> bool:
    return day.source == "ours" and int(day.article, 16) % _HELD_OUT == 0


def learn(days: Sequence[Day]) -> dict[str, float]:
    """The weight of each sign, by logistic regression in which most are drawn to zero."""
    examples = [(day.signs(), day.ahead, _KNOWN if day.published else 1.0) for day in days]
    examples += [(day.signs(with_distance=False), day.ahead, 1 - _KNOWN) for day in days if day.published]
    seen = Counter(sign for signs, _, _ in examples for sign in signs)
    names = {sign: at for at, sign in enumerate(sorted(sign for sign, count in seen.items() if count >= _FEWEST))}
    known = [
        (row, names[sign]) for row, (signs, _, _) in enumerate(examples) for sign in sorted(signs) if sign in names
    ]
    rows, columns = np.array(known).T
    ahead = np.array([float(ahead) for _, ahead, _ in examples])
    shares = np.array([share for _, _, share in examples])
    weights, always = _descend(rows, columns, ahead, shares / shares.sum(), len(names))
    learned = {sign: round(float(weights[at]), 3) for sign, at in names.items()}
    return {ALWAYS: round(always, 3)} | {sign: weight for sign, weight in learned.items() if weight}


def _descend(rows: Indices, columns: Indices, ahead: Numbers, shares: Numbers, width: int) -> tuple[Numbers, float]:
    """Weights of the signs and the one that always counts, by accelerated proximal descent (FISTA).

    rows and columns: shape (n,), which example has which sign. ahead, shares: shape (examples,).
    """

    def told(weights: Numbers) -> Numbers:
        return weights[-1] + np.bincount(rows, weights[columns], len(ahead))

    def back(errors: Numbers) -> Numbers:
        return np.append(np.bincount(columns, errors[rows], width), errors.sum())

    probe, steepest = np.ones(width + 1), 1.0
    for _ in range(30):
        probe = back(shares * told(probe))
        steepest = float(np.linalg.norm(probe))
        probe /= steepest
    step = 1 / (steepest / 4 + _SMALL)
    pull = np.append(np.full(width, _SPARSE * step), 0.0)
    weights = leading = np.zeros(width + 1)
    momentum = 1.0
    for _ in range(_ROUNDS):
        slope = back(shares * (1 / (1 + np.exp(-told(leading))) - ahead)) + _SMALL * leading
        moved = leading - step * slope
        moved = np.sign(moved) * np.maximum(np.abs(moved) - pull, 0)
        next_momentum = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        leading = moved + (momentum - 1) / next_momentum * (moved - weights)
        weights, momentum = moved, next_momentum
    return weights[:-1], float(weights[-1])


def write(weights: dict[str, float], path: Path = WEIGHTS) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("sign", "weight"))
        table.writerows(sorted(weights.items()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path, help="the folder that holds gold/ and corpus/")
    shared = options.parse_args().shared
    days = (
        *read_values(shared / "gold" / "dates" / "train_corrected.jsonl"),
        *read_ours(shared / "corpus" / "news-3k.jsonl.gz"),
        *read_sentences(),
    )
    known = [day for day in days if not is_held_out(day)]
    for source, (right, of) in cross_validated(known).items():
        print(f"{source}: {right} of {of} right, in folds of whole articles")
    weights = learn(known)
    write(weights)
    held = [day for day in days if is_held_out(day)]
    print(f"ours, held out: {sum(_is_right(day, weights) for day in held)} of {len(held)} right")


def cross_validated(days: Sequence[Day]) -> dict[str, tuple[int, int]]:
    """How many days of each source are right when they are no part of what was learned from, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    for fold in range(_FOLDS):
        weights = learn([day for day in days if _fold(day) != fold])
        for day in days:
            if _fold(day) == fold:
                right, of = found.get(day.source, (0, 0))
                found[day.source] = (right + _is_right(day, weights), of + 1)
    return found


def _fold(day: Day) -> int:
    return int(hashlib.sha256(day.article.encode()).hexdigest(), 16) // _HELD_OUT % _FOLDS


def _is_right(day: Day, weights: Mapping[str, float]) -> bool:
    return day.is_right(tense_of(day.expression.shape, weighed(day.signs(), weights), is_dated=True))


if __name__ == "__main__":
    main()
