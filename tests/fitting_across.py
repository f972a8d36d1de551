"""The weights by which proposals are taken for reports of one act, fitted on pairs that were judged by reading.

    fitting_across.py RELEASE       a release or build of the articles of the pairs, see scoring_across.py

A fifth of the pairs, by whole events, is left out in turn, and what a least probability would take in there is printed;
then the weights of all are written. Articles that pairs connect are of one event. Pairs that are only scored are not
looked at, and those that are never joined teach nothing, but count as missed. A sign that no two of them differ in
keeps its weight.
"""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from onrecord.assemble.across.acts import NUMBERS
from onrecord.assemble.across.same_act import KINDS, WEIGHTS, ToldAct, is_opposed, load_weights, probability, signs
from onrecord.assemble.across.wording import compare, to_words
from onrecord.storage.parts import files_of, scan
from scoring_across import Pair, read_pairs, rows_in

FOLDS = 5
PENALTY = 1.0  # on the squares of weights of signs that vary by one
NEWTON = 60  # steps
LEASTS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)

Numbers = np.ndarray


@dataclass(frozen=True, slots=True)
class Example:
    fold: int
    signs: dict[str, float]
    is_one_act: bool
    may_be_joined: bool


def read_examples(release: Path) -> Iterator[Example]:
    """Of each pair that may be looked at and whose rows are there."""
    acts, proposers = _read_acts(release)
    pairs = [p for p in read_pairs() if p.kind == "proposals" and p.verdict != "unsure" and not p.is_held_out]
    folds = _folds(pairs)
    for pair, ours, theirs in rows_in(release, pairs, {"proposals": "proposal_id"}):
        if ours is not None and theirs is not None:
            a, b = acts[ours], acts[theirs]
            common = compare(a.words, b.words)
            may_be_joined = common.kept >= 2 and not is_opposed(a, b) and proposers[ours] & proposers[theirs] != set()
            yield Example(folds[pair.a["article"]], signs(a, b, common), pair.verdict == "same", may_be_joined)


def _folds(pairs: Iterable[Pair]) -> dict[str, int]:
    """Of each article a fold: the largest events first, each into the fold that has the fewest pairs."""
    above: dict[str, str] = {}

    def event(article: str) -> str:
        while above.setdefault(article, article) != article:
            article = above[article]
        return article

    sizes: Counter[str] = Counter()
    for pair in pairs:
        above[event(pair.a["article"])] = event(pair.b["article"])
    for pair in pairs:
        sizes[event(pair.a["article"])] += 1
    folds, load = {}, [0] * FOLDS
    for name, size in sorted(sizes.items(), key=lambda each: (-each[1], each[0])):
        folds[name] = load.index(min(load))
        load[folds[name]] += size
    return {article: folds[event(article)] for article in list(above)}


def _read_acts(release: Path) -> tuple[dict[str, ToldAct], dict[str, set[str]]]:
    """The acts of a release by the id of the proposal, and whose each is. Who has no name is of one article."""
    tables = {name: scan(files_of(release, name)) for name in ("proposals", "articles", "proposal_actors", "actors")}
    query = """
        WITH parties AS (
            SELECT proposal_id, list(DISTINCT party) FILTER (role = 'proposer') AS proposers,
                   list(DISTINCT party) FILTER (role <> 'proposer') AS others
            FROM (SELECT proposal_id, role,
                         if(link_method = 'unnamed', concat_ws(' ', actor_id, p.article_id), actor_id) AS party
                  FROM {proposal_actors} r JOIN {actors} a USING (actor_id) JOIN {proposals} p USING (proposal_id))
            GROUP BY ALL
        )
        SELECT p.*, {numbers} AS numbers, published_latest AS day, coalesce(proposers, []) AS proposers,
               coalesce(others, []) AS others
        FROM {proposals} p JOIN {articles} t USING (article_id) LEFT JOIN parties USING (proposal_id)
    """.format(numbers=NUMBERS.format(text="p.text"), **tables)
    with duckdb.connect() as connection:
        rows = connection.sql(query).to_arrow_table().to_pylist()
    acts = {
        row["proposal_id"]: ToldAct(
            kind=KINDS[row["type"]], words=to_words(row["text"]), numbers=row["numbers"],
            issue_id=row["issue_id"], stance=row["stance"], quote=None, utterance=None,
            others=row["others"], article=row["article_id"], day=row["day"],
        )
        for row in rows
    }  # fmt: skip
    return acts, {row["proposal_id"]: set(row["proposers"]) for row in rows}


def fitted(examples: Iterable[Example]) -> dict[str, float]:
    """The weight of each sign, by Newton's method; the constant is not drawn to zero."""
    rows = [each for each in examples if each.may_be_joined]
    names = list(rows[0].signs)
    values = np.array([[row.signs[name] for name in names] for row in rows])
    right = np.array([row.is_one_act for row in rows])
    spread = values.std(axis=0)
    constant = {name for name, each in zip(names, spread, strict=True) if each == 0} - {"constant"}
    spread[spread == 0] = 1.0
    values, penalty = values / spread, np.full(len(names), PENALTY)
    penalty[names.index("constant")] = 0.0
    weights = np.zeros(len(names))
    for _ in range(NEWTON):
        sure = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (sure - right) + penalty * weights
        weights = weights - np.linalg.solve((values.T * (sure * (1 - sure))) @ values + np.diag(penalty), slope)
    found = {name: round(float(weight), 4) for name, weight in zip(names, weights / spread, strict=True)}
    return {**found, **{name: load_weights()[name] for name in constant}}


def told(chances: Numbers, right: Numbers, least: float) -> str:
    taken = chances >= least
    precision = right[taken].mean() if taken.any() else math.nan
    return f"{least:.2f}: precision {precision:.3f} ({taken.sum()})  recall {right[taken].sum() / right.sum():.3f}"


def main(release: Path) -> None:
    rows = list(read_examples(release))
    by_fold = [fitted(row for row in rows if row.fold != fold) for fold in range(FOLDS)]
    chances = np.array([probability(row.signs, by_fold[row.fold]) if row.may_be_joined else 0.0 for row in rows])
    right = np.array([row.is_one_act for row in rows])
    print(f"{len(rows)} pairs, {right.sum()} of one act; in folds:")
    for least in LEASTS:
        print(" ", told(chances, right, least))
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("sign", "weight"), *fitted(rows).items()])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
