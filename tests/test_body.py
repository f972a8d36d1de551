"""Which lines are the article, and what a page puts around, between and into its paragraphs."""

import time

import pytest

from onrecord.document import Document, Given, Seed
from onrecord.parse import parse
from onrecord.parse.furniture.boilerplate import page_rule
from onrecord.parse.furniture.captions import is_caption
from onrecord.parse.furniture.splices import find_splices, to_paragraph

LEAD = "The harbour council voted on Monday to open the new quay to fishing boats before the winter storms arrive."
SECOND = "Its chair, Ada Quill, told reporters that the builders had promised to finish before the winter storms."
THIRD = "The last time that the town opened a quay, in 1963, half of the boats of the county came to see it done."


def document(*lines: str, authors: tuple[str, ...] = ()) -> Document:
    seed = Seed(
        source_file="made/up.txt",
        source_sha256="0" * 64,
        text="\n\n".join(lines),
        given=Given(title="Quay to open before winter", authors=authors),
    )
    doc, rejected = parse(seed)
    assert doc is not None, rejected
    return doc


def body(*lines: str, authors: tuple[str, ...] = ()) -> list[str]:
    """The paragraphs that are left of an article of these lines, whose headline is known."""
    return document(*lines, authors=authors).text.split("\n\n")


# ---------------------------------------------------------------------- prompts


@pytest.mark.parametrize(
    "line",
    [
        "Got a question about boats? Ask our harbour desk: boats@quay.example.com",
        "Let us know what you think at desk@quay.example.com.",
        "Have you seen the quay? Email pictures@quay.example.com.",
        "Find more fact checks at https://quay.example.com/checks",
        "Online: https://quay.example.com",
        "The full ruling: https://quay.example.com/ruling.pdf",
        "Follow our coverage of the storm at https://quay.example.com and https://sea.example.com",
        "For more stories about the sea, go to www.quay.example.com/sea",
        "Read the chair’s full statement here.",
        "Watch the whole speech below, via Harbour TV:",
        "Watch the full video below:",
        "Watch “Quay Tonight” on Harbour TV Sunday at 6 p.m. ET.",
        "Your subscription to The Quay Courier funds reporting from the sea. Thank you for reading it.",
        "The writers of The Quay are proud to work for you. To help keep this news free, become a member.",
        "Like what you’re reading? Download the Courier’s app.",
        "You are reading the Morning Tide newsletter. Not a regular subscriber?",
        "The Quay is a small newsroom. Sign up to receive our biggest stories.",
        "Do you trust the council? Vote Here Now",
        "Get the book of the year for just $4.95 – Click Here Now",
        "(Subscribe to the Courier’s Low Tide podcast with Jo Field.)",
        "Life at sea is changing. Add Low Tide to your Facebook and Twitter feeds.",
        "Click your refresh button to see the latest updates.",
        "To continue reading Jo Field’s column on other harbours, click here.",
        "Helpful hints to [email protected]",
        "You have reached your limit of free articles.",
        "It looks like you are using an ad blocker. Please turn it off.",
        "Since you’re here, we have a small favour to ask.",
        "Your donation keeps the Courier alive. Make a gift today.",
        "The Long Quay by Jo Field Buy this book Your purchase helps support our station. How?",
        "Our writers will follow the vote from the quay. Follow our coverage here",
        "“Low Tide” looks at the week at sea. Listen wherever you get your podcasts.",
        "Hear the whole talk on the latest episode of “Low Tide” and subscribe to the podcast on Harbour FM.",
        "The Quay Trust pays for boats. Keep up with us by signing up for our monthly newsletter.",
        "If you know of another claim about the quay, please send us an email at desk@quay.example.com.",
        "* What the magazine prints is typically available only to paid subscribers.",
        "The Courier is a small paper. Make a one-time donation to support it.",
        "Read more Courier coverage of the vote.",
        "Get unlimited access to all of our reporting for just one pound a week.",
        "To learn more about quays in the weeks ahead, consider subscribing to our email newsletters.",
        "Do you have papers about it? Email jo@quay.example.com. Here’s how to send tips to the Courier in a safe way.",
        "For more of the Courier’s news coverage, listen to Low Tide.",
        "Jo Field covers boats. You can follow her @jofield",
    ],
)
def test_a_line_that_asks_something_of_the_reader_is_a_prompt(line):
    assert page_rule(line) == "prompt"
    assert body(LEAD, line, SECOND) == [LEAD, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "If you have a boat with two decks, consider mooring it by the old quay, the harbour master said.",
        "Watch committees met in every village along the coast that night.",
        "Online sales of boats rose by a third, the council’s report says.",
        "Read in full, the report says that the quay was never safe.",
        "“We want to hear from you,” she told the fishers. “Come to the quay.”",
        "Subscribers to the fund, which pays for the lifeboat, voted against it.",
        "Sign up or leave, the captain told his crew.",
        "“Your donation helps the fishers,” the chair told them.",
        "She subscribed to the view that the limit of the harbour had been reached.",
        "Donations fell, and the free clinic by the harbour closed its doors.",
        "She wrote to the council from ada@quay.example.com and got no reply for a month and a half.",
        "We wish her a fast recovery, and readers who want to know more can follow her on Twitter at @adaquill.",
        "Boats receive more coverage than fish do, she says.",
    ],
)
def test_a_sentence_about_signing_watching_or_reading_is_no_prompt(line):
    assert page_rule(line) is None
    assert line in body(LEAD, line, SECOND)


# ---------------------------------------------------------------------- notes


@pytest.mark.parametrize(
    "line",
    [
        "Field reported from Oslo. Courier writer Max Oak contributed from Rome.",
        "Field and Oak reported from Washington.",
        "— With assistance by Jo Field, and Max Oak",
        "With Courier wires",
        "Jo Field in Oslo at jfield@quay.example.com",
        "To contact the editors responsible for this story:",
        "Updated at 5:34 p.m.",
        "(Corrects to delete a paragraph on the quay’s depth)",
        "Correction: The quay opened in 1963, not 1962.",
        "Update: This article was updated with the council’s reply.",
        "This story appears in the June 2020 print edition of The Quay.",
        "Low Tide is a weekly column by our harbour desk.",
        "Editorials are written by the board, led by Jo Field, who can be contacted at jo@quay.example.com.",
        "Information for this article was contributed by Max Oak of The Quay Courier.",
        "Views expressed in this article are the opinions of its author.",
        "*Correction, June 16, 2017, at 10:10 p.m: This post gave the quay another name.",
        "Corrections and clarifications: The quay is 90 metres long.",
        "This article has been revised for clarity.",
        "This story is from the June 3, 2012 issue of The Quay.",
        "This story was published in partnership with Low Tide, a nonprofit newsroom.",
        "This report contains material from Harbour Press.",
        "Low Tide is made possible by the Quay Fund. Its content is editorially independent.",
    ],
)
def test_a_remark_of_the_outlet_on_the_article_is_a_note(line):
    assert page_rule(line) == "note"
    assert body(LEAD, SECOND, line) == [LEAD, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Quill reported from the scene that the water was rising.",
        "Fishers updated the chart at dawn, and 5 boats left.",
        "The correction was welcome, he said.",
        "With wires and ropes they pulled the boat ashore.",
        "Views of the harbour are why people come.",
        "This story of a town and its quay begins in 1963.",
        "The old quay, which made possible the trade with Norway, is gone.",
        "This report contains 14 chapters on the quay.",
    ],
)
def test_a_sentence_with_the_words_of_a_note_is_no_note(line):
    assert page_rule(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "(c) Harbour Press",
        "Reprinted from Tidewire with permission from Harbour Media.",
        "Adapted from “Low Tide,” which Harbour Books will publish in May.",
        "The Institute of Tides supports our reporting. The Courier is solely responsible for all content.",
    ],
)
def test_a_line_that_says_whose_the_text_is_is_a_copyright_line(line):
    assert page_rule(line) == "copyright"


def test_a_credit_that_is_broken_into_lines_goes_with_its_names():
    assert body(LEAD, SECOND, "—Jo Field,", "Max Oak", "and Ida Marsh", "contributed to this article.") == [
        LEAD,
        SECOND,
    ]


# ---------------------------------------------------------------------- other articles


@pytest.mark.parametrize(
    "line",
    [
        "( From the Courier Magazine: The prisoner of the quay)",
        "( CARTOONS: The week at sea)",
        "QuickTake: How a quay is built",
        "Fact check:Did the council see the storm coming?",
        "'Gross neglect':Experts on the state of the quay",
        "Open questions:5 things that nobody knows about the quay",
        "'It is our quay.':What the fishers want",
        ">>> Quay Bailouts",
        "[Watch Harbour TV: Ada Quill joins Jo Field in the 9 a.m. hour]",
        "More On This... Fishers vow to fight for the quay",
        "Related 10 facts that explain how quays are built",
        "Recommended The Truth About Quays Jo Field",
        "READ FULL REPORT HERE",
        "LIVE BLOG: HARBOUR VOTE",
        "Full text of the quay bill by Jo Field on Scribd",
        "(Open tmsnrt.rs/2w7hX9T in a browser for a chart)",
    ],
)
def test_a_line_that_leads_to_another_article_is_related(line):
    assert page_rule(line) == "related"


@pytest.mark.parametrize(
    "line",
    [
        "BOATS THAT DID NOT COME TO THE OPENING:",
        "BROAD BACKING FOR A NEW QUAY",
        "EXCLUSIVE: The quay opens in May, says the chair. — Quay News (@quaynews) May 1, 2019",
        "(She laughed as she said it.)",
        "[She laughed as she said it.]",
        "Update at 1:50 p.m. ET. Boats Made Fast Or About To Be?",
        ">> We never wanted it.",
        'The "harbour master:" You want it open, do you not?',
    ],
)
def test_a_subheading_in_capitals_or_a_post_is_not_related(line):
    assert page_rule(line) is None


def test_a_short_line_in_capitals_is_a_link_among_longer_ones_only():
    links = ("FISHERS CHEER AS THE COUNCIL OPENS THE QUAY", "COUNCIL VOTES ON QUAY")
    assert body(LEAD, links[0], SECOND, links[1], THIRD) == [LEAD, SECOND, THIRD]
    assert body(LEAD, SECOND, links[1], THIRD) == [LEAD, SECOND, links[1], THIRD]


def test_links_listed_under_a_heading_go_up_to_the_next_sentence():
    listed = ("READ MORE:", "How to Build a Quay", "Who Pays for the Quay?")
    assert body(LEAD, *listed, SECOND) == [LEAD, SECOND]
    assert body(LEAD, *listed, SECOND) == [LEAD, SECOND]
    glued = ("Related Articles Council votes on quay", "Who pays? And when?", "Storm sinks three boats")
    assert body(LEAD, *glued, SECOND) == [LEAD, SECOND]


def test_a_subheading_without_such_a_heading_stays():
    assert body(LEAD, "How to build a quay", SECOND) == [LEAD, "How to build a quay", SECOND]


def test_a_headline_below_the_last_paragraph_is_a_link():
    assert body(LEAD, SECOND, "Storm sinks three boats off the old quay") == [LEAD, SECOND]


@pytest.mark.parametrize(
    "closing",
    [
        "“I like that responsibility,” he said",
        "He will be there when the first boat comes in",
        "Editorial Board, The Quay Courier",
        "Five things to know about the quay:",
        "• One quay is open",
        "Quay",
    ],
)
def test_a_last_line_that_has_only_lost_its_full_stop_stays(closing):
    assert body(LEAD, SECOND, closing)[-1] == closing


def test_a_list_at_the_end_stays_whole():
    items = ("Yields of the boats have tumbled", "The easy money was made long ago", "Prices of fish have kept rising")
    assert body(LEAD, SECOND, *items) == [LEAD, SECOND, *items]


# ---------------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    "line",
    [
        "Jo Field/Staff Boats lie at the new quay on the day of the vote.",
        "Jo Field/AP Ada Quill, center, opens the quay on Jan. 11, 2020.",
        "The Harbour Post via Getty Images, FILE",
        "Boats at the quay (Reuters: Jo Field)",
        "Boats at the quay. | Getty, AP Photo The bad boys of the harbour",
        "Boats have been seen off it for years. | REUTERS Council opens quay",
        "Boats at the quay. | Jo Field/AFP/Getty Images Harbours ‘Open at last’",
        "Ada Quill and Max Oak. | Jo M. Field, POLITICO",
        "MPI/Getty Images The old quay, mid-1930s.",
        "Illustration by Jo Field",
        "The quay at dusk, seen from the sea. Photo/Video: Jo Field/The Quay Courier",
        "Image A boat at the quay in 2007. Credit Jo Field for The Courier",
        "Ada Quill speaks on the quay on Monday. Jo Field/Courier Staff",
        "Ada Quill speaks on the quay on Monday. Jo Field/TT Harbour Agency/via REUTERS",
        "A chart of the tides. Jo Field—VII for TIME",
        "Open this photo in gallery Ada Quill, who opened the quay, in 2019. Handout",
        "Boats at the quay. Photo: Jo Field Image 1 of / 3 Caption Close Quay opens 1 / 3 Back to Gallery",
    ],
)
def test_a_line_that_begins_or_ends_with_a_credit_is_a_caption(line):
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "The Harbour Post/AP Online poll found that two in three want the quay.",
        "Harbour Post/Reuters surveys disagree on what fishers want.",
        "Via Getty Images, the agency sells pictures of quays to anyone who asks for them.",
        "Imagery of the quay does her credit.",
        "The notes read “wet w/ salt” and “dry.” That settled it",
        "Nobody knows who they were. Ada Quill for Harbour Council",
        "Most want it, by 8 points. The others do not, according to Quay/ORC.",
    ],
)
def test_a_sentence_with_a_slash_or_an_agency_is_no_caption(line):
    assert not is_caption(line)


@pytest.mark.parametrize("headline", ["Council at sea over quay", "Vote: council at sea"])
def test_a_caption_with_another_headline_on_the_first_line_is_a_caption(headline):
    first = f"Fishers have waited for years for the vote. {headline}"
    doc = document(first, LEAD, SECOND)
    assert (doc.text, doc.captions) == (f"{LEAD}\n\n{SECOND}", (first,))


@pytest.mark.parametrize(
    "first",
    [
        "Fishers have waited for years for the vote. This is why:",
        "“Fishers have waited for years for this very vote.” Harbour Post",
        "Mr. Quill goes to sea",
    ],
)
def test_a_first_line_that_leads_into_the_next_is_no_caption(first):
    assert body(first, LEAD, SECOND)[0] == first


def test_an_artist_in_brackets_above_the_body_is_a_caption():
    assert body("(Jo Field)", LEAD, "(Applause)", SECOND) == [LEAD, "(Applause)", SECOND]


# ---------------------------------------------------------------------- repeated words

SAID = "“We will never again give up our quay to the navy,” she said, and sat down to long applause."
WHY = "Nobody asked the fishers who tie up there every night. Nobody asked the town either, the chair says now."


def test_a_display_line_put_together_from_sentences_of_the_body_goes():
    shown = "We will never again give up our quay to the navy. Nobody asked the fishers who tie up there every night."
    assert body(LEAD, shown, SAID, WHY) == [LEAD, SAID, WHY]


def test_a_sentence_that_a_paragraph_shares_with_another_leaves_both():
    own = "Nobody asked the fishers who tie up there every night. The council did not even write to them."
    assert body(LEAD, own, SAID, WHY) == [LEAD, own, SAID, WHY]


def test_a_display_line_with_the_name_below_it_goes_and_the_quotation_stays():
    quoted = "“Nobody asked the fishers who tie up there every night.”"
    shown = "Nobody asked the fishers who tie up there every night. Ada Quill, Friends of the Quay"
    assert body(LEAD, shown, SECOND, quoted, THIRD) == [LEAD, SECOND, quoted, THIRD]


def test_lines_set_above_the_body_go_and_the_paragraphs_below_stay_in_their_places():
    assert body(THIRD, SAID, LEAD, SECOND, SAID, WHY, THIRD) == [LEAD, SECOND, SAID, WHY, THIRD]


def test_a_body_that_the_page_holds_twice_is_kept_once_and_in_order():
    paragraphs = [f"Boat number {number} came in at dusk and tied up by the old quay." for number in range(12)]
    assert body(*paragraphs, *paragraphs) == paragraphs


def test_a_short_line_within_what_is_repeated_goes_with_it():
    once = [LEAD, SAID, "They lied.", THIRD, SECOND]
    assert body(*once, SAID, "They lied.", THIRD) == once
    assert body(LEAD, "They lied.", SECOND, "They lied.", THIRD).count("They lied.") == 2
    assert body(*[LEAD] * 20) == [LEAD]


def test_what_a_speaker_says_twice_in_a_transcript_stays():
    lines = [f"ADA QUILL: {SECOND}", "JO FIELD: That is not what the order says here.", f"ADA QUILL: {THIRD}"]
    again = "JO FIELD: That is not what the order says here."
    assert body(LEAD, *lines, again) == [LEAD, *lines, again]


# ---------------------------------------------------------------------- who wrote it


@pytest.mark.parametrize(
    "line",
    [
        "Jo Field is a senior writer for The Quay.",
        "Sen. Jo Field, a Harbour Republican, is a member of the Committee on Quays.",
        "Jo is the host of a podcast about boats.",
    ],
)
def test_a_line_that_introduces_the_author_goes_above_and_below_the_body(line):
    assert body(line, LEAD, SECOND, authors=("Jo Field",)) == [LEAD, SECOND]
    assert body(LEAD, SECOND, line, authors=("Jo Field",)) == [LEAD, SECOND]


def test_a_last_line_that_introduces_somebody_by_his_office_is_a_biography():
    line = "Max Oak is president of the Union of Quays."
    assert body(LEAD, SECOND, line) == [LEAD, SECOND]
    assert body(LEAD, line, SECOND) == [LEAD, line, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Max Oak is a retired harbour master.",
        "— Max Oak is The Quay’s roving sailor.",
        "Max Oak is Executive Keeper of Harbour Lights and a father of two.",
        "Sen. Max Oak, Coast Republican, is a member of the committee on quays.",
    ],
)
def test_a_last_line_that_presents_whom_the_article_does_not_name_is_a_biography(line):
    assert body(LEAD, SECOND, line) == [LEAD, SECOND]
    assert body(LEAD, line, SECOND) == [LEAD, line, SECOND]
    assert body(LEAD, "Oak agreed at once.", SECOND, line)[-1] == line


def test_biographies_below_each_other_go_with_the_names_below_portraits():
    lines = ("Max Oak is a retired harbour master.", "Ida Marsh is a diver from the coast.")
    assert body(LEAD, "Max Oak", SECOND, *lines) == [LEAD, SECOND]


@pytest.mark.parametrize(
    "line", ["Harbour Industries is a family-owned firm.", "Max Oak is “a friend of the quay,” says the council."]
)
def test_a_last_line_about_a_firm_or_with_a_quotation_is_no_biography(line):
    assert body(LEAD, SECOND, line)[-1] == line


def test_a_last_line_about_somebody_in_the_article_is_no_biography():
    line = "Ada Quill is president of the council for two more years."
    assert body(LEAD, SECOND, line) == [LEAD, SECOND, line]


def test_the_name_of_the_author_below_a_portrait_goes_and_before_questions_stays():
    assert body(LEAD, "Jo Field", SECOND, authors=("Jo Field",)) == [LEAD, SECOND]
    before = [f"Boat number {number} came in at dusk and tied up by the old quay." for number in range(12)]
    interview = [
        *before,
        LEAD,
        "Jo Field",
        "Why now?",
        "Ada Quill",
        SECOND,
        "Jo Field",
        "And then?",
        "Ada Quill",
        THIRD,
    ]
    assert body(*interview, authors=("Jo Field",)) == interview


# ---------------------------------------------------------------------- blocks and splices


def test_a_highlight_that_ends_with_an_abbreviation_does_not_end_the_block():
    highlights = ("Story highlights The quay opens", "It is the third in the U.S.", "Boats are ready to go")
    assert body(*highlights, LEAD, SECOND) == [LEAD, SECOND]


def test_the_topics_below_a_tag_prompt_go():
    assert body(LEAD, SECOND, "This article tagged under: Harbours", "United Nations", "Boats") == [LEAD, SECOND]


@pytest.mark.parametrize(
    ("line", "paragraph"),
    [
        ('The <b>quay</b>, she said, is <a href="/x">open</a>.', "The quay, she said, is open."),
        ("It is un<i>believable</i> news.", "It is unbelievable news."),
        ("The quay is open.<br>The boats are in.", "The quay is open. The boats are in."),
        ("The quay is open. (reut.rs/2GwL9IN)", "The quay is open."),
        ("The quay [caption id='3'] is open.", "The quay is open."),
        ("Depths a <b and c> d were measured.", "Depths a <b and c> d were measured."),
        ("Both 3 < 4 and 5 > 4 hold.", "Both 3 < 4 and 5 > 4 hold."),
        ("What Ada Quill Ada Beth QuillMORE and Jo Field did", "What Ada Quill and Jo Field did"),
        (
            "Reps. Ada Quillez Ada Beth QuillesQuay opens: live coverage Boats return in force MORE (Utah) agreed.",
            "Reps. Ada Quillez (Utah) agreed.",
        ),
    ],
)
def test_a_splice_goes_without_splitting_or_joining_words(line, paragraph):
    assert to_paragraph(line, find_splices(line)) == paragraph


@pytest.mark.parametrize("line", ["</div>", "document.write('x')", ".quay { color: red; }", "{{ quay.title }}"])
def test_a_line_of_code_is_no_paragraph(line):
    assert page_rule(line) == "code"


@pytest.mark.parametrize(
    "unit", ["Sign up ", "A reported from A. ", "<a b=", "( A", "RELATED A ", "A: https://a ", "and A, ", "We want. "]
)
def test_a_long_line_and_a_thousand_short_ones_take_no_endless_time(unit):
    start = time.perf_counter()
    text = unit * (200_000 // len(unit)) + "\n\n" + "\n\n".join([unit * (800 // len(unit))] * 200)
    parse(Seed(source_file="made/up.txt", source_sha256="0" * 64, text=text))
    assert time.perf_counter() - start < 10


def test_a_player_and_the_heading_of_a_poll_are_no_paragraphs():
    assert (
        page_rule("Close video Quay opens at last Jo Field talks to Ada Quill. share tweet email save Embed")
        == "player"
    )
    assert page_rule("Urgent Poll:") == page_rule("+" * 50) == "widget"
    assert page_rule("Sea Ada Quill On The Quay Ada Quill On The Quay Listen · 5:01 5:01") == "player"


def test_a_signed_display_line_that_a_conversation_says_in_pieces_goes():
    shown = f"{WHY} Why would they? — Ada Quill, chair of the council"
    said = "“Nobody asked the fishers who tie up there every night,” she told me."
    more = "“Nobody asked the town either, the chair says now,” he said. “Why would they?”"
    assert body(LEAD, shown, said, SECOND, more) == [LEAD, said, SECOND, more]


def test_a_name_above_its_mail_address_is_a_byline():
    assert body("Jo Field", "JFIELD@QUAY.EXAMPLE.COM", LEAD, SECOND) == [LEAD, SECOND]


def test_what_the_page_repeats_more_than_once_is_not_its_headline():
    speaker = "the quay courier podcast host"
    lines = (LEAD, speaker, SECOND, speaker, THIRD, speaker, SAID, speaker, WHY)
    seed = Seed(source_file="made/up.txt", source_sha256="0" * 64, text="\n\n".join((speaker, *lines)))
    doc, _ = parse(seed)
    assert doc is not None
    assert doc.text == "\n\n".join(lines)


@pytest.mark.parametrize(
    ("line", "rule"),
    [("ShareTweetEmailPrint", "share"), ("Page 2 of 3", "widget"), ("– 30 –", "widget"), ("(ENDS)", "widget")],
)
def test_what_stands_between_and_below_the_parts_of_a_page_is_cut(line, rule):
    assert page_rule(line) == rule


def test_the_name_of_an_agency_below_the_text_is_cut():
    assert body(LEAD, SECOND, "- Reuters") == [LEAD, SECOND]


def test_a_count_of_comments_heads_a_section_only_where_comments_follow():
    comments = ("12 Comments", "sailor7", "2 hours ago", "I doubt that it will open.", "Reply")
    assert body(LEAD, SECOND, *comments) == [LEAD, SECOND]
    assert body(LEAD, "12 Comments", SECOND, THIRD) == [LEAD, SECOND, THIRD]


@pytest.mark.parametrize(
    "line, body",
    [
        ("Mayor Opens The New BridgeThe mayor opened it on Tuesday.", "The mayor opened it on Tuesday."),
        ("Mayor Opens The New Bridge At Last, Say Voters", "Mayor Opens The New Bridge At Last, Say Voters"),
    ],
)
def test_a_headline_glued_to_the_first_paragraph_goes(line, body):
    assert to_paragraph(line, find_splices(line, "Mayor Opens The New Bridge")) == body


def test_a_name_that_stands_before_each_answer_is_no_byline():
    text = "Was it worth it?\n\nAnna Holm\n\nI think so.\n\nAnd the price?\n\nAnna Holm\n\nIt was high, and we paid it."
    given = Given(title="On the bridge", authors=("Anna Holm",))
    doc, _ = parse(Seed(source_file="a.txt", source_sha256="0" * 64, text=text, given=given))
    assert doc is not None and doc.text.count("Anna Holm") == 2
