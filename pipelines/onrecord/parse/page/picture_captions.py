"""Captions of a page's pictures: they name people and days, but are no part of the text."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from onrecord.parse.page.blocks import INLINE, flat

_MOST = 100
_MOST_BESIDE = 6  # elements: a picture, breaks, a source and the caption
# caption, caption-text, image_caption, newsCaption; of a box with its picture, and of one that has none, not
_NAMED = re.compile(
    r"(?:^|\s)(?!(?:has|with|without|no|wp)[-_]?caption(?:$|\s))(?:[\w-]*[_-])?(?:caption|cutline|[a-z]+Caption)"
    r"(?:[-_](?:text|full|truncated|body|content|inner))?(?:$|\s)"
)
_LONGEST = 700  # characters; what has more is the article in a box with an odd name


def take_captions(tree: HtmlElement) -> tuple[str, ...]:
    """The captions of a page, each once, in order. Takes those out that would stand among the paragraphs."""
    found: dict[str, None] = {}
    for element in islice(list(_captions(tree)), _MOST):
        text = flat(element)
        if text:
            found[text] = None
        if element.tag != "figcaption" and len(text) <= _LONGEST and element.getparent() is not None:
            element.drop_tree()
    return tuple(found)


def _captions(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Elements that hold the caption of a picture and no other one."""
    for element in tree.iter("figcaption", "p", "div", "span", "em", "i", "small"):
        if element.tag in ("em", "i", "small"):
            is_caption = _is_below_picture(element)
        else:
            is_caption = element.tag == "figcaption" or _NAMED.search(element.get("class") or "") is not None
        if is_caption and element.find(".//figcaption") is None and element.find(".//img") is None:
            yield element


def _is_below_picture(element: HtmlElement) -> bool:
    """Whether slanted or small words are all that stands below a picture in one paragraph."""
    above = element.getparent()
    if above is None or above.tag not in ("p", "div") or len(above) > _MOST_BESIDE or above.find(".//img") is None:
        return False
    return all(inner.tag in INLINE for inner in above.iterdescendants("*")) and flat(above) == flat(element)
