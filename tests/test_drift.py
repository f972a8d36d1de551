"""Outlets whose articles have changed are named; ordinary nights are not."""

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.audit.drift import MEASURES, find_drift
from onrecord.release.changes import _drifted

TEXT = pa.string()
ARTICLES = pa.schema(
    [("article_id", TEXT), ("outlet", TEXT), ("word_count", pa.int64()), ("title", TEXT), ("authors", pa.list_(TEXT)),
     ("published", TEXT), ("section", TEXT)]
)  # fmt: skip


def article(source, outlet, number, night=0, **changed):
    """An article as news are: of all lengths, most with a headline, half with an author."""
    words = max(40, int(source.lognormvariate(6.2, 0.7)))
    usual = {
        "article_id": f"{outlet}-{night:03}-{number:04}",
        "outlet": outlet,
        "word_count": words,
        "title": "A title" if source.random() < 0.97 else None,
        "authors": ["Ann Quill"] if source.random() < 0.5 else [],
        "published": "2018-01-01" if source.random() < 0.9 else None,
        "section": None,
        "quotes": sum(source.random() < 0.012 for _ in range(words)),
        "direct": 0.3,
        "unattributed": 0.1,
        "confidence": 0.85,
    }
    return {**usual, **changed}


def write(folder, articles, seed=1):
    """The tables of a build, as far as drift reads them."""
    folder.mkdir(parents=True)
    source = random.Random(seed)
    names = ("article_id", "outlet", "word_count", "title", "authors", "published", "section")
    quotes = [
        {
            "article_id": a["article_id"],
            "speaker_actor_id": None if source.random() < a["unattributed"] else "x",
            "kind": "direct" if source.random() < a["direct"] else "indirect",
            "confidence": min(1.0, a["confidence"] + source.random() / 10),
        }
        for a in articles
        for _ in range(a["quotes"])
    ]
    tables = {
        "articles": pa.Table.from_pylist([{name: a[name] for name in names} for a in articles], ARTICLES),
        "quotes": pa.Table.from_pylist(quotes),
    }
    for table in ("proposals", "mentions", "dates"):
        tables[table] = tables["quotes"]
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return folder


def corpus(seed=7, outlets=("Fjord Post", "Quay Times", "Hill Wire"), count=60):
    source = random.Random(seed)
    return [article(source, outlet, number) for outlet in outlets for number in range(count)]


@pytest.mark.parametrize(
    "changed, measure",
    [
        ({"word_count": 45, "quotes": 0}, "words"),
        ({"title": None}, "title known"),
        ({"quotes": 0}, "quotes per 100 words"),
        ({"published": None}, "day known"),
        ({"unattributed": 1.0, "quotes": 9}, "share of quotes without a speaker"),
        ({"direct": 1.0, "quotes": 9}, "share of quotes in quotation marks"),
        ({"confidence": 0.2, "quotes": 9}, "confidence of quotes"),
    ],
)
def test_an_outlet_whose_articles_have_changed_is_named(tmp_path, changed, measure):
    before, source = corpus(), random.Random(3)
    new = [article(source, outlet, number, 1) for outlet in ("Quay Times", "Hill Wire") for number in range(12)]
    new += [article(source, "Fjord Post", number, 1, **changed) for number in range(12)]
    release = write(tmp_path / "releases" / "a", before)
    found = find_drift(write(tmp_path / "build", before + new), [release])
    assert {each.outlet for each in found} == {"Fjord Post"}
    assert measure in {each.measure for each in found}
    assert "Fjord Post" in str(found[0]) and "since a" in str(found[0])


def test_thirty_ordinary_nights_give_no_alarm(tmp_path):
    held, source, releases = corpus(), random.Random(5), []
    for night in range(1, 31):
        releases.insert(0, write(tmp_path / f"{night}", held, night))
        held = held + [
            article(source, o, n, night) for o in ("Fjord Post", "Quay Times", "Hill Wire") for n in range(9)
        ]
        assert find_drift(write(tmp_path / f"build{night}", held, night), releases) == ()


def test_a_few_articles_a_night_are_looked_at_together(tmp_path):
    held, source, releases = corpus(), random.Random(5), []
    for night in range(1, 6):
        releases.insert(0, write(tmp_path / f"{night}", held))
        held = held + [article(source, "Fjord Post", n, night, title=None) for n in range(3)]
        found = find_drift(write(tmp_path / f"build{night}", held), releases)
        assert bool(found) == (night >= 3)  # 9 articles since the first


def test_without_articles_enough_nothing_is_told(tmp_path):
    before, source = corpus(count=10), random.Random(5)
    new = [article(source, "Fjord Post", n, 1, title=None) for n in range(50)]
    release = write(tmp_path / "a", before)
    build = write(tmp_path / "build", before + new)
    assert find_drift(build, [release]) == ()
    assert find_drift(build, []) == ()


def test_every_measure_is_told_apart_and_the_page_of_changes_names_the_outlet(tmp_path):
    assert len(MEASURES) == len(set(MEASURES))
    before, source = corpus(), random.Random(3)
    new = [article(source, "Fjord [Post](x)", n, 1, title=None) for n in range(12)]
    old = [article(source, "Fjord [Post](x)", n) for n in range(30)]
    release = write(tmp_path / "a", before + old)
    (section,) = _drifted(find_drift(write(tmp_path / "build", before + old + new), [release]))
    assert "Fjord &#91;Post&#93;" in section and "title known" in section
    assert list(_drifted(())) == []
