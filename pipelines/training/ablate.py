"""What each part of the reading of proposals adds, on articles that the heads were not trained on. `make ablate`.

python -m training.ablate SHARED
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.annotate.encoder import WEIGHTS, load_encoder
from onrecord.annotate.proposals.confidence import SIGNALS, Judge, judge_of
from onrecord.annotate.proposals.parties.ranking import TRAITS, Ranker, ranker_of
from training.judging import Judged, consider_all, score
from training.sets import read_sets
from training.train import PRETRAINED, load_tokenizer


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("shared", type=Path, help="the folder that holds gold/ and corpus/")
    given = options.parse_args()
    encoder = load_encoder(WEIGHTS)
    articles = consider_all(encoder, read_sets(given.shared, load_tokenizer(PRETRAINED)).proposals)
    judge, ranker = judge_of(encoder.decoding), ranker_of(encoder.decoding)
    labels = sum(not doubtful for article in articles for _, doubtful in article.gold)
    print(f"{len(articles)} articles held out, {labels} proposals labelled without doubt\n")
    print(f"{'proposals':34}     P      R     F1")
    for name, read, fitted, least in _variants(articles, judge):
        print(f"{name:34}" + "".join(f"{share:7.3f}" for share in score(read, fitted, least)))
    print(f"\n{'targets of those that are right':34} found  wrong")
    pointing = Ranker(
        dict.fromkeys(TRAITS, 0.0) | {"share": 10.0, "constant": -5.0}, 0.5
    )  # at one actor more than half
    for name, chosen in (("as shipped", ranker), ("by pointing alone", pointing)):
        print(f"{name:34}" + "".join(f"{share:7.3f}" for share in _targets(articles, chosen)))


def _variants(articles: Sequence[Judged], judge: Judge) -> Iterator[tuple[str, Sequence[Judged], Judge, float]]:
    """As shipped; with what a veto turned down; with each signal of the confidence put at what it is on average."""
    yield "as shipped", articles, judge, judge.least
    for name in sorted({each.veto for article in articles for each in article.found if each.veto is not None}):
        freed = [
            replace(a, found=tuple(replace(f, veto=None) if f.veto == name else f for f in a.found)) for a in articles
        ]
        yield f"without the veto {name!r}", freed, judge, judge.least
    signals = [each.signals for article in articles for each in article.found]
    for place, name in list(enumerate(SIGNALS))[1:]:
        mean = sum(each[place] for each in signals) / len(signals)
        constant = judge.weights["constant"] + judge.weights[name] * mean
        blind = Judge({**judge.weights, name: 0.0, "constant": constant}, judge.least)
        yield f"confidence blind for {name!r}", articles, blind, judge.least


def _targets(articles: Sequence[Judged], ranker: Ranker) -> tuple[float, float]:
    """Share of the proposals with a target whose first one is found; of all, those with a wrong first one."""
    proposals = [sighted for article in articles for sighted in article.targets]
    firsts = [max((ranker.of(traits), right, told) for traits, right, told in sighted) for sighted in proposals]
    with_target = sum(any(right for _, right, _ in sighted) for sighted in proposals)
    found = sum(share >= ranker.least and right and told for share, right, told in firsts)
    wrong = sum(share >= ranker.least and told and not right for share, right, told in firsts)
    return found / max(with_target, 1), wrong / max(len(proposals), 1)


if __name__ == "__main__":
    main()
