"""How often the actor of a mention is the right one, by how it is found: what mentions.link_confidence rests on.

    python tests/benchmarks/links.py SHARED RELEASE [--only NAMES.txt]

RELEASE is built over SHARED/gold/read/text. Compared are the mentions there for which readers wrote down whom they
mean, by the name that the article gives in full: sources of reported speech, proposers and targets. An actor is right
who bears that name, or has it among the forms that articles use. Printed are totals only: rule, right, of.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.audit.scores import dice
from onrecord.explore.query import open_release
from onrecord.knowledge.words import normal

_AROUND = 24  # characters by which a mention is found again in the article's body
_SAME = 2 / 3  # of the words of a description
_MENTIONS = """
SELECT start, "end", form, name, aliases, link_method FROM mentions JOIN actors USING (actor_id) WHERE article_id = $id
"""


def read_labels(gold: Path, name: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Start, end and full names of each labelled mention of an article."""
    for quote in json.loads((gold / "quotes" / f"{name}.json").read_text(encoding="utf-8"))["quotes"]:
        if quote["speaker_start"] is not None and quote["speaker"] and not quote["doubt"]:
            yield quote["speaker_start"], quote["speaker_end"], tuple(quote["speaker"])
    for act in json.loads((gold / "proposals" / f"{name}.json").read_text(encoding="utf-8"))["proposals"]:
        for role in ("proposer", "target"):
            mentions, names = act.get(f"{role}_mentions") or (), tuple(act.get(f"{role}s") or ())
            if len(mentions) == 1 and names and not act["doubt"]:
                yield mentions[0]["start"], mentions[0]["end"], names


def is_same(actor: str, aliases: list[str], names: tuple[str, ...]) -> bool:
    borne = {normal(actor), *map(normal, aliases)}
    for name in names:
        plain = normal(name)
        words, own = set(plain.split()), set(normal(actor).split())
        if plain in borne or dice(actor, name) >= _SAME or (words and (words < own or (own and own < words))):
            return True
    return False


def count(shared: Path, release: Path, names: set[str] | None) -> tuple[Counter[str], Counter[str]]:
    """Right ones and all, by rule: how the actor is known, and the form of the mention."""
    gold, right, all_ = shared / "gold" / "read", Counter[str](), Counter[str]()
    with open_release(release) as connection:
        articles = connection.execute("SELECT article_id, source_file, text FROM articles").fetchall()
        for article_id, source, text in sorted(articles):
            name = re.sub(r"\.txt$", "", source.rsplit("/", 1)[-1])
            if (names is not None and name not in names) or not (gold / "quotes" / f"{name}.json").is_file():
                continue
            whole = (gold / "text" / f"{name}.txt").read_text(encoding="utf-8")
            mentions = connection.execute(_MENTIONS, {"id": article_id}).fetchall()
            for start, end, full in {label[:2]: label for label in read_labels(gold, name)}.values():
                found = _at(mentions, text, whole, start, end)
                if found is not None:
                    rule = f"{found[5] if found[5] in ('kb', 'unnamed') else 'name'} {found[2]}"
                    all_[rule] += 1
                    right[rule] += is_same(found[3], found[4], full)
    return right, all_


def _at(mentions: list[Any], text: str, whole: str, start: int, end: int) -> Any | None:
    """The mention that most of the labelled words are, in the body that the release has."""
    words = whole[max(start - _AROUND, 0) : end + _AROUND]
    if text.count(words) != 1:
        return None
    place = text.index(words) + min(start, _AROUND)
    own = [(min(m[1], place + end - start) - max(m[0], place), m) for m in mentions]
    best = max(own, key=lambda each: each[0], default=(0, None))
    return best[1] if best[0] > 0 else None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("shared", type=Path)
    options.add_argument("release", type=Path)
    options.add_argument("--only", type=Path, help="a file with names of articles, one a line")
    given = options.parse_args()
    names = set(given.only.read_text(encoding="utf-8").split()) if given.only else None
    right, all_ = count(given.shared, given.release, names)
    for rule, of in all_.most_common():
        print(f"{rule:<20}{right[rule]:>6}{of:>6}  {right[rule] / of:.3f}")
    print(f"{'all':<20}{right.total():>6}{all_.total():>6}  {right.total() / max(all_.total(), 1):.3f}")


if __name__ == "__main__":
    main()
