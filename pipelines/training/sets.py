"""The labelled articles: those to train on, and those kept to calibrate and to judge by."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tokenizers import Tokenizer

from onrecord.batches.models import load_models
from training.examples import Article
from training.labels import read_attributions, read_events, read_found, read_proposals, read_quotes, read_speech

_HELD_OUT = 20  # every so many articles of attributions one is kept, in the order of ids
_HELD_OUT_OF_READ, _HELD_OUT_OF_FOUND = 5, 10  # of proposals one of so many, by the hash of its name


@dataclass(frozen=True, slots=True)
class Sets:
    train: tuple[Article, ...]
    attributions: tuple[Article, ...]  # held out
    proposals: tuple[Article, ...]  # held out


def read_sets(shared: Path, tokenizer: Tokenizer) -> Sets:
    """The sets of gold/quotes/polnear_train.jsonl, gold/read, gold/proposals/plv_train.tsv and corpus/news-3k.jsonl.gz.

    Of gold/read only the articles that readable.txt names are opened.
    """
    read = shared / "gold" / "read"
    names = (read / "readable.txt").read_text(encoding="utf-8").split()
    quoted = sorted(
        read_attributions(shared / "gold" / "quotes" / "polnear_train.jsonl", tokenizer), key=lambda each: each.doc_id
    )
    corpus = shared / "corpus" / "news-3k.jsonl.gz"
    ours = _apart(
        _together(
            read_proposals(read / "text", read / "proposals", tokenizer, names),
            read_speech(read / "text", read / "quotes", tokenizer, names),
        ),
        _HELD_OUT_OF_READ,
    )
    found = _apart(_together(read_found(corpus, tokenizer), read_quotes(corpus, tokenizer)), _HELD_OUT_OF_FOUND)
    events = read_events(shared / "gold" / "proposals" / "plv_train.tsv", tokenizer, load_models().nlp)
    kept = quoted[::_HELD_OUT]
    train = [article for article in quoted if article not in kept]
    return Sets((*train, *ours[0], *found[0], *events), tuple(kept), (*ours[1], *found[1]))


def _together(articles: Sequence[Article], spoken: Sequence[Article]) -> list[Article]:
    """Articles with their proposals and, of those that are among `spoken`, too, with the speech that they report."""
    told = {each.doc_id: each.attributions for each in spoken}
    return [replace(article, attributions=told.get(article.doc_id)) for article in articles]


def _apart(articles: Sequence[Article], parts: int) -> tuple[list[Article], list[Article]]:
    held = [article for article in articles if _hash(f"fold{article.doc_id}") % parts == 0]
    return [article for article in articles if article not in held], held


def _hash(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)
