"""What the search for the main content gets wrong: paragraphs full of links, live blogs, pages of videos."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from onrecord.parse.page.blocks import SHORTEST_RUN, flat
from onrecord.parse.page.embedded_posts import is_of_post

_MOST_POSTS = 200
HEADINGS = ("h2", "h3")
_LEAST_LINKS = 3  # of a menu
_MOST_BLOCKS = 3_000
_SHORTEST_LOST = 60  # characters of a paragraph between two that were found
_OWN_WORDS = 0.3  # of its characters at least stand in no link
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_RUN = 4  # words
_KNOWN = 0.5  # of a text's runs of words
_MOST_AHEAD = 4  # paragraphs found between two elements that follow each other


def with_lost_paragraphs(tree: HtmlElement, found: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs with those between or right above them that were taken for lists of links, and embedded posts."""
    places = {text: at for at, text in reversed(list(enumerate(found)))}
    blocks = [(p, text) for p in islice(tree.iter("p"), _MOST_BLOCKS) if (text := flat(p))]
    homes = {p.getparent() for p, text in blocks if text in places}
    known = {run for text in found for run in _runs(text)}
    lost: dict[int, list[str]] = {}  # behind which of those found
    last: int | None = None
    waiting: list[tuple[HtmlElement, str]] = []
    for p, text in blocks:
        at = places.get(text)
        if at is not None:
            if last is None and at == 0:
                lost[-1] = [lead for above, lead in waiting if above is p.getparent()]
            elif last is not None and last < at <= last + _MOST_AHEAD:
                lost[at - 1] = [text for _, text in waiting]
            last, waiting = at, []
        elif not _is_known(text, known) and (is_of_post(p) or (p.getparent() in homes and _is_paragraph(p, text))):
            waiting.append((p.getparent(), text))
    return tuple(_merged(found, lost))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = text.split()
    return zip(*(words[skip:] for skip in range(_RUN)), strict=False)


def _is_known(text: str, known: set[tuple[str, ...]]) -> bool:
    """Whether a text was found, be it within another one or with something glued to it."""
    runs = list(_runs(text))
    return bool(runs) and sum(run in known for run in runs) > _KNOWN * len(runs)


def _merged(found: Sequence[str], lost: dict[int, list[str]]) -> Iterator[str]:
    yield from lost.get(-1, ())
    for at, text in enumerate(found):
        yield text
        yield from lost.get(at, ())


def _is_paragraph(p: HtmlElement, text: str) -> bool:
    """Whether an element is a sentence with words of its own, and not a link to another story."""
    own = len(text) - sum(len(flat(link)) for link in p.iter("a"))
    return len(text) >= _SHORTEST_LOST and own >= _OWN_WORDS * len(text) and _SENTENCE_END.search(text) is not None


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
