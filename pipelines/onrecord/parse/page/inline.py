"""Elements that stand within a line and that an extractor of main content would take out, or would take for blocks."""

import re

from lxml.html import HtmlElement

# What can be a part of a sentence, or a button, a form's label, the date above an article.
_PARTS = {"time", "label", "button", "output", "meter", "progress", "data"}
TRANSPARENT = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "u", "var",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "div", "dl", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "iframe", "img", "li", "main", "nav", "ol", "p", "pre", "section", "table", "ul", "video",
}  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")


def mark_inline(tree: HtmlElement) -> None:
    """Turns what stands in a sentence into spans, an element unknown to HTML too; `q` gets the marks it stands for."""
    holds_block: set[HtmlElement] = set()
    elements = list(tree.iter("*"))
    for element in reversed(elements):
        above = element.getparent()
        if above is not None and (element in holds_block or element.tag in BLOCKS):
            holds_block.add(above)
    worded: dict[HtmlElement, bool] = {}
    for element in elements:
        if element in holds_block:
            continue
        if element.tag == "q":
            _quote(element)
        if (
            element.tag == "q"
            or (element.tag in _PARTS and _is_in_sentence(element, worded))
            or ("-" in element.tag and (element.text or len(element)))
        ):
            element.tag = "span"


def _quote(element: HtmlElement) -> None:
    is_inner = any(above.get("data-quoted") for above in element.iterancestors())
    opening, closing = "‘’" if is_inner else "“”"
    element.set("data-quoted", "1")
    element.text = opening + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + closing
    else:
        element.text += closing


def _is_in_sentence(element: HtmlElement, worded: dict[HtmlElement, bool]) -> bool:
    """Whether words stand beside an element, or beside what it is a part of, in the same paragraph.

    `worded` keeps which elements have words of their own: thousands may stand in one.
    """
    above = element.getparent()
    while above is not None:
        if above not in worded:
            worded[above] = any(_LETTER.search(text or "") for text in (above.text, *(child.tail for child in above)))
        if worded[above]:
            return True
        if above.tag not in TRANSPARENT:
            return False
        above = above.getparent()
    return False
