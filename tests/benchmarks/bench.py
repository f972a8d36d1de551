"""What each step costs, as counts and as shares of the whole. Prints; never fails on a time.

Run over the articles of ../shared/corpus if it is there, else over the seeds, in one process.
"""

import gzip
import itertools
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from onrecord.annotate.actors import find_actors
from onrecord.annotate.dates import find_dates
from onrecord.annotate.proposals import find_proposals
from onrecord.annotate.proposals.confidence import judge_of
from onrecord.annotate.proposals.heads import find_candidates
from onrecord.annotate.proposals.parties.ranking import ranker_of
from onrecord.annotate.quotes import find_attributions
from onrecord.annotate.quotes.speakers.attribution import attribute
from onrecord.annotate.quotes.stretches import find_stretches
from onrecord.annotate.syntax.analysis import analyse
from onrecord.assemble import assemble
from onrecord.batches.batch import extract_batch
from onrecord.batches.ingest import ingest
from onrecord.batches.models import load_models
from onrecord.document import Seed
from onrecord.parse import parse
from onrecord.read import read_seeds
from onrecord.storage.layout import Layout

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "news-3k.jsonl.gz"


def main(count: int) -> None:
    spent: Counter[str] = Counter()

    @contextmanager
    def timed(step: str) -> Iterator[None]:
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
        with timed("encoder"):
            seen = models.encoder.read(doc.text, find_stretches(doc.text))
        with timed("quotes"):
            quotes = attribute(doc, syntax, find_attributions(doc, syntax, models.encoder, seen), cast, dates)
        with timed("proposals"):
            judge, ranker = judge_of(models.encoder.decoding), ranker_of(models.encoder.decoding)
            find_proposals(doc, syntax, cast, quotes, dates, models.codebook, find_candidates(*seen), judge, ranker)
    loading = spent.pop("load models")
    whole = sum(spent.values())
    print(f"{articles} articles, {words} words from {source.name}; models load in {loading:.1f} s")
    for step, seconds in spent.most_common():
        print(f"  {step:16} {seconds / whole:6.1%} {articles / seconds:10.1f} articles/s")
    print(f"  {'all':16} {1:6.1%} {articles / whole:10.1f} articles/s, {words / whole:.0f} words/s")
    _bench_readers(seeds, (whole - spent["parse"]) / articles)
    _bench_assembly(seeds)


def _bench_readers(seeds: list[Seed], annotating: float) -> None:
    """Reading and parsing of the same articles in each form. `annotating`: seconds that the rest takes an article."""
    print(f"{'as':>12} {'read':>10} {'parse':>10} {'':>12} {'of the whole':>14}")
    for name, write in FORMS.items():
        with tempfile.TemporaryDirectory() as folder:
            write(seeds, Path(folder))
            start = time.process_time()
            read = [s for s in read_seeds(Path(folder)) if isinstance(s, Seed)]
            reading = (time.process_time() - start) / len(read)
        start = time.process_time()
        for seed in read:
            parse(seed)
        parsing = (time.process_time() - start) / len(read)
        share = (reading + parsing) / (reading + parsing + annotating)
        print(f"{name:>12} {1 / reading:8.0f}/s {1 / parsing:8.0f}/s {1000 * parsing:9.1f} ms {share:14.1%}")


def _write_texts(seeds: list[Seed], folder: Path) -> None:
    for number, seed in enumerate(seeds):
        (folder / f"{number}.txt").write_text(seed.text, encoding="utf-8")


def _write_pages(seeds: list[Seed], folder: Path) -> None:
    """Each template of the tests' pages in turn."""
    templates = itertools.cycle(sorted(_tests("pages").TEMPLATES))
    for number, (seed, template) in enumerate(zip(seeds, templates, strict=False)):
        page = _tests("fuzz_cases").page_of(seed.text, template, seed.given.title or "")
        (folder / f"{number}.html").write_text(page, encoding="utf-8")


def _tests(name: str) -> ModuleType:
    """A module of the tests' folder, which is no package."""
    import importlib

    if str(ROOT / "tests") not in sys.path:
        sys.path.insert(0, str(ROOT / "tests"))  # this folder has a module `pages`, too
    return importlib.import_module(name)


def _records(seeds: list[Seed]) -> list[str]:
    return [json.dumps({"text": seed.text, "title": seed.given.title, "url": seed.given.url}) for seed in seeds]


def _write_lines(seeds: list[Seed], folder: Path) -> None:
    (folder / "articles.jsonl").write_text("\n".join(_records(seeds)), encoding="utf-8")


def _write_packed_lines(seeds: list[Seed], folder: Path) -> None:
    with gzip.open(folder / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(_records(seeds)))


FORMS: Mapping[str, Callable[[list[Seed], Path], None]] = {
    ".txt": _write_texts,
    ".html": _write_pages,
    ".jsonl": _write_lines,
    ".jsonl.gz": _write_packed_lines,
}


def _bench_assembly(seeds: list[Seed]) -> None:
    """Assembly against extraction of the same articles, and a second run with nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        layout = Layout(Path(folder) / "datasets")
        inbox = Path(folder) / "seeds"
        inbox.mkdir()
        _write_packed_lines(seeds, inbox)
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
