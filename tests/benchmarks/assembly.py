"""How long assembly takes for many mentions, and how much memory: generated batches, no text worth reading.

The time of `merge_actors` is part of it: names come in several spellings, with and without a country.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

from onrecord.assemble import assemble
from onrecord.batches.batch import INPUTS
from onrecord.batches.columns import batch_schemas
from onrecord.batches.fingerprints import extracted_folder
from onrecord.batches.listing import LISTING
from onrecord.batches.models import load_models
from onrecord.knowledge.words import local_id, normal
from onrecord.storage import store
from onrecord.storage.layout import Layout

ARTICLES = 2_500  # a batch
PER_ARTICLE = 20  # mentions
CAST = 8  # actors of an article
PEOPLE = 60_000
SYLLABLES = ("ba", "dor", "el", "fin", "gar", "han", "ik", "jun", "kel", "lom", "mar", "nor", "ov", "pet", "rus", "sen")


def main(mentions: int) -> None:
    codebook = load_models().codebook
    with tempfile.TemporaryDirectory() as folder:
        layout = Layout(Path(folder))
        articles = mentions // PER_ARTICLE
        ids = _listing(layout, articles)
        people = _people()
        for number, first in enumerate(range(0, articles, ARTICLES)):
            _batch(layout, number, ids[first : first + ARTICLES], people)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.monotonic()
        rows = assemble(layout, codebook)
        seconds = time.monotonic() - start
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{rows['mentions']:,} mentions of {rows['actors']:,} actors, {rows['actor_redirects']:,} ids merged")
    print(f"  assembled in {seconds:.1f} s, {grown:.0f} MiB more memory than before")


def _people() -> list[dict[str, object]]:
    """People under the ids that articles would give them; some names differ by spelling, some by the country."""
    random = np.random.default_rng(1)
    found = []
    for _ in range(PEOPLE):
        given, family = ("".join(random.choice(SYLLABLES, 2)).title() for _ in range(2))
        country = (None, "USA", "GBR", "RUS")[random.integers(4)]
        found.append(
            {
                "actor_id": local_id("person", normal(f"{given} {family}"), country or ""),
                "name": f"{given} {family}",
                "type": "person",
                "country": country,
                "roles": [("minister", "senator", "analyst", "coach")[random.integers(4)]],
                "link_method": "name",
            }
        )
    return found


def _listing(layout: Layout, articles: int) -> list[str]:
    ids = [f"{i:032x}" for i in range(articles)]
    listed = {
        "input_id": ids,
        "source_file": [f"{i}.txt" for i in ids],
        "source_sha256": ["0" * 64] * articles,
        "version": [1] * articles,
        "is_current": [True] * articles,
        "is_present": [True] * articles,
    }
    store.write_table(layout.listing, pa.table(listed, schema=LISTING).to_batches(), LISTING)
    refused = pa.schema(list(batch_schemas()["rejections"])[1:])
    store.write_table(layout.ingest / "rejections.parquet", refused.empty_table().to_batches(), refused)
    return ids


def _batch(layout: Layout, number: int, ids: list[str], people: list[dict[str, object]]) -> None:
    random = np.random.default_rng(number)
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in batch_schemas()}
    ranks = random.zipf(1.2, (len(ids), CAST)) % PEOPLE  # a few are in every article, most in one
    for at, input_id in enumerate(ids):
        article_id = input_id[-16:]
        cast = [people[rank] for rank in sorted(set(ranks[at].tolist()))]
        rows["articles"].append(
            {
                "input_id": input_id,
                "article_id": article_id,
                "source_file": f"{input_id}.txt",
                "source_sha256": "0" * 64,
                "authors": [],
                "language": "en",
                "published_basis": "unknown",
                "repairs": [],
                "truncated": False,
                "text": f"generated {article_id}",
                "word_count": 2,
            }
        )
        rows["actors"] += [{"input_id": input_id, **person} for person in cast]
        for mention in range(PER_ARTICLE):
            person = cast[mention % len(cast)]
            start, end = mention * 10, mention * 10 + 9
            rows["mentions"].append(
                {
                    "input_id": input_id,
                    "mention_id": f"{article_id}:m:{start}-{end}",
                    "article_id": article_id,
                    "actor_id": person["actor_id"],
                    "start": start,
                    "end": end,
                    "text": person["name"],
                    "form": "name",
                }
            )
        rows["signatures"].append({"input_id": input_id, "article_id": article_id})
    folder = extracted_folder(layout, f"{number:012x}")
    for name, schema in batch_schemas().items():
        table = pa.Table.from_pylist(rows[name], schema=schema)
        store.write_table(folder / f"{name}.parquet", table.to_batches(), schema)
    store.write_table(folder / "inputs.parquet", pa.table({"input_id": ids}, schema=INPUTS).to_batches(), INPUTS)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
