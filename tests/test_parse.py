"""Parsing: what is the article, what belongs to the page, and what the page says about the article."""

import hashlib
import textwrap
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from onrecord.document import Document, Given, Reason, Seed
from onrecord.parse import LONGEST_SEED, parse
from onrecord.parse.body import label_body
from onrecord.parse.furniture.boilerplate import page_rule
from onrecord.parse.furniture.captions import is_caption
from onrecord.parse.furniture.splices import find_splices, to_paragraph
from onrecord.parse.head.bylines import read_byline, read_name_line, to_person
from onrecord.parse.head.dateline import read_dateline
from onrecord.parse.head.dates import read_date_line
from onrecord.parse.head.outlet import outlet_in_page
from onrecord.parse.language import is_english
from onrecord.parse.lines import repair, split_lines, unwrap

LEAD = "The harbour council voted on Monday to open the new quay to fishing boats before the winter storms arrive."
SECOND = "Its chair, Ada Quill, told reporters that the builders had promised to finish before the winter storms."
SEEDS = sorted((ROOT / "seeds").rglob("*.txt"))


def a_seed(text: str, is_record: bool = False, **facts: object) -> Seed:
    given, name = Given(**facts), "made/up.jsonl#1" if is_record else "made/up.txt"  # type: ignore[arg-type]
    return Seed(source_file=name, source_sha256="0" * 64, text=text, given=given)


def document(text: str, **facts: object) -> Document:
    doc, rejected = parse(a_seed(text, **facts))
    assert doc is not None, rejected
    return doc


def record(text: str, **facts: object) -> Document:
    return document(text, is_record=True, **facts)


def refusal(text: str, **facts: object) -> Reason:
    doc, (rejected,) = parse(a_seed(text, **facts))
    assert doc is None
    return rejected.reason


def shipped(number: str) -> Document:
    """The document of one of the seeds that we ship."""
    path = next(path for path in SEEDS if path.name.startswith(number))
    doc, _ = parse(a_seed(path.read_bytes().decode("utf-8")))
    assert doc is not None
    return doc


def article(*lines: str) -> str:
    return "\n\n".join(("Quay to open before winter", *lines, LEAD, SECOND))


# ---------------------------------------------------------------------- the seeds we ship


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("000", "China, Russia rebel against US-led ‘maximum pressure’ campaign on North Korea"),
        ("001", "China and Russia clash with US over North Korea sanctions"),
        ("002", "Hypocrisy: US Wants China to Press North Korea to Be ‘More Constructive’ in Talks"),
        ("003", "Russia, China Press U.S to Ease Sanctions on North Korea"),
        ("004", "China, Russia Call for Ending North Korea Sanctions"),
    ],
)
def test_the_headline_of_a_seed_is_found_wherever_it_survives(number, title):
    assert shipped(number).title == title


@pytest.mark.parametrize(
    ("number", "authors"),
    [("000", ("Luke Vargas",)), ("001", ()), ("002", ()), ("003", ()), ("004", ("JM Ashby",))],
)
def test_the_authors_of_a_seed_are_those_of_its_byline(number, authors):
    assert shipped(number).authors == authors


@pytest.mark.parametrize(
    ("number", "leak"),
    [
        ("000", "Subscribe"),
        ("000", "Leave a Reply"),
        ("000", "UN Photo"),
        ("001", "26 replies"),
        ("001", "Comments are closed"),
        ("001", "Photo: AFP"),
        ("002", "newsletter"),
        ("002", "Inline Feedbacks"),
        ("003", "Share on"),
        ("003", "email address"),
        ("004", "Written by"),
        ("004", "muselet"),
        ("004", "spud gun"),
        ("004", "1933john"),
    ],
)
def test_the_body_of_a_seed_holds_nothing_of_the_page(number, leak):
    assert leak not in shipped(number).text


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        ("000", "Russia and China argue", "only more likely to increase."),
        ("001", "Following the laughter", "are busily occupied."),
        ("002", "WASHINGTON, D.C./BEIJING – The United States", "he added."),
        ("003", "Russia and China on Monday", "that analyses the region."),
        ("004", "While there's anecdotal", "over the American holiday break."),
    ],
)
def test_the_body_of_a_seed_runs_from_its_first_to_its_last_paragraph(number, first, last):
    text = shipped(number).text
    assert text.startswith(first)
    assert text.endswith(last)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_paragraph_of_a_seed_is_unaltered_but_for_the_kind_of_its_spaces(path):
    raw = path.read_bytes().decode("utf-8").replace("\u00a0", " ")
    assert all(paragraph in raw for paragraph in shipped(path.name[:3]).text.split("\n\n"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_body_and_cuts_of_a_seed_cover_all_its_characters(path):
    raw = path.read_bytes().decode("utf-8")
    doc = shipped(path.name[:3])
    left = raw
    for cut in reversed(doc.cuts):
        left = left[: cut.start] + left[cut.end :]
    assert left.split() == doc.text.split()


def test_a_section_label_above_the_headline_is_the_section():
    assert shipped("004").section == "North Korea"


def test_the_dateline_is_recorded_and_stays_in_the_body():
    doc = shipped("000")
    assert doc.dateline == "UNITED NATIONS"
    assert "UNITED NATIONS – Deep divisions" in doc.text


def test_captions_are_listed_once_each_and_in_order():
    captions = shipped("001").captions
    assert [caption[:16] for caption in captions] == ["US Secretary of ", "North Korean lea"]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_caption_date_or_an_empty_label_states_no_publication_date(number):
    assert shipped(number).published.basis != "stated"


# ---------------------------------------------------------------------- refusals


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\ufeff\u200b", "\x00\x00"])
def test_a_text_without_characters_is_refused_as_empty(text):
    assert refusal(text) is Reason.EMPTY


def test_a_text_longer_than_any_article_is_refused():
    assert refusal("a" * (LONGEST_SEED + 1)) is Reason.TOO_LARGE


@pytest.mark.parametrize("text", ["Share on:\n\nSubscribe to our newsletter", "NO COMMENTS\n\nLeave a Reply"])
def test_a_page_without_an_article_is_refused(text):
    assert refusal(text) is Reason.NO_BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Rat der Stadt hat am Montag beschlossen, den neuen Hafen noch vor dem Winter für die Fischer zu öffnen. ",
        "Le conseil du port a décidé lundi d'ouvrir le nouveau quai aux bateaux de pêche avant l'hiver. ",
        "Городской совет решил в понедельник открыть новый причал для рыбаков ещё до начала зимних штормов. ",
    ],
)
def test_an_article_in_another_language_is_refused(sentence):
    assert refusal(sentence * 4) is Reason.NOT_ENGLISH


@pytest.mark.parametrize("text", ["Ja, das ist so.", "Sí.", LEAD])
def test_a_text_is_not_judged_as_foreign_when_it_is_short_or_english(text):
    assert is_english(text)


@pytest.mark.parametrize("text", ["He said no.", "No.", "Photo: AFP / X", "“Yes,” she said."])
def test_a_record_is_never_refused_for_being_short(text):
    assert record(text, title="A headline that came with it").text == text


# ---------------------------------------------------------------------- identity and text


def test_the_article_id_is_the_hash_of_the_text_as_received():
    text = article().replace("\n", "\r\n")
    assert document(text).article_id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_mojibake_is_repaired_and_typographic_quotes_stay():
    assert "“We will,” she said – it’s done." in document(article("â€œWe will,â€\x9d she said â€“ itâ€™s done.")).text


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r", "\u2029\u2029", "\f\n", "  \n \t\n\n\n"])
def test_paragraphs_are_split_by_exactly_one_blank_line(end):
    assert document(f"{LEAD}{end}{SECOND}{end}").text == f"{LEAD}\n\n{SECOND}"


def test_control_characters_and_exotic_spaces_become_spaces():
    assert document("The\u00a0quay\u2009is\x00open\tat\u3000last.", title="Quay").text == "The quay is open at last."


def test_invisible_characters_go_without_splitting_a_word():
    assert document("The har\u00adbour is\u200b open.", title="Quay").text == "The harbour is open."


def test_lines_broken_at_a_fixed_width_are_joined():
    wrapped = (
        "The harbour council voted on Monday to open the new quay to fishing\n"
        "boats before the winter storms arrive, and its chair said that the\n"
        "builders had promised to be done with all of the work by the end\n"
        "of the month."
    )
    assert [line.text for line in unwrap(split_lines(wrapped))] == [wrapped.replace("\n", " ")]


def test_lines_that_end_sentences_are_not_joined():
    assert len(unwrap(split_lines(f"{LEAD}\n{SECOND}\n{LEAD}\n{SECOND}"))) == 4


def test_offsets_survive_the_repair_of_line_ends_and_spaces():
    text = "One\r\ntwo\u00a0three\x0bfour\u2028five"
    assert len(repair(text)) == len(text)


def test_given_facts_are_mended_like_the_text():
    doc = document(LEAD, title="Itâ€™s open\u00a0now", outlet="The\x00Quay\nCourier", authors=("Ada\u200b Quill", " "))
    assert (doc.title, doc.outlet, doc.authors) == ("It’s open now", "The Quay Courier", ("Ada Quill",))


def test_a_lone_surrogate_leaves_text_that_can_be_written():
    doc = document(f"{LEAD} \ud800\n\n{SECOND}", title="Quay \udfff opens")
    assert (doc.title or "").encode() + doc.text.encode()


# ---------------------------------------------------------------------- headline


@pytest.mark.parametrize(
    "title",
    [
        "Quay to open before winter",
        "OPEN IT NOW, SAY FISHERS OF THE NORTH QUAY",
        "Will the quay open?",
        "The quay is open. Now comes the hard part.",
        "Council Opens New Quay in D.C.",
        "Opinion: The quay must open",
    ],
)
def test_the_first_line_is_the_headline(title):
    doc = document(f"{title}\n\n{LEAD}\n\n{SECOND}")
    assert (doc.title, doc.text) == (title, f"{LEAD}\n\n{SECOND}")


def test_a_headline_that_is_printed_twice_is_cut_twice():
    doc = document("Quay to open before winter\n\nQuay to open before winter\n\n" + LEAD)
    assert (doc.title, doc.text) == ("Quay to open before winter", LEAD)


@pytest.mark.parametrize(
    "first",
    [
        LEAD,
        "SEOUL (Reuters) - The quay is open",
        "“Who pays for all of this?”",
        "The minister said on Tuesday that it was over.",
        "What follows:",
    ],
)
def test_a_first_line_that_is_body_text_is_no_headline(first):
    assert document(f"{first}\n\n{SECOND}").title is None


def test_a_given_headline_wins_and_its_repetition_is_cut():
    doc = document(f"Quay to open before winter\n\n{LEAD}", title="Quay to open before winter - The Courier")
    assert (doc.title, doc.text) == ("Quay to open before winter - The Courier", LEAD)


@pytest.mark.parametrize("below", ["", "First published: September 28, 2018"])
def test_a_record_without_a_title_keeps_its_headline_in_its_text(below):
    headline, body = "Quay to open before winter", f"{LEAD}\n\n{SECOND}"
    text = f"{headline}\n\n{body}\n\n{below}"
    given, page = record(text), document(text)
    assert (given.title, given.text, given.headline_end) == (headline, f"{headline}\n\n{body}", len(headline))
    assert (page.title, page.text, page.headline_end) == (headline, body, 0)


@pytest.mark.parametrize("line", ["By Ada Quill", "March 3, 2019", "Share this article"])
def test_a_page_scraped_into_a_record_without_a_title_loses_its_headline(line):
    doc = record(article(line))
    assert (doc.title, doc.text, doc.headline_end) == ("Quay to open before winter", f"{LEAD}\n\n{SECOND}", 0)


def test_the_site_behind_a_headline_tells_a_scraped_page():
    doc = record(f"Quay to open before winter | The Courier\n\n{LEAD}\n\n{SECOND}")
    assert (doc.title, doc.outlet, doc.headline_end) == ("Quay to open before winter", "The Courier", 0)
    assert doc.text == f"{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize("facts", [{}, {"title": "Quay to open before winter"}])
def test_a_record_of_nothing_but_a_head_has_that_for_its_text(facts):
    doc = record("Quay to open before winter\n\nBy Ada Quill", **facts)
    assert (doc.text, doc.headline_end) == ("Quay to open before winter\n\nBy Ada Quill", 0)


@pytest.mark.parametrize(
    "line",
    ["3 thoughts on “Quay opens at last”", "One reply to “Quay opens at last”", 'Comments on: "Quay opens at last"'],
)
def test_a_headline_survives_in_the_comment_section(line):
    doc = document(f"Boats at the quay. Photo: AFP / Jo Field\n\n{LEAD}\n\n{line}\n\nGreat!")
    assert (doc.title, doc.text) == ("Quay opens at last", LEAD)


# ---------------------------------------------------------------------- byline, outlet, section


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [
        ("By Ada Quill", ("Ada Quill",), None),
        ("Written by AB Quill", ("AB Quill",), None),
        ("By ADA MCQUILL", ("Ada McQuill",), None),
        ("By Ada Quill, CNN", ("Ada Quill",), "CNN"),
        (
            "By Ada Quill Jr. - The Washington Times - Monday, October 16, 2017",
            ("Ada Quill Jr.",),
            "The Washington Times",
        ),
        ("By Ada Quill and Jo Field, Associated Press", ("Ada Quill", "Jo Field"), "Associated Press"),
        ("By ADA QUILL, JO FIELD and B. C. OAK", ("Ada Quill", "Jo Field", "B. C. Oak"), None),
        ("By Sen. Ada Quill, opinion contributor", ("Ada Quill",), None),
        ("By Ada de la Quill in Seoul and agencies", ("Ada de la Quill",), None),
        ("By Staff", (), None),
        ("By Reuters Staff", (), "Reuters"),
        ("By The Associated Press", (), "The Associated Press"),
        ("Analysis by Ada O’Quill | The Quay Courier", ("Ada O’Quill",), "The Quay Courier"),
    ],
)
def test_a_byline_names_persons_and_an_outlet(line, authors, outlet):
    byline = read_byline(line)
    assert byline is not None
    assert (byline.authors, byline.outlet) == (authors, outlet)


@pytest.mark.parametrize(
    "line", ["By Monday, the quay was open.", "By the time she left, it had closed.", "From the Left", LEAD]
)
def test_a_sentence_that_starts_with_by_is_no_byline(line):
    assert read_byline(line) is None


@pytest.mark.parametrize("line", ["North Korea", "White House", "Nuclear Talks", "Associated Press", "Read More", LEAD])
def test_a_label_is_no_name_line(line):
    assert read_name_line(line) is None


@pytest.mark.parametrize(
    ("below", "authors", "outlet"),
    [
        (("Jo Field",), ("Jo Field",), None),
        (("ADA QUILL", "DECEMBER 31, 2017 / Reuters"), ("Ada Quill",), "Reuters"),
        (("Ada Quill", "USA TODAY"), ("Ada Quill",), "USA TODAY"),
        (("Jo Field and Max Oak",), ("Jo Field", "Max Oak"), None),
        (("Politics", "Bloomberg", "By Ada Quill", "16 April 2018"), ("Ada Quill",), "Bloomberg"),
    ],
)
def test_the_lines_below_the_headline_give_authors_and_outlet(below, authors, outlet):
    doc = document(article(*below))
    assert (doc.authors, doc.outlet, doc.text) == (authors, outlet, f"{LEAD}\n\n{SECOND}")


def test_contributors_in_a_tail_note_are_no_authors():
    doc = document(article() + "\n\nContributing: Jo Field and Ada Quill")
    assert (doc.authors, doc.text) == ((), f"{LEAD}\n\n{SECOND}")


@pytest.mark.parametrize(
    ("name", "cased"),
    [("YUNA PARK", "Yuna Park"), ("JO-ANN O'HARA III", "Jo-Ann O'Hara III"), ("de Gaulle", "de Gaulle")],
)
def test_a_name_in_capitals_is_put_in_normal_case(name, cased):
    assert to_person(name) == cased


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Copyright © 2019 The Quay Courier, LLC. Click here for reprint permission.", "The Quay Courier"),
        ("© 2018 Quay Media Ltd. All rights reserved.", "Quay Media"),
        ("© 2018 Harbour Features Syndicate", None),
        ("© Jo Field/iStockphoto", None),
    ],
)
def test_a_copyright_line_names_the_outlet(line, outlet):
    assert outlet_in_page([line]) == outlet


@pytest.mark.parametrize(
    ("paragraph", "place", "agency"),
    [
        ("SEOUL (Reuters) - South Korea said", "SEOUL", "Reuters"),
        ("WASHINGTON, D.C./BEIJING – The United States", "WASHINGTON, D.C./BEIJING", None),
        ("VATICAN CITY (AP) — The pope", "VATICAN CITY", "Associated Press"),
        ("WESTERVILLE, Ohio — He said", "WESTERVILLE, Ohio", None),
        ("Washington (CNN) The president", "Washington", "CNN"),
        ("(CNN) -- The president", None, "CNN"),
        ("MOSCOW, September 28. /TASS/. The minister", "MOSCOW", "TASS"),
        ("SEOUL, Sept. 28 (Yonhap) -- South Korea", "SEOUL", "Yonhap"),
        ("HAVANA, August 7 (Xinhua) --", "HAVANA", "Xinhua"),
    ],
)
def test_a_dateline_gives_place_and_agency(paragraph, place, agency):
    dateline = read_dateline(paragraph)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)


@pytest.mark.parametrize("paragraph", [LEAD, "I — and you — know", "The U.S. – led"])
def test_a_dash_alone_makes_no_dateline(paragraph):
    assert read_dateline(paragraph) is None


def test_a_standfirst_above_the_byline_stays_in_the_body():
    doc = document(article("Fishers have waited for years", "Ada Quill in Geneva", "27 Sep 2018"))
    assert (doc.authors, doc.published.day) == (("Ada Quill",), date(2018, 9, 27))
    assert doc.text == f"Fishers have waited for years\n\n{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize("line", ["Millions Raised", "Senator Quill", "Reaching Out", "Quay Alert:"])
def test_a_short_line_under_the_headline_is_not_taken_for_a_name(line):
    assert document(article(line)).authors == ()


def test_a_name_under_the_headline_that_the_article_is_about_is_no_author():
    assert document(article("Ada Quill")).authors == ()
    assert document(article("Jo Field")).authors == ("Jo Field",)


def test_the_name_of_the_site_is_no_part_of_the_headline():
    doc = document(f"Quay to open before winter | The Quay Post\n\n{LEAD}")
    assert (doc.title, doc.outlet) == ("Quay to open before winter", "The Quay Post")


def test_a_known_section_above_the_headline_is_no_outlet():
    doc = document(f"World News\nSeptember 27, 2018 / 3:45 PM / a year ago\n{article()}")
    assert (doc.section, doc.title, doc.outlet) == ("World News", "Quay to open before winter", None)


# ---------------------------------------------------------------------- publication date


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Updated 2013-03-28", date(2013, 3, 28)),
        ("09/19/2019", date(2019, 9, 19)),
        ("19/09/2019", date(2019, 9, 19)),
        ("Saturday 10/07/2017", date(2017, 10, 7)),
        ("DECEMBER 31, 2017 / Reuters", date(2017, 12, 31)),
        ("16 April 2018", date(2018, 4, 16)),
        ("Fri 28 Sep 2018 14.05 BST", date(2018, 9, 28)),
        ("Published: 12:43 EST, 28 September 2018 | Updated: 14:01 EST, 29 September 2018", date(2018, 9, 28)),
        ("Updated Sept. 29, 2018 5:11 a.m. ET / Published Sept. 28, 2018", date(2018, 9, 28)),
        ("2018-09-28T10:00:00Z", date(2018, 9, 28)),
        ("SEPTEMBER 27, 2018 / 3:45 AM / 10 MONTHS AGO", date(2018, 9, 27)),
    ],
)
def test_a_date_line_states_the_day(line, day):
    published = document(article(line)).published
    assert (published.basis, published.day, published.earliest, published.latest) == ("stated", day, day, day)


def test_a_date_that_reads_both_ways_states_its_bounds_and_no_day():
    published = document(article("10/07/2017")).published
    assert (published.day, published.earliest, published.latest) == (None, date(2017, 7, 10), date(2017, 10, 7))


@pytest.mark.parametrize(
    "line",
    [
        "Published",
        "Updated at 4:07 p.m. ET Friday",
        "6 years ago",
        "Published 2019-02-30",
        "The quay at dusk. September 27, 2018",
        "The treaty was signed on September 27, 2018",
        "Copyright © 2019 The Quay Courier",
    ],
)
def test_a_line_without_a_full_publication_date_states_none(line):
    assert document(article(line)).published.basis != "stated"


@pytest.mark.parametrize(
    "line", ["First Published: September 28, 2018, 10:00 IST", "Published in The Quay, September 28th, 2018"]
)
def test_a_labelled_date_below_the_body_is_stated(line):
    doc = document(f"{article()}\n\n{line}")
    assert (doc.published.day, doc.text) == (date(2018, 9, 28), f"{LEAD}\n\n{SECOND}")


def test_a_later_correction_states_no_publication_date():
    assert document(article("This story was updated on Mar. 3, 2016.")).published.basis != "stated"


def test_a_given_date_wins_over_a_stated_one():
    published = document(article("16 April 2018"), published=date(2018, 4, 17)).published
    assert (published.basis, published.day, published.edtf) == ("given", date(2018, 4, 17), "2018-04-17")


def test_the_evidence_of_a_stated_date_is_its_characters():
    dated = read_date_line("Sunday, October 15, 2017")
    assert dated is not None
    assert dated.publication is not None
    assert dated.publication.evidence == "October 15, 2017"


# ---------------------------------------------------------------------- what is cut


@pytest.mark.parametrize(
    "line",
    [
        "Boats at the quay. Photo: AFP / Jo Field",
        "Boats at the quay on September 20. REUTERS/Jo Field",
        "Boats at the quay. | Jo Field/AP Photo harbour Quay to open before winter",
        "Boats are seen off the quay December 29, 2017. Yonhap via REUTERS",
        "Boats at the quay. [1, 3] UN Photo/Jo Field, [2] UN Photo/Ada Oak",
        "(Jo Field/Reuters)",
        "Boats at the quay (Photo: Jo Field, AP)",
        "Image copyright Reuters Image caption The quay at dusk",
        "Media playback is unsupported on your device Media caption The quay at dusk",
        "Enlarge this image toggle caption AP AP",
        "FILE PHOTO: Boats at the quay",
        "In this Jan. 19, 2020 file photo, boats lie at the quay.",
        "Fish landed at the quay, in tonnes 2017 2018 2019 410 388 402 Source: Harbour Office",
    ],
)
def test_a_caption_is_known_by_its_marks(line):
    assert is_caption(line)
    assert document(article(line)).text == f"{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize(
    "sentence",
    [
        LEAD,
        "Credit rating agency Moody’s said the quay would pay for itself.",
        "Photo ID laws came up again in the debate, she told Reuters.",
        "The video was posted on Twitter, and Getty Images removed it on Monday after a complaint.",
        "About half of them agreed, a Reuters/Ipsos poll found.",
        "The figures have no Source: The council made them up.",
    ],
)
def test_a_sentence_about_pictures_is_no_caption(sentence):
    assert not is_caption(sentence)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Share on:", "share"),
        ("Share Tweet Post Email", "share"),
        ("LISTEN TO ARTICLE 3:40 SHARE THIS ARTICLE Share Tweet Post Email", "player"),
        ("JUST WATCHED Quay opens Replay More Videos ... MUST WATCH Quay opens 03:31", "player"),
        ("Slideshow (2 Images)", "widget"),
        ("More:", "widget"),
        ("ADVERTISEMENT", "widget"),
        ("Home > World > Harbours", "navigation"),
        ("Story Continued Below", "continued"),
        ("• Subscribe to The Quay Courier", "prompt"),
        ("Sign up for Daily Newsletters", "prompt"),
        ("Get the best of our stories delivered to your inbox.", "prompt"),
        ("We use cookies to improve your visit.", "prompt"),
        ("This site uses Akismet to reduce spam. Learn how your comment data is processed.", "prompt"),
        ("SEE ALSO: Quay to open at last, insiders say", "related"),
        ("More:How the quay was built", "related"),
        ("( PHOTOS: Ten quays)", "related"),
        ("HARBOUR COUNCIL VOTES TO OPEN THE QUAY", "related"),
        ("Fishers cheer as quay opens Read more", "related"),
        ("Copyright © 2019 The Quay Courier, LLC.", "copyright"),
        ("The Associated Press contributed to this report.", "note"),
        ("Contributing: Jo Field", "note"),
        ("(Reporting by Jo Field; Editing by Ada Oak)", "note"),
        ("Editor’s note: This story has been updated.", "note"),
    ],
)
def test_a_line_of_the_page_is_cut_by_its_rule(line, rule):
    assert page_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        LEAD,
        SECOND,
        "PROPOSED BLACKLISTING",
        "China, Russia challenge US line",
        "Reporting by The New York Times on Monday showed that the deal was near.",
        "“Follow the money,” she said, and contributed nothing to the report.",
        "The update was welcome, he said.",
        "More than 40 people signed up for the boats, the council said.",
        "Her report said that this article of the treaty was void.",
        "Ada Quill: “We will open it.”",
        "He shared the video on Facebook and Twitter.",
    ],
)
def test_a_paragraph_of_the_article_is_not_cut(line):
    assert page_rule(line) is None


@pytest.mark.parametrize(
    ("line", "paragraph"),
    [
        ("The quay opened. (RELATED: Ten other quays)", "The quay opened."),
        ("It opened JUST WATCHED A quay MUST WATCH A quay 03:31 on Monday.", "It opened on Monday."),
        (
            "Sen. Ada Quill Ada Beth QuillQuay opens at last Boats return in force MORE (R-Utah) agreed.",
            "Sen. Ada Quill (R-Utah) agreed.",
        ),
        ("Boats at the quay. (Photo: Jo Field, AP) " + LEAD + " " + SECOND, LEAD + " " + SECOND),
        (f"Washington (CNN) {LEAD} {SECOND}", f"Washington (CNN) {LEAD} {SECOND}"),
        ('as they said"."If we open it, they come', 'as they said"."If we open it, they come'),
    ],
)
def test_what_is_spliced_into_a_paragraph_goes_and_the_rest_stays(line, paragraph):
    assert to_paragraph(line, find_splices(line)) == paragraph


def test_a_caption_in_front_of_a_paragraph_is_a_caption_and_a_cut():
    text = article(f"Boats at the quay. (Photo: Jo Field, AP) {SECOND} {LEAD}")
    doc = document(text)
    assert doc.captions == ("Boats at the quay. (Photo: Jo Field, AP)",)
    assert [text[cut.start : cut.end] for cut in doc.cuts if cut.rule == "caption"] == list(doc.captions)


@pytest.mark.parametrize(
    "mended",
    [
        lambda line: line.replace(" ", "  "),
        lambda line: line.replace(" ", " \t ", 5),
        lambda line: line.replace("e", "e\u00ad"),
        lambda line: line.replace(" ", "\u200b \u200b"),
        lambda line: "\u200b  " + line,
        lambda line: textwrap.fill(line, 80),
    ],
    ids=["blanks", "tabs", "soft hyphens", "joiners", "invisible indent", "fixed width"],
)
def test_what_is_cut_from_a_line_whose_white_space_was_mended_is_listed(mended):
    text = article(mended(f"{LEAD} (RELATED: Ten other quays) {SECOND}"), f"{LEAD}\n{SECOND}")
    (cut,) = (cut for cut in document(text).cuts if cut.rule == "splice")
    assert "".join(text[cut.start : cut.end].split()).translate({0xAD: None, 0x200B: None}) == "(RELATED:Tenotherquays)"
    assert "RELATED" not in document(text).text


def test_a_text_without_a_body_is_refused_with_what_it_holds():
    _, (refused,) = parse(a_seed("Photo: Jo Field, AP\n\nShare on:\n\nSubscribe to our newsletter"))
    assert refused.detail == "nothing but caption (1), share (1), prompt (1): 'Photo: Jo Field, AP'"


def test_a_pull_quote_goes_and_the_paragraph_that_says_it_stays():
    said = "She said that the town “will never again give up its quay to the navy.”"
    shown = 'The town "will never again give up its quay to the navy." — Ada Quill, council chair'
    assert document(article(said, shown)).text == f"{said}\n\n{LEAD}\n\n{SECOND}"


def test_a_closing_line_about_the_author_goes():
    doc = document(article("By Ada Quill") + "\n\n• Ada Quill is a fellow at the Institute for Quays.")
    assert doc.text == f"{LEAD}\n\n{SECOND}"


def test_topics_listed_at_the_end_go():
    assert document(f"{article()}\n\nTopics\n\nHarbours\n\nUnited Nations").text == f"{LEAD}\n\n{SECOND}"


def test_a_year_as_a_heading_stays():
    assert document(article(SECOND, "1942")).text == f"{SECOND}\n\n1942\n\n{LEAD}\n\n{SECOND}".rsplit("\n\n", 1)[0]


def test_story_highlights_go_up_to_the_first_full_sentence():
    doc = document(article("Story highlights The quay opens in May", "Boats are “ready to go”"))
    assert doc.text == f"{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize(
    "section",
    [
        "NO COMMENTS\n\nLeave a Reply\n\nYour email address will not be published.",
        "  • sailor7\n\n    I doubt that it will open, and so does my brother.\n\n\n  • oarsman\n\n    It will.",
        "Jo Field says:\n\nSeptember 28, 2018 at 3:45 pm\n\nI doubt it.",
        "View all comments\n\nI doubt it.",
    ],
)
def test_readers_comments_go_to_the_end(section):
    assert document(f"{article()}\n\n{section}").text == f"{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize("items", ["  • One quay is open.\n  • Two are not.", "• One quay is open\n• Two are not"])
def test_a_list_at_the_end_of_an_article_is_no_comment_section(items):
    assert "Two are not" in document(f"{article()}\n\n{items}").text


# ---------------------------------------------------------------------- hostile text

SNIPPETS = st.sampled_from(
    [
        "By ",
        "Photo: AFP / X",
        "\n",
        "\n\n",
        "  • ",
        "Leave a Reply",
        "Read more",
        " MORE",
        "JUST WATCHED",
        "©",
        "\r\n",
        "\u2028",
        "\x00",
        "\ud800",
        "“",
        "”",
        "(",
        ")",
        "|",
        "/",
        "Getty Images",
        "The",
        "said",
        "KIM",
        "—",
        "&amp;",
        "\u200b",
        "e\u0301",
        "🙂",
        "September 27, 2018",
    ]
)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.one_of(SNIPPETS, st.text(max_size=12)), max_size=40), title=st.none() | st.text(max_size=20))
def test_odd_text_is_parsed_or_refused_and_never_raises(pieces, title):
    doc, rejected = parse(a_seed(" ".join(pieces), title=title))
    if doc is None:
        assert rejected
    else:
        assert doc.text
        assert all(paragraph == paragraph.strip() and paragraph for paragraph in doc.text.split("\n\n"))


@pytest.mark.parametrize(
    "unit",
    [
        "A/B ",
        "“x",
        "Mitt RomneyX MORE ",
        "September 27, 2018 ",
        "A and ",
        "By A ",
        "Photos: ab Photos: ",
        "— A",
        "(AP ",
    ],
)
def test_one_endless_line_takes_no_endless_time(unit):
    start = time.perf_counter()
    parse(a_seed(unit * (300_000 // len(unit))))
    assert time.perf_counter() - start < 10


def test_labels_are_only_added_within_the_given_lines():
    lines = split_lines(f"Share\n\n{LEAD}\n\nShare")
    rules: dict[int, str] = {}
    label_body(lines, 1, 2, rules, None, ())
    assert rules == {}


@pytest.mark.parametrize(
    "tail",
    [
        "Ada Field, a former harbour pilot, has been a columnist for twenty years. Her latest book is “Tides.”",
        "Field contributed from New York. Courier writer Jo Marsh contributed from Oslo.",
        "Read more from Harbour News:",
    ],
)
def test_what_introduces_the_writer_or_other_articles_at_the_end_is_no_body(tail: str) -> None:
    assert tail not in document(f"{article()}\n\n{tail}").text


def test_a_person_of_the_article_who_writes_books_stays_in_the_body() -> None:
    closing = "Ada Quill, a former pilot, is the author of two books on harbours."
    assert closing in document(f"{article()}\n\n{closing}").text


def test_a_name_of_three_words_above_a_dateline_is_the_byline() -> None:
    doc = document(
        f"Quay to open before winter\n\nMay 3, 2018\n\nLEE CHYEN YEE\n\nSINGAPORE (Reuters) - {LEAD}\n\n{SECOND}"
    )
    assert (doc.authors, "LEE" in doc.text) == (("Lee Chyen Yee",), False)


def test_the_byline_of_an_agency_at_the_end_is_no_body() -> None:
    assert document(f"{article()}\n\nBy Associated Press").text.endswith(SECOND)
