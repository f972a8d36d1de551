"""What joining quotes across articles costs, over generated quotes. Prints; never fails on a time.

One speaker in ten quotes is a president's, the others are of speakers of falling fame, over eight years. Words fall in
frequency as in a language, so that neighbours recur. A fifth of the quotes repeat another one of the last days, whole,
cut, or with a word exchanged.

    across.py [QUOTES ...]     100,000 and 1,000,000 by default, each in a process of its own, and the exponent
"""

import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.assemble.across.utterances import find_utterances
from onrecord.assemble.kept import keeping
from onrecord.assemble.tellers import find_tellers
from onrecord.storage.database import connect

CHUNK = 50_000
DAYS, VOCABULARY, SPEAKERS = 8 * 365, 40_000, 20_000
PER_ARTICLE = 10  # quotes
BATCH = 256  # articles


def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quotes.parquet"
        copies = write_quotes(path, count)
        with connect(Path(folder) / "spilled") as connection:
            connection.read_parquet(str(path)).create_view("batch_quotes")
            for statement in (
                "CREATE VIEW batch_quote_speakers AS "
                "SELECT quote_id, speaker_actor_id AS actor_id, input_id, batch FROM batch_quotes",
                "CREATE TABLE batch_articles AS SELECT article_id, any_value(outlet) AS outlet, NULL::VARCHAR AS url, "
                "any_value(day) AS published_earliest, any_value(day) AS published_latest, input_id, batch "
                "FROM batch_quotes GROUP BY ALL",
                "CREATE VIEW batch_inputs AS SELECT DISTINCT input_id, batch FROM batch_articles",
                "CREATE TABLE kept AS FROM batch_inputs",
                "CREATE TABLE relations (article_id VARCHAR, duplicate_of VARCHAR, supersedes VARCHAR)",
                "CREATE TABLE corrected_articles (article_id VARCHAR, rows_digest VARCHAR)",
            ):
                connection.execute(statement)
            start, busy = time.perf_counter(), time.process_time()
            with keeping(connection, Path(folder) / "compared") as kept:
                find_tellers(kept)
                find_utterances(kept)
            took, busy = time.perf_counter() - start, time.process_time() - busy
            ((joined,),) = connection.execute("SELECT count(*) FROM joined_quotes WHERE method <> 'fullest'").fetchall()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{count} quotes: {took:.1f} s, {busy:.1f} s of processor time, {joined} joined of {copies} repeated, "
          f"peak {peak:.2f} GiB", flush=True)  # fmt: skip


def write_quotes(path: Path, count: int) -> int:
    """Generated rows of quotes with the facts of their articles; returns how many repeat another one."""
    rng = np.random.default_rng(1)
    letters = np.array(list("bcdfghklmnprtvw"))
    words = np.array(["".join(letters[rng.integers(0, len(letters), 5)]) + f"a{i % 97}" for i in range(VOCABULARY)])
    weights = 1 / np.arange(10, VOCABULARY + 10)
    fame = 1 / np.arange(1, SPEAKERS + 1)
    weights, fame = weights / weights.sum(), fame / fame.sum()
    writer, copies = None, 0
    for first in range(0, count, CHUNK):
        n = min(CHUNK, count - first)
        day = np.sort(rng.integers(0, DAYS * CHUNK // count + 1, n)) + DAYS * first // count
        speaker = np.where(rng.random(n) < 0.1, 0, rng.choice(SPEAKERS, n, p=fame) + 1)
        lengths = rng.integers(5, 21, n)
        drawn = np.split(rng.choice(words, lengths.sum(), p=weights), np.cumsum(lengths)[:-1])
        texts = [" ".join(each) for each in drawn]
        for at in np.flatnonzero(rng.random(n) < 0.2):
            model = int(at) - int(rng.integers(PER_ARTICLE, 40))
            if model < 0 or day[at] - day[model] > 10:
                continue
            kept = drawn[model].copy()
            if rng.random() < 0.3:
                kept = kept[: max(4, len(kept) * 2 // 3)]
            elif rng.random() < 0.3:
                kept[rng.integers(0, len(kept))] = "exchanged"
            texts[at], drawn[at], speaker[at] = " ".join(kept), kept, speaker[model]
            copies += 1
        article = (np.arange(n) + first) // PER_ARTICLE
        names = [f"{value:016x}" for value in article]
        ids = [f"{name}:q:{at * 100}-{at * 100 + 90}" for at, name in enumerate(names)]
        by_article = dict(zip(names, day.tolist(), strict=True))  # the quotes of an article are of one day
        dates = pa.array([by_article[name] + 15_000 for name in names], pa.int32()).cast(pa.date32())
        table = pa.table(
            {
                "quote_id": ids, "group_id": ids, "article_id": names, "input_id": names, "text": texts,
                "start": pa.array(range(0, n * 100, 100), pa.int64()), "kind": ["direct"] * n, "polarity": ["said"] * n,
                "said_earliest": pa.nulls(n, pa.date32()), "said_latest": pa.nulls(n, pa.date32()),
                "speaker_actor_id": [f"x:{value:06}" for value in speaker], "day": dates,
                "outlet": [f"outlet {value % 300}" for value in article],
                "batch": [f"b{value // BATCH:06}" for value in article],
            }
        )  # fmt: skip
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
    return copies


def main(counts: list[int]) -> None:
    if len(counts) == 1:
        measure(counts[0])
        return
    busy = []
    for count in counts:
        line = subprocess.run([sys.executable, __file__, str(count)], check=True, capture_output=True, text=True).stdout
        print(line, end="", flush=True)
        busy.append(float(line.split(" s of processor")[0].rpartition(" ")[2]))
    for (n, ours), (m, theirs) in zip(
        zip(counts, busy, strict=True), list(zip(counts, busy, strict=True))[1:], strict=False
    ):
        print(f"exponent of processor time from {n} to {m}: {math.log(theirs / ours) / math.log(m / n):.2f}")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [100_000, 1_000_000])
