"""Boxes in a page that are not shown with its article, or not part of it, and a body that stands in several boxes."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from onrecord.parse.page.blocks import flat

# Opens over a word or name when the pointer rests on it.
_POP_UP = re.compile(
    r"(?:^|[\s_-])(?:tooltip(?:-?(?:text|content))?|popover|hover-?card|rollover(?:-people)?-block|visually-hidden|"
    r"sr-only|screen-reader-text)(?:$|\s)",
    re.IGNORECASE,
)
# What style sheets hide, or scripts show later: data for search engines, notices.
_HIDDEN = re.compile(r"(?:^|\s)(?:hidden|d-none|u-hidden|is-hidden)(?:$|\s)")
_UNSHOWN = re.compile(r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_PAYWALL = re.compile(r"(?:^|[\s_-])(?:paywall|regwall|subscribe-?(?:wall|box|prompt)|piano)", re.IGNORECASE)
_OFFER = re.compile(
    r"already (?:a |have a )?(?:subscri|member|account)|subscribe (?:to|now)|\blog ?in\b|\bsign in\b|"
    r"\bper (?:month|week)\b|\ba (?:month|week)\b|choose (?:a|the|your) plan",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:^|[\s_-])(?:article|story|post|entry)[\w-]*(?:body|content|text)|(?:^|\s)body(?:$|\s)", re.IGNORECASE
)
_LONGEST_POP_UP = 600  # characters
_LONGEST_OFFER = 800
_LONG_PARAGRAPH = 60
_LEAST_LOST = 2  # paragraphs


def drop_boxes(tree: HtmlElement) -> None:
    """Takes out what opens over a word or is hidden, offers of subscriptions, and the articles behind the first."""
    for element in list(tree.iter("span", "div", "section", "aside")):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        is_unseen = (_POP_UP.search(names) or _is_hidden(element)) and len(flat(element)) <= _LONGEST_POP_UP
        if (is_unseen and not _holds_paragraphs(element, names)) or (_PAYWALL.search(names) and _is_offer(element)):
            element.drop_tree()
    _drop_next_articles(tree)


def _is_hidden(element: HtmlElement) -> bool:
    return bool(_HIDDEN.search(element.get("class") or "") or _UNSHOWN.search(element.get("style") or ""))


def _holds_paragraphs(element: HtmlElement, names: str) -> bool:
    """Whether a hidden box holds paragraphs: they may be the rest of an article, behind a button. No pop-up does."""
    return not _POP_UP.search(names) and _count_paragraphs(element) > 0


def _is_offer(element: HtmlElement) -> bool:
    """Whether a box is an offer, and not the article that it would open."""
    text = flat(element)
    return len(text) <= _LONGEST_OFFER and len(_OFFER.findall(text)) >= 2


def _drop_next_articles(tree: HtmlElement) -> None:
    """Of `article` elements that follow each other, each with a main headline and paragraphs, only the first stays.

    Endless pages append the next stories so.
    """
    whole = [
        article
        for article in tree.iter("article")
        if article.find(".//h1") is not None and _count_paragraphs(article) > 1 and article.getparent() is not None
    ]
    for article in whole[1:]:
        if whole[0] not in article.iterancestors() and article not in whole[0].iterancestors():
            article.drop_tree()


def _count_paragraphs(element: HtmlElement) -> int:
    return sum(len(flat(p)) >= _LONG_PARAGRAPH for p in element.iter("p"))


def join_bodies(tree: HtmlElement, found: Sequence[str]) -> bool:
    """Puts a body that is cut into several boxes of one name, as around advertisements, into the first of them.

    Only where what was found as the main content lacks paragraphs of the others. Says whether anything was put.
    """
    known = " ".join(" ".join(found).split())
    is_joined = False
    for above in tree.iter("article", "main"):
        for first, *others in _of_one_name(above):
            apart = [box for box in others if first not in box.iterancestors() and box not in first.iterancestors()]
            texts = [text for box in apart for p in box.iterchildren("p") if len(text := flat(p)) >= _LONG_PARAGRAPH]
            if sum(text not in known for text in texts) >= _LEAST_LOST and first.getparent() is not None:
                for box in apart:
                    first.extend(list(box))
                is_joined = True
    return is_joined


def _of_one_name(above: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Boxes with the same class, which says that they hold a body, and paragraphs right in each."""
    found: dict[str, list[HtmlElement]] = {}
    for box in above.iter("div", "section"):
        name = box.get("class") or ""
        if _BODY.search(name) and sum(len(flat(p)) >= _LONG_PARAGRAPH for p in box.iterchildren("p")):
            is_teaser = any(heading.find(".//a") is not None for heading in box.iter("h2", "h3"))
            if not is_teaser and next(box.iterancestors("article"), above) in (above, *above.iterancestors()):
                found.setdefault(name, []).append(box)
    yield from (boxes for boxes in found.values() if len(boxes) > 1)
