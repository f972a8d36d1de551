"""How often a linked content is right, by how sure the tagger is: read off articles that it was not trained on."""

from collections.abc import Iterator, Sequence

from onrecord.annotate.encoder import Encoder
from onrecord.annotate.quotes.stretches import find_stretches
from onrecord.annotate.quotes.tagger import CONTENT, SOURCE, Told, find_told
from training.examples import Article

STEPS = 12  # of the table at most


def outcomes(encoder: Encoder, articles: Sequence[Article]) -> list[tuple[float, bool]]:
    """Of each content found: how sure the tagger is, and whether content and source are right."""
    out = []
    for article in articles:
        found = encoder.read(article.text, find_stretches(article.text))
        gold = list(_gold(article, CONTENT))
        sources = list(_gold(article, SOURCE))
        for told in find_told(*found, encoder.decoding):
            out.append((told.content.sure * told.source_sure, _is_right(told, gold, sources)))
    return out


def _gold(article: Article, kind: int) -> Iterator[tuple[int, int, int]]:
    """Owner, first and last piece of each labelled stretch."""
    labels, owners = (article.attributions.labels, article.attributions.owners) if article.attributions else ((), ())
    first = 0
    while first < len(labels):
        owner, last = owners[first], first + 1
        if (labels[first] + 1) // 2 == kind:
            while last < len(labels) and labels[last] == 2 * kind and owners[last] == owner:
                last += 1
            yield owner, first, last
        first = last


def _is_right(told: Told, gold: Sequence[tuple[int, int, int]], sources: Sequence[tuple[int, int, int]]) -> bool:
    content, source = told.content, told.source
    for owner, first, last in gold:
        shared = min(last, content.last) - max(first, content.first)
        if 2 * shared >= max(last, content.last) - min(first, content.first):
            named = [each for each in sources if each[0] == owner]
            if source is None:
                return not named
            return any(begin < source.last and source.first < end for _, begin, end in named)
    return False


def reliability(found: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """A rising table of (how sure, share that is right): isotonic regression of equally large groups."""
    ordered = sorted(found)
    size = -(-len(ordered) // STEPS)
    blocks: list[list[float]] = []  # sum of how sure, right, count
    for at in range(0, len(ordered), size):
        part = ordered[at : at + size]
        blocks.append([sum(sure for sure, _ in part), float(sum(right for _, right in part)), float(len(part))])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    return [(round(sure / count, 3), round(right / count, 3)) for sure, right, count in blocks]
