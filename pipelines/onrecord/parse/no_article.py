"""Pages that hold no article: lists of links and teasers, pages that were not found, pages that send elsewhere."""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

NOT_FOUND = re.compile(
    r"(?:error )?404(?=\s*$|:|\s+[|–—-]\s|\s+(?:error|not|page|file)\b)|"
    r".{0,40}\b(?:page|article|story|content)(?: you requested)?(?: was| is| could| can)?"
    r"(?: ?not|n[’']t)(?: be)? (?:found|available)|"
    r".{0,40}\bpage does(?: not|n[’']t) exist",
    re.IGNORECASE,
)
LONGEST_NOTICE = 600  # characters; an article about lost pages has more
LONGEST_REFRESH = 200
LONGEST_HEADING = 80  # of a list whose links were passed over
LONGEST_TEASER = 600
LEAST_TEASERS = 8
SHORTEST_LINK = 20  # characters; shorter ones stand in sentences
MOST_LINKS = 2000
LOOKED_AT = 50_000  # characters
LISTED = 0.6  # of an article's characters at most are links and teasers


def is_no_article(tree: HtmlElement, paragraphs: Sequence[str]) -> bool:
    """Whether what was found as the main content of a page is a notice or a list of other pages.

    Args:
        tree: the page.
        paragraphs: the text found in it, in order.
    """
    count = sum(map(len, paragraphs))
    if count <= LONGEST_REFRESH and _is_sent_elsewhere(tree):
        return True
    if count <= LONGEST_NOTICE and any(NOT_FOUND.match(_flat(e)[:200]) for e in islice(tree.iter("title", "h1"), 10)):
        return True
    links = [e for e in islice(tree.iter("a"), MOST_LINKS) if (e.get("href") or "#")[:1] != "#"]
    if count <= LONGEST_HEADING and sum(len(_flat(link)) for link in links) > LISTED * len(_flat(tree)):
        return True
    return _is_list(links, "\n".join(paragraphs)[:LOOKED_AT])


def _is_sent_elsewhere(tree: HtmlElement) -> bool:
    return any(
        (meta.get("http-equiv") or "").casefold() == "refresh" and "url=" in (meta.get("content") or "").casefold()
        for meta in tree.iter("meta")
    )


def _is_list(links: Sequence[HtmlElement], text: str) -> bool:
    """Whether most of a text is links to other pages and what stands below them in their teasers."""
    listed = {_flat(link) for link in links}
    boxes: dict[HtmlElement, str] = {}
    for link in links:
        heading = next((e for e in (link, *link.iterancestors()) if e.tag in ("h2", "h3", "h4")), None)
        heading = link.find(".//h3") if heading is None else heading
        box = None if heading is None else _box(heading)
        if box is not None and box not in boxes:
            boxes[box] = _flat(box)
    boxes = {box: held for box, held in boxes.items() if len(held) <= LONGEST_TEASER}
    if len(boxes) >= LEAST_TEASERS:
        listed |= {_flat(p) for box in boxes for p in box.iter("p", "h2", "h3", "h4")}
    flat = " ".join(text.split())
    return sum(len(held) for held in listed if len(held) >= SHORTEST_LINK and held in flat) > LISTED * len(flat)


def _box(heading: HtmlElement) -> HtmlElement | None:
    """The element around a teaser's headline and text."""
    return next((e for e in heading.iterancestors() if e.tag in ("article", "li", "div", "section")), None)


def _flat(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
