"""Copies point to the first of their kind, versions to the one before, whatever the order in which they came."""

import itertools
import random
import re
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SEEDS
from onrecord.assemble.duplicates import EARLIEST, find_duplicates, point_to_firsts
from onrecord.assemble.versions import find_versions
from onrecord.batches.addresses import to_address
from onrecord.batches.columns import SIGNATURES
from onrecord.batches.likeness import PERMUTATIONS, is_repeat, is_update, similarity, to_signature
from onrecord.checks import load_expectations
from onrecord.explore.query import open_release
from onrecord.parse import parse
from onrecord.read import read_seeds
from onrecord.schema import SchemaError
from onrecord.schema.views import load_views

TEXTS = [parse(seed)[0].text for seed in read_seeds(SEEDS)]
WORDS = sorted(set(re.findall(r"\w+", " ".join(TEXTS).lower())))


def made_up(number, words=200):
    """A text like no other: words drawn by chance, in sentences of twelve."""
    drawn = random.Random(number).choices(WORDS, k=words)
    return " ".join(" ".join(drawn[at : at + 12]).capitalize() + "." for at in range(0, words, 12))


def sentences(text):
    return re.split(r"(?<=[.!?”\"])\s+", text)


def likeness(ours, theirs):
    """similarity, similarity of the leads, our shingles, theirs: what the rules look at."""
    found = [to_signature(ours), to_signature(theirs)]
    values, leads = ([pa.chunked_array([[getattr(f, name)]]) for f in found] for name in ("values", "lead"))
    return similarity(*values), similarity(*leads), found[0].shingles, found[1].shingles


def repeats(ours, theirs):
    return bool(is_repeat(*likeness(ours, theirs))[0])


def updates(ours, theirs):
    alike, _, *shingles = likeness(ours, theirs)
    return bool(is_update(alike, *shingles)[0])


# ---------------------------------------------------------------- two texts


def test_a_signature_is_the_same_on_every_machine_and_with_every_version():
    signature = to_signature("The quick brown fox jumps over the lazy dog, and the dog sleeps on.")
    assert (signature.shingles, len(signature.values), len(signature.lead)) == (10, 4 * PERMUTATIONS, 128)
    assert signature.values[:12].hex() == "f9ba52188d619b185cd5340c"


@pytest.mark.parametrize("text", ["", " \n", "— … !"])
def test_a_text_without_words_has_no_signature(text):
    assert to_signature(text) is None


def test_a_huge_text_has_a_signature_too():
    assert to_signature("word and another one " * 100_000).shingles == 4


COPIES = {
    "other quotation marks": lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "an agency's line and a credit": lambda text: (
        f"SEOUL (Agency) - {text} Reporting by A. Writer, editing by B. Reader."
    ),
    "the last third cut": lambda text: text[: len(text) * 2 // 3],
    "every tenth sentence dropped": lambda text: " ".join(s for n, s in enumerate(sentences(text)) if n % 10 != 3),
    "paragraphs joined": lambda text: text.replace("\n\n", " "),
    "a word in fifty edited": lambda text: " ".join("x" if n % 50 == 7 else w for n, w in enumerate(text.split())),
    "capitals": str.upper,
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
def test_a_copy_repeats_its_original_and_the_original_its_copy(text, copy):
    assert repeats(copy(text), text)
    assert repeats(text, copy(text))


def test_no_seed_repeats_another():
    assert [(a[:20], b[:20]) for a in TEXTS for b in TEXTS if a is not b and repeats(a, b)] == []


def test_the_first_half_repeats_the_whole_but_the_whole_does_not_repeat_its_half():
    whole = made_up(1, 400)
    half = " ".join(whole.split()[:180])
    assert repeats(half, whole)
    assert not repeats(whole, half)


def test_a_long_tail_in_common_makes_no_copy():
    tail = made_up(0, 600)
    assert not repeats(made_up(1) + tail, made_up(2) + tail)


FORM = "Shares of {} closed {} percent {} at {} dollars on {}, with {} shares traded, the exchange said."


@pytest.mark.parametrize(
    "ours, theirs",
    [
        (FORM.format("Quay", 2, "up", 14, "Monday", 900), FORM.format("Harbour", 1, "down", 31, "Friday", 750)),
        (FORM.format("Quay", 2, "up", 14, "Monday", 900), FORM.format("Quay", 3, "up", 15, "Monday", 910)),
    ],
)
def test_a_short_form_filled_in_anew_is_no_copy(ours, theirs):
    assert not repeats(ours, theirs)


def test_a_short_copy_to_the_word_is_a_copy():
    text = FORM.format("Quay", 2, "up", 14, "Monday", 900)
    assert repeats(text.replace(",", " –").upper(), text)


def test_a_story_that_grew_is_an_update_and_another_story_is_none():
    short = made_up(1, 120)
    assert updates(short + " " + made_up(2, 1000), short)
    assert not updates(made_up(3, 500), made_up(4, 500))


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/news/a-b?id=7",
        "http://example.org/news/a-b/?id=7",
        "https://example.org:443/news//a-b?id=7#top",
        "https://m.example.org/news/a-b?utm_source=feed&id=7&fbclid=x",
        "https://amp.example.org/news/a-b/amp/?id=7",
        "https://example.org/amp/news/a-b?id=7&outputType=amp",
        "https://www.google.com/amp/s/www.example.org/news/a-b?id=7",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/a-b?id=7",
        " HTTPS://EXAMPLE.org/news/a-b?id=7 ",
    ],
)
def test_addresses_of_one_article_are_one(url):
    assert to_address(url) == "example.org/news/a-b?id=7"


@pytest.mark.parametrize(
    "url, address",
    [
        ("https://example.org/a?id=8", "example.org/a?id=8"),
        ("https://example.org/A", "example.org/A"),
        ("https://rum.example.org/amplifier", "rum.example.org/amplifier"),
        ("https://m.co/x", "m.co/x"),
        ("https://example.org/?p=7", "example.org?p=7"),
        ("https://example.org/a.amp.html", "example.org/a.html"),
    ],
)
def test_what_tells_articles_apart_stays(url, address):
    assert to_address(url) == address


@pytest.mark.parametrize(
    "url", [None, "", "http://[", "ftp://example.org/a", "a/b", "javascript:x", "http://a/" + "b" * 3000]
)
def test_what_is_no_web_address_has_none(url):
    assert to_address(url) is None


@pytest.mark.parametrize("url", ["https://example.org", "https://www.example.org/#top", "http://m.example.org/?amp=1"])
def test_a_home_page_is_no_address_of_an_article(url):
    assert to_address(url) is None


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_an_address_or_none(text):
    for url in (text, "https://" + text, "https://example.org/" + text):
        assert to_address(url) is None or "#" not in to_address(url)


# ---------------------------------------------------------------- many articles

DAY = date(2020, 5, 1)


def article(name, text, **facts):
    """An article as `find_versions` gets it. `day` counts days; `former` is the content of a file that has changed."""
    day = facts.get("day")
    published = None if day is None else DAY + timedelta(days=day)
    return {
        "article_id": facts.get("id", name),
        "source_file": facts.get("file", name),
        "title": facts.get("title"),
        "published": published,
        "published_latest": published,
        "version": facts.get("version", 1),
        "is_current": not facts.get("former", False),
        "url": facts.get("url"),
        "text": text,
    }


def relations(*articles):
    """article_id -> (duplicate_of, supersedes) of those that have either, and the ids that stay in the tables."""
    found, signatures = [], []
    for number, row in enumerate(articles):
        key = {"input_id": f"{number:032}", "article_id": row["article_id"]}
        signature = to_signature(row["text"])
        signatures.append(
            key
            | {"address": to_address(row["url"]), "shingles": signature.shingles, "signature": signature.values}
            | {"lead": signature.lead, "batch": "b"}
        )
        found.append({k: v for k, v in row.items() if k not in ("text", "url")} | key | {"batch": "b"})
    columns = {"published": pa.date32(), "published_latest": pa.date32(), "title": pa.string()}
    rows = pa.Table.from_pylist(found)
    rows = rows.cast(pa.schema([pa.field(f.name, columns.get(f.name, f.type)) for f in rows.schema]))
    with duckdb.connect() as connection:
        connection.register("found", rows)
        schema = SIGNATURES.append(pa.field("batch", pa.string()))
        connection.register("batch_signatures", pa.Table.from_pylist(signatures, schema=schema))
        find_versions(connection)
        find_duplicates(connection)
        linked = connection.execute("SELECT article_id, duplicate_of, supersedes FROM relations").fetchall()
        standing = connection.execute("SELECT article_id FROM standing").fetchall()
    return {ours: (first, older) for ours, first, older in linked}, {ours for (ours,) in standing}


def linked(*articles):
    return relations(*articles)[0]


def test_copies_point_to_the_earliest_whatever_the_order_of_arrival():
    text, other = made_up(1), made_up(2)
    rows = [article(name, text, day=day) for name, day in (("c", 1), ("a", 2), ("b", 3))]
    rows += [article("d", text[:-150], day=0), article("e", text + " End."), article("f", other, day=0)]
    expected = dict.fromkeys("abce", ("d", None))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert linked(*rows) == expected


def test_of_copies_of_one_day_the_first_by_name_is_the_first():
    assert linked(article("b", made_up(1), day=1), article("a", made_up(1), day=1)) == {"b": ("a", None)}


def test_a_row_of_small_changes_joins_no_texts_that_have_little_in_common():
    words = made_up(1, 700).split()
    rows = [article(f"{n:02}", " ".join(words[30 * n : 30 * n + 200]), day=n) for n in range(12)]
    links = linked(*rows)
    by_name = {row["article_id"]: row["text"] for row in rows}
    assert links
    for name, (first, _) in links.items():
        assert first not in links
        assert first < name
        assert repeats(by_name[name], by_name[first])
    assert len({first for first, _ in links.values()}) > 1


def test_a_text_in_very_many_papers_is_one_cluster():
    count = 3 * EARLIEST
    rows = [article(f"{n:03}", made_up(1) + f" Paper number {n}.", day=n) for n in range(count)]
    assert linked(*rows) == {f"{n:03}": ("000", None) for n in range(1, count)}


def test_an_update_of_an_address_supersedes_the_version_before():
    text, url = made_up(1), "https://example.org/a"
    rows = [
        article("news.jsonl#1", text, day=0, url=url),
        article("news.jsonl#10", text + made_up(2, 60), day=1, url="http://www.example.org/a/?utm_medium=x"),
        article("news.jsonl#9", text + made_up(3, 90), day=1, url=url + "#late"),
    ]
    assert linked(*rows) == {
        "news.jsonl#9": (None, "news.jsonl#1"),
        "news.jsonl#10": (None, "news.jsonl#9"),  # the line as a number
    }


# Their texts have a sixth in common: too little for an update, unless the headline says so as well.
REWRITTEN = f"{made_up(1, 40)} {made_up(2, 160)}"


@pytest.mark.parametrize(
    "title, day, text, is_version",
    [
        ("QUAY OPENS", 0, made_up(2), True),
        ("QUAY OPENS", 1, REWRITTEN, False),
        ("Quay closes", 0, REWRITTEN, False),
        ("QUAY OPENS", None, made_up(2), False),
        ("QUAY OPENS", None, REWRITTEN, True),
        ("Quay closes", None, REWRITTEN, False),
    ],
)
def test_an_update_that_was_rewritten_has_the_headline_and_the_day_of_the_version_before(title, day, text, is_version):
    url = "https://example.org/a"
    rows = [
        article("b", made_up(1), day=0, url=url, title="Quay opens!"),
        article("a" if day is None else "c", text, day=day, url=url, title=title),
    ]
    assert bool(linked(*rows)) is is_version


@pytest.mark.parametrize("day", [None, 0], ids=["without a day", "of one day"])
@pytest.mark.parametrize("path", ["", "/news", "/?page=news"])
def test_what_a_page_of_news_showed_under_its_own_name_has_no_versions(path, day):
    facts = {"url": f"https://example.org{path}", "title": "The Quay Courier", "day": day}
    assert linked(*(article(f"{n}", made_up(n), **facts) for n in range(4))) == {}


@pytest.mark.parametrize("day", [None, 0])
def test_a_home_page_has_no_versions(day):
    facts = {"url": "https://example.org/", "title": "The Quay Courier", "day": day}
    assert linked(*(article(f"{n}", made_up(1, 40) + made_up(n, 60), **facts) for n in (2, 3))) == {}


def test_a_daily_column_at_one_address_has_no_versions():
    facts = {"url": "https://example.org/briefing", "title": "Morning Briefing"}
    rows = [article(f"{n}", made_up(n), day=n if n > 2 else None, **facts) for n in range(6)]
    assert linked(*rows) == {}


def test_a_third_version_under_one_headline_is_one_if_its_text_says_so():
    text, facts = made_up(1), {"url": "https://example.org/a", "title": "Quay opens", "day": 0}
    rows = [article("a", text, **facts), article("b", text + made_up(2), **facts), article("c", made_up(3), **facts)]
    assert linked(*rows) == {"b": (None, "a")}


def test_a_line_of_a_file_of_records_is_no_identity():
    rows = [
        article("old", made_up(1), file="news.jsonl#1", former=True),
        article("new", made_up(1) + " More.", file="news.jsonl#1", version=2),
    ]
    assert linked(*rows) == {}


def history(*texts, **facts):
    return [
        article(f"{n}", text, file="a.txt", version=n, former=n < len(texts), **facts)
        for n, text in enumerate(texts, 1)
    ]


def test_a_changed_file_supersedes_what_it_held_before():
    text = made_up(1)
    links, standing = relations(*history(text, text + made_up(2, 40), text + made_up(3, 80)))
    assert links == {"2": (None, "1"), "3": (None, "2")}
    assert standing == {"1", "2", "3"}


def test_the_order_of_a_files_contents_is_that_of_their_arrival_whatever_day_they_print():
    text = made_up(1)
    first, second = history(text, text + made_up(2, 40))
    first["published"] = first["published_latest"] = DAY
    second["published"] = second["published_latest"] = DAY - timedelta(days=9)
    assert linked(first, second) == {"2": (None, "1")}


def test_a_file_that_is_overwritten_with_other_news_has_no_versions_and_its_former_contents_are_gone():
    links, standing = relations(*history(made_up(1), made_up(2), made_up(3)))
    assert (links, standing) == ({}, {"3"})


def test_a_file_that_is_overwritten_under_one_headline_without_a_day_has_no_versions():
    links, standing = relations(*history(made_up(1), made_up(2), title="Weather"))
    assert (links, standing) == ({}, {"2"})


def test_a_former_content_that_nothing_current_supersedes_is_gone():
    text, url = made_up(1), "https://example.org/a"
    rows = [
        article("record", text, day=0, url=url),
        article("was", text + " More.", file="a.txt", day=1, url=url, former=True),
        article("is", made_up(2), file="a.txt", version=2, day=2),
    ]
    links, standing = relations(*rows)
    assert (links, standing) == ({}, {"record", "is"})


def test_two_files_of_one_name_have_no_history():
    text = made_up(1)
    rows = [*history(text, text + made_up(2, 40)), article("twin", made_up(3), file="a.txt", version=2)]
    assert relations(*rows) == ({}, {"2", "twin"})


def test_address_and_file_together_make_no_fork():
    text, url = made_up(1), "https://example.org/a"
    rows = [*history(text, text + made_up(2, 40), day=0, url=url), article("r", text + made_up(3, 40), day=0, url=url)]
    links, _ = relations(*rows)
    olders = [older for _, older in links.values()]
    assert len(olders) == len(set(olders)) == 2


def test_versions_are_no_duplicates_of_each_other_but_repeat_what_came_earlier_elsewhere():
    text, url = made_up(1), "https://example.org/a"
    rows = [
        article("first", text, day=0),
        article("v1", text + " One.", day=1, url=url),
        article("v2", text + " One. Two.", day=2, url=url),
    ]
    assert linked(*rows) == {"v1": ("first", None), "v2": ("first", "v1")}


def test_a_copy_of_two_versions_points_to_the_older():
    text, url = made_up(1), "https://example.org/a"
    rows = [
        article("v1", text, day=0, url=url),
        article("v2", text + " Two.", day=1, url=url),
        article("copy", text + " Three.", day=2),
    ]
    assert linked(*rows) == {"v2": (None, "v1"), "copy": ("v1", None)}


def test_texts_of_a_word_or_two_are_compared_too():
    rows = [article("a", "One word"), article("b", "Other"), article("c", "one word!")]
    assert linked(*rows) == {"c": ("a", None)}


# ---------------------------------------------------------------- stars

PAIRS = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda p: p[0] > p[1]), max_size=40)


@given(PAIRS, st.permutations(range(1, 13)), st.lists(st.integers(0, 3), min_size=12, max_size=12))
@settings(max_examples=300, deadline=None)
def test_whatever_is_left_out_leads_to_what_counts(pairs, aged, places):
    """Versions (`aged`, oldest first, of four places) in any order against days of publication."""
    chains = [[rank for rank, place in zip(aged, places, strict=True) if place == which] for which in (1, 2, 3)]
    updates = [(newer, older) for chain in chains for older, newer in itertools.pairwise(chain)]
    firsts = point_to_firsts(((later, earlier, False) for later, earlier in sorted(pairs)), updates)
    newer_than = {older: newer for newer, older in updates}
    for later, first in firsts.items():
        assert (later, first) in pairs
        assert first not in firsts
    for rank in range(1, 13):
        seen = set()
        while rank in newer_than or rank in firsts:
            assert rank not in seen
            seen.add(rank)
            rank = newer_than.get(rank) or firsts[rank]


def test_a_whole_copy_of_a_duplicate_points_to_what_that_repeats():
    assert point_to_firsts([(2, 1, False), (3, 2, True)], []) == {2: 1, 3: 1}


# ---------------------------------------------------------------- what a release promises

RULES = {
    rule.name: rule.kwargs["sql"] for rule in load_expectations() if rule.table == "articles" and "sql" in rule.kwargs
}


def articles_table(*rows):
    """A connection with `articles`: article_id, day, duplicate_of, supersedes."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE articles (article_id VARCHAR, published_latest DATE, source_file VARCHAR, duplicate_of VARCHAR, "
        "supersedes VARCHAR)"
    )
    for name, day, duplicate_of, supersedes in rows:
        published = None if day is None else DAY + timedelta(days=day)
        connection.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?)", [name, published, name, duplicate_of, supersedes]
        )
    return connection


@pytest.mark.parametrize(
    "rows, broken",
    [
        ([("a", 0, None, None), ("b", 1, "a", None), ("c", 1, "a", "b"), ("d", 2, None, "c")], set()),
        ([("a", 0, "a", None)], {"article_duplicate_points_to_first", "article_leads_to_one_that_counts"}),
        ([("a", 0, None, None), ("b", 1, "a", None), ("c", 2, "b", None)], {"article_duplicate_points_to_first"}),
        ([("a", 1, None, None), ("b", 0, "a", None)], {"article_duplicate_points_to_first"}),
        ([("a", None, None, None), ("b", 0, "a", None)], {"article_duplicate_points_to_first"}),
        ([("b", 0, None, None), ("a", 0, "b", None)], {"article_duplicate_points_to_first"}),
        ([("a", 0, None, "a")], {"article_versions_form_a_chain", "article_leads_to_one_that_counts"}),
        ([("a", 0, None, None), ("b", 1, None, "a"), ("c", 1, None, "a")], {"article_versions_form_a_chain"}),
        (
            [("a", 0, None, "c"), ("b", 1, None, "a"), ("c", 1, None, "b")],
            {"article_versions_form_a_chain", "article_leads_to_one_that_counts"},
        ),
        (
            [("a", 0, None, None), ("b", 1, None, "a"), ("c", 2, "a", "b")],
            {"article_versions_are_no_duplicates", "article_leads_to_one_that_counts"},
        ),
        (
            [("a", 0, None, None), ("b", 0, None, None), ("c", 1, "b", "a"), ("d", 1, "a", "b")],
            {"article_leads_to_one_that_counts"},
        ),
    ],
)
def test_a_rule_catches_what_it_is_for(rows, broken):
    names = [name for name in RULES if name.startswith(("article_duplicate", "article_versions", "article_leads"))]
    assert len(names) == 4
    with articles_table(*rows) as connection:
        assert {name for name in names if connection.execute(RULES[name]).fetchall()} == broken


def test_current_articles_are_the_newest_versions_without_copies():
    rows = [("a", 0, None, None), ("b", 1, None, "a"), ("copy", 2, "a", None), ("other", 2, None, None)]
    (view,) = [view for view in load_views() if view.name == "current_articles"]
    with articles_table(*rows) as connection:
        for statement in view.to_statements():
            connection.execute(statement)
        assert set(connection.execute("SELECT article_id FROM current_articles").fetchall()) == {("b",), ("other",)}
        comment = connection.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'current_articles'")
        assert comment.fetchone() == (view.comment,)


@pytest.mark.parametrize(
    "name, content, complaint",
    [
        ("articles.sql", "-- Articles.\nSELECT 1", "there is a table"),
        ("seen.sql", "SELECT 1", "comment lines"),
        ("seen.sql", "-- Nothing.\n", "a SELECT"),
        ("seen.sql", "-- Nothing.\nMACRO (since := NULL)\n", "a SELECT"),
    ],
)
def test_a_view_that_is_declared_wrongly_is_named(tmp_path, name, content, complaint):
    (tmp_path / name).write_text(content)
    with pytest.raises(SchemaError, match=f"{name}.*{complaint}"):
        load_views(tmp_path)


@pytest.mark.parametrize("opened_by", ["onrecord sql", "load.sql"])
def test_a_release_offers_the_views(release, opened_by):
    with open_release(release) if opened_by == "onrecord sql" else duckdb.connect() as connection:
        if opened_by == "load.sql":
            connection.execute("SET VARIABLE onrecord_dir = ?", [str(release)])
            connection.execute((release / "load.sql").read_text())
        for table in ("articles", "quotes", "proposals"):
            names = (f"current_{table}", table)
            counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in names]
            assert counts[0] == counts[1] != (0,)  # no seed repeats another
        commented = connection.execute(
            "SELECT view_name, comment FROM duckdb_views() UNION SELECT function_name, comment FROM duckdb_functions()"
        )
        assert {(view.name, view.comment) for view in load_views()} <= set(commented.fetchall())
