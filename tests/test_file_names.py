"""What the name of a file says of its article, and headlines over two lines below the name of a desk."""

from datetime import date

import pytest

from onrecord.document import Seed
from onrecord.parse import parse

BODY = (
    "The two ministers left the hall after seven hours without a word to those who had waited on the stairs.\n\n"
    "“We will open the quay by the summer,” the harbour minister, Anna Berg, told them from her car.\n\n"
    "Her colleague called that a threat, and asked the council to take the matter to the court.\n"
)
TITLE = "Quay talks stall as ministers trade blame"


def document(name, text, **given):
    doc, refused = parse(Seed(source_file=f"news/{name}", source_sha256="0" * 64, text=text, **given))
    assert doc is not None, refused
    return doc


@pytest.mark.parametrize(
    "name, expected",
    [
        ("2018-09-27_Harbour Courier_Quay talks stall.txt", (date(2018, 9, 27), "Harbour Courier", "Quay talks stall")),
        ("harbour-courier_20180927_quay-talks-stall.txt", (date(2018, 9, 27), "Harbour Courier", None)),
        ("Quay talks stall - BBC News - 2018.09.27.docx", (date(2018, 9, 27), "BBC News", "Quay talks stall")),
        ("2018-09-27.txt", (None, None, None)),
        ("2018-09-27_2018-10-01_Quay talks stall.txt", (None, None, "Quay talks stall")),
        ("000_de42334520393606.txt", (None, None, None)),
        ("Anna Berg.txt", (None, None, None)),
        ("2018-02-31_quay-talks-stall.txt", (None, None, None)),
        ("export.txt#3", (None, None, None)),
    ],
)
def test_the_name_of_a_file_tells_day_outlet_and_headline(name, expected):
    doc = document(name, BODY)
    assert (doc.published.day, doc.outlet, doc.title) == expected


def test_what_the_text_says_wins_over_the_name_of_its_file():
    text = f"{TITLE}\n\nBy Jo Field, Reuters\n\nMarch 5, 2017\n\n{BODY}"
    doc = document("2018-09-27_Harbour Courier_An evening on the quay.txt", text)
    assert (doc.published.day, doc.outlet, doc.title) == (date(2017, 3, 5), "Reuters", TITLE)


def test_words_with_hyphens_find_the_headline_and_are_none():
    text = f"“Not by May,” says Berg, and leaves.\n\n{BODY}"
    doc = document("2018-09-27_not-by-may-says-berg-and-leaves.txt", text)
    assert doc.title == "“Not by May,” says Berg, and leaves."
    assert doc.text.startswith("The two ministers")


@pytest.mark.parametrize("desk", ["Foreign Desk", "METRO DESK", "Arts & Ideas/Cultural Desk"])
@pytest.mark.parametrize(
    "headline",
    [
        "Quay talks stall as ministers\ntrade blame",
        "QUAY TALKS STALL AS\nMINISTERS TRADE BLAME",
        "Quay Talks Stall as Ministers of the\nTwo Countries Trade Blame",
    ],
)
def test_a_headline_over_two_lines_is_one_below_the_name_of_a_desk(desk, headline):
    doc = document("a.txt", f"{desk}\n{headline}\nBy JO FIELD\n\n{BODY}")
    assert (doc.title, doc.authors, doc.section) == (headline.replace("\n", " "), ("Jo Field",), desk)
    assert doc.text.startswith("The two ministers")


def test_a_summary_below_a_headline_is_no_part_of_it():
    summary = "Seven hours without a word on who may land herring"
    doc = document("a.txt", f"{TITLE}\n{summary}\nBy Jo Field\n\n{BODY}")
    assert doc.title == TITLE
    assert doc.text.startswith(summary)
