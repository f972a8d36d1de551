"""Facts from beside the text are cleaned, and the text decides what they leave open."""

from datetime import date

import pytest

from onrecord.document import Given, Seed
from onrecord.parse import parse
from onrecord.parse.given import clean_authors

TEXT = "The ferry to the outer islands did not sail on Monday either, the company said, and blamed the wind."


def document(text, repairs=(), **given):
    seed = Seed(source_file="a.txt", source_sha256="0" * 64, text=text, repairs=repairs, given=Given(**given))
    doc, refused = parse(seed)
    assert doc is not None, refused
    return doc


OCTOBER_OR_JULY = (date(2017, 7, 10), date(2017, 10, 7))
MAY = (date(2019, 5, 1), date(2019, 5, 31))


@pytest.mark.parametrize(
    "bounds, line, published",
    [
        (OCTOBER_OR_JULY, "", ("given", None, "2017-07-10/2017-10-07")),
        (OCTOBER_OR_JULY, "July 10, 2017", ("stated", date(2017, 7, 10), "2017-07-10")),
        (OCTOBER_OR_JULY, "August 10, 2017", ("given", None, "2017-07-10/2017-10-07")),
        (MAY, "", ("given", None, "2019-05")),
        (MAY, "May 4, 2019", ("stated", date(2019, 5, 4), "2019-05-04")),
        (MAY, "June 4, 2019", ("given", None, "2019-05")),
        ((date(2019, 1, 1), date(2019, 12, 31)), "", ("given", None, "2019")),
    ],
)
def test_a_date_given_without_its_day_is_decided_by_the_text_or_stays_open(bounds, line, published):
    doc = document(f"Ferry cancelled for a third day\n\nBy Jo Field\n{line}\n\n{TEXT}", published_bounds=bounds)
    assert (doc.published.basis, doc.published.day, doc.published.edtf) == published


@pytest.mark.parametrize(
    "url, line, published",
    [
        ("https://quay.example/2018/09/27/ferry", "", ("given", "2018-09-27", "/2018/09/27")),
        ("https://quay.example/news/2018/sep/27/ferry", "", ("given", "2018-09-27", "/2018/sep/27")),
        ("https://quay.example/news/2018-09-27-ferry", "", ("given", "2018-09-27", "/2018-09-27")),
        ("https://quay.example/2018/09/ferry", "", ("given", "2018-09", "/2018/09/")),
        ("https://quay.example/2018/09/ferry", "September 4, 2018", ("stated", "2018-09-04", "September 4, 2018")),
        ("https://quay.example/2018/10/07/ferry", "10/07/2018", ("given", "2018-10-07", "/2018/10/07")),
        ("https://quay.example/2018/10/07/ferry", "September 4, 2018", ("stated", "2018-09-04", "September 4, 2018")),
        ("https://quay.example/2018/31/77/ferry", "", ("unknown", None, None)),
        ("https://quay.example/ferry-2018", "", ("unknown", None, None)),
    ],
)
def test_an_address_dates_the_article_where_its_text_prints_no_date(url, line, published):
    found = document(f"Ferry cancelled for a third day\n\nBy Jo Field\n{line}\n\n{TEXT}", url=url).published
    assert (found.basis, found.edtf, found.evidence) == published


@pytest.mark.parametrize("locale, day", [("en-GB", date(2017, 7, 10)), ("en-US", date(2017, 10, 7)), (None, None)])
def test_the_locale_decides_an_ambiguous_date_in_the_text(locale, day):
    doc = document(f"Ferry cancelled for a third day\n\nPublished: 10/07/2017\n\n{TEXT}", locale=locale)
    assert (doc.published.basis, doc.published.day) == ("stated", day)


@pytest.mark.parametrize(
    "names, authors",
    [
        (["By Anna Holm and Jo Field"], ("Anna Holm", "Jo Field")),
        (["ANNA HOLM", "Anna Holm", "Opinion by Anna Holm", "Video Anna Holm"], ("Anna Holm",)),
        (["Holm, Anna"], ("Anna Holm",)),
        (["Reuters", "Associated Press", "Harbour Courier"], ()),
        (["Reuters Staff", "The Editorial Board", "admin", "World Desk"], ()),
        (["Anna Holm, Staff Writer", "Congressional Producer"], ("Anna Holm",)),
        (["Billy House", "bell hooks", "Colette"], ("Billy House", "bell hooks", "Colette")),
        (["jo@courier.example", "https://courier.example/jo", "@jofield", "Jo 7"], ()),
    ],
)
def test_given_authors_are_persons(names, authors):
    assert clean_authors(names, "Harbour Courier") == authors


def test_the_byline_of_a_given_author_is_no_body_whatever_the_name():
    doc = document(f"Ferry cancelled for a third day\n\nBy Billy House\n\n{TEXT}", authors=("Billy House",))
    assert (doc.authors, doc.text) == (("Billy House",), TEXT)


@pytest.mark.parametrize(
    "text, repairs",
    [
        (TEXT, ()),
        (f"{TEXT} The companyâ€™s cafÃ© was closed.", ("mojibake",)),
        (f"{TEXT} The caf&eacute; &amp; bar was closed.", ("escapes",)),
        (f"{TEXT} The caf&eacute;â€™s bar was closed.", ("escapes", "mojibake")),
        (f"{TEXT} “It’s naïve,” he said — …", ()),
    ],
)
def test_what_was_mended_is_recorded(text, repairs):
    assert document(text, title="Ferry").repairs == repairs
    assert document(text, title="Ferry", repairs=("encoding",)).repairs == ("encoding", *repairs)
