"""What the search for the main content gets wrong in kinds of pages: live blogs, pages of videos."""

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from onrecord.parse.page.blocks import SHORTEST_RUN, flat

_MOST_POSTS = 200
HEADINGS = ("h2", "h3")
_LEAST_LINKS = 3  # of a menu


def with_post_headings(tree: HtmlElement, found: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs with the headings of all posts of a live blog, where that of one of them was found."""
    posts = [
        (heading, first)
        for post in islice(tree.iter("article"), _MOST_POSTS)
        if (heading := _heading(post)) and (first := next((text for p in post.iter("p") if (text := flat(p))), ""))
    ]
    known = set(found)
    if len(posts) < 2 or not any(heading in known for heading, _ in posts):
        return tuple(found)
    missing = {first: heading for heading, first in posts if heading not in known}
    return tuple(text for paragraph in found for text in (missing.get(paragraph), paragraph) if text)


def _heading(post: HtmlElement) -> str:
    """The heading of a post that holds no other posts."""
    if post.find(".//article") is not None or post.find(".//h1") is not None:
        return ""
    return next((flat(e) for e in post.iter(*HEADINGS)), "")


def without_menus(tree: HtmlElement, found: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs; where all of a page was taken as one, its menu too, the elements that are paragraphs instead."""
    menus = [items for nav in tree.iter("nav") if len(items := [flat(link) for link in nav.iter("a")]) >= _LEAST_LINKS]
    if len(found) != 1 or not any(" ".join(items) in found[0] for items in menus):
        return tuple(found)
    within = (p for p in tree.iter("p") if all(above.tag != "nav" for above in p.iterancestors()))
    return tuple(text for p in within if len(text := flat(p)) >= SHORTEST_RUN) or tuple(found)
