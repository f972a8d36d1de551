"""What each step costs, as counts and as shares of the whole. Prints; never fails on a time.

Run over the articles of ../shared/corpus if it is there, else over the seeds, in one process.
"""

import gzip
import itertools
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from onrecord.annotate import analyse
from onrecord.annotate.actors import find_actors
from onrecord.annotate.attribution import attribute
from onrecord.annotate.dates import find_dates
from onrecord.annotate.proposals import find_proposals
from onrecord.annotate.quotes import find_attributions
from onrecord.assemble import assemble
from onrecord.batches import Layout, extract_batch, ingest
from onrecord.document import Seed
from onrecord.engine import load_models
from onrecord.parse import parse
from onrecord.readers import read_seeds

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "news-3k.jsonl.gz"


def main(count: int) -> None:
    spent: Counter[str] = Counter()

    @contextmanager
    def timed(step):
        start = time.process_time()
        yield
        spent[step] += time.process_time() - start

    with timed("load models"):
        models = load_models()
    source = CORPUS if CORPUS.exists() else ROOT / "seeds"
    seeds = [s for s in itertools.islice(read_seeds(source), count) if isinstance(s, Seed)]
    articles = words = 0
    for seed in seeds:
        with timed("parse"):
            doc, _ = parse(seed)
        if doc is None:
            continue
        articles, words = articles + 1, words + len(doc.text.split())
        with timed("analyse (spaCy)"):
            (syntax,) = analyse([doc], models.nlp)
        with timed("dates"):
            dates = find_dates(doc)
        with timed("actors"):
            cast = find_actors(doc, syntax, models.knowledge)
        with timed("quotes"):
            quotes = attribute(doc, syntax, find_attributions(doc, syntax), cast, dates)
        with timed("proposals"):
            find_proposals(doc, syntax, cast, quotes, dates, models.codebook)
    loading = spent.pop("load models")
    whole = sum(spent.values())
    print(f"{articles} articles, {words} words from {source.name}; models load in {loading:.1f} s")
    for step, seconds in spent.most_common():
        print(f"  {step:16} {seconds / whole:6.1%} {articles / seconds:10.1f} articles/s")
    print(f"  {'all':16} {1:6.1%} {articles / whole:10.1f} articles/s, {words / whole:.0f} words/s")
    _bench_assembly(seeds)


def _bench_assembly(seeds: list[Seed]) -> None:
    """Assembly against extraction of the same articles, and a second run with nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        layout = Layout(Path(folder) / "datasets")
        inbox = Path(folder) / "seeds"
        inbox.mkdir()
        with gzip.open(inbox / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
            import json

            for seed in seeds:
                file.write(json.dumps({"text": seed.text, "title": seed.given.title}) + "\n")
        steps = {}
        for name, step in (
            ("ingest", lambda: ingest([inbox], layout)),
            ("extract", lambda: [extract_batch(b, layout) for b in ingest([inbox], layout).pending]),
            ("assemble", lambda: assemble(layout, load_models().codebook)),
            ("nothing new", lambda: (ingest([inbox], layout), assemble(layout, load_models().codebook))),
        ):
            start = time.monotonic()
            result = step()
            steps[name] = time.monotonic() - start
            if name == "assemble":
                print(f"assembled {sum(result.values())} rows")
        for name, seconds in steps.items():
            print(f"  {name:16} {seconds / steps['extract']:8.2%} of the time of extraction")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
