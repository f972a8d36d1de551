"""A web page gives the article and the facts that its markup states, and the same ones as any other form of it."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from conftest import SEEDS
from onrecord.document import Given, Reason, Seed
from onrecord.parse import parse
from onrecord.parse.language import is_english
from onrecord.parse.page import MOST_TAGS, read_page
from onrecord.read import read_seeds
from pages import CHROME, TEMPLATES, Printed

QUAY = Printed(
    url="https://courier.example/2019/05/quay-talks-stall",
    title="Quay talks stall as Norway and Denmark trade blame",
    outlet="Harbour Courier",
    authors=("Anna Holm", "Jo Field"),
    published=date(2019, 5, 4),
    caption="Ministers on the quay at Skagen on Friday. Photo: Lise Berg/Harbour Courier",
    paragraphs=(
        "SKAGEN, Denmark — Talks on who may land herring at the new quay broke down on Friday, after seven hours.",
        "“We will open the quay by May,” the harbour minister, Anna Berg, said. “Nobody will stop us.”",
        "Her Norwegian colleague called that “a threat”.",
        "## What happens next",
        "The two sides agreed on three points before they parted:",
        "* Boats under twelve metres may land as before.",
        "* The fee for larger ones is frozen until the autumn.",
        "* A joint committee, with four members from each side, is to meet in June.",
        "> The sea does not know where one country ends and the other begins.",
        "So said the mayor of Skagen, who had put the plaque with these words up himself in 1987.",
        "“No,” said Ms. Berg when she was asked whether she would resign.",
    ),
)
SHORT = Printed(
    url="https://courier.example/2020/11/ferry",
    title="Ferry to the islands cancelled for a third day",
    outlet="Harbour Courier",
    authors=("Jo Field",),
    published=date(2020, 11, 30),
    paragraphs=(
        "The ferry to the outer islands did not sail on Monday either, the company said, and blamed the wind.",
        "About 200 passengers waited in the terminal & its car park at noon, “in good spirits”, a spokesman said.",
        "The next sailing is planned for Tuesday at six in the morning.",
        "Islanders have asked the government in Oslo for a larger ship since 2012.",
    ),
)


def from_seed(number):
    """A seed's clean content as an article of the Courier."""
    doc, _ = parse(Seed(source_file="x", source_sha256="0" * 64, text=sorted(SEEDS.glob("*.txt"))[number].read_text()))
    return Printed(
        url=f"https://courier.example/{number}",
        title=doc.title,
        outlet="Harbour Courier",
        authors=("Anna Holm", "Jo Field"),
        published=date(2019, 5, 4),
        paragraphs=tuple(doc.text.split("\n\n")),
    )


ARTICLES = {"quay": QUAY, "ferry": SHORT, **{f"seed{number}": from_seed(number) for number in range(5)}}


def to_plain(article):
    """The article as a text file."""
    body = [p.removeprefix("## ").removeprefix("> ").removeprefix("* ") for p in article.paragraphs]
    head = [article.title, f"By {' and '.join(article.authors)}\n{article.published:%B %-d, %Y}"]
    return "\n\n".join([*head, *([article.caption] if article.caption else []), *body])


def to_record(article):
    body = to_plain(article).split("\n\n")[2 + bool(article.caption) :]
    return json.dumps(
        {
            "url": article.url,
            "title": article.title,
            "outlet": article.outlet,
            "authors": [*article.authors],
            "published": article.published.isoformat(),
            "text": "\n\n".join(body),
        }
    )


FORMS = {
    **{f"{name}.html": page for name, page in TEMPLATES.items()},
    "record.jsonl": to_record,
    "page.jsonl": lambda article: json.dumps({"link": article.url, "html": TEMPLATES["modern"](article)}),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("article", ARTICLES)
def test_every_form_of_an_article_gives_the_body_and_facts_of_its_text_file(tmp_path, form, article):
    docs = []
    for name, content in ((form, FORMS[form](ARTICLES[article])), ("plain.txt", to_plain(ARTICLES[article]))):
        (tmp_path / name).write_text(content)
        (seed,) = read_seeds(tmp_path / name)
        doc, refused = parse(seed)
        assert (doc is not None, refused) == (True, ())
        docs.append(doc)
    other, plain = docs
    assert other.text.split("\n\n") == plain.text.split("\n\n")
    assert (other.title, other.authors, other.dateline) == (plain.title, plain.authors, plain.dateline)
    assert (other.published.day, plain.published.day) == (ARTICLES[article].published,) * 2
    assert (other.outlet, other.url) == (ARTICLES[article].outlet, ARTICLES[article].url)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_furniture_of_a_page_gets_into_the_body(template):
    doc = article_of(TEMPLATES[template](QUAY))
    assert [words for words in CHROME if words.casefold() in doc.text.casefold()] == []


def seed_of(html, **given):
    return Seed(source_file="a.html", source_sha256="0" * 64, text=html, form="html", given=Given(**given))


def article_of(html, **given):
    doc, refused = parse(seed_of(html, **given))
    assert doc is not None, refused
    return doc


BODY = "".join(f"<p>{p}</p>" for p in SHORT.paragraphs)


def page(head="", body=BODY, lang="en"):
    return f"<html lang='{lang}'><head>{head}</head><body><article>{body}</article></body></html>"


def linked(**facts):
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **facts}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


@pytest.mark.parametrize(
    "head, fact, value",
    [
        (linked(headline="A ferry is late"), "title", "A ferry is late"),
        (linked(author={"@type": "Person", "name": "By Jo Field"}), "authors", ("Jo Field",)),
        (linked(author=[{"name": "Jo Field"}, "Anna Holm"]), "authors", ("Jo Field", "Anna Holm")),
        (linked(author={"@type": "Organization", "name": "Agency"}), "authors", ()),
        (linked(publisher=[{"name": "The Courier"}]), "outlet", "The Courier"),
        (linked(articleSection=["World", "Sea"]), "section", "World"),
        (linked(datePublished="2019-05-04T23:30:00-05:00"), "published", date(2019, 5, 4)),
        (linked(dateModified="2019-05-04"), "published", None),
        (linked(url="https://x.example/a"), "url", "https://x.example/a"),
        (linked(**{"@type": "WebPage", "datePublished": "2019-05-04"}), "published", None),
        (linked(mainEntity={"@type": "Article", "datePublished": "2019-05-04"}), "published", date(2019, 5, 4)),
        ("<script type='application/ld+json'>{'broken': </script>", "title", None),
        (f"<script type='application/ld+json'>{'[' * 100_000}</script>", "title", None),
        (linked(headline="One", datePublished="2019-05-04") + linked(headline="Two"), "published", None),
        ("<meta property='article:published_time' content='2019-05-04T10:00:00Z'>", "published", date(2019, 5, 4)),
        ("<meta property='article:modified_time' content='2019-05-04T10:00:00Z'>", "published", None),
        ("<meta name='pubdate' content='Sat, 04 May 2019 10:00:00 GMT'>", "published", date(2019, 5, 4)),
        ("<meta name='date' content='04/05/2019'>", "published_bounds", (date(2019, 4, 5), date(2019, 5, 4))),
        ("<meta name='copyright' content='2019'>", "published", None),
        ("<meta name='author' content='Jo Field and Anna Holm'>", "authors", ("Jo Field", "Anna Holm")),
        ("<meta name='author' content='Reuters'><meta name='byl' content='By Jo Field'>", "authors", ("Jo Field",)),
        ("<meta name='twitter:data1' content='3 minutes'>", "authors", ()),
        ("<meta property='article:author' content='https://social.example/jo'>", "authors", ()),
        ("<meta property='og:title' content='A ferry is late | The Courier'><meta property='og:site_name' "
         "content='The Courier'>", "title", "A ferry is late"),
        ("<title>The Courier: A ferry is late</title><meta property='og:site_name' content='The Courier'>",
         "title", "A ferry is late"),
        ("<link rel='canonical' href='https://x.example/a?id=4'>", "url", "https://x.example/a?id=4"),
        ("<title>A ferry is late - The New York Times</title>", "outlet", "The New York Times"),
        (f"<meta property='og:title' content='{'A ferry ' * 999}'>", "title", None),
        ("<link rel='canonical' href='https://x.example/'>", "url", None),
        ("<link rel='canonical' href='javascript:alert(1)'>", "url", None),
    ],
)  # fmt: skip
def test_facts_are_read_from_markup_that_states_them(head, fact, value):
    assert getattr(read_page(page(head)).given, fact) == value


@pytest.mark.parametrize(
    "body, fact, value",
    [
        ("<h1>A ferry is late</h1><time datetime='2019-05-04'>Saturday</time>", "published", date(2019, 5, 4)),
        ("<div>By Jo Field <time datetime='2019-05-04'>Saturday</time></div>", "published", date(2019, 5, 4)),
        ("<span class='published'>4 May 2019</span>", "published", date(2019, 5, 4)),
        ("<span class='post-date updated published'>4 May 2019</span>", "published", None),
        ("<time datetime='2019-05-04'></time><time datetime='2020-05-04'></time>", "published", None),
        ("<aside><time datetime='2019-05-04'></time></aside>", "published", None),
        ("<div class='comments'><span class='author'>By Jo Field</span></div>", "authors", ()),
        ("<p class='byline'>By Jo Field, Staff Writer</p>", "authors", ("Jo Field",)),
        ("<a rel='author' href='/jo'>Jo Field</a>", "authors", ("Jo Field",)),
        ("<div class='byline'>Share this story with a friend</div>", "authors", ()),
    ],
)
def test_facts_are_read_from_visible_elements_that_are_marked_as_such(body, fact, value):
    assert getattr(read_page(page(body=body + BODY)).given, fact) == value


HEADED = "<h1>A ferry is late</h1>"


@pytest.mark.parametrize(
    "html",
    [
        f"{BODY}<p>Talks begin on <time datetime='2019-05-05'>Sunday</time>, she said.</p>",
        f"{BODY}<time datetime='2019-05-05'>Sunday</time>",
        f"<p>Talks begin on <time datetime='2019-05-05'>Sunday</time>.</p>{BODY}",
        f"<ul><li><time datetime='2019-05-05'>Sunday</time>: talks begin</li></ul>{BODY}",
        f"<figure><figcaption>The quay on <time datetime='2015-05-05'>5 May</time></figcaption></figure>{BODY}",
        f"<blockquote>It sailed on <time datetime='2015-05-05'>5 May</time></blockquote>{BODY}",
        f"<time datetime='2019-05-05'>Updated May 5</time>{BODY}",
        f"<div>Last updated: <time datetime='2019-05-05'>5 May</time></div>{BODY}",
        f"<div>Last modified <span><time datetime='2019-05-05'>5 May</time></span></div>{BODY}",
        f"<div class='modified'><time datetime='2019-05-05'>5 May</time></div>{BODY}",
    ],
)
def test_a_date_that_no_place_or_label_makes_the_day_of_publication_is_none(html):
    assert read_page(page(body=HEADED + html)).given.published is None


def test_of_two_dates_the_one_that_is_no_change_is_the_day_of_publication():
    first, change = (f"<time datetime='2019-05-0{day}'>{day} May</time>" for day in (4, 5))
    html = f"{HEADED}<div>Published {first}, updated {change}</div>{BODY}"
    assert read_page(page(body=html)).given.published == date(2019, 5, 4)


@pytest.mark.parametrize("stamp", ["1969-12-31T19:00:00-05:00", "1970-01-01T00:00:00Z"])
def test_the_beginning_of_the_epoch_is_no_day(stamp):
    assert read_page(page(linked(datePublished=stamp))).given.published is None


@pytest.mark.parametrize(
    "nodes, published",
    [
        ((("A ferry is late", "2019-05-04"), ("Quay opens", "2017-01-01")), date(2019, 5, 4)),
        ((("Quay opens", "2017-01-01"), ("A ferry is late", "2019-05-04")), date(2019, 5, 4)),
        ((("Quay opens", "2017-01-01"),), None),
        ((("The ferry is late again, and a ferry it is", "2019-05-04"),), date(2019, 5, 4)),
    ],
)
def test_linked_data_is_believed_about_the_headline_that_the_page_prints(nodes, published):
    head = "".join(linked(headline=headline, datePublished=day) for headline, day in nodes)
    assert read_page(page(head, HEADED + BODY)).given.published == published


def test_an_ambiguous_date_is_decided_by_a_locale_that_somebody_has_set():
    head = "<meta name='date' content='04/05/2019'>"
    assert read_page(page(head, lang="en-GB")).given.published == date(2019, 5, 4)
    assert read_page(page(head, lang="en-US")).given.published is None  # what publishing systems come with
    assert read_page(page(head), locale="en-US").given.published == date(2019, 4, 5)


def test_what_the_record_says_wins_over_its_page():
    html = page(linked(headline="Page", datePublished="2019-05-04"))
    doc = article_of(html, title="Record", published=date(2020, 1, 2))
    assert (doc.title, doc.published.day, doc.published.basis) == ("Record", date(2020, 1, 2), "given")


def test_the_same_text_on_another_page_is_the_same_article():
    plain, framed = page(), page(body=f"<div class='ad'>Buy boats!</div>{BODY}<aside>More news</aside>")
    assert article_of(plain).article_id == article_of(framed).article_id


def test_captions_are_kept_beside_the_text():
    doc = article_of(TEMPLATES["modern"](QUAY))
    assert doc.captions == (QUAY.caption,)


def test_cuts_count_the_text_that_the_page_gave():
    html = TEMPLATES["antique"](QUAY)
    text = read_page(html).text
    cuts = {text[c.start : c.end]: c.rule for c in article_of(html).cuts}
    assert cuts["By Anna Holm and Jo Field"] == "byline"


LONG = "It goes on for a while, so that it is a paragraph of its own and not a label."


@pytest.mark.parametrize(
    "html, paragraphs",
    [
        (f"<p>He <em>said</em>, “<a href='/x'>No</a>”. {LONG}</p>", [f"He said, “No”. {LONG}"]),
        (f"<p><span class='dropcap'>T</span>he quay. {LONG}</p>", [f"The quay. {LONG}"]),
        (f"<div>{LONG}<br><br>“No.”<br><br>{LONG} Yes.</div>", [LONG, "“No.”", f"{LONG} Yes."]),
        (f"<p>{LONG} And it<br>goes on. {LONG}</p>", [f"{LONG} And it goes on. {LONG}"]),
        (f"<p>{LONG}</p>{LONG} Bare.<p>End of it, she said.</p>", [LONG, f"{LONG} Bare.", "End of it, she said."]),
        (f"<blockquote><p>{LONG}</p><p>Second.</p></blockquote>", [LONG, "Second."]),
        (f"<pre>{LONG}\n\nSecond\none.</pre>", [LONG, "Second one."]),
        (f"<p>{LONG}</p><article class='card'><h3>Other</h3><p>{LONG} No.</p></article>", [LONG]),
        (f"<p>{LONG}</p><table><tr><td>2019<td>5</table>", [LONG]),
        (f"<p>caf&eacute;\u00a0&#8220;q&#8221; &amp; 👍\n  {LONG}</p>", [f"café “q” & 👍 {LONG}"]),
    ],
)
def test_paragraphs_stay_whole_and_in_order(html, paragraphs):
    found = read_page(page(body=f"<h1>A ferry is late</h1>{BODY}{html}")).text.split("\n\n")
    assert found[-len(paragraphs) :] == paragraphs
    assert set(found[: -len(paragraphs)]) <= {"A ferry is late", *(p for p in SHORT.paragraphs)}


@pytest.mark.parametrize(
    "inner, text",
    [
        *((f"<{tag}>big quay</{tag}>", "big quay") for tag in ("time", "label", "button", "output", "meter", "data")),
        *((f"<{tag}>big quay</{tag}>", "big quay") for tag in ("amp-link", "x-term")),
        ("<a href='/x'><time>big quay</time></a>", "big quay"),
        ("<q>big quay</q>", "“big quay”"),
        ("<q>the <q>big</q> quay</q>", "“the ‘big’ quay”"),
    ],
)
@pytest.mark.parametrize("times", [1, 4])
def test_words_within_a_line_stay_there_whatever_element_holds_them(inner, text, times):
    sentence = "The minister said that the new {} would open on Monday after a delay of two years."
    found = read_page(page(body=BODY * times + f"<p>{sentence.format(inner)}</p>")).text.split("\n\n")
    assert found[-1] == sentence.format(text)


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>Another text that nobody sees on this page, said the harbour's minister.</p>",
        "<amp-sidebar><p>Menu item to read more of it all, please, said nobody at all.</p></amp-sidebar>",
    ],
)
def test_what_a_browser_does_not_show_is_no_text(html):
    assert read_page(page(body=html + BODY)).text == read_page(page()).text


BRIEF = (
    "Officials plan to invest another 30 million euros in the harbour, a spokesman said.",
    "The union had called for a stop and demanded that all of the jobs be kept.",
)


@pytest.mark.parametrize(
    "between",
    [
        "",
        "<figure><img src=a><figcaption>A quay in 2015. Photo: Jo Field/AP</figcaption></figure>",
        "<div class=related><a href=/x>Ferry is late again</a></div>",
    ],
)
def test_a_short_article_keeps_its_paragraphs_and_nothing_else(between):
    body = f"<h1>Quay opens after delay</h1><p>{BRIEF[0]}</p>{between}<p>{BRIEF[1]}</p>"
    assert article_of(page(body=body)).text.split("\n\n") == [*BRIEF]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_short_article_is_not_glued_to_the_furniture_of_its_page(template):
    html = TEMPLATES[template](replace(SHORT, paragraphs=BRIEF))
    assert article_of(html).text.split("\n\n") == [*BRIEF]


@pytest.mark.parametrize(
    "divide", ["\n\n".join, "\r\n".join, "<br/>".join, lambda ps: "".join(f"<p>{p}</p>" for p in ps)]
)
def test_linked_data_gives_the_paragraphs_of_an_article_of_which_the_page_shows_the_beginning(divide):
    head = linked(headline="A ferry is late", articleBody=divide(SHORT.paragraphs))
    html = page(head, f"{HEADED}<p>{SHORT.paragraphs[0]}</p><div>Subscribe now to keep reading.</div>")
    assert read_page(html).text.split("\n\n") == [*SHORT.paragraphs]


@pytest.mark.parametrize("title", ["404 dead in ferry disaster", "404-year-old page found in quay", "Ferry not found"])
def test_a_headline_that_resembles_a_notice_is_one_of_an_article(title):
    assert article_of(page(f"<title>{title}</title>", f"<h1>{title}</h1>{BODY}")).title == title


def test_an_article_with_a_link_in_every_sentence_is_no_list():
    links = "".join(
        f"<p>It was <a href='/{n}'>the harbour's {n}th quay of the century</a>. {p}</p>"
        for n, p in enumerate(SHORT.paragraphs * 3)
    )
    cards = "".join(f"<div><h3><a href='/c{n}'>Ferry number {n} is late again</a></h3></div>" for n in range(20))
    assert read_page(page(body=HEADED + links + cards)).text


SECRET = "<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{path}'>]>"
LAUGHS = "<!DOCTYPE html [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))


def test_a_page_reads_no_file(tmp_path):
    (tmp_path / "secret.txt").write_text("the password is swordfish, and that is a long sentence")
    html = SECRET.format(path=tmp_path / "secret.txt") + page(
        body=f"{BODY}<p>&x;</p><iframe src='secret.txt'></iframe>"
    )
    assert "swordfish" not in read_page(html).text


@pytest.mark.parametrize(
    "html",
    [
        LAUGHS + "]>" + page(body=f"{BODY}<p>&a11;</p>"),
        page(body=BODY + "<div>" * (MOST_TAGS - 100)),
        page(body=BODY + "<b>" * (MOST_TAGS - 100) + LONG),
        page(body=BODY + "<table><tr><td>x" * (MOST_TAGS // 3 - 100)),
        page(body=BODY + "<p>" + "a" * 300_000),
        page(body=BODY + f"<p class='{'byline ' * 100_000}'>x</p>"),
        page(body=BODY + "</p></div></article></body></html>" * 1000),
        "\0" * 1000 + page(),
        page(
            body=BODY
            + "<div>\x01\x1b&#1;&#x1f;&#xD800&#x110000;&#xffff;&#1x&#x000000000001;"
            + f"&#{'9' * 9999}; {LONG}<p>x</p>\ufffe</div>"
        ),
        page(body=BODY.replace("</p>", "")),
        page(body=BODY + "<p>" + "<time></time>" * (MOST_TAGS // 2 - 100)),
        page(body=HEADED + BODY + "<a href='/x'>x</a>" * (MOST_TAGS // 2 - 100)),
        page().replace(">", "", 3),
        "<?xml version='1.0' encoding='utf-16'?>" + page(),
        BODY,
        page(body=BODY + "\ud800"),
    ],
    ids=lambda html: html[:20] + str(len(html)),
)
def test_broken_and_hostile_pages_give_their_article(html):
    assert SHORT.paragraphs[0].removesuffix(".") in article_of(html).text


TEASER = (
    "<h2><a href='/{n}'>Ferry number {n} to the islands is late</a></h2>"
    "<p>It was to leave at {n}, she said on the quay.</p>"
)
LOST = "<h1>Page not found</h1><p>Sorry, the page you requested was not found. It may have been moved or deleted.</p>"
MOVED = "<meta http-equiv='refresh' content='0; URL=https://x.example/'>"


@pytest.mark.parametrize(
    "html, reason",
    [
        ("<b>" * (MOST_TAGS + 1), Reason.TOO_LARGE),
        (page(body=f"<p>{'word ' * 110_000}</p>"), Reason.TOO_LARGE),
        ("<!--" * 1000, Reason.NO_BODY),
        ("<html><head><title>A title only</title></head></html>", Reason.NO_BODY),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", Reason.NO_BODY),
        (page(body="<p>Share this article</p><p>© 2019 The Courier. All rights reserved.</p>"), Reason.NO_BODY),
        (f"<title>404 Not Found</title>{LOST}", Reason.NO_BODY),
        (f"{MOVED}<body>Redirecting you to the article, please wait.</body>", Reason.NO_BODY),
        (page(body="".join(f"<article>{TEASER.format(n=n)}</article>" for n in range(30))), Reason.NO_BODY),
        (page(body="".join(f"<div>{TEASER.format(n=n)}</div>" for n in range(30))), Reason.NO_BODY),
        (
            page(
                body="".join(
                    f"<li><a href='/{n}'>Ferry number {n} is late, and nobody knows</a></li>" for n in range(30)
                )
            ),
            Reason.NO_BODY,
        ),
        (" \n", Reason.EMPTY),
    ],
    ids=lambda v: str(v)[:30],
)
def test_a_page_without_an_article_is_refused_with_its_reason(html, reason):
    doc, (refused,) = parse(seed_of(html))
    assert (doc, refused.reason) == (None, reason)


@pytest.mark.parametrize(
    "html, instead",
    [
        (f"<title>404 Not Found</title>{LOST}", "a notice that something was not found: '404 Not Found'"),
        (f"{MOVED}<body>Redirecting you.</body>", "a page that sends its readers on to another address"),
        (
            page(body="".join(f"<li><a href='/{n}'>Ferry number {n} is late again</a></li>" for n in range(30))),
            "a page of 180 words, most of them in its 30 links",
        ),
        (
            "<h1>Harbours</h1>" + "".join(f"<nav><a href='/{n}'>Ferry {n} is late</a></nav>" for n in range(30)),
            "a page of 121 words, most of them in its 30 links",
        ),
        (
            page(body="".join(f"<article>{TEASER.format(n=n)}</article>" for n in range(30))),
            "a list of links and teasers: 30 links among",
        ),
        (
            "<div id=root></div><noscript>Please turn on JavaScript to read it.</noscript><script src=a.js></script>",
            "a notice that asks for another browser: 'turn on JavaScript'",
        ),
        (
            "<title>The Courier</title><div id=root></div><script src=a.js></script><script src=b.js></script>",
            "a page without main content: words 2, links 0, scripts 2",
        ),
        (
            "<title>Just a moment...</title><p>Checking the connection.</p>",
            "a page that lets nobody in: 'Just a moment",
        ),
        ("<h1>403 Forbidden</h1><p>You may not see this page.</p>", "a page that lets nobody in: '403 Forbidden'"),
        (page(body="<p>Share this article</p><p>All rights reserved.</p>"), "nothing but "),
    ],
    ids=lambda v: str(v)[:20],
)
def test_a_page_without_an_article_is_refused_with_what_it_holds(html, instead):
    _, (refused,) = parse(seed_of(html))
    assert refused.detail.startswith(instead)


@pytest.mark.parametrize(
    "head",
    [
        linked(headline=QUAY.title, dateModified="2019-05-06T10:00:00+02:00"),
        "<meta property='article:modified_time' content='2019-05-06T08:00:00Z'>",
    ],
)
def test_a_page_tells_when_it_was_changed(head):
    doc, _ = parse(seed_of(page(head)))
    assert doc.as_of.isoformat() == "2019-05-06T08:00:00+00:00"


def test_a_page_gives_the_same_text_in_every_process():
    script = (
        "import sys; from onrecord.parse.page import read_page; page = read_page(sys.stdin.read());"
        "print(page.given, page.captions, page.text)"
    )
    html = TEMPLATES["blog"](QUAY).encode()
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=html,
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(runs) == 1


@pytest.mark.parametrize(
    "text",
    [
        "La policía detuvo a tres hombres en el puerto de Valencia por el robo de dos barcos.",
        "Le ministre a annoncé mardi que le nouveau quai serait ouvert lundi après deux ans de retard.",
        "Der Minister kündigte am Dienstag an, dass der neue Kai am Montag nach zwei Jahren eröffnet wird.",
        "Министр объявил во вторник, что новый причал откроется в понедельник после двух лет задержки.",
    ],
)
def test_a_short_text_with_the_small_words_of_another_language_is_not_english(text):
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Real Madrid, Atletico de Madrid, Rayo Vallecano, Deportivo de La Coruña draw",
        "Van der Bellen, Van de Velde, Van den Berg, De Boer named Dutch squad, Oranje win 2-0",
        "Ferry late again",
        "La policía detuvo a tres hombres.",
    ],
)
def test_names_and_few_words_say_nothing_about_the_language(text):
    assert is_english(text)


def from_page(html):
    doc, refused = parse(Seed(source_file="page.html", source_sha256="0" * 64, text=html, form="html"))
    assert doc is not None, refused
    return doc


TEASERS = "".join(
    f"<article class='card'><a href='/{number}'><h3>Ten lighthouses to visit in month {number}</h3></a>"
    f"<p>A guide to the finest lighthouses of the coast, with walks and places to eat, part {number}.</p></article>"
    for number in range(5)
)
THREAD = """<div class="discussion"><h3>Join the conversation</h3><div class="post"><span>sailor7</span>
<time>2 hours ago</time><p>I have lived by the quay for all of my life and do not believe a word of what they say.</p>
<button>Reply</button></div></div>"""
CONSENT = """<div id="sdk" role="dialog" aria-modal="true"><h2>We value your privacy</h2><p>We and our 842 partners
store and access information on a device, such as cookies, and process personal data for advertising.</p></div>"""
WALL = """<div class="paywall"><h3>Subscribe to continue reading</h3><p>Get unlimited access to all of our reporting for
just one pound a week.</p><p>Already a subscriber? Log in</p></div>"""


def bare(article):
    """The least that a page of today has."""
    body = "".join(f"<p>{text}</p>" for text in (*QUAY.paragraphs[:3], *SHORT.paragraphs, *QUAY.paragraphs[9:]))
    return (
        f"<html><head><title>{article.title} | {article.outlet}</title></head><body><main><article><header>"
        f"<h1>{article.title}</h1><p class='byline'>By Jo Field</p></header>{body}</article></main></body></html>"
    )


@pytest.mark.parametrize("template", [bare, TEMPLATES["modern"], TEMPLATES["blog"]])
@pytest.mark.parametrize(
    ("mark", "furniture"),
    [
        ("<body", CONSENT),
        ("<article", f"<section><h2>Top stories</h2>{TEASERS}</section>"),
        ("</article>", TEASERS),
        ("</article>", THREAD),
        ("</article>", WALL),
    ],
    ids=["consent", "teasers above", "teasers within", "comments within", "paywall"],
)
def test_furniture_of_other_kinds_leaves_the_body_of_a_page_as_it_is(template, mark, furniture):
    page = template(QUAY)
    start = page.index(mark) if mark != "<body" else page.index(">", page.index("<body")) + 1
    other = from_page(page[:start] + furniture + page[start:])
    assert other.text == from_page(page).text


def test_the_parts_of_a_live_blog_are_no_teasers():
    parts = "".join(
        f"<article><time>1{at}:00</time><h2>What {name} saw on the quay</h2><p>{text}</p></article>"
        for at, (name, text) in enumerate(zip(("Ada", "Jo", "Max"), SHORT.paragraphs, strict=False))
    )
    doc = from_page(f"<html><body><main><h1>{SHORT.title}</h1>{parts}</main></body></html>")
    assert all(text in doc.text for text in SHORT.paragraphs[:1] + SHORT.paragraphs[2:3])


def test_what_a_page_made_for_printing_adds_is_no_paragraph():
    body = "".join(f"<p>{text}</p>" for text in QUAY.paragraphs[:3] + SHORT.paragraphs)
    doc = from_page(
        f"<html><head><title>{QUAY.title}</title></head><body><p><a href='#p'>Print this page</a> | "
        f"<a href='#c'>Close window</a></p><h1>{QUAY.title}</h1><p>By Jo Field</p>{body}<hr>"
        "<p>Find this article at: https://courier.example/2019/05/quay</p>"
        "<p>Printed from https://courier.example on June 3, 2021</p></body></html>"
    )
    assert doc.text.startswith(QUAY.paragraphs[0]) and doc.text.endswith(SHORT.paragraphs[-1])
