"""Which elements of a page are its own article, and which stand beside it: teasers, comments, menus, works cited."""

import re

from lxml.html import HtmlElement

_ASIDE = {"aside", "footer", "nav"}
# Microdata of another work than the article: the book that it reviews, the report that it quotes.
_OTHER_WORK = {"citation", "itemReviewed", "isBasedOn", "mentions", "about", "workExample", "comment"}
_BYLINE = re.compile(r"byline|author|writer", re.IGNORECASE)
_OTHERS = re.compile(
    r"related|comment|sidebar|promo|teaser|recirc|recommend|footer|widget|popular|trending|bio\b|"
    r"references?\b|bibliograph|footnotes?\b|works-cited|book-(?:info|details|card)",
    re.IGNORECASE,
)
# What a container says of the page's make-up, and not of what it holds: no-comments, has-sidebar, elementor-widget.
_OF_LAYOUT = re.compile(
    r"(?:no|has|with|without|hide|show|open|closed|enable|disable|elementor|wp-block|single|page)[-_]\S*"
    r"|\S*[-_](?:closed|disabled|enabled|layout|open)",
    re.IGNORECASE,
)
_TITLES = re.compile(r"(?:^|[\s_-])(?:entry|post|article)-title(?:$|\s)")


def own_elements(tree: HtmlElement) -> list[HtmlElement]:
    """The elements of the article itself, in the order of the page.

    A container with the headline in it is never beside the article, whatever it is called.
    """
    beside: set[HtmlElement] = set()
    own = []
    for element in tree.iter("*"):
        is_within = (
            element.getparent() in beside or element.tag in _ASIDE or _is_other_work(element) or _is_other(element)
        )
        if is_within and element.tag not in ("body", "main"):
            beside.add(element)
        else:
            own.append(element)
    return own


def _is_other_work(element: HtmlElement) -> bool:
    """Whether an element tells of another work; some sites put their bylines into `cite`, and say so in its class."""
    is_cited = element.tag == "cite" and not _BYLINE.search(element.get("class") or "")
    return is_cited or not _OTHER_WORK.isdisjoint((element.get("itemprop") or "").split())


def _is_other(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not _OTHERS.search(names):
        return False
    told = [name for name in names.split() if not _OF_LAYOUT.fullmatch(name)]
    return any(map(_OTHERS.search, told)) and not _has_headline(element)


def _has_headline(element: HtmlElement) -> bool:
    return element.find(".//h1") is not None or any(
        _TITLES.search(heading.get("class") or "") for heading in element.iter("h2", "h3")
    )
