"""When an article appeared, if it prints no date of its own."""

import pathlib
from datetime import date, timedelta

import pytest

from onrecord.document import Publication, Seed
from onrecord.parse import parse
from onrecord.parse.publication import infer_publication

ROOT = pathlib.Path(__file__).resolve().parents[1]

POST = "It is over! — A. Person (@person) July 14, 2019"


def test_a_caption_of_the_only_day_named_with_its_morning_gives_the_day():
    caption = "The ministers at a meeting. September 27, 2018. UN Photo/A. Person"
    text = "Divisions were on display at the council on Thursday morning."
    published = infer_publication(text, (caption,), "UNITED NATIONS")
    assert (published.basis, published.day, published.edtf) == ("inferred", date(2018, 9, 27), "2018-09-27")
    assert published.evidence == "September 27, 2018; Thursday morning"


def test_a_caption_of_a_day_that_the_text_names_bounds_publication_to_that_week():
    caption = "The ministers at a meeting. September 27, 2018. UN Photo/A. Person"
    text = "The council met on Thursday. A day before, on Wednesday, it had not."
    published = infer_publication(text, (caption,), None)
    assert (published.day, published.earliest, published.latest) == (None, date(2018, 9, 27), date(2018, 10, 3))


def test_a_night_does_not_give_the_day():
    caption = "The ministers at a meeting. September 27, 2018. UN Photo/A. Person"
    published = infer_publication("They met on Thursday night.", (caption,), None)
    assert published.day is None


@pytest.mark.parametrize(
    "caption", ["FILE PHOTO: The palace, May 2, 2017. REUTERS/A. Person", "The palace, May 2, 2017."]
)
def test_an_archive_picture_or_one_of_unknown_age_is_a_lower_bound_only(caption):
    published = infer_publication("They met.", (caption,), None)
    assert (published.day, published.earliest, published.latest) == (None, date(2017, 5, 2), None)


def test_a_post_set_into_the_text_bounds_publication_to_the_month_after_it():
    published = infer_publication(f"He wrote:\n\n{POST}\n\nThey answered.", (), None)
    assert (published.earliest, published.latest) == (date(2019, 7, 14), date(2019, 7, 14) + timedelta(days=30))
    assert published.evidence == "July 14, 2019"


def test_a_day_in_the_dateline_is_that_of_publication_or_the_day_before():
    published = infer_publication("New Delhi, June 23, 2020 — They met.", (), "New Delhi")
    assert (published.day, published.earliest, published.latest) == (None, date(2020, 6, 23), date(2020, 6, 24))


def test_a_past_event_is_a_lower_bound():
    published = infer_publication("A thaw began in early 2018. They met in June last year.", (), None)
    assert (published.basis, published.earliest, published.latest) == ("inferred", date(2018, 1, 1), None)


def test_a_weekday_with_its_date_finds_its_year_after_the_last_dated_event():
    text = "He took office in January 2017. On Friday, March 30, he resigned."
    published = infer_publication(text, (), None)
    assert (published.earliest, published.latest) == (date(2018, 3, 30), date(2018, 4, 29))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They met on Monday.",
        "The meeting of Sept 27 was yesterday.",
        "The treaty will expire in 2026.",
        "The armistice ended the 1950-53 war.",
        "He may run in 2020, they said.",
    ],
)
def test_without_a_dated_past_event_the_date_is_unknown(text):
    assert infer_publication(text, (), None) == Publication()


def test_a_caption_without_a_year_fixes_nothing():
    caption = "The minister thanks the members after a meeting on Sept 27 in New York. Photo: AFP / A. Person"
    assert infer_publication("They disagreed yesterday.", (caption,), None) == Publication()


@pytest.mark.parametrize(
    ("seed", "basis", "day"),
    [
        ("000_de42334520393606", "inferred", date(2018, 9, 27)),
        ("001_b9c68dfbacdd035b", "unknown", None),
        ("002_d5b45bd9ed4e798f", "inferred", None),
        ("003_67c4a22538234d4e", "unknown", None),
        ("004_d29c8dab6a267b3e", "unknown", None),
    ],
)
def test_a_seed_has_a_day_only_if_its_text_fixes_it(seed, basis, day):
    text = (ROOT / "seeds" / f"{seed}.txt").read_text(encoding="utf-8")
    doc, _ = parse(Seed(source_file=f"seeds/{seed}.txt", source_sha256="0" * 64, text=text))
    assert doc is not None
    assert (doc.published.basis, doc.published.day) == (basis, day)
