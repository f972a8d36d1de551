"""Fuzzing: what must hold for any file whatever, and a runner that tries it on thousands.

    python tests/fuzz.py [--cases N] [--seconds S] [--seed N] [--kind NAME]... [--failures DIR]

Everything is drawn from the seed, so a run can be repeated. A failing case is shrunk and saved as the file that it is:
`onrecord show` reads it, and the next run with the same folder tries it first.
"""

import argparse
import hashlib
import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

import fuzz_cases as cases
from fuzz_cases import File
from onrecord.annotate import annotate
from onrecord.annotate.proposals import load_codebook
from onrecord.annotate.rows import ROWS, Row, rejection_row
from onrecord.annotate.syntax.analysis import analyse
from onrecord.batches.addresses import to_address
from onrecord.batches.likeness import to_signature
from onrecord.batches.models import Models, load_models
from onrecord.batches.supplied import OUR_CODEBOOKS
from onrecord.batches.time_limit import TooSlowError, time_limit
from onrecord.document import Annotations, Document, Rejected, Seed
from onrecord.parse import parse, receive
from onrecord.parse.lines import INVISIBLE, repair
from onrecord.read import read_seeds
from onrecord.schema import find_violations, load_package

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "news-3k.jsonl.gz"
SECONDS = 30  # of processor time for one case: a quarter of what a build allows an article
SLOW = 50  # times the median cost of a character make a case too slow, once it takes longer than
NOTICEABLE = 1.0  # seconds
SMALL = 2_000  # characters: below, a case costs what any does, whatever its length


# ---------------------------------------------------------------- invariants


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case. `seconds` of processor time are those of parse and, if asked for, annotate."""

    ends: Counter[str]  # 'article', or the reason of a rejection -> how many
    characters: int
    seconds: float


def check_file(file: File, folder: Path, models: Models | None = None) -> Outcome:
    """Read, parse and, if `models` are given, annotate a file. Fails if any of it breaks a promise.

    Every article in it becomes a document or a rejection; a document keeps the promises of `check_document`, its rows
    those of their schemas. Rejections are rows of their schema, too.
    """
    path = folder / file.name
    path.write_bytes(file.content)
    items = list(read_seeds(path))
    assert items or file.name.startswith("case.json") or file.name.startswith("case.ndjson"), "vanished silently"
    refused = [item for item in items if isinstance(item, Rejected)]
    seeds = [item for item in items if isinstance(item, Seed)]
    ends = Counter(str(r.reason) for r in refused)
    seconds = 0.0
    for seed in seeds:
        start = time.process_time()
        with time_limit(SECONDS):
            doc, why_not = parse(seed)
            found = annotated(doc, models) if doc and models else None
        seconds += time.process_time() - start
        assert parse(seed) == (doc, why_not), "parsed twice, read differently"
        assert doc is not None or why_not, "neither a document nor a rejection"
        assert all((r.source_file, r.source_sha256) == (seed.source_file, seed.source_sha256) for r in why_not)
        refused += why_not
        ends.update(["article"] if doc else [str(why_not[0].reason)])
        if doc is not None:
            check_document(doc, seed)
            check_rows(found or Annotations(doc=doc))
    check_constraints("rejections", list({tuple(row.items()): row for row in map(rejection_row, refused)}.values()))
    return Outcome(ends, sum(len(seed.text) for seed in seeds), seconds)


def annotated(doc: Document, models: Models) -> Annotations:
    (syntax,) = analyse([doc], models.nlp)
    assert syntax.text == doc.text
    return annotate(doc, syntax, models.knowledge, models.codebook, models.encoder)


def check_document(doc: Document, seed: Seed) -> None:
    """The body is clean paragraphs, facts are on one line, what was cut lies apart inside of what was received."""
    assert doc.text.encode("utf-8").decode("utf-8") == doc.text
    for paragraph in doc.text.split("\n\n"):
        assert paragraph and paragraph == paragraph.strip() and "\n" not in paragraph, paragraph[:80]
    for fact in (doc.url, doc.title, doc.outlet, doc.dateline, doc.section, *doc.authors):
        assert fact is None or (fact and fact == " ".join(fact.split())), fact
    to_signature(doc.text)
    to_address(doc.url)
    check_cuts(doc, repair(receive(seed).text))
    published = doc.published
    assert published.day is None or published.day == published.earliest == published.latest, published
    assert not (published.earliest and published.latest) or published.earliest <= published.latest, published


def check_cuts(doc: Document, received: str) -> None:
    """Every character is in the body or in a cut, white space and what nobody sees apart."""
    last, left = 0, ""
    for cut in doc.cuts:
        assert last <= cut.start < cut.end <= len(received), cut
        left += received[last : cut.start]
        last = cut.end
    assert "".join(INVISIBLE.sub("", left + received[last:]).split()) == "".join(doc.text.split())


def check_rows(found: Annotations) -> Mapping[str, list[Row]]:
    """The rows of an article, having failed if one breaks its schema, is no slice of the text, or names what is not
    there."""
    rows = {name: list(to_rows(found)) for name, to_rows in ROWS.items()}
    tables, text = load_package().tables, found.doc.text
    for name, its_rows in rows.items():
        check_constraints(name, its_rows)
        for row in its_rows:
            for start, end, words in SPANS:
                if row.get(start) is not None:
                    assert 0 <= row[start] < row[end] <= len(text), (name, row)
                    assert row[words] == text[row[start] : row[end]], (name, row)
            for earliest, latest in (("earliest", "latest"), ("said_earliest", "said_latest")):
                if row.get(earliest) and row.get(latest):
                    assert row[earliest] <= row[latest], (name, row)
        for key in tables[name].foreign_keys:
            if key.table not in rows and key.table != "issues":
                continue  # only the corpus knows them
            [column], [reference] = key.columns, key.references
            there = issue_ids() if key.table == "issues" else {row[reference] for row in rows[key.table]}
            if column != "parent_actor_id":  # assembly adds the bodies that others are part of
                assert {row[column] for row in its_rows} - there <= {None}, (name, column)
    return rows


@cache
def issue_ids() -> frozenset[str]:
    return frozenset(issue.issue_id for issue in load_codebook(*OUR_CODEBOOKS).issues)


SPANS = (
    ("start", "end", "text"),
    ("cue_start", "cue_end", "cue"),
    ("speaker_start", "speaker_end", "speaker_text"),
)


def check_constraints(name: str, rows: Sequence[Row]) -> None:
    """Fail if a row breaks its schema. Columns that no article fills, such as actors.article_count, are left out."""
    if rows:
        whole = load_package().tables[name]
        schema = replace(whole, columns=tuple(c for c in whole.columns if c.name in rows[0]))
        table = pa.Table.from_pylist(list(rows), schema=schema.to_arrow())
        assert [str(violation) for violation in find_violations(schema, table)] == []


# ---------------------------------------------------------------- kinds


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of making cases, how much of the work is done on them, and their share of all."""

    files: st.SearchStrategy[File]
    share: float
    is_annotated: bool = False


def kinds(articles: Sequence[str]) -> Mapping[str, Kind]:
    """All kinds of cases. Annotation takes a hundred times as long as parsing, hence its share."""
    return {
        "random bytes": Kind(cases.byte_files(), 0.23),
        "hostile text": Kind(cases.hostile_texts.map(cases.text_file), 0.2),
        "hostile pages": Kind(cases.hostile_pages(), 0.12),
        "hostile records": Kind(cases.hostile_records(), 0.1),
        "hostile containers": Kind(cases.container_files(), 0.1),
        "damaged articles": Kind(cases.mutated_articles(articles), 0.2),
        "hostile text, annotated": Kind(cases.articles_of_soup.map(cases.record_file), 0.02, is_annotated=True),
        "damaged articles, annotated": Kind(cases.mutated_excerpts(articles, 1_500), 0.03, is_annotated=True),
    }


@cache
def seed_articles() -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))


def corpus_articles() -> tuple[str, ...]:
    """The articles of ../shared, where it is there."""
    found = read_seeds(CORPUS) if CORPUS.exists() else ()
    return tuple(item.text for item in found if isinstance(item, Seed) and item.text.strip())


# ---------------------------------------------------------------- growth


def grows_too_fast(scrap: str, size: int) -> str | None:
    """Says so if parsing a text of `scrap` over and over takes more than RATIO times as long for four times the size.

    The text starts with a sentence or two, so that it is read as part of an article. What looks too fast is measured
    again: another process may have been in the way.
    """
    for _ in range(3):
        small, large = seconds_of(scrap, size), seconds_of(scrap, 4 * size)
        if large <= RATIO * small + NEGLIGIBLE:
            return None
    return f"{scrap!r}: {small:.2f} s for {size} characters, {large:.2f} s for {4 * size}"


RATIO = 8  # 4 is linear, 16 quadratic
NEGLIGIBLE = 0.05  # seconds


def seconds_of(scrap: str, size: int) -> float:
    """Processor time of parsing `size` characters of a scrap."""
    text = "".join(cases.SENTENCES) * 2 + (scrap * (size // len(scrap) + 1))[:size]
    start = time.process_time()
    parse(Seed(source_file="a.txt", source_sha256="0" * 64, text=text))
    return time.process_time() - start


# ---------------------------------------------------------------- the runner


@dataclass(frozen=True, slots=True)
class Trial:
    """A case that was tried."""

    kind: str
    file: File
    outcome: Outcome | None
    failure: str | None  # the error and the line of ours that it came from


def try_file(kind: str, file: File, folder: Path, models: Models | None) -> Trial:
    try:
        return Trial(kind, file, check_file(file, folder, models), None)
    except (Exception, TooSlowError) as error:
        ours = [
            f for f in traceback.extract_tb(error.__traceback__) if "onrecord" in f.filename or "fuzz" in f.filename
        ]
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno} in {ours[-1].name}"
        return Trial(kind, file, None, f"{type(error).__name__}: {str(error)[:120]!r} at {place}")


def drawn(files: st.SearchStrategy[File], count: int, seed: str) -> list[File]:
    """Up to `count` cases, no two alike, the same for the same seed."""
    found: list[File] = []

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(files)
    def collect(file: File) -> None:
        found.append(file)

    collect()
    return list(dict.fromkeys(found))


def trials(name: str, kind: Kind, count: int, folder: Path, seed: int, until: float) -> Iterator[Trial]:
    """`count` cases of a kind, or as many as there is time for until the monotonic clock says `until`."""
    models = load_models() if kind.is_annotated else None
    done = chunk = 0
    while done < count:
        chunk += 1
        for file in drawn(kind.files, min(count - done, CHUNK), f"{seed} {name} {chunk}"):
            if time.monotonic() > until:
                return
            yield try_file(name, file, folder, models)
            done += 1


CHUNK = 500  # cases drawn at a time, and held in memory


def shrunk(trial: Trial, try_again: Callable[[File], Trial], *, attempts: int = 400) -> File:
    """The file with as many stretches taken out as `attempts` allow while it still fails in the same place."""
    content, place = trial.file.content, place_of(trial)
    size = len(content) // 2
    while size and attempts > 0:
        at = 0
        while at < len(content) and attempts > 0:
            attempts -= 1
            smaller = File(trial.file.name, content[:at] + content[at + size :])
            if place_of(try_again(smaller)) == place:
                content = smaller.content
            else:
                at += size
        size //= 2
    return File(trial.file.name, content)


def place_of(trial: Trial) -> str | None:
    """The line of ours that failed, whatever the message."""
    return trial.failure and trial.failure.split(":")[0] + trial.failure.rsplit(" at ", 1)[-1]


def save(file: File, folder: Path) -> Path:
    path = folder / hashlib.sha256(file.content).hexdigest()[:12] / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content)
    return path


def slow(done: Sequence[Trial]) -> list[Trial]:
    """The cases that took SLOW times as long, for their length, as half of their kind do."""
    found = []
    for name in {trial.kind for trial in done}:
        own = [t for t in done if t.kind == name and t.outcome and t.outcome.characters]
        usual = statistics.median(t.outcome.seconds / max(t.outcome.characters, SMALL) for t in own) if own else 0
        found += [
            t for t in own if t.outcome.seconds > max(NOTICEABLE, SLOW * usual * max(t.outcome.characters, SMALL))
        ]
    return found


def main(options: argparse.Namespace, folder: Path) -> int:
    """Try cases in `folder`, print what happened, and return 1 if a promise was broken."""
    until = time.monotonic() + options.seconds
    articles = corpus_articles() or seed_articles()
    everything = kinds(articles)
    chosen = {name: everything[name] for name in options.kind or everything}
    whole = sum(kind.share for kind in chosen.values())
    failed: dict[str, Trial] = {}
    done: list[Trial] = []

    print(f"{options.cases} cases, seed {options.seed}, damaged articles from {len(articles)}")
    for path in sorted(options.failures.glob("*/*")):
        again = try_file("saved", File(path.name, path.read_bytes()), folder, load_models())
        print(f"  saved {path.parent.name}/{path.name}: {again.failure or 'holds now'}")
    for name, kind in chosen.items():
        start = time.monotonic()
        ends, of_kind, broken = Counter[str](), 0, 0
        for trial in trials(name, kind, round(options.cases * kind.share / whole), folder, options.seed, until):
            of_kind += 1
            if trial.failure:
                broken += 1
                failed.setdefault(place_of(trial) or "", trial)
            else:
                ends += trial.outcome.ends
                done.append(trial if trial.outcome.seconds > NOTICEABLE / 10 else replace(trial, file=File("", b"")))
        counts = ", ".join(f"{count} {end}" for end, count in ends.most_common())
        print(f"{name}: {of_kind} cases in {time.monotonic() - start:.0f} s, {broken} broken; {counts}", flush=True)

    for trial in failed.values():
        models = load_models() if everything[trial.kind].is_annotated else None
        smallest = shrunk(trial, lambda file, models=models: try_file("", file, folder, models))
        print(f"BROKEN {trial.kind}: {trial.failure}\n  saved as {save(smallest, options.failures)}")
    for trial in slow(done):
        print(f"TOO SLOW {described(trial)}\n  saved as {save(trial.file, options.failures)}")
    print("slowest:")
    for trial in sorted(done, key=lambda t: -t.outcome.seconds)[:10]:
        print(f"  {described(trial)}")
    superlinear = [found for scrap in cases.SCRAPS if not options.kind and (found := grows_too_fast(scrap, GROWN))]
    for found in superlinear:
        print(f"SUPERLINEAR {found}")
    return 1 if failed or superlinear or slow(done) else 0


GROWN = 20_000  # characters, and four times as many


def described(trial: Trial) -> str:
    characters, seconds = trial.outcome.characters, trial.outcome.seconds
    return f"{seconds:6.2f} s, {characters:7} characters, {trial.kind}: {trial.file.content[:60]!r}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000, help="how many to try (default: %(default)s)")
    parser.add_argument(
        "--seconds", type=float, default=3_600, help="when to stop at the latest (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=0, help="another seed draws other cases (default: %(default)s)")
    parser.add_argument("--kind", action="append", help="only this kind; can be given several times")
    parser.add_argument("--failures", type=Path, default=ROOT / "fuzz-failures", help="where failing cases are saved")
    with tempfile.TemporaryDirectory() as place:
        sys.exit(main(parser.parse_args(), Path(place)))
