"""Facts that a text prints above its body: headline, authors, dates, place."""

from datetime import date

import pytest

from onrecord.document import Document, Reason, Seed
from onrecord.parse import parse
from onrecord.parse.head.bylines import read_author_note
from onrecord.parse.head.dateline import read_dateline

BODY = (
    "The harbour board said on Monday that the old quay will be closed for two years from May.\n\n"
    "Its members voted for the plan after a long debate, and the town will pay for half of it."
)


def document(head: str) -> Document:
    doc, _ = parse(Seed(source_file="seeds/x.txt", source_sha256="0" * 64, text=f"{head}\n\n{BODY}"))
    assert doc is not None
    return doc


@pytest.mark.parametrize(
    "line",
    [
        "(Ann Holm)",
        "Ann Holm / The Courier",
        "From the Left",
        "This is a rush transcript. Words may change.",
        "Read: The long way to the quay",
        "“The sea gives and takes.” —Ann Holm",
        "The quay is ours. — Ann Holm (@annholm) October 11, 2016",
        "Harbour Blog Archives Select Date… May, 2014 June, 2014",
        "Ann Holm asked the board, “They had a plan to show but, out of respect for the town, they did not show it?”",
        "Is the old quay on the brink of breaking into the water for good, as the board now seems to fear?",
        "Ann Holm and Bo Lind",
        "Ann Holm is a writer based in Washington D.C.",
    ],
)
def test_a_label_a_name_or_a_sentence_is_no_headline(line):
    assert document(line).title is None


@pytest.mark.parametrize(
    "title",
    ["Is the old quay safe?", "The quay is open. Now comes the hard part.", "Ann Holm: ‘We will close the quay’"],
)
def test_a_question_two_short_sentences_or_a_name_with_words_can_be_a_headline(title):
    assert document(title).title == title


@pytest.mark.parametrize("below", ["USA TODAY", "Opinion contributor", "Special for USA TODAY"])
def test_a_name_above_an_outlet_or_a_role_is_the_byline(below):
    doc = document(f"Ann Holm\n\n{below}")
    assert (doc.title, doc.authors) == (None, ("Ann Holm",))


def test_a_photographers_credit_is_no_byline():
    assert document("The quay will close\n\nAnn Holm / AP").authors == ()


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Editor’s note: Ann Holm, a professor of law at Springfield, writes on harbours.", "Ann Holm"),
        ("Editor's note: Ann Holm is director of the Harbour Institute.", "Ann Holm"),
        ("Ann Holm is a senior staff writer for The Courier.", "Ann Holm"),
        ("Ann Holm, the editor-in-chief of the Courier, said on Monday that she was glad.", None),
        ("Ann Holm is the mayor of Springfield.", None),
        ("Moon Harbour is a town by the sea.", None),
    ],
)
def test_a_note_above_the_body_introduces_the_author(line, author):
    assert read_author_note(line) == author


def test_the_author_of_a_note_is_the_articles():
    assert document("The quay will close\n\nEditor's note: Ann Holm is a columnist for The Courier.").authors == (
        "Ann Holm",
    )


def test_a_day_that_is_only_that_of_an_update_says_so():
    published = document("The quay will close\n\nBy Ann Holm\n\nUpdated June 17, 2020").published
    assert (published.day, published.evidence) == (date(2020, 6, 17), "June 17, 2020; updated")


@pytest.mark.parametrize(
    "lines", ["Updated June 17, 2020\n\nPublished June 15, 2020", "June 15, 2020\n\nUpdated June 17, 2020"]
)
def test_the_original_day_wins_over_an_update(lines):
    published = document(f"The quay will close\n\nBy Ann Holm\n\n{lines}").published
    assert (published.day, published.evidence) == (date(2020, 6, 15), "June 15, 2020")


@pytest.mark.parametrize(
    ("line", "bounds"),
    [
        ("10/07/2017", (date(2017, 7, 10), date(2017, 10, 7))),
        ("Saturday 10/07/2017", (date(2017, 10, 7), date(2017, 10, 7))),
        ("Monday 10/07/2017", (date(2017, 7, 10), date(2017, 7, 10))),
        ("23/07/2017", (date(2017, 7, 23), date(2017, 7, 23))),
    ],
)
def test_a_date_in_numbers_is_decided_by_its_weekday_or_left_as_bounds(line, bounds):
    published = document(f"The quay will close\n\nBy Ann Holm\n\n{line}").published
    assert (published.earliest, published.latest) == bounds


@pytest.mark.parametrize(
    ("other", "day"),
    [
        ("Photo: A. Person, 23/09/2017", date(2017, 7, 10)),
        ("Photo: A. Person, 09/23/2017", date(2017, 10, 7)),
        ("Photo: A. Person, 09/08/2017", None),
        ("Photo: A. Person, 23/09/2017 and 09/23/2017", None),
    ],
)
def test_a_date_in_numbers_is_read_in_the_order_of_the_pages_others(other, day):
    assert document(f"The quay will close\n\nBy Ann Holm\n\n10/07/2017\n\n{other}").published.day == day


@pytest.mark.parametrize("line", ["© 2019 The Courier", "Copyright 2019 The Courier. All rights reserved."])
def test_a_copyright_year_is_no_publication_date(line):
    doc, _ = parse(
        Seed(source_file="seeds/x.txt", source_sha256="0" * 64, text=f"The quay will close\n\n{BODY}\n\n{line}")
    )
    assert doc is not None
    assert doc.published.basis == "unknown"


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("SPRINGFIELD (Reuters) - The board met.", "SPRINGFIELD", "Reuters"),
        ("PARIS, Nov. 3 (AFP) — The board met.", "PARIS", "AFP"),
        ("PORTLAND, Maine (AP) — The board met.", "PORTLAND, Maine", "Associated Press"),
        ("LONDON | The board met.", "LONDON", None),
        ("Springfield — The board met.", None, None),
        ("LITTLE ROCK, Arkansas—The board met.", "LITTLE ROCK, Arkansas", None),
        ("ABU DHABI, United Arab Emirates — The board met.", "ABU DHABI, United Arab Emirates", None),
        ("BECKLEY, W.Va. — The board met.", "BECKLEY, W.Va.", None),
        ("CHARLOTTESVILLE, Va./WASHINGTON (Reuters) - He spoke.", "CHARLOTTESVILLE, Va./WASHINGTON", "Reuters"),
        ("NPR - The board met.", None, None),
        ("OPINION | The board met.", None, None),
        ("COVID-19 may be a threat.", None, None),
    ],
)
def test_the_place_line(line, place, agency):
    found = read_dateline(line)
    assert (found.place if found else None, found.agency if found else None) == (place, agency)


FRENCH = "Le conseil du port a annoncé lundi que le vieux quai sera fermé pendant deux ans à partir du mois de mai. "
GERMAN = "Der Hafenrat teilte am Montag mit, dass der alte Kai ab Mai für zwei Jahre geschlossen wird. "
SPANISH = "La junta del puerto dijo el lunes que el viejo muelle estará cerrado durante dos años desde mayo. "
DUTCH = "De havenraad zei maandag dat de oude kade vanaf mei twee jaar lang gesloten zal zijn voor alle schepen. "
NAMES = "Vojtěch Dvořáček and Łukasz Wiśniewski met Jean-François Lefèvre and María Núñez in Düsseldorf. "


@pytest.mark.parametrize("body", [FRENCH, GERMAN, SPANISH, DUTCH])
def test_a_body_in_another_language_under_an_english_headline_is_refused(body):
    text = f"The quay will close\n\nBy Ann Holm\n\n{body * 4}"
    doc, rejected = parse(Seed(source_file="seeds/x.txt", source_sha256="0" * 64, text=text))
    assert (doc, [each.reason for each in rejected]) == (None, [Reason.NOT_ENGLISH])


def test_english_with_many_foreign_names_is_kept():
    assert document(f"The quay will close\n\n{NAMES * 3}").language == "en"
