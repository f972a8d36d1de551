"""How sure the product may be of a proposal and of its target, by articles that the heads were not trained on.

The weights of `onrecord.annotate.proposals.confidence` and of `parties.ranking` come from here, and how sure a row and
a target must at least be.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.annotate.actors import find_actors
from onrecord.annotate.dates import find_dates
from onrecord.annotate.encoder import Encoder
from onrecord.annotate.proposals import consider, distinct
from onrecord.annotate.proposals.confidence import SIGNALS, Judge
from onrecord.annotate.proposals.findings import findings_of
from onrecord.annotate.proposals.heads import find_candidates
from onrecord.annotate.proposals.made import Made, made_of
from onrecord.annotate.proposals.parties.ranking import TRAITS, Ranked, Ranker, ranker_of
from onrecord.annotate.quotes import find_attributions
from onrecord.annotate.quotes.speakers.attribution import attribute
from onrecord.annotate.quotes.stretches import find_stretches
from onrecord.annotate.syntax.analysis import analyse
from onrecord.document import Document
from training.examples import Article, LabelledAct

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Everything counts, nothing is left out: what the heads are judged with while they are being judged.
UNJUDGED: Mapping[str, Any] = {"weights": dict.fromkeys(SIGNALS, 0.0), "least": 0.0}
UNRANKED: Mapping[str, Any] = {"weights": dict.fromkeys(TRAITS, 0.0), "least": 1.0}
_MOST_WRONG = 0.1  # of the right proposals those that may have a target which the label does not have
_LEAST = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)  # confidences from which a row may be kept
_AS_GOOD = 0.005  # of F1: of confidences that differ by less the higher is taken, since a wrong row is worse than none
_RIDGE = 1.0  # how strongly the weights are held near 0
_ALIKE = 0.5  # Dice of the words of two contents that are one


# Of one right proposal: of each in sight its traits, whether it is a target, and whether it can be told as one.
Sighted = tuple[tuple[tuple[float, ...], bool, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What may be a proposal, as a row; the signals of its confidence, and the veto against it."""

    made: Made
    signals: tuple[float, ...]
    veto: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in an article; its labels, each with whether it is doubtful; the targets of what is right."""

    text: str
    found: tuple[Found, ...]
    gold: tuple[tuple[str, bool], ...]
    targets: tuple[Sighted, ...]


def consider_all(encoder: Encoder, articles: Iterable[Article]) -> list[Judged]:
    """Article by article, what the heads find, whether it is right, and how much there was to be found."""
    from onrecord.batches.models import load_models

    models = load_models()
    out = []
    for article in articles:
        text = article.text
        acts = [act for act in article.acts or () if act.content is not None]
        gold = [(_words(article, act.content), act.doubtful) for act in acts if act.content is not None]
        doc = Document(article_id=article.doc_id, source_file=article.doc_id, source_sha256="0" * 64, text=text)
        (syntax,) = analyse([doc], models.nlp)
        cast, dates = find_actors(doc, syntax, models.knowledge), find_dates(doc)
        seen = encoder.read(text, find_stretches(text))
        quotes = attribute(doc, syntax, find_attributions(doc, syntax, encoder, seen), cast, dates)
        ranker = ranker_of({"targets": UNRANKED})
        findings = findings_of(text, syntax, cast, quotes, dates)
        found = tuple(
            Found(made_of(each.act, findings, models.codebook, ranker, 0.0), each.signals, each.veto)
            for each in consider(find_candidates(*seen), findings)
        )
        labels = _aligned([_content(article.text, each.made) for each in found], gold)
        targets = [
            _sighted(each.made.ranked, article, acts[label])
            for each, label in zip(found, labels, strict=True)
            if label is not None
        ]
        out.append(Judged(article.text, found, tuple(gold), tuple(each for each in targets if each)))
    return out


def _content(text: str, made: Made) -> str:
    return text[made.proposal.start : made.proposal.end]


def _words(article: Article, span: tuple[int, int]) -> str:
    return article.text[article.pieces[span[0]].start : article.pieces[span[1] - 1].end]


def _sighted(ranked: Sequence[Ranked], article: Article, act: LabelledAct) -> Sighted:
    """Which of those in sight a label names as targets."""
    if act.targets is None:
        return ()
    labelled = act.targets if act.targets_named else ()
    spans = [(article.pieces[first].start, article.pieces[last - 1].end) for first, last in labelled]
    return tuple(
        (
            each.traits,
            any(start < last and first < end for start, end in each.places for first, last in spans),
            each.part is not None,
        )
        for each in ranked
    )


def _aligned(found: Sequence[str], gold: Sequence[tuple[str, bool]]) -> list[int | None]:
    """Of each content the label that it is, one to one, firm labels before doubtful ones."""
    pairs = sorted(
        (
            (not gold[number][1], _dice(one, other), at, number)
            for at, one in enumerate(found)
            for number, (other, _) in enumerate(gold)
        ),
        reverse=True,
    )
    labels: list[int | None] = [None] * len(found)
    taken: set[int] = set()
    for _, alike, at, number in pairs:
        if alike >= _ALIKE and number not in taken and labels[at] is None:
            labels[at] = number
            taken.add(number)
    return labels


def _dice(one: str, other: str) -> float:
    a, b = (Counter(re.findall(r"\w+", words.lower())) for words in (one, other))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def judge(articles: Sequence[Judged]) -> dict[str, Any]:
    """Weights of the signals, and the least confidence of a row: the highest that is as good by F1 as the best."""
    outcomes = [outcome for article in articles for outcome in _outcomes(article)]
    weights = _regression(np.array([signals for signals, _ in outcomes]), np.array([right for _, right in outcomes]))
    fitted = Judge({name: round(float(weight), 4) for name, weight in zip(SIGNALS, weights, strict=True)}, 0.0)
    by_least = {least: score(articles, fitted, least)[2] for least in _LEAST}
    best = max(by_least.values())
    return {"weights": fitted.weights, "least": max(each for each in _LEAST if by_least[each] > best - _AS_GOOD)}


def _outcomes(article: Judged) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Signals of each find, and whether a label says it; what is like a doubtful label gives no outcome."""
    for each in article.found:
        if each.veto is not None:
            continue
        words = _content(article.text, each.made)
        alike, doubtful = max(
            ((_dice(words, other), doubtful) for other, doubtful in article.gold), default=(0.0, False)
        )
        if alike < _ALIKE or not doubtful:
            yield each.signals, alike >= _ALIKE


def score(articles: Sequence[Judged], fitted: Judge, least: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of what is at least so sure; doubtful labels count neither for nor against."""
    found = right = firm = 0
    for article in articles:
        sure = [
            replace(each.made, proposal=replace(each.made.proposal, confidence=share))
            for each in article.found
            if each.veto is None and (share := fitted.of(each.signals)) >= least
        ]
        labels = _aligned([_content(article.text, made) for made in distinct(sure)], article.gold)
        neutral = sum(label is not None and article.gold[label][1] for label in labels)
        found += len(labels) - neutral
        right += sum(label is not None for label in labels) - neutral
        firm += sum(not doubtful for _, doubtful in article.gold)
    return right / max(found, 1), right / max(firm, 1), 2 * right / max(found + firm, 1)


def rank_targets(articles: Sequence[Judged]) -> dict[str, Any]:
    """Weights of the traits, and how probable a target must be: so that most are found and few are wrong."""
    proposals = [sighted for article in articles for sighted in article.targets]
    traits = np.array([each for sighted in proposals for each, *_ in sighted])
    weights = _regression(traits, np.array([right for sighted in proposals for _, right, _ in sighted], float))
    fitted = Ranker({name: round(float(weight), 4) for name, weight in zip(TRAITS, weights, strict=True)}, 0.0)
    best = [max(((fitted.of(each), right, told) for each, right, told in sighted)) for sighted in proposals]
    least = next(
        step / 50
        for step in range(1, 51)
        if sum(share >= step / 50 and told and not right for share, right, told in best) <= _MOST_WRONG * len(best)
    )
    return {"weights": fitted.weights, "least": least}


def _regression(signals: "NDArray[np.float64]", right: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Logistic regression by Newton's method."""
    weights: NDArray[np.float64] = np.zeros(signals.shape[1])
    for _ in range(30):
        shares = 1 / (1 + np.exp(-signals @ weights))
        slope = signals.T @ (shares - right) + _RIDGE * weights
        curve = (signals.T * (shares * (1 - shares))) @ signals + _RIDGE * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, slope)
    return weights
