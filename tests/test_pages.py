"""A web page gives the article and the facts that its markup states, and the same ones as any other form of it."""

import json
import subprocess
import sys
from datetime import date

import pytest

from conftest import SEEDS
from onrecord.document import Given, Reason, Seed
from onrecord.parse import parse
from onrecord.parse.page import MOST_TAGS, read_page
from onrecord.readers import read_seeds
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
        ("<time datetime='2019-05-04'>Saturday</time>", "published", date(2019, 5, 4)),
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
        page().replace(">", "", 3),
        "<?xml version='1.0' encoding='utf-16'?>" + page(),
        BODY,
        page(body=BODY + "\ud800"),
    ],
    ids=lambda html: html[:20] + str(len(html)),
)
def test_broken_and_hostile_pages_give_their_article(html):
    assert SHORT.paragraphs[0].removesuffix(".") in article_of(html).text


@pytest.mark.parametrize(
    "html, reason",
    [
        ("<b>" * (MOST_TAGS + 1), Reason.TOO_LARGE),
        (page(body=f"<p>{'word ' * 110_000}</p>"), Reason.TOO_LARGE),
        ("<!--" * 1000, Reason.NO_BODY),
        ("<html><head><title>A title only</title></head></html>", Reason.NO_BODY),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", Reason.NO_BODY),
        (page(body="<p>Share this article</p><p>© 2019 The Courier. All rights reserved.</p>"), Reason.NO_BODY),
        (" \n", Reason.EMPTY),
    ],
    ids=lambda v: str(v)[:30],
)
def test_a_page_without_an_article_is_refused_with_its_reason(html, reason):
    doc, (refused,) = parse(seed_of(html))
    assert (doc, refused.reason) == (None, reason)


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
