"""How time, memory and bytes grow with the corpus. Prints; never fails on a figure.

    scale [sizes=3000,10000,30000] [real=600] [day=300] [memory=3GB] [work=FOLDER] [source=DATASETS] [onto=DATASETS]

Extraction is timed on the first `real` articles of ../shared/corpus, or left out where `source` names the datasets
folder of a build. Larger corpora are made of these articles by renaming (generated.py), and assembled, checked and
released, each stage in a process of its own: seconds of processor time, and greatest memory. Then one day of `day`
articles is added to the largest, and only what changed should cost anything. It is to cost no more than half of its own
extraction and a minute. `onto` names the folder of a corpus that was made and released before: the day alone is added.
"""

import gzip
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from onrecord.batches.batch import extract_batch, finished
from onrecord.batches.fingerprints import fingerprint
from onrecord.batches.ingest import ingest
from onrecord.storage.layout import Layout

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE))
from generated import generate  # noqa: E402

CORPUS = HERE.parents[3] / "shared" / "corpus" / "news-3k.jsonl.gz"
STAGES = ("assemble", "check", "release")


def main(given: Mapping[str, str]) -> None:
    sizes = [int(size) for size in given.get("sizes", "3000,10000,30000").split(",")]
    with tempfile.TemporaryDirectory(dir=given.get("work")) as folder:
        source, rate = _source(given, Path(folder))
        if "onto" in given:
            _add_day(given, source, Layout(Path(given["onto"])), rate)
            return
        found = {}
        for size in sizes:
            layout = Layout(Path(folder) / str(size))
            generate(source, fingerprint(), layout, size)
            found[size] = _run_all(layout, given)
            print(f"{size:>9,} articles  {_told(found[size])}", flush=True)
        _print_growth(sizes, found, rate)
        added = _add_day(given, source, layout, rate)
        whole = sum(run["cpu"] for run in found[sizes[-1]].values())
        print(f"  {added / whole:.2f} of what all of it took")


def _add_day(given: Mapping[str, str], source: Layout, layout: Layout, rate: float | None) -> float:
    """Seconds of a core that the stages take for one more day of articles."""
    day = int(given.get("day", "300"))
    articles = generate(source, fingerprint(), layout, day, first=None, day="2025-01-02")
    added = _run_all(layout, given)
    took = sum(run["cpu"] for run in added.values())
    print(f"one day of {day} articles onto {articles - day:,}  {_told(added)}")
    if rate is not None:
        print(
            f"  {took:.0f} s beside their extraction of {rate * day:.0f}: at most {rate * day / 2 + 60:.0f} are wanted"
        )
    return took


def _run_all(layout: Layout, given: Mapping[str, str]) -> Mapping[str, Mapping[str, float]]:
    return {stage: _run(stage, layout, given.get("memory", "3GB")) for stage in STAGES}


def _source(given: Mapping[str, str], folder: Path) -> tuple[Layout, float | None]:
    """A datasets folder with extracted batches of real articles, and how many seconds one took, if that was timed."""
    if "source" in given:
        source = Layout(Path(given["source"]))
        if not finished(source):
            raise SystemExit(f"{source.datasets} holds no batch that the present code has extracted: build it first")
        return source, None
    if not CORPUS.exists():
        raise SystemExit(f"{CORPUS} is not here; name the datasets folder of a build: source=DATASETS")
    count = int(given.get("real", "600"))
    seeds, source = folder / "seeds", Layout(folder / "real")
    seeds.mkdir()
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        (seeds / "news.jsonl").write_text("".join(itertools.islice(file, count)), encoding="utf-8")
    waiting = ingest([str(seeds)], source).pending
    before, start = os.times(), time.monotonic()
    for batch in waiting:
        extract_batch(batch, source)
    after = os.times()
    cpu = after.user - before.user + after.system - before.system
    print(f"extraction: {count} articles in {time.monotonic() - start:.0f} s, {cpu / count:.3f} s of a core each")
    return source, cpu / count


def _run(stage: str, layout: Layout, memory: str) -> Mapping[str, float]:
    environment = {**os.environ, "ONRECORD_MEMORY": memory}
    command = [sys.executable, str(HERE / "stages.py"), stage, str(layout.datasets)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: Mapping[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _told(runs: Mapping[str, Mapping[str, float]]) -> str:
    return "  ".join(f"{stage} {run['cpu']:.1f} s, {run['peak_mb']:.0f} MB" for stage, run in runs.items())


def _print_growth(sizes: list[int], found: Mapping[int, Mapping[str, Mapping[str, float]]], rate: float | None) -> None:
    first, last = sizes[0], sizes[-1]
    if first == last:
        return
    for stage in STAGES:
        ratio = found[last][stage]["cpu"] / found[first][stage]["cpu"]
        memory = found[last][stage]["peak_mb"] / found[first][stage]["peak_mb"]
        print(f"  {stage:9} exponent {math.log(ratio) / math.log(last / first):.2f}, memory {memory:.2f} times")
    if rate is not None:
        rest = sum(run["cpu"] for run in found[last].values())
        print(f"  the three are {rest / (rest + rate * last):.1%} of the whole, extraction extrapolated")


if __name__ == "__main__":
    main(dict(argument.split("=", 1) for argument in sys.argv[1:]))
