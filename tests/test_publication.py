"""When an article appeared, if it prints no date of its own."""

import pathlib
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Publication, Seed
from onrecord.knowledge import load_knowledge, rows
from onrecord.knowledge.files import DATA
from onrecord.knowledge.rule_shares import rule_shares
from onrecord.parse import parse
from onrecord.parse.publication import infer_publication
from onrecord.parse.publication.confidence import confidence_of, rule_of
from onrecord.parse.publication.events import events_of
from onrecord.parse.publication.offices import in_office, terms_of

ROOT = pathlib.Path(__file__).resolve().parents[1]

TERMS = terms_of(load_knowledge(DATA))
EVENTS = events_of(rows(DATA / "events.csv"))
THE_WEEK = "They spoke on Monday and again on Wednesday."
LONG = "Nobody there had thought of it before. " * 4
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


@pytest.mark.parametrize(
    ("text", "cut"), [(f"He wrote:\n\n{POST}\n\nThey answered.", ()), ("He wrote. They answered.", (POST,))]
)
def test_a_post_in_the_text_or_cut_from_it_bounds_publication_to_the_month_from_the_day_before_it(text, cut):
    published = infer_publication(text, (), None, cut)
    assert (published.earliest, published.latest) == (date(2019, 7, 13), date(2019, 8, 12))
    assert published.evidence == "July 14, 2019"


@pytest.mark.parametrize(
    "caption",
    [
        "The minister speaks, Jan. 6, 2020. REUTERS/A. Person",
        "In this Jan. 6, 2020, photo, the minister speaks in Concord.",
        "A man walks by a banner on January 6, 2020 in Springfield, Illinois.",
        "FILE - In this Oct. 3, 2018, file photo a man testifies. He said Monday, Jan. 6, 2020, that he would go.",
    ],
)
def test_a_picture_of_the_news_bounds_publication_to_the_month_after_it(caption):
    report = infer_publication("They met on Wednesday.", (caption,), None)
    assert (report.earliest, report.latest, report.rule) == (date(2020, 1, 6), date(2020, 2, 5), "picture")
    essay = infer_publication("They met.", (caption,), None)
    assert (essay.earliest, essay.latest, essay.rule) == (date(2020, 1, 6), date(2020, 2, 5), "picture_of_essay")


def test_a_post_in_a_long_essay_is_a_year_old_at_most():
    published = infer_publication(f"He wrote:\n\n{POST}\n\n{LONG * 110}", (), None)
    assert (published.earliest, published.latest) == (date(2019, 7, 13), date(2020, 7, 12))
    assert published.rule == "post_in_essay"


def test_a_picture_set_into_the_text_counts_as_one():
    picture = "The minister arrives for a meeting at the palace in Springfield, Jan. 6, 2020."
    text = f"They met.\n\n{picture}\n\nThey talked on Friday."
    published = infer_publication(text, (), None)
    assert (published.earliest, published.latest) == (date(2020, 1, 6), date(2020, 2, 5))


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("They met on Tuesday.", date(2019, 9, 12)),
        ("They met on Tuesday. The pact was signed on Sept. 20.", date(2019, 9, 20)),
        ("They met on Tuesday. The rule of July 16 was blocked. It was lifted on Sept. 11.", date(2019, 9, 12)),
        ("They met on Tuesday. The last trial was held on Nov. 3.", date(2019, 11, 3)),
    ],
)
def test_an_archive_picture_in_a_report_of_the_day_leads_on_to_the_last_day_named(text, earliest):
    caption = "FILE PHOTO: Ministers at the palace, September 12, 2019. REUTERS/A. Person"
    published = infer_publication(f"{text} {THE_WEEK}", (caption,), None)
    assert (published.earliest, published.latest) == (earliest, earliest + timedelta(days=30))


@pytest.mark.parametrize(
    "text",
    [
        "They met on Tuesday. They race to pass a bill by Nov. 19.",
        "They met on Tuesday. It will be paid through April 30.",
        "They met on Tuesday. That much is decided in 2020, they said.",
    ],
)
def test_a_deadline_the_end_of_a_season_and_a_plan_of_next_year_do_not_make_a_picture_old(text):
    caption = "FILE PHOTO: Ministers at the palace, September 12, 2019. REUTERS/A. Person"
    published = infer_publication(f"{text} {THE_WEEK}", (caption,), None)
    assert (published.earliest, published.latest) == (date(2019, 9, 12), date(2019, 10, 12))


def test_an_archive_picture_in_what_is_no_report_of_the_day_is_a_lower_bound_only():
    caption = "FILE PHOTO: Ministers at the palace, September 12, 2019. REUTERS/A. Person"
    published = infer_publication("They met on Tuesday.", (caption,), None)
    assert (published.earliest, published.latest) == (date(2019, 9, 12), None)


def test_an_archive_picture_older_than_a_year_that_the_text_tells_of_is_a_lower_bound_only():
    caption = "FILE PHOTO: Ministers at the palace, September 12, 2014. REUTERS/A. Person"
    published = infer_publication("They met on Tuesday, after they had lost in 2017.", (caption,), None)
    assert (published.earliest, published.latest) == (date(2014, 9, 12), None)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("They met.\n\nCORRECTION: Corrected by: A. Person @ 05/27/2015 05:56 PM The name was misspelt.", ()),
        ("They met.", ("CORRECTION: Corrected by: A. Person @ 05/27/2015 05:56 PM The name was misspelt.",)),
        ("They met.\n\n*Correction, May 27, 2015: The name was misspelt.", ()),
    ],
)
def test_a_correction_bounds_publication_to_the_week_before_it_and_the_day_after(text, cut):
    published = infer_publication(text, (), None, cut)
    assert (published.earliest, published.latest) == (date(2015, 5, 20), date(2015, 5, 28))


def test_a_past_event_narrows_the_week_before_a_correction():
    text = "They met on May 25, 2015.\n\nCORRECTION: Corrected by: A. Person @ 05/27/2015 05:56 PM The name."
    assert infer_publication(text, (), None).earliest == date(2015, 5, 25)


def test_a_text_first_published_on_a_day_is_hardly_older_than_a_month():
    published = infer_publication("They met. This interview was originally published on January 2, 2019.", (), None)
    assert (published.earliest, published.latest) == (date(2019, 1, 2), date(2019, 2, 1))


def test_a_day_in_the_dateline_is_that_of_publication_or_the_day_before():
    published = infer_publication("New Delhi, June 23, 2020 — They met.", (), "New Delhi")
    assert (published.day, published.earliest, published.latest) == (None, date(2020, 6, 23), date(2020, 6, 24))


def test_a_past_event_is_a_lower_bound():
    published = infer_publication("A thaw began in early 2018. They met in June last year.", (), None)
    assert (published.basis, published.earliest, published.latest) == ("inferred", date(2018, 1, 1), None)


def test_a_weekday_with_its_date_finds_its_year_after_the_last_dated_event():
    text = "He took office in January 2017. On Friday, March 30, he met President Trump."
    published = infer_publication(text, (), None, (), TERMS)
    assert (published.earliest, published.latest) == (date(2018, 3, 23), date(2018, 4, 22))


def test_a_weekday_with_its_date_finds_no_year_where_no_term_of_office_confirms_it():
    text = "The war began in December 2006. He died on Saturday, Aug. 18."
    assert infer_publication(text, (), None, (), TERMS).latest is None  # not 2007: Aug. 18 of 2018 was a Saturday, too


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They met on Monday.",
        "The meeting of Sept 27 was yesterday.",
        "The treaty was to expire in 2026.",
        "The armistice ended the 1950-53 war.",
        "He may run in 2020, they said.",
    ],
)
def test_without_a_dated_past_event_the_date_is_unknown(text):
    assert infer_publication(text, (), None) == Publication()


def test_a_weekday_with_its_date_finds_its_year_after_a_bare_year_too():
    text = "He left office in 2011. On Thursday, April 25, he spoke, President Obama said."
    published = infer_publication(text, (), None, (), TERMS)
    assert (published.earliest, published.latest) == (date(2013, 4, 18), date(2013, 5, 18))


@given(
    st.lists(
        st.sampled_from(
            (POST, "They met on May 25, 2015.", "On Friday, March 30, he left.", "It began in early 2018.",
             "FILE PHOTO: A man, June 1, 2019. REUTERS/A. Person", "They met on Tuesday.", "It was lost on Dec. 14.",
             "The palace, May 2, 2017.", "CORRECTION: Corrected by: A @ 05/27/2015", "He may run in 2024.")
        ),
        max_size=6,
    ),
    st.integers(0, 3),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_bounds_are_in_order_and_stand_on_evidence_and_no_bounds_means_unknown(sentences, captions):
    text = "\n\n".join(sentences[captions:])
    published = infer_publication(text, tuple(sentences[:captions]), None)
    assert (published.basis == "unknown") == (published.earliest is None and published.latest is None)
    if published.basis == "inferred":
        assert published.evidence
        assert published.edtf in {
            f"{published.earliest or '..'}/{published.latest or '..'}",
            f"{published.earliest}" if published.day else None,
        }
        assert None in (published.earliest, published.latest) or published.earliest <= published.latest
        assert published.day is None or published.earliest <= published.day <= published.latest


@pytest.mark.parametrize(
    "text",
    [
        "They met on Tuesday. In October the talks ended.",
        "The talks ended on Nov. 20.",
        "The talks ended in December 2019.",
        "They will meet again on Aug. 30.",
    ],
)
def test_a_picture_older_than_what_the_text_tells_is_a_lower_bound_only(text):
    caption = "The minister speaks, Sept. 6, 2019. REUTERS/A. Person"
    published = infer_publication(text, (caption,), None)
    assert (published.earliest is not None, published.latest) == (True, None)


@pytest.mark.parametrize("text", ["They met before the 2020 election.", "They met in January."])
def test_a_picture_stays_news_beside_an_event_ahead_or_a_month_gone(text):
    caption = "The minister speaks, Sept. 6, 2019. REUTERS/A. Person"
    assert infer_publication(f"{text} They spoke on Monday.", (caption,), None).latest == date(2019, 10, 6)


@pytest.mark.parametrize(("text", "latest"), [("They lost last week.", date(2019, 10, 6)), ("They lost.", None)])
def test_a_picture_without_a_credit_counts_in_a_text_that_counts_from_its_own_week(text, latest):
    assert infer_publication(text, ("The minister speaks, Sept. 6, 2019.",), None).latest == latest


def test_an_album_says_nothing_since_it_grows_after_its_article():
    caption = "Photos: The storm The minister speaks, Sept. 6, 2019. Hide Caption 2 of 9"
    assert infer_publication("They met on Friday.", (caption,), None) == Publication()


def test_the_issue_of_a_magazine_is_dated_within_two_weeks_of_its_article():
    published = infer_publication("They met. This article appears in the May 16, 2016 issue of The Weekly.", (), None)
    assert (published.earliest, published.latest) == (date(2016, 5, 2), date(2016, 6, 1))


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("It began in early 2018. That later led to a summit in June last year.", date(2019, 1, 1)),
        ("It began in early 2018. Talks were later held in June last year and again in March.", date(2019, 4, 1)),
        ("It began in early 2018. Nobody met last year.", date(2018, 1, 1)),
        ("It began in early 2018. It later rose in November last year after it fell in October.", date(2019, 1, 1)),
        (
            "It began in early 2018. It then fell in June last year, and votes are due in May this year.",
            date(2019, 1, 1),
        ),
        ("It began in early 2018. It then fell in June last year and was worse than in May.", date(2019, 1, 1)),
    ],
)
def test_last_year_told_as_later_than_a_date_bounds_publication_from_below(text, earliest):
    published = infer_publication(text, (), None)
    assert (published.earliest, published.latest) == (earliest, None)


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("The treaty will expire in 2026.", date(2026, 12, 31)),
        ("He left in May 2017. The review is due to be done by March 2018.", date(2018, 3, 31)),
        ("They will remember that he left in 2016.", None),
        ("They will do better than in 2016.", None),
        ("He won in 1968. He will serve until he retires in November 1975. A plaque of 2001 says so.", None),
    ],
)
def test_what_will_happen_by_a_date_bounds_publication_from_above(text, latest):
    assert infer_publication(text, (), None).latest == latest


@pytest.mark.parametrize(
    "line",
    ["in 2016 will " * 1500, "(" * 100_000, "May 2, 2016 " * 800, "will be in " * 9000, "last year later " * 1000],
)
def test_a_long_line_without_end_is_read_in_time(line):
    infer_publication(line, (line,), None, (line,))


def test_a_caption_without_a_year_fixes_nothing():
    caption = "The minister thanks the members after a meeting on Sept 27 in New York. Photo: AFP / A. Person"
    assert infer_publication("They disagreed yesterday.", (caption,), None) == Publication()


@pytest.mark.parametrize(
    ("seed", "basis", "edtf"),
    [
        ("000_de42334520393606", "inferred", "2018-09-27"),
        ("001_b9c68dfbacdd035b", "unknown", None),
        ("002_d5b45bd9ed4e798f", "inferred", "2019-03-01/2019-12-31"),
        ("003_67c4a22538234d4e", "unknown", None),
        ("004_d29c8dab6a267b3e", "unknown", None),
    ],
)
def test_a_seed_has_a_day_or_bounds_only_if_its_text_gives_them(seed, basis, edtf):
    text = (ROOT / "seeds" / f"{seed}.txt").read_text(encoding="utf-8")
    doc, _ = parse(Seed(source_file=f"seeds/{seed}.txt", source_sha256="0" * 64, text=text), TERMS, EVENTS)
    assert doc is not None
    assert (doc.published.basis, doc.published.edtf) == (basis, edtf)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("They met Secretary of State John Kerry.", date(2013, 2, 1)),
        ("They met Defense Secretary Chuck Hagel’s deputy and the secretary of defense.", date(2013, 2, 27)),
        ("Former Vice President Joe Biden ran.", date(2017, 1, 20)),
        ("A former U.S. Secretary of State, and former U.S. Secretary of State John Kerry.", date(2017, 1, 20)),
        ("President Trump met Foreign Minister Kang Kyung-wha.", date(2017, 6, 18)),
        ("The Trump administration met.", date(2016, 11, 1)),  # spoken of from the election on
        ("President Obama and President Trump differ.", date(2016, 11, 1)),
        ("A President Trump would be hard to bear, and so would a Trump administration.", None),
        ("The then-Secretary of State Mike Pompeo and incoming Secretary of State Mike Pompeo met.", None),
        ("Deputy Defense Secretary Mark Esper met Lt. Gov. Mike Pence.", None),
        ("Mike Pompeo met Secretary of State Ann Nobody and the president, Donald Trump.", None),
    ],
)
def test_a_title_with_a_name_is_not_older_than_the_term_of_office(text, since):
    found = in_office(text, TERMS).since
    assert (found and found.first) == since


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Secretary of State John Kerry said so.", date(2017, 1, 20)),
        ("Secretary of State John Kerry (above) told them so.", date(2017, 1, 20)),
        ("They spoke of Secretary of State John Kerry.", None),
        ("In 2014 Secretary of State John Kerry said so.", None),
        ("Former Secretary of State John Kerry said so.", None),
        (
            "President Trump heard what Secretary of State Hillary Clinton said to his predecessor.",
            None,
        ),
    ],
)
def test_who_says_something_under_a_title_is_still_in_office(text, until):
    found = in_office(text, TERMS).until
    assert (found and found.last) == until


@pytest.mark.parametrize("text", ["Secretary of State John Kerry said so.", "President Trump met them on Tuesday."])
def test_terms_of_office_alone_date_nothing(text):
    assert infer_publication(text, (), None, (), TERMS) == Publication()


def test_a_picture_older_than_a_term_that_the_text_names_is_a_lower_bound_only_and_the_term_is_the_later_one():
    caption = "Ministers at the palace, September 12, 2014. REUTERS/A. Person"
    published = infer_publication("They met Secretary of State Rex Tillerson.", (caption,), None, (), TERMS)
    assert (published.earliest, published.latest) == (date(2017, 2, 1), None)
    assert published.evidence == "Secretary of State Rex Tillerson"


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("Secretary of State John Kerry said so on Tuesday, Nov. 3.", date(2015, 10, 27)),
        (
            f"It began in 2001. {LONG} FBI Director James Comey said on Monday, May 18, that he will.",
            date(2015, 5, 11),
        ),
        (f"It is of 1941. {LONG} Secretary of State John Kerry said so on Tuesday, Nov. 3.", date(2015, 10, 27)),
        ("They met Secretary of State John Kerry on Tuesday, Nov. 3.", None),  # no end of the term
        ("Prime Minister Stephen Harper said so on Tuesday, Nov. 3.", None),  # 2009 or 2015 but for two days
        ("Secretary of State John Kerry said so on Nov. 3.", None),
    ],
)
def test_a_weekday_with_its_date_finds_its_year_if_the_terms_of_office_leave_one(text, earliest):
    published = infer_publication(text, (), None, (), TERMS)
    if published.latest is None:
        assert earliest is None
    else:
        assert (published.earliest, published.latest - published.earliest) == (earliest, timedelta(days=30))
        assert "Nov. 3" in published.evidence or "May 18" in published.evidence


@pytest.mark.parametrize("line", ["President " * 10_000, "President A. " * 8_000, "Sen. " * 20_000, "A" * 100_000])
def test_a_long_line_of_titles_is_read_in_time(line):
    in_office(line, TERMS)


def test_the_term_of_who_speaks_bounds_publication_from_above_where_the_text_prints_a_lower_bound():
    text = f"A thaw began in early 2018. {LONG} Secretary of State Mike Pompeo said so."
    published = infer_publication(text, (), None, (), TERMS)
    assert (published.earliest, published.latest) == (date(2018, 4, 26), date(2021, 1, 20))
    assert published.evidence == "Secretary of State Mike Pompeo"


RIVALS = "Hillary Clinton and Bernie Sanders came, and Ted Cruz."


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "evidence"),
    [
        (
            f"{RIVALS} They will learn more in Tuesday's New Hampshire primary.",
            date(2016, 2, 3),
            date(2016, 2, 15),
            "New Hampshire primary; Tuesday",
        ),
        (f"{RIVALS} He won the Indiana Republican primary on Tuesday.", date(2016, 4, 27), date(2016, 5, 9), None),
        (f"{RIVALS} New Hampshire votes. On Tuesday the primary is held.", date(2016, 2, 3), date(2016, 2, 15), None),
        (
            "Mitt Romney has work to do before next week's Republican National Convention, where Paul Ryan speaks.",
            date(2012, 8, 20),
            date(2012, 8, 26),
            None,
        ),
        ("Mitt Romney met Barack Obama in last night's debate in Denver.", None, None, None),  # a common word
        (
            "Mitt Romney met Obama in last night's presidential debate in Denver.",
            date(2012, 10, 3),
            date(2012, 10, 4),
            None,
        ),
        (
            "They spoke at the G-20 summit in Hamburg, Germany, earlier this month.",
            date(2017, 7, 1),
            date(2017, 7, 31),
            None,
        ),
        (
            "Clinton and Trump prepare for the presidential debate next week.",
            date(2016, 9, 19),
            date(2016, 10, 18),
            None,
        ),
        (
            "The election is not for years. President Obama gives his State of the Union speech Tuesday.",
            None,
            None,
            None,
        ),
        (
            f"It fell in November 2015. {LONG} President Obama gives his State of the Union speech Tuesday.",
            date(2016, 1, 6),
            date(2016, 1, 18),
            None,
        ),
        (
            "Donald Trump and Hillary Clinton met at the presidential debate in St. Louis on Sunday.",
            date(2016, 10, 3),
            date(2016, 10, 15),
            None,
        ),
        ("They speak of a primary on Tuesday in New Hampshire.", None, None, None),  # whose, nobody says
        (f"{RIVALS} The 2016 New Hampshire primary was on a Tuesday.", None, None, None),
        (f"{RIVALS} He fell on Tuesday after the New Hampshire primary.", None, None, None),
        (f"{RIVALS} They held primary elections on Tuesday, as did New Hampshire.", None, None, None),
    ],
)
def test_a_scheduled_event_placed_by_its_own_day_dates_the_article_if_one_remains(text, earliest, latest, evidence):
    published = infer_publication(text, (), None, (), TERMS, EVENTS)
    assert (latest and published.earliest, published.latest) == (earliest, latest)
    assert evidence is None or published.evidence == evidence


KIM = "President Donald Trump and Kim Jong Un of North Korea will meet again."


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        (f"{KIM} The Singapore summit last year brought little.", date(2019, 1, 1), date(2019, 12, 31)),
        (f"{KIM} Of two summits of U.S. leaders the first was in Singapore in June last year.", date(2019, 1, 1), None),
        (
            f"{KIM} Their summit was in Singapore in June last year and one in Vietnam in February.",
            date(2019, 3, 1),
            None,
        ),
        (f"{KIM} A summit was in Singapore in June last year and talks in August.", date(2019, 1, 1), None),
        (f"{KIM} Of the Singapore summit last year and talks in May this year less will come.", date(2019, 1, 1), None),
        (f"{KIM} A climate summit opened in Paris as their envoys met in Singapore in June last year.", None, None),
        (f"{KIM} At a summit in Hanoi, Vietnam, in February this year they failed.", date(2019, 1, 1), None),
        ("They are to meet at next year's G-20 summit in Osaka.", date(2018, 1, 1), date(2018, 12, 31)),
        ("They are to meet at next year's G-20 summit.", None, None),  # which, nobody says
        ("The summit in Singapore in June last year brought little.", None, None),  # whose, nobody says
        (f"{KIM} The summit in Singapore in May last year brought little.", None, None),  # another one
        (f"{KIM} A summit was held. It rained in Singapore in June last year.", None, None),
        (f"{KIM} A summit in Singapore ended in tears. June last year was cold.", None, None),
        (f"{KIM} The Singapore summit last year led to the summit in Hanoi last year.", None, None),  # one is wrong
    ],
)
def test_an_event_placed_in_last_year_or_this_gives_the_year(text, earliest, latest):
    published = infer_publication(text, (), None, (), None, EVENTS)
    latest = latest or (earliest and date(earliest.year, 12, 31))
    assert (published.day, published.earliest, published.latest) == (None, earliest, latest)


def test_the_year_of_an_event_joins_the_other_bounds():
    text = f"{KIM} The Singapore summit last year brought little. {LONG} On May 3, 2019, the ban was lifted."
    assert infer_publication(text, (), None, (), None, EVENTS).edtf == "2019-05-03/2019-12-31"
    text = f"{KIM} The Singapore summit last year brought little. {LONG} It will end by Nov. 3, 2019."
    assert infer_publication(text, (), None, (), None, EVENTS).edtf == "2019-01-01/2019-11-03"


def test_an_event_before_a_date_that_the_text_tells_is_not_meant():
    text = f"It was shut in May 2017. {LONG} They met at the NATO summit in Brussels on Thursday."
    assert infer_publication(text, (), None, (), TERMS, EVENTS).latest is None  # or a year later
    text = f"It was shut in June 2017. {LONG} They met at the NATO summit in Brussels on Thursday."
    assert infer_publication(text, (), None, (), TERMS, EVENTS).earliest == date(2018, 7, 6)


def test_events_end_after_they_begin_and_those_of_one_day_of_the_week_fall_on_it():
    table = list(rows(DATA / "events.csv"))
    assert all(row["first"] <= row["last"] and row["names"] for row in table)
    days = {"Super Tuesday": 2, "midterm elections": 2, "presidential election": 2, "Super Bowl": 7}
    assert all(
        date.fromisoformat(row["first"]).isoweekday() == day
        for row in table
        for name, day in days.items()
        if name in row["names"].split("|")
    )


@pytest.mark.parametrize(
    "line", ["Tuesday's primary " * 3_000, "Super " * 20_000, "the G7 summit, " * 4_000, "summit in Singapore " * 3_000]
)
def test_a_long_line_of_events_is_read_in_time(line):
    infer_publication(line, (), None, (), TERMS, EVENTS)


def test_a_named_day_from_which_the_text_goes_on_for_months_does_not_date_it():
    text = f"It began in May 2014. {LONG} President Obama met them on Monday, Nov. 10."
    assert infer_publication(text, (), None, (), TERMS).latest == date(2014, 12, 3)
    assert infer_publication(f"{text} In December they gave up.", (), None, (), TERMS).latest is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("They met.", None),
        ("A thaw began in early 2018.", "bounds"),
        (f"He wrote:\n\n{POST}\n\nThey answered.", "post"),
        ("New Delhi, June 23, 2020 — They met.", "dateline"),
        (f"{POST}\n\nThey met on May 25, 2020.", "bounds"),  # the post is old: one bound is left
    ],
)
def test_each_publication_date_tells_its_rule_and_how_often_that_was_right(text, rule):
    published = infer_publication(text, (), None)
    assert rule_of(published) == rule
    assert (confidence_of(published) is None) == (rule is None)


def test_every_rule_of_publication_has_been_measured():
    source = "".join(path.read_text("utf-8") for path in (ROOT / "pipelines/onrecord/parse/publication").glob("*.py"))
    named = set(re.findall(r'rule(?:=| = )"(\w+)"', source)) | {"post_in_essay", "post", "picture_of_essay", "picture"}
    assert named | {"given", "stated", "bounds", "picture_of_week"} == set(rule_shares("articles"))


def test_confidence_follows_the_share_that_was_right_and_few_cases_prove_little():
    shares = rule_shares("articles")
    assert shares["post"].towards(0.93, 10) == 0.97
    assert shares["picture_of_essay"].towards(0.93, 10) < 0.8
    assert shares["dateline"].towards(0.93, 10) < 0.95  # 1 of 1
    assert confidence_of(Publication(basis="inferred", latest=date(2020, 1, 1))) == shares["bounds"].towards(0.93, 10)


def test_confidence_of_publication_is_calibrated_on_articles_that_nobody_opened():
    shares = [s for s in rule_shares("articles").values() if s.of_elsewhere]
    count = sum(s.of_elsewhere for s in shares)
    told = sum(s.towards(0.93, 10) * s.of_elsewhere for s in shares) / count
    assert abs(told - sum(s.right_elsewhere for s in shares) / count) < 0.02
