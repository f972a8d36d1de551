"""A web page becomes plain text and given facts: what stands in its markup, read without running or loading anything.

trafilatura finds the main content; before that, what old pages write with line breaks and layout tables is put into
paragraphs, and what stands within a line into elements that it leaves there: it would lose or glue them. The text still
holds the furniture that stands between an article's paragraphs: the same rules that clean a text file take it out.
"""

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement

from onrecord.document import Given
from onrecord.parse.page.blocks import flat
from onrecord.parse.page.boxes import drop_boxes, join_bodies
from onrecord.parse.page.elements import to_tree
from onrecord.parse.page.embedded_posts import open_posts
from onrecord.parse.page.gaps import with_lost_paragraphs, with_post_headings, without_menus
from onrecord.parse.page.main_text import main_paragraphs
from onrecord.parse.page.metadata import read_metadata
from onrecord.parse.page.no_article import LONGEST_TEASER, find_instead
from onrecord.parse.page.picture_captions import take_captions

MOST_TAGS = 40_000  # in a page; newspapers have some 3,000, long live blogs 10,000
_TAG = re.compile("<[A-Za-z]")
_ADVERT = re.compile(
    r"(?:^|\s)(?:ads?|advert\w*|sponsored|ad[_-](?:slot|unit|container|wrapper|banner|box|break)\S*|adsbygoogle|"
    r"google_ads\S*|dfp\S*|taboola\S*|outbrain\S*)(?:$|\s)",
    re.IGNORECASE,
)
# What holds readers' comments under another name than that, and what the common systems for them are called.
_DISCUSSION = re.compile(
    r"(?:^|[\s_-])(?:discussion|disqus\w*|viafoura|coral|spot-?im|livefyre|hyvor\w*|vuu?k+le\w*|fb-comments)(?:$|[\s_-])",
    re.IGNORECASE,
)
HEADINGS = ("h2", "h3", "h4")
_UNSEEN = {"script", "style", "amp-sidebar", "amp-ad", "amp-sticky-ad", "amp-consent", "amp-user-notification"}
_HIDDEN = 0.4  # of a page's characters at most are hidden for good
_PREVIEW = 0.5  # of an article's characters at most are in a preview
_LONGEST_ADVERT = 400  # characters; what has more may be the article in a frame with an odd name


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: the article's text, a blank line between paragraphs, and the facts of its markup."""

    text: str
    given: Given
    captions: tuple[str, ...] = ()
    instead: str | None = None  # what a page without a text holds, in words


def count_tags(html: str) -> int:
    """How many elements a page opens: what reading it costs."""
    return sum(1 for _ in _TAG.finditer(html))


def read_page(html: str, locale: str | None = None) -> Page:
    """The article of a page; its text is empty if there is none.

    Args:
        html: the page or a fragment of one, of less than MOST_TAGS tags. Nothing in it is loaded or run.
        locale: how the outlet writes dates, if it is known.
    """
    tree = to_tree(html)
    if tree is None:
        return Page("", Given(), instead="nothing but comments or white space")
    given, told = read_metadata(tree, locale)
    scripts = sum(1 for _ in tree.iter("script"))
    _drop_unseen(tree)
    captions = take_captions(tree)
    _drop_adverts(tree)
    drop_boxes(tree)
    open_posts(tree)
    _drop_teasers(tree)
    _drop_discussions(tree)
    paragraphs = main_paragraphs(deepcopy(tree))
    if join_bodies(tree, paragraphs):
        paragraphs = max(paragraphs, main_paragraphs(deepcopy(tree)), key=lambda found: sum(map(len, found)))
    paragraphs = without_menus(tree, with_post_headings(tree, with_lost_paragraphs(tree, paragraphs)))
    if sum(map(len, paragraphs)) < _PREVIEW * sum(map(len, told)):
        paragraphs = told  # the page shows the beginning, its linked data has all
    elif instead := find_instead(tree, paragraphs, scripts):
        return Page("", given, captions, instead)
    return Page("\n\n".join(paragraphs), given, captions)


def _drop_unseen(tree: HtmlElement) -> None:
    """Takes out what a browser does not show, and menus; a page that hides most of itself shows it later."""
    most = _HIDDEN * len(flat(tree))
    for element in list(tree.iter("*")):
        is_hidden = element.get("hidden") is not None and element.tag not in ("html", "body", "main", "article")
        is_unseen = element.tag in _UNSEEN or (is_hidden and len(flat(element)) <= most)
        if is_unseen and element.getparent() is not None:
            element.drop_tree()


def _drop_adverts(tree: HtmlElement) -> None:
    """Takes out what is marked as an advertisement: the next download of the page has another one."""
    for element in list(tree.iter("div", "p", "section", "aside", "span", "ins", "li")):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _ADVERT.search(names) and len(flat(element)) <= _LONGEST_ADVERT:
            element.drop_tree()


def _drop_teasers(tree: HtmlElement) -> None:
    """Takes out the `article` elements that only lead to other articles, on a page with one that has the headline.

    Those of a live blog have headings of their own, without links.
    """
    articles = list(tree.iter("article"))
    if any(_has_headline(article) and len(flat(article)) > LONGEST_TEASER for article in articles):
        for article in articles:
            is_linked = any(
                heading.find(".//a") is not None or any(above.tag == "a" for above in heading.iterancestors())
                for heading in article.iter(*HEADINGS)
            )
            if is_linked and not _has_headline(article) and len(flat(article)) <= LONGEST_TEASER:
                article.drop_tree()


def _drop_discussions(tree: HtmlElement) -> None:
    """Takes out readers' comments that stand within the article."""
    for element in list(tree.iter("div", "section", "aside")):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _DISCUSSION.search(names) and element.getparent() is not None and not _has_headline(element):
            element.drop_tree()


def _has_headline(element: HtmlElement) -> bool:
    return element.find(".//h1") is not None
