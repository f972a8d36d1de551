"""Pages that hold no article: lists of links and teasers, pages that were not found, pages that send elsewhere."""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from onrecord.parse.page.blocks import flat

_NOT_FOUND = re.compile(
    r"(?:error )?404(?=\s*$|:|\s+[|–—-]\s|\s+(?:error|not|page|file)\b)|"
    r".{0,40}\b(?:page|article|story|content)(?: you requested)?(?: was| is| could| can)?"
    r"(?: ?not|n[’']t)(?: be)? (?:found|available)|"
    r".{0,40}\bpage does(?: not|n[’']t) exist",
    re.IGNORECASE,
)
# The heading of a page that lets nobody in, or only who can prove to be no program.
_SHUT = re.compile(
    r"(?:error )?(?:40[13]|429|50[0234])(?=\s*$|:|\s+[|–—-]\s|\s+(?:error|forbidden|unauthori[sz]ed|bad|service)\b)|"
    r"access (?:to this \w+ (?:has been|is|was) )?denied|(?:\d+ )?forbidden(?=\s*$|:)|just a moment|attention required|"
    r"are you (?:a robot|(?:a )?human)|(?:please )?(?:verify|confirm)(?:ing)?(?: that)? you(?: are|['’]re) (?:a |not )|"
    r"(?:checking|verifying) your browser|security (?:check|verification)|service (?:temporarily )?unavailable|"
    r"too many requests|(?:sorry, )?you have been blocked|pardon our interruption|one more step",
    re.IGNORECASE,
)
# What a browser without scripts is told, or one that keeps no cookies.
_ASKS = re.compile(
    r"\b(?:enable|turn on|activate|allow|requires?|needs?|without|disable|support)\b[^.!?]{0,60}"
    r"\b(?:java ?script|scripts|cookies|ad ?-?blockers?)\b|"
    r"\b(?:java ?script|cookies|ad ?-?blockers?)\b[^.!?]{0,60}"
    r"\b(?:enabled|disabled|required|turned o(?:n|ff)|blocked)\b",
    re.IGNORECASE,
)
_LONGEST_REQUEST = 400  # characters
_LONGEST_NOTICE = 600  # characters; an article about lost pages has more
_LONGEST_REFRESH = 200
_SHORTEST_LIST = 80  # characters; of a list whose links were passed over there is a heading at most
_LONGEST_HEADING = 200
LONGEST_TEASER = 600  # characters; what has more is an article
_LEAST_TEASERS = 8
_SHORTEST_LINK = 20  # characters; shorter ones stand in sentences
_MOST_LINKS = 2000
LOOKED_AT = 50_000  # characters
_NEARLY_ALL = 0.85  # of a page's characters are in links
_LISTED = 0.6  # of an article's characters at most are links and teasers


def find_instead(tree: HtmlElement, paragraphs: Sequence[str], scripts: int) -> str | None:
    """What a page holds instead of an article, in words; None if what was found as its main content can be one.

    Args:
        tree: the page without its scripts.
        paragraphs: the text found in it, in order.
        scripts: how many it had.
    """
    count = sum(map(len, paragraphs))
    if count <= _LONGEST_REFRESH and _is_sent_elsewhere(tree):
        return "a page that sends its readers on to another address"
    if count <= _LONGEST_REQUEST and (asked := _ASKS.search(" ".join(paragraphs))):
        return f"a notice that asks for another browser: {asked[0]!r}"
    headings = (flat(e)[:_LONGEST_HEADING] for e in islice(tree.iter("title", "h1"), 10))
    for heading in headings if count <= _LONGEST_NOTICE else ():
        if _NOT_FOUND.match(heading):
            return f"a notice that something was not found: {heading!r}"
        if _SHUT.match(heading):
            return f"a page that lets nobody in: {heading!r}"
    links = [e for e in islice(tree.iter("a"), _MOST_LINKS) if (e.get("href") or "#")[:1] != "#"]
    words = sum(len(text.split()) for text in tree.itertext())
    linked = sum(len(flat(link)) for link in links) / max(len(flat(tree)), 1)
    if linked > _NEARLY_ALL or (count <= _SHORTEST_LIST and linked > _LISTED):
        return f"a page of {words} words, most of them in its {len(links)} links"
    if _is_list(links, "\n".join(paragraphs)[:LOOKED_AT]):
        return f"a list of links and teasers: {len(links)} links among {words} words"
    if not paragraphs:
        return f"a page without main content: words {words}, links {len(links)}, scripts {scripts}"
    return None


def _is_sent_elsewhere(tree: HtmlElement) -> bool:
    return any(
        (meta.get("http-equiv") or "").casefold() == "refresh" and "url=" in (meta.get("content") or "").casefold()
        for meta in tree.iter("meta")
    )


def _is_list(links: Sequence[HtmlElement], text: str) -> bool:
    """Whether most of a text is links to other pages and what stands below them in their teasers."""
    listed = {flat(link) for link in links}
    boxes: dict[HtmlElement, str] = {}
    for link in links:
        heading = next((e for e in (link, *link.iterancestors()) if e.tag in ("h2", "h3", "h4")), None)
        heading = link.find(".//h3") if heading is None else heading
        box = None if heading is None else _box(heading)
        if box is not None and box not in boxes:
            boxes[box] = flat(box)
    boxes = {box: held for box, held in boxes.items() if len(held) <= LONGEST_TEASER}
    if len(boxes) >= _LEAST_TEASERS:
        listed |= {flat(p) for box in boxes for p in box.iter("p", "h2", "h3", "h4")}
    found = " ".join(text.split())
    return sum(len(held) for held in listed if len(held) >= _SHORTEST_LINK and held in found) > _LISTED * len(found)


def _box(heading: HtmlElement) -> HtmlElement | None:
    """The element around a teaser's headline and text."""
    return next((e for e in heading.iterancestors() if e.tag in ("article", "li", "div", "section")), None)
