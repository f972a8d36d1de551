"""How well what several articles tell is joined: pairs of quotes and of proposals that were judged by reading.

    scoring_across.py --seeds CORPUS.jsonl.gz FILE.jsonl    writes the articles of the pairs, to be built
    scoring_across.py RELEASE                               the scores of a release or build of them

Precision and recall are of the pairs as drawn; `weighted` counts each as often as there are pairs like it, so it is an
estimate for all pairs that share a speaker or a proposer. A pair whose rows are not there, as the extractors found
others, is `lost`; if it is the same in both articles, it counts against recall in the second figure.
"""

import gzip
import hashlib
import json
import pathlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import duckdb

from onrecord.storage.parts import files_of, scan

LABELS = pathlib.Path(__file__).parent / "gold" / "across"


@dataclass(frozen=True, slots=True)
class Pair:
    kind: str  # quoted, retold, proposals
    a: dict
    b: dict
    verdict: str  # same, different, unsure
    weight: float  # how many pairs like this one there are for each that was drawn
    is_held_out: bool  # no limit was chosen by it: a fifth, by hash


def read_pairs() -> list[Pair]:
    return [Pair(**json.loads(line)) for line in (LABELS / "pairs.jsonl").read_text("utf-8").splitlines()]


def same_in(release: pathlib.Path, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, bool | None]]:
    """Each pair, and whether the release joins it; None if a row of it is not there."""
    for pair, ours, theirs in rows_in(release, pairs, {"quotes": "utterance_id", "proposals": "initiative_id"}):
        yield pair, None if ours is None or theirs is None else ours == theirs


def rows_in(
    release: pathlib.Path, pairs: Iterable[Pair], columns: Mapping[str, str]
) -> Iterator[tuple[Pair, str | None, str | None]]:
    """Each pair with what its two rows bear in a column of their table; None for a row that is not there."""
    places: dict[str, dict[str, list[tuple[int, int, str]]]] = {table: {} for table in columns}
    with duckdb.connect() as connection:
        for table, column in columns.items():
            query = f'SELECT article_id, start, "end", {column} FROM {scan(files_of(release, table))} ORDER BY ALL'
            for article, start, end, value in connection.execute(query).fetchall():
                places[table].setdefault(article, []).append((start, end, value))
    for pair in pairs:
        rows = places["proposals" if pair.kind == "proposals" else "quotes"]
        ours, theirs = (_at(rows.get(side["article"], []), side["spans"]) for side in (pair.a, pair.b))
        yield pair, ours, theirs


def _at(rows: list[tuple[int, int, str]], spans: list[list[int]]) -> str | None:
    """What the row bears that has most of these places, if it has half of them; one that begins or ends a little
    elsewhere is still the same."""
    common: Counter[str] = Counter()
    for first, last in spans:
        for start, end, joined in rows:
            shared = min(last, end) - max(first, start)
            if shared > 0.5 * (max(last, end) - min(first, start)):
                common[joined] += shared
    best = common.most_common(1)
    return best[0][0] if best and best[0][1] * 2 >= sum(e - s for s, e in spans) else None


def table(judged: list[tuple[Pair, bool | None]]) -> dict[str, dict[str, float]]:
    """Counts, precision and recall by kind; null where nothing is counted."""
    rows = {}
    for kind in dict.fromkeys(pair.kind for pair, _ in judged):
        found = [(p, is_same) for p, is_same in judged if p.kind == kind and p.verdict != "unsure"]
        rows[kind] = {"pairs": len(found), "lost": sum(is_same is None for _, is_same in found)}
        for name, weigh in (("", lambda _: 1.0), ("weighted_", lambda p: p.weight)):
            right, wrong, missed, lost = (
                sum(weigh(p) for p, is_same in found if (p.verdict, is_same) == case)
                for case in (("same", True), ("different", True), ("same", False), ("same", None))
            )
            rows[kind] |= {
                f"{name}right": right,
                f"{name}wrong": wrong,
                f"{name}precision": right / (right + wrong) if right + wrong else float("nan"),
                f"{name}recall": right / (right + missed) if right + missed else float("nan"),
                f"{name}recall_with_lost": right / (right + missed + lost) if right + missed else float("nan"),
            }
    return rows


def write_seeds(corpus: pathlib.Path, target: pathlib.Path) -> int:
    """The records of the articles that the pairs are of; returns how many."""
    wanted = set((LABELS / "articles.txt").read_text("utf-8").split())
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        kept = [line for line in lines if hashlib.sha256(json.loads(line)["url"].encode()).hexdigest()[:16] in wanted]
    target.write_text("".join(kept), encoding="utf-8")
    return len(kept)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--seeds"]:
        print(write_seeds(pathlib.Path(arguments[1]), pathlib.Path(arguments[2])), "articles")
        return
    judged = list(same_in(pathlib.Path(arguments[0]), read_pairs()))
    for name, is_held_out in (("four fifths, by which limits were chosen", False), ("the fifth", True)):
        print(name)
        for kind, row in table([each for each in judged if each[0].is_held_out == is_held_out]).items():
            figures = "  ".join(
                f"{key} {value:.3f}" if value % 1 else f"{key} {value:.0f}" for key, value in row.items()
            )
            print(f"  {kind:10} {figures}")


if __name__ == "__main__":
    main(sys.argv[1:])
