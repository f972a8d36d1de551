"""Copy as agencies, transcripts and old systems write it: its marks are no text, its dates are dates."""

import json
from datetime import date

import pytest

from onrecord.document import Seed
from onrecord.parse import parse
from onrecord.parse.furniture.prompts import is_prompt
from onrecord.parse.furniture.wire_marks import is_wire_mark
from onrecord.read import read_seeds

TITLE = "Dike board wins its appeal"
WORDS = "The dike board won its appeal against the canal on Monday, and asked the province to pay what it had promised."
MORE = "“We shall rebuild the wall,” said Ruth Dam, who chairs the board."


def document(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    (seed,) = read_seeds(tmp_path)
    return parse(seed)[0]


@pytest.mark.parametrize("dateline", ["DELFZIJL, March 7, 2016 (AFP) -", "DELFZIJL, March 7, 2016 -"])
def test_the_date_in_a_dateline_in_capitals_is_read(tmp_path, dateline):
    doc = document(tmp_path, f"{TITLE}\n\n{dateline} {WORDS}\n\n{MORE}\n")
    assert (doc.dateline, doc.published.day) == ("DELFZIJL", date(2016, 3, 7))


def test_the_day_of_a_change_does_not_win_over_that_of_the_dateline(tmp_path):
    text = f"{TITLE}\n\nUpdated March 9, 2016\n\nDelfzijl, March 7, 2016 (AFP) - {WORDS}\n\n{MORE}\n"
    assert document(tmp_path, text).published.day == date(2016, 3, 7)


def test_the_date_and_place_of_an_agency_are_read_from_its_dateline(tmp_path):
    text = f"{TITLE}\n\nDelfzijl, March 7, 2016 (AFP) - {WORDS}\n\n{MORE}\n\nrd/kk/mb\n\n© Agence France-Presse\n"
    doc = document(tmp_path, text)
    assert (doc.dateline, doc.published.day, doc.outlet) == ("Delfzijl", date(2016, 3, 7), "AFP")
    assert doc.text.endswith(MORE)


def test_a_dateline_without_its_year_dates_nothing(tmp_path):
    doc = document(tmp_path, f"{TITLE}\n\nDelfzijl, March 7 (AFP) - {WORDS}\n\n{MORE}\n")
    assert (doc.dateline, doc.published.basis) == ("Delfzijl", "unknown")


def test_the_line_of_sources_of_an_agency_gives_day_and_outlet(tmp_path):
    text = f"{TITLE}\n\nSource: Xinhua| 2016-03-07 08:02:45|Editor: Wu Bo\n\n{WORDS}\n\n{MORE}\n"
    doc = document(tmp_path, text)
    assert (doc.outlet, doc.published.day) == ("Xinhua", date(2016, 3, 7))
    assert doc.text == f"{WORDS}\n\n{MORE}"


def test_slugs_notes_to_editors_and_stamps_are_no_headline_and_no_text(tmp_path):
    slug, note, stamp = "PM-Netherlands-Dike, 2nd Ld-Writethru,a0127,410", "Eds: ADDS quote", "AP-NY-03-07-96 0915EST"
    doc = document(tmp_path, f"{slug}\n\n{note}\n\n{TITLE}\n\nBy RUTH DAM\n\n{WORDS}\n\n{MORE}\n\n{stamp}\n")
    assert (doc.title, doc.text) == (TITLE, f"{WORDS}\n\n{MORE}")


@pytest.mark.parametrize("line", ["US-led talks", "AM radio", "Eds and their readers", "US-China talks"])
def test_what_is_no_mark_of_an_agency_stays(line):
    assert not is_wire_mark(line)


def test_a_transcript_is_of_the_day_on_which_it_aired(tmp_path):
    aired = "Aired March 7, 2016 - 09:00   ET"
    text = f"THE MORNING SHOW\n\nInterview With Ruth Dam\n\n{aired}\n\nRUTH DAM: {WORDS}\n\n{MORE}"
    doc = document(tmp_path, text)
    assert doc.published.day == date(2016, 3, 7)
    assert "Aired" not in doc.text


def test_paragraphs_of_two_lines_that_were_broken_where_they_were_full_are_joined(tmp_path):
    text = (
        f"{TITLE}\n\nBy RUTH DAM\n\nThe dike board won its appeal against the canal on Monday, and asked\n"
        "the province to pay.\n\n“We shall rebuild the wall before the next winter comes,” said Ruth\n"
        "Dam, who chairs it.\n"
    )
    assert document(tmp_path, text).text.split("\n\n") == [
        "The dike board won its appeal against the canal on Monday, and asked the province to pay.",
        "“We shall rebuild the wall before the next winter comes,” said Ruth Dam, who chairs it.",
    ]


def test_two_lines_that_had_room_stay_two(tmp_path):
    lines = ["Both lawyers had spoken for an hour in the old court house", "and the judges asked them for more"]
    text = f"{TITLE}\n\n{WORDS}\n\n" + "\n".join(lines) + f"\n\n{MORE}\n"
    assert document(tmp_path, text).text.split("\n\n")[1:3] == lines


@pytest.mark.parametrize(
    "text, found",
    [
        (f"{WORDS}\\n\\n{MORE}\\nIt took a year.", f"{WORDS}\n\n{MORE}\n\nIt took a year."),
        (f"{WORDS}\n\nThe file C:\\new is kept.", f"{WORDS}\n\nThe file C:\\new is kept."),
        (f"{WORDS} “We shall rebui… [+1204 chars]", f"{WORDS} “We shall rebui…"),
        (f"{WORDS} It has [+1204 chars] more.", f"{WORDS} It has [+1204 chars] more."),
    ],
)
def test_written_line_breaks_and_marks_of_a_cut_are_no_text(tmp_path, text, found):
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": TITLE, "text": text}))
    (seed,) = read_seeds(tmp_path)
    assert parse(seed)[0].text == found


@pytest.mark.parametrize(
    "line, expected",
    [
        ("The council said it wants the town to help: until May anyone may object, and we invite you to write to the "
         "hall, Ms Dam told farmers.", False),
        ("We want to hear what you think about the new wall.", True),
        ("Before you go: we invite you to share this story with your friends and your neighbours.", True),
    ],
)  # fmt: skip
def test_a_paragraph_that_reports_a_request_is_none(line, expected):
    assert is_prompt(line) == expected


def test_a_copy_of_a_page_in_the_web_archive_has_the_address_of_the_page(tmp_path):
    address = "https://paper.example/2016/03/07/dike"
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": WORDS, "url": f"https://web.archive.org/web/20160308120000/{address}"})
    )
    (seed,) = read_seeds(tmp_path)
    assert seed.given.url == address


def test_markdown_in_linked_data_is_read_without_its_marks(tmp_path):
    linked = WORDS.replace("the canal", "[the canal](https://x.example/c)")
    body = f"+++dropcap\n\n{linked}\n\n+++\n\n[#image: /p/1]\n\n{MORE}"
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": body}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    (tmp_path / "a.html").write_text(f"<html><head>{script}</head><body><h1>{TITLE}</h1></body></html>")
    (seed,) = read_seeds(tmp_path)
    assert parse(seed)[0].text == f"{WORDS}\n\n{MORE}"


STORY = "The council voted to close the quay. “We will not wait any longer,” said the mayor, Anna Berg, on Friday"


@pytest.mark.parametrize(
    "text, kept",
    [
        (f"{STORY}… [+2371 chars]", f"{STORY}…"),
        (f"{STORY} [&hellip;]", STORY),
        (f"{STORY} [...]\n", STORY),
        (f"{STORY}.\n\n(more)", f"{STORY}."),
        (f"{STORY}. [truncated]", f"{STORY}."),
        (f"{STORY}.\n\nRead the full story at the Courier", f"{STORY}."),
        (f"{STORY}.\n\nContinue reading →", f"{STORY}."),
    ],
)
def test_a_text_that_was_cut_off_is_one_and_the_mark_is_no_text(tmp_path, text, kept):
    doc = document(tmp_path, text)
    assert (doc.text, doc.truncated) == (kept, True)


@pytest.mark.parametrize(
    "text", [f"{STORY}.", f"{STORY}…", f"{STORY} [sic].", f"[…] {STORY}.", f"{STORY} (more than once)."]
)
def test_a_text_with_its_end_is_not_cut_off(tmp_path, text):
    assert not document(tmp_path, text).truncated


@pytest.mark.parametrize("length, is_cut_off", [(32_767, True), (32_000, False)])
def test_a_full_cell_of_a_spreadsheet_is_cut_off(length, is_cut_off):
    text = (f"{STORY}.\n\n" * 400)[:length]
    seed = Seed(source_file="a.xlsx#2", source_sha256="0" * 64, text=text)
    doc, _ = parse(seed)
    assert doc.truncated == is_cut_off


@pytest.mark.parametrize(
    "lines",
    [
        ["Related news:", '-- "Dike Board Is First To Pay."', '-- "As Water Rises, A Show Of Boats Is A Hit."'],
        ["NPR transcripts are created on a rush deadline by a contractor. This text may not be in its final form."],
        ["The Low Water project can be found at courier.example. This series was made possible by a grant."],
        ["Obtained by ABC News"],
    ],
)
def test_lists_of_quoted_links_and_notices_are_no_text(tmp_path, lines):
    text = "\n\n".join((TITLE, "By Jo Field", WORDS, MORE, *lines))
    assert document(tmp_path, text).text == f"{WORDS}\n\n{MORE}"
