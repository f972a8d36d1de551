"""Articles that come in many arrivals against one build of all: what each costs, and whether the end is the same.

    python tests/benchmarks/arrivals.py [ARTICLES [ARRIVALS]]

Takes the first articles of ../shared/corpus. Every arrival is a build with a release of its own. The last release is
compared, byte by byte, with two that are built of all articles at once under its name: one that follows the same
release, which must be equal in every file, and one that follows none. That one can only differ in CHANGES.md, which
tells of the release before, and in its line in SHA256SUMS.
"""

import gzip
import itertools
import logging
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.batches.models import load_models
from onrecord.run.build import Built, build
from onrecord.storage.layout import Layout
from onrecord.storage.releases import LATEST, find_latest

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "news-3k.jsonl.gz"
STEPS = ("ingest", "extract", "verify", "assemble", "check", "release")


def main(articles: int, arrivals: int) -> None:
    if not CORPUS.exists():
        print(f"arrivals: skipped, {CORPUS.name} is not here")
        return
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        lines = list(itertools.islice(file, articles))
    load_models()
    with tempfile.TemporaryDirectory() as folder:
        seeds, every, following, alone = (Path(folder) / n for n in ("news", "arrivals", "following", "alone"))
        seeds.mkdir()
        print(f"{'arrival':>8} {'articles':>8} " + " ".join(f"{step:>9}" for step in STEPS) + f" {'seconds':>9}")
        size, spent = -(-articles // arrivals), Counter[str]()
        for number, first in enumerate(range(0, len(lines), size), start=1):
            (seeds / f"{number:03}.jsonl").write_text("".join(lines[first : first + size]), encoding="utf-8")
            is_last = first + size >= len(lines)
            if is_last:
                _copy_latest(every, following)
            spent += _timed(seeds, every, "all" if is_last else f"arrival-{number}", str(number))
        _timed(seeds, every, None, "nothing")
        _timed(seeds, following, "all", "follows")
        whole = _timed(seeds, alone, "all", "at once")
        extracting, rest = (
            sum(c[s] for s in STEPS if (s == "extract") == own) for c, own in ((spent, True), (spent, False))
        )
        print(f"extraction in arrivals: {extracting / whole['extract']:.2f} of that at once")
        print(
            f"everything else: {rest / extracting:.2f} of extraction in arrivals, "
            f"{sum(whole[s] for s in STEPS if s != 'extract') / whole['extract']:.2f} at once"
        )
        for other, what in ((following, "one build after the same release"), (alone, "one build after none")):
            _compare(every / "releases" / "all", other / "releases" / "all", what)


def _copy_latest(datasets: Path, following: Path) -> None:
    """Makes a datasets folder that holds the latest release of another one, if it has any, and nothing else."""
    latest = find_latest(datasets / "releases")
    if latest is not None:
        shutil.copytree(latest, following / "releases" / latest.name)
        (following / "releases" / LATEST).symlink_to(latest.name)


def _timed(seeds: Path, datasets: Path, version: str | None, name: str) -> Counter[str]:
    """One build, and the seconds of its steps, which it prints."""
    spent: Counter[str] = Counter()
    started = time.monotonic()
    with _steps(spent):
        built = _build(seeds, datasets, version)
    seconds = time.monotonic() - started
    steps = " ".join(f"{spent[step]:9.1f}" for step in STEPS)
    print(f"{name:>8} {built.extracted:8} {steps} {seconds:9.1f}", flush=True)
    return spent


def _build(seeds: Path, datasets: Path, version: str | None) -> Built:
    settings = {"seeds": [str(seeds)], "datasets": str(datasets), "version": version, "workers": 1}
    return build(settings, Layout(datasets))


@contextmanager
def _steps(spent: Counter[str]) -> Iterator[None]:
    """Collects the seconds that our log lines give."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            spent[getattr(record, "step", "")] += getattr(record, "facts", {}).get("seconds", 0)

    log, collector = logging.getLogger("onrecord"), Collector()
    log.addHandler(collector)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(collector)


def _compare(ours: Path, theirs: Path, what: str) -> None:
    names = sorted({p.relative_to(f) for f in (ours, theirs) for p in f.rglob("*") if p.is_file()})
    other = [
        n
        for n in names
        if not ((ours / n).is_file() and (theirs / n).is_file()) or (ours / n).read_bytes() != (theirs / n).read_bytes()
    ]
    if other:
        print(
            f"{len(names) - len(other)} of {len(names)} files are byte for byte those of {what}; others: "
            + ", ".join(map(str, other))
        )
    else:
        print(f"all {len(names)} files are byte for byte those of {what}")


if __name__ == "__main__":
    main(*map(int, [*sys.argv[1:], *("1000", "20")[len(sys.argv) - 1 :]]))
