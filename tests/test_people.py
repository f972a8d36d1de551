"""Authors as records, tables and pages write them: one by one, in the order of speech, and nobody who is none."""

import json

import pytest

from onrecord.document import Seed
from onrecord.parse import parse
from onrecord.read import read_seeds

WORDS = "The ferry board voted on Monday to keep the old landing. “It is paid for,” said Vera Holt, who chairs it."


def authors(tmp_path, record):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": WORDS, "title": "Board keeps landing"} | record))
    (seed,) = read_seeds(tmp_path)  # nothing is refused
    document, _ = parse(seed)
    return list(document.authors)


@pytest.mark.parametrize(
    "value, names",
    [
        ("Vera Holt, Nils Berg, and Mia Stone", ["Vera Holt", "Nils Berg", "Mia Stone"]),
        ("Vera Holt, Nils Berg & Mia Stone", ["Vera Holt", "Nils Berg", "Mia Stone"]),
        ("Vera Holt; and Nils Berg", ["Vera Holt", "Nils Berg"]),
        ("Holt, Vera; Berg, Nils", ["Vera Holt", "Nils Berg"]),
        ("Holt, Vera M.", ["Vera M. Holt"]),
        ("['Vera Holt', 'Nils Berg']", ["Vera Holt", "Nils Berg"]),
        ('["Vera Holt"]', ["Vera Holt"]),
        ("('Vera Holt',)", ["Vera Holt"]),
        ("[Vera Holt", ["[Vera Holt"]),
        ("Posted by Vera Holt", ["Vera Holt"]),
        ("Words by Vera Holt", ["Vera Holt"]),
        ("ByVera Holt", ["Vera Holt"]),
        ("Byron Holt", ["Byron Holt"]),
        ("Vera Holt in Bergen", ["Vera Holt"]),
        (["Vera Holt", "Photo: Nils Berg", "(Image: Getty Images)"], ["Vera Holt"]),
        ("nan", []),
        ("None", []),
        (float("nan"), []),
        (17, []),
        ([3, 4], []),
        ({"original": "By Vera Holt and Nils Berg"}, ["Vera Holt", "Nils Berg"]),
    ],
    ids=str,
)
def test_the_authors_of_a_record_are_read_one_by_one(tmp_path, value, names):
    assert authors(tmp_path, {"author": value}) == names


def test_the_domain_of_a_record_is_its_outlet_without_www(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": WORDS, "domain": "www.fjord-post.example"}))
    (seed,) = read_seeds(tmp_path)
    assert seed.given.outlet == "fjord-post.example"


@pytest.mark.parametrize("line", ["By Vera Holt, Nils Berg, and Mia Stone", "By Vera Holt, Nils Berg and Mia Stone"])
def test_a_printed_byline_keeps_the_last_of_a_list(tmp_path, line):
    (tmp_path / "a.txt").write_text(f"Board keeps the old landing\n\n{line}\n\nMay 3, 2021\n\n{WORDS}\n")
    (seed,) = read_seeds(tmp_path)
    assert parse(seed)[0].authors == ("Vera Holt", "Nils Berg", "Mia Stone")


@pytest.mark.parametrize(
    "metas, names",
    [
        ({"article:author_name": "Vera Holt, Nils Berg", "author": "Vera Holt"}, ("Vera Holt", "Nils Berg")),
        ({"author": "Vera Holt", "byl": "By Vera Holt, Mia Ek, and Nils Berg"}, ("Vera Holt", "Mia Ek", "Nils Berg")),
        ({"author": "Vera Holt", "dc.creator": "Site Admin"}, ("Vera Holt",)),
        ({"author": "Vera Holt", "dc.creator": "Nils Berg"}, ("Vera Holt",)),
        ({"author": "(Picture: Alamy)", "dc.creator": "Nils Berg"}, ("Nils Berg",)),
    ],
)  # fmt: skip
def test_of_two_lists_of_authors_the_one_that_holds_the_other_counts(tmp_path, metas, names):
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in metas.items())
    body = f"<h1>Board keeps the old landing</h1><p>{WORDS}</p><p>{WORDS.replace('Monday', 'Tuesday')}</p>"
    page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    (tmp_path / "a.html").write_text(page)
    (seed,) = read_seeds(tmp_path)
    assert parse(seed)[0].authors == names


@pytest.mark.parametrize(
    "work",
    [
        "<cite>The Long Quay, by <a rel='author'>Ada Oak</a></cite>",
        "<ol class='references'><li><span class='author'>Ada Oak</span>, The Long Quay</li></ol>",
        "<div itemprop='itemReviewed' itemscope><span itemprop='author'>Ada Oak</span>: The Long Quay</div>",
    ],
)
def test_the_author_of_a_work_that_a_page_cites_is_not_its_own(work):
    page = f"<html><body><article><h1>The quay that never was</h1>{work}<p>{WORDS}</p></article></body></html>"
    doc, _ = parse(Seed(source_file="a.html", source_sha256="0" * 64, text=page, form="html"))
    assert doc.authors == ()


def test_a_byline_that_a_site_marks_up_as_a_citation_is_one():
    byline = "<cite class='byline'>By <a rel='author'>Ada Oak</a></cite>"
    page = f"<html><body><article><h1>The quay that never was</h1>{byline}<p>{WORDS}</p></article></body></html>"
    doc, _ = parse(Seed(source_file="a.html", source_sha256="0" * 64, text=page, form="html"))
    assert doc.authors == ("Ada Oak",)


def test_the_author_of_a_book_is_not_that_of_its_review():
    book = "THE LONG QUAY\nBy Ada Oak\nHarbour Press. 320 pages. $27"
    text = f"The quay that never was\n\n{book}\n\nBy Jo Field\n\n{WORDS}\n"
    doc, _ = parse(Seed(source_file="a.txt", source_sha256="0" * 64, text=text))
    assert doc.authors == ("Jo Field",)
