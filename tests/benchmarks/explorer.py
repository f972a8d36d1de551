"""What `onrecord explore` costs on a large release: seconds for each answer, and memory. Prints; never fails.

    explorer.py [RELEASE [ARTICLES]]
    explorer.py multiply RELEASE FOLDER ARTICLES     writes the large release only
    explorer.py measure FOLDER                       asks one that is there

The articles of RELEASE are multiplied to 100,000 or ARTICLES, with other ids, days and names; in three of four copies
their letters are exchanged, so that there are rare words and common ones. CPU seconds are those of all threads.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from onrecord.explore.site.opened import FIRST, Opened
from onrecord.explore.site.packing import hash_of
from onrecord.explore.site.search import search
from onrecord.explore.site.shards import make_shard, meta
from onrecord.explore.site.tie_lists import network
from onrecord.schema import load_package
from onrecord.schema.tables import literal, quoted
from onrecord.storage import store
from onrecord.storage.parts import MONTH, YEAR, files_of
from onrecord.storage.releases import find_release

ROOT = Path(__file__).resolve().parents[2]
GROWTH = 0.7  # names grow as copies to this power
DAYS = 1461
LETTERS, OTHERS = "aeioubcdfghjklmnpqrstvwxyz", "eioaucdfghjklmnpqrstvwxyzb"
OF_ARTICLE = {"article_id", "mention_id", "quote_id", "group_id", "date_id", "proposal_id", "within_quote_id"}
OF_ARTICLE |= {"duplicate_of", "supersedes", "utterance_id", "initiative_id", "responds_to"}
OF_ARTICLE |= {"first_article_id", "last_article_id"}
ACTORS = {"actor_id", "parent_actor_id", "speaker_actor_id", "addressee_actor_id"}
LISTS_OF_ACTORS = {"proposers", "targets"}
DATED = {"published", "published_earliest", "published_latest", "said_earliest", "said_latest", "earliest", "latest"}
DATED |= {"first_seen", "last_seen"}
WORDS = {"text", "title", "speaker_text", "cue"}
BY_MONTH = {"articles": "article_id", "mentions": "article_id", "quotes": "article_id", "dates": "article_id",
            "proposals": "article_id", "quote_speakers": "quote_id", "proposal_actors": "proposal_id",
            "utterances": "utterance_id", "initiatives": "initiative_id"}  # fmt: skip
COPIED = {"actors": "(SELECT DISTINCT ON (p) * FROM copies ORDER BY p, k)", "initiative_links": "copies"}


def multiply(release: Path, folder: Path, articles: int) -> None:
    """Write a release of at least that many articles, cut by month, with all that the explorer reads."""
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '3GB'")
        source = {name: str(files_of(release, name)[0]) for name in load_package().tables if files_of(release, name)}
        ((held,),) = connection.execute(f"SELECT count(*) FROM {literal(source['articles'])}").fetchall()
        connection.execute(
            f"CREATE TABLE copies AS SELECT k, floor(k ** {GROWTH})::INT AS p, (k * 37 % {DAYS})::INT AS shift, "
            f"k % 4 > 0 AS changed FROM range({-(-articles // held)}) t(k)"
        )
        for name, path in source.items():
            columns = [column for column, *_ in connection.execute(f"DESCRIBE FROM {literal(path)}").fetchall()]
            values = ", ".join(f"{_value(name, column)} AS {quoted(column)}" for column in columns)
            if name in BY_MONTH:
                days = f"(SELECT article_id AS of, published AS day FROM {literal(source['articles'])})"
                query = (
                    f"SELECT {values}, coalesce(year(day - shift), 0) AS {YEAR}, coalesce(month(day - shift), 0) AS "
                    f"{MONTH} FROM {literal(path)} t JOIN {days} ON of = left(t.{BY_MONTH[name]}, 16), copies"
                )
                connection.execute(
                    f"COPY (FROM ({query}) ORDER BY {YEAR}, {MONTH}, {BY_MONTH[name]}) TO '{folder / name}' "
                    f"(FORMAT parquet, PARTITION_BY ({YEAR}, {MONTH}), COMPRESSION zstd, ROW_GROUP_SIZE 20000)"
                )
                for file in (folder / name).rglob("*.parquet"):
                    file.rename(file.with_name(f"{name}.parquet"))
            else:
                of = COPIED.get(name)
                rows = f"SELECT {values} FROM {literal(path)} t, {of}" if of else f"FROM {literal(path)}"
                unique = "DISTINCT ON (actor_id) *" if name == "actors" else "*"
                connection.execute(f"COPY (SELECT {unique} FROM ({rows})) TO '{folder / name}.parquet'")
    for name in ("load.sql", "schema.sql"):
        shutil.copy(release / name, folder)
    descriptor = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    for resource_ in descriptor["resources"]:
        resource_["path"] = [path.relative_to(folder).as_posix() for path in files_of(folder, resource_["name"])]
    store.write_text(folder / "datapackage.json", json.dumps(descriptor))
    store.write_text(folder / store.SUMS, store.sums_of(folder))


def _value(table: str, column: str) -> str:
    """What a column holds in a copy, in SQL."""
    name = f"t.{quoted(column)}"
    if column in OF_ARTICLE:
        return f"left(md5(left({name}, 16) || k), 16) || substr({name}, 17)"
    if column in ACTORS:
        return _actor(name)
    if column in LISTS_OF_ACTORS:
        return f"list_transform({name}, lambda of: {_actor('of')})"
    if column in DATED:
        return f"{name} - shift"
    if column in WORDS or (table, column) == ("actors", "name"):
        return f"CASE WHEN changed THEN translate({name}, '{LETTERS}', '{OTHERS}') ELSE {name} END"
    return name


def _actor(name: str) -> str:
    return f"CASE WHEN starts_with({name}, 'x:') THEN 'x:' || left(md5({name} || p), 16) ELSE {name} END"


def measure(folder: Path) -> None:
    """Print what each answer costs."""
    opened = told("open", lambda: Opened(folder))
    for name in FIRST:
        told(f"prepare {name}", lambda name=name: opened.kept(name))
    told("meta", lambda: meta(opened, live=True, sql="server", files="files"))
    for name in ("overview", "actors", "issues"):
        told(name, lambda name=name: make_shard(opened, name))
    with opened.cursor() as cursor:
        ids = cursor.execute("SELECT article_id FROM articles ORDER BY md5(article_id) LIMIT 3").fetchall()
        speakers = cursor.execute(
            "SELECT speaker_actor_id FROM quotes WHERE speaker_actor_id IS NOT NULL GROUP BY ALL "
            "ORDER BY count(*) DESC, speaker_actor_id LIMIT 3"
        ).fetchall()
    for (article,) in ids:
        told("article", lambda key=article[: opened.cuts.article]: make_shard(opened, f"article/{key}"))
    for asked in (
        {},
        {"q": "sanctions"},
        {"q": "the"},
        {"q": "said"},
        {"q": "qqq"},
        {"kind": "direct"},
        {"skip": "50"},
    ):
        told(f"search {asked}", lambda asked=asked: search(opened, asked)["found"])
    for (actor,) in speakers:
        key = hash_of(actor)[8 - opened.cuts.actor :] or "all"
        told(f"actor {actor}", lambda key=key: make_shard(opened, f"actor/{key}"))
    for kind, digits in (("utterance", opened.cuts.utterance), ("initiative", opened.cuts.initiative)):
        told(f"{kind}s", lambda kind=kind: make_shard(opened, f"{kind}s"))
        told(kind, lambda kind=kind, digits=digits: make_shard(opened, f"{kind}/{'8' * digits or 'all'}"))
    for unit in ("actor", "state"):
        told(f"network {unit}", lambda unit=unit: network(opened, {"unit": unit}))


def told(name: str, answer: Callable[[], object]) -> object:
    begun, used = time.perf_counter(), _cpu()
    found = answer()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds, cpu = time.perf_counter() - begun, _cpu() - used
    print(f"{name:32} {seconds:7.2f} s  {cpu:7.2f} s of CPU  peak {peak:6.0f} MB", flush=True)
    return found


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    if sys.argv[1:2] == ["measure"]:
        return measure(Path(sys.argv[2]))
    if sys.argv[1:2] == ["multiply"]:
        return multiply(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    release = Path(sys.argv[1]) if len(sys.argv) > 1 else find_release(ROOT / "datasets" / "releases")
    with tempfile.TemporaryDirectory() as elsewhere:
        folder = Path(elsewhere) / "large"
        folder.mkdir()
        multiply(release, folder, int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
        # In a process of its own, whose memory is that of the explorer.
        subprocess.run([sys.executable, __file__, "measure", str(folder)], check=True)


if __name__ == "__main__":
    main()
