"""What is around and within the article of a page: containers, labels below the headline, boxes, further articles."""

import json
from datetime import date

import pytest

from onrecord.document import Given, Seed
from onrecord.parse import parse

TITLE = "Tunnel beneath the fjord is put off again"
PARAGRAPHS = (
    "The county put the tunnel beneath the fjord off again on Tuesday, the fourth time since the first vote.",
    "“Nobody here believes in it any more,” said Siri Lang, who runs the ferry and had asked for a quay.",
    "The builders rejected the reasons that the county gave, and demanded that it pay for the drills that they bought.",
    "Opposition members called for a hearing. They want to know why the cost was not told to them before the vote.",
    "The minister promised an answer by autumn, and said that the state would not pay more than half of the cost.",
    "Farmers on the far side of the fjord had sold land for the road, which now leads to an empty field by the water.",
)
LATER = (
    "Two schools on the northern shore will be one from August, the town council agreed after a long evening.",
    "Parents opposed the plan, since the youngest children would be on the bus for an hour in each direction.",
)


def paragraphs(texts=PARAGRAPHS):
    return "".join(f"<p>{text}</p>" for text in texts)


def document(body, head=""):
    page = f"<!DOCTYPE html><html lang='en'><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    doc, refused = parse(Seed(source_file="a.html", source_sha256="0" * 64, text=page, form="html", given=Given()))
    assert doc is not None, refused
    return doc


LABELS = "<p class='byline'>By <span class='author-name'>Odd Vik</span></p><time pubdate>4 May 2021</time>"


@pytest.mark.parametrize(
    "opening",
    [
        "<div class='site no-comments has-sidebar'>",
        "<div class='elementor-widget elementor-widget-theme-post'>",
        "<div class='widget Blog' id='Blog1'>",
        "<div id='content-with-sidebar'>",
    ],
)
def test_what_a_container_is_called_does_not_hide_author_and_day(opening):
    doc = document(f"{opening}<article><h1>{TITLE}</h1>{LABELS}{paragraphs()}</article>")
    assert (doc.authors, doc.published.day) == (("Odd Vik",), date(2021, 5, 4))


@pytest.mark.parametrize("name", ["sidebar", "widget", "related-stories", "comment-list", "author-bio", "promo"])
def test_author_and_day_of_what_stands_beside_the_article_are_not_its_own(name):
    doc = document(f"<article><h1>{TITLE}</h1>{paragraphs()}</article><div class='{name}'>{LABELS}</div>")
    assert (doc.authors, doc.published.day) == ((), None)


@pytest.mark.parametrize(
    "label",
    [
        "<ul class='nav meta'><li><a href='/t' title='04 May 2021 18:29'>04 May 2021 18:29</a></li></ul>",
        "<div class='timestamp'>May 4, 2021</div>",
        "<p>Fjord Post<br>4 May 2021, 22:11 GMT+2</p>",
        "<span class='x'>Published on Tuesday, May 4, 2021 at 6 p.m.</span>",
    ],
)
def test_a_day_printed_below_the_headline_is_that_of_the_article(label):
    doc = document(f"<article><header><h1>{TITLE}</h1><div>{label}</div></header><div>{paragraphs()}</div></article>")
    assert doc.published.day == date(2021, 5, 4)
    assert "2021" not in doc.text


@pytest.mark.parametrize(
    "label",
    [
        "<div>Updated May 4, 2021</div>",
        "<ul><li>May 4, 2021</li><li>May 7, 2021</li></ul>",
        "<div>On May 4, 2021 the vote was held in the old hall</div>",
    ],
)
def test_what_is_no_day_of_publication_below_the_headline_is_not_given_as_one(label):
    doc = document(f"<article><h1>{TITLE}</h1>{label}<div>{paragraphs()}</div></article>")
    assert doc.published.basis != "given"


def test_a_body_in_several_boxes_is_one():
    boxes = "".join(
        f"<div class='grid'><div class='article__body column'>{paragraphs(PARAGRAPHS[at : at + 2])}</div>"
        "<div class='ad-slot'>Advertisement</div></div>"
        for at in (0, 2, 4)
    )
    doc = document(f"<main><article><h1>{TITLE}</h1><div class='chunks'>{boxes}</div></article></main>")
    assert doc.text == "\n\n".join(PARAGRAPHS)


def test_the_next_article_of_an_endless_page_is_none_of_the_first():
    first = f"<article><h1>{TITLE}</h1><time datetime='2021-05-04'>4 May 2021</time>{paragraphs()}</article>"
    second = f"<article><h1>Two schools will be one</h1><time datetime='2021-05-02'/>{paragraphs(LATER)}</article>"
    doc = document(f"<main>{first}{second}</main>")
    assert doc.text == "\n\n".join(PARAGRAPHS)


def test_a_box_that_opens_over_a_name_is_no_part_of_the_sentence():
    box = "<span class='rollover-block'><a href='/s'>Siri Marie Lang</a> <a href='/m'>MORE</a></span>"
    text = PARAGRAPHS[1].replace("Siri Lang", f"<span>Siri Lang{box}</span>")
    doc = document(
        f"<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{text}</p>{paragraphs(PARAGRAPHS[2:])}</article>"
    )
    assert doc.text == "\n\n".join(PARAGRAPHS)


def test_an_offer_of_a_subscription_goes_and_an_article_behind_one_stays():
    offer = (
        "<h3>Subscribe to read on</h3><p>Already a subscriber? Log in</p><p>Choose the plan you like: $2 a week.</p>"
    )
    shown = document(f"<article><h1>{TITLE}</h1>{paragraphs()}<div class='paywall'>{offer}</div></article>")
    behind = document(f"<article><h1>{TITLE}</h1><div class='paywall'>{paragraphs()}</div></article>")
    assert shown.text == behind.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "heading, title",
    [
        (f"<article><h1>{TITLE}</h1>", TITLE),
        ("<article><h1>Local news and more</h1><h1>And this</h1>", "Fjord tunnel: five things to know"),
        ("<h1>The Fjord Post Online</h1><article>", "Fjord tunnel: five things to know"),
    ],
)
def test_the_only_main_heading_of_the_article_beats_a_title_worded_for_search_engines(heading, title):
    data = json.dumps({"@type": "NewsArticle", "headline": "Fjord tunnel: five things to know"})
    head = f"<script type='application/ld+json'>{data}</script><meta property='og:title' content='{title}'>"
    head = head.replace(TITLE, "Fjord tunnel: five things")
    page = f"<html><head><title>Fjord Tunnel: Five Things to Know</title>{head}"
    text = f"{page}</head><body>{heading}{paragraphs()}</article></body></html>"
    doc, _ = parse(Seed(source_file="a.html", source_sha256="0" * 64, text=text, form="html", given=Given()))
    assert doc.title == title
    assert doc.text.startswith(PARAGRAPHS[0]) or title != TITLE


def test_the_newest_post_of_a_live_blog_keeps_its_heading():
    told = ("County puts tunnel off", "Builders reject the reasons", "Minister promises an answer")
    posts = "".join(
        f"<article class='post'><header><time>1{at}:00</time><h2>{heading}</h2></header>"
        f"{paragraphs(PARAGRAPHS[2 * at : 2 * at + 2])}</article>"
        for at, heading in enumerate(told)
    )
    doc = document(f"<main><h1>{TITLE}</h1><div class='liveblog'>{posts}</div></main>")
    assert [text for text in doc.text.split("\n\n") if text in told] == list(told)


def test_of_a_page_with_a_video_and_a_sentence_the_sentence_is_the_text():
    links = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("News", "Coast", "Sport"))
    videos = "".join(f"<li><a href='/{at}'><span>Watch: Boat</span> <span>01:1{at}</span></a></li>" for at in range(6))
    text = "The county puts the tunnel off again. Odd Vik reports from the ferry."
    inner = f"<h1>{TITLE}</h1><div>Video Ad Feedback</div><p>{text}</p><ul>{videos}</ul>"
    assert document(f"<nav><ul>{links}</ul></nav><main>{inner}</main>").text == text


LINKED = (
    "<p>The drills were bought in <a href='/a'>Bergen in 2016</a>, lent to <a href='/b'>the tunnel at Voss</a> and "
    "<a href='/c'>paid for by the county</a>.</p>"
)


@pytest.mark.parametrize("place", [0, 2, 3])
def test_a_paragraph_full_of_links_between_the_others_or_right_above_them_stays(place):
    pieces = [f"<p>{text}</p>" for text in PARAGRAPHS]
    pieces.insert(place, LINKED)
    doc = document(f"<article><h1>{TITLE}</h1><div class='text'>{''.join(pieces)}</div></article>")
    assert doc.text.split("\n\n")[place].startswith("The drills were bought in Bergen in 2016, lent to")
    assert len(doc.text.split("\n\n")) == len(PARAGRAPHS) + 1


POST = (
    "<div class='embed tweet-box'><blockquote class='twitter-tweet'><p lang='en'>We will not pay for a hole. "
    "<a href='https://t.co/x'>pic.twitter.com/x</a></p>&mdash; Siri Lang (@sirilang) "
    "<a href='https://twitter.com/sirilang/status/1'>May 4, 2021</a></blockquote></div>"
)


def test_a_post_that_is_set_into_an_article_stays_with_whom_it_is_by():
    doc = document(f"<article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[:3])}{POST}{paragraphs(PARAGRAPHS[3:])}</article>")
    said, signed = doc.text.split("\n\n")[3:5]
    assert said.startswith("We will not pay for a hole.")
    assert signed == "— Siri Lang (@sirilang) May 4, 2021"


def test_of_two_posts_by_one_person_on_one_day_both_signatures_stay():
    article = f"{paragraphs(PARAGRAPHS[:2])}{POST}{paragraphs(PARAGRAPHS[2:4])}{POST.replace('a hole', 'two holes')}"
    doc = document(f"<article><h1>{TITLE}</h1>{article}{paragraphs(PARAGRAPHS[4:])}</article>")
    assert doc.text.count("— Siri Lang (@sirilang) May 4, 2021") == 2


@pytest.mark.parametrize(
    "box",
    [
        "<span class='hidden'>https://fjord.example/a.jpg odin 2021-05-04 22:11:00</span>",
        "<span style='display: none'>https://fjord.example/a.jpg odin 2021-05-04 22:11:00</span>",
        "<div class='photo'><p class='withoutCaption'><img src='a.jpg'></p><span class='newsCaption'>Siri Lang on the "
        "quay <span class='caption'>(Image: GETTY)</span></span></div>",
        "<div class='caption'><div class='caption-full'>Siri Lang on the quay, less</div></div>",
        "<p><img src='a.jpg'><br><em>Siri Lang on the quay (right)</em></p>",
    ],
)
def test_what_is_hidden_and_captions_without_a_mark_are_no_text(box):
    doc = document(f"<article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[:3])}{box}{paragraphs(PARAGRAPHS[3:])}</article>")
    assert doc.text == "\n\n".join(PARAGRAPHS)
    assert bool(doc.captions) == ("quay" in box)


@pytest.mark.parametrize(
    "prompt",
    [
        "Join our commenting forum",
        "Tell us what YOU think",
        "Also on fjordpost.com Ferry to the islands cancelled for a third day",
        "Get Fjord Monthly delivered through your letterbox every month. 12 issues for £11.99",
        "This is a breaking news story... more to follow",
        "Note: we are temporarily moderating all comments submitted.",
        "If you enjoyed this article and want to read others like it, we have a proposition for you: join us.",
        "Most read in Farming",
        "Post Comment",
    ],
)
def test_what_calls_the_reader_to_something_else_goes(prompt):
    texts = (*PARAGRAPHS[:3], prompt, *PARAGRAPHS[3:])
    doc = document(f"<article><h1>{TITLE}</h1>{paragraphs(texts)}</article>")
    assert doc.text == "\n\n".join(PARAGRAPHS)


def test_a_paragraph_that_is_most_of_a_text_is_no_prompt():
    text = (
        "Our aim with these evenings is to give those who live by the fjord a place to say what they think of the "
        "tunnel, of the ferry and of all that the county has planned for the shore. You may write to us, too: please "
        "e-mail us at info@fjord.example if you have a question that you do not want to ask in front of others."
    )
    doc = document(f"<article><h1>{TITLE}</h1><p>{text}</p><p>The last evening was held in June.</p></article>")
    assert doc.text.startswith(text)
