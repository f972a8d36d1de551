"""Of records with one raw text the newest of an address is the article, and what the others said is told."""

import json

import pytest

from onrecord.storage.layout import Layout
from test_batches import BODY, arrive, rejected

URL = "https://courier.example/quay"
WRONG = {"url": URL, "text": BODY, "title": "Quay talks stal", "published": "2019-04-05", "authors": ["Jo Feild"]}
RIGHT = {"url": URL, "text": BODY, "title": "Quay talks stall", "published": "2019-05-04", "authors": ["Jo Field"]}


def feed(tmp_path, **files):
    """The folder `feed` with these lists of records, each a file of records on lines; '-' is written '_'."""
    folder = tmp_path / "feed"
    folder.mkdir(exist_ok=True)
    for name, records in files.items():
        path = folder / f"{name.replace('_', '-')}.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return folder


def built(tmp_path, **files):
    """The row of the only article that the files give, and the rejections."""
    layout = Layout(tmp_path / "datasets")
    (row,) = arrive(layout, feed(tmp_path, **files))
    return row, rejected(layout)


NEWER = {"modified": "2019-05-06T08:00:00Z"}
OLDER = {"date_download": "2019-05-05 09:30:00"}


@pytest.mark.parametrize(
    "files",
    [
        {"a": [WRONG, RIGHT]},
        {"a": [WRONG], "b": [RIGHT]},
        {"part_9": [WRONG], "part_10": [RIGHT]},
        {"a": [RIGHT | NEWER], "b": [WRONG | OLDER]},
        {"a": [WRONG], "b": [RIGHT | {"url": f"{URL}?utm_source=feed"}]},
    ],
    ids=["a later line", "a later file", "a file with a higher number", "a later change", "the address with a tag"],
)
def test_a_record_that_corrects_the_facts_of_its_address_is_the_article(tmp_path, files):
    row, _ = built(tmp_path, **files)
    assert (row["title"], str(row["published"]), row["authors"]) == ("Quay talks stall", "2019-05-04", ["Jo Field"])


def test_the_facts_that_a_correction_replaced_are_told(tmp_path):
    _, (told,) = built(tmp_path, a=[WRONG], b=[RIGHT])
    assert (told["source_file"], told["reason"]) == ("feed/a.jsonl#1", "duplicate_content")
    assert told["detail"] == (
        "same raw text as feed/b.jsonl#1, whose facts are newer; "
        "here title Quay talks stal, authors [Jo Feild], published 2019-04-05"
    )


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")], ids=["the wrong one", "the right one"])
def test_a_correction_counts_whichever_came_first(tmp_path, order):
    records = {"a": [WRONG], "b": [RIGHT]}
    built(tmp_path, **records)
    (own := tmp_path / "own").mkdir()
    for name in order:
        built(own, **{name: records[name]})
    for name in ("articles", "rejections", "quotes"):
        ours, theirs = ((root / f"datasets/build/{name}.parquet").read_bytes() for root in (own, tmp_path))
        assert ours == theirs


def test_a_record_that_is_delivered_again_unchanged_changes_nothing(tmp_path):
    row, told = built(tmp_path, day_0=[WRONG], day_1=[RIGHT], day_2=[RIGHT])
    assert row["source_file"] == "feed/day-1.jsonl#1"
    details = {refused["source_file"]: refused["detail"] for refused in told}
    assert details["feed/day-2.jsonl#1"] == "same raw text as feed/day-1.jsonl#1"


@pytest.mark.parametrize("newer, older", [("a", "b"), ("part_10", "part_9")])
def test_of_two_versions_of_one_day_the_one_changed_or_named_later_is_the_newer(tmp_path, newer, older):
    changed = RIGHT | {"text": BODY + "\n\nThis is the end of it, officials said."}
    moments = {"modified": "2019-05-04T18:00:00+02:00"}, {"modified": "2019-05-04T15:30:00Z"}
    files = {
        newer: [changed | (moments[0] if newer == "a" else {})],
        older: [RIGHT | (moments[1] if newer == "a" else {})],
    }
    rows = {row["source_file"]: row for row in arrive(Layout(tmp_path / "datasets"), feed(tmp_path, **files))}
    first, second = (rows[f"feed/{name.replace('_', '-')}.jsonl#1"] for name in (newer, older))
    assert (first["supersedes"], second["supersedes"]) == (second["article_id"], None)


def test_a_text_that_two_outlets_print_is_the_article_of_the_first_named_and_the_other_is_told(tmp_path):
    other = RIGHT | {"url": "https://gazette.example/7", "outlet": "Gazette"}
    row, (told,) = built(tmp_path, a=[RIGHT], b=[other])
    assert row["url"] == URL
    assert told["detail"] == "same raw text as feed/a.jsonl#1; here outlet Gazette, url https://gazette.example/7"


@pytest.mark.parametrize("published, told", [("2099-01-01", "2099-01-01"), ("2099", "2099-01-01/2099-12-31")])
def test_a_date_later_than_the_download_is_refused_and_the_article_is_kept(tmp_path, published, told):
    row, (refused,) = built(tmp_path, a=[RIGHT | OLDER | {"published": published}])
    assert (row["published"], row["published_latest"], refused["reason"]) == (None, None, "bad_metadata")
    assert refused["detail"] == f"published: {told}, and downloaded before, 2019-05-05 09:30:00+00:00"


@pytest.mark.parametrize("published", ["2019-05-05", "2019-05-06"])
def test_a_date_of_another_time_zone_and_one_of_a_change_that_came_before_are_kept(tmp_path, published):
    row, told = built(tmp_path, a=[RIGHT | OLDER | {"published": published, "modified": "2019-05-01"}])
    assert (str(row["published"]), told) == (published, [])
