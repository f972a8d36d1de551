"""Bare text beside blocks, text that line breaks divide, and layout tables: all of it becomes paragraphs."""

import re

from lxml.etree import SubElement
from lxml.html import Element, HtmlElement

# Elements that stand within a line. What else a container holds next to bare text starts a new paragraph.
INLINE = {
    "a", "abbr", "acronym", "b", "big", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "img", "picture", "source", "svg", "script", "style", "noscript", "button", "input",
}  # fmt: skip
CONTAINERS = {"div", "article", "section", "main", "td", "th", "center", "p", "font", "span", "blockquote", "body"}
_LAYOUT_CELL = 200  # characters of a cell that is no datum
SHORTEST_RUN = 40  # characters outside of links in bare text that can be a paragraph; menus have fewer
_SHORTEST_SENTENCE = 12
_SENTENCE_END = re.compile(r"[.!?…][\"”'’)\]]*$")


def flat(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def mark_paragraphs(tree: HtmlElement) -> None:
    """Puts bare text beside blocks, and text that two line breaks divide, into paragraphs; undoes layout tables."""
    for table in list(tree.iter("table")):
        if any(cell.find(".//p") is not None or len(flat(cell)) > _LAYOUT_CELL for cell in table.iter("td")):
            for element in [table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th")]:
                element.tag = "div"
    for text in list(tree.iter("pre")):
        if not len(text):
            paragraphs = (text.text or "").split("\n\n")
            text.tag, text.text = "div", None
            for paragraph in paragraphs:
                SubElement(text, "p").text = paragraph
    elements = list(tree.iter("*"))
    blocks = {element for element in elements if element.tag not in INLINE}
    for element in reversed(elements):  # an inline element that holds a block is one, too
        if element in blocks and element.getparent() is not None:
            blocks.add(element.getparent())
    for element in elements:
        if element.tag in CONTAINERS and (any(child in blocks for child in element) or _has_break(element)):
            _divide(element, blocks)


def _has_break(element: HtmlElement) -> bool:
    """Whether two line breaks follow each other."""
    return any(child.tag == "br" and _is_doubled(child) for child in element)


def _is_doubled(line_break: HtmlElement) -> bool:
    after = line_break.getnext()
    return after is not None and after.tag == "br" and not (line_break.tail or "").strip()


def _divide(container: HtmlElement, blocks: set[HtmlElement]) -> None:
    """Wraps each run of text and inline elements in an element of its own; a block or two line breaks end a run.

    Runs become paragraphs if one of them is long enough to be one, spans otherwise.
    """
    runs = [Element("span")]
    pieces = [*runs]
    runs[0].text, container.text = container.text, None
    for child in list(container):
        is_block, is_end = child in blocks, child.tag == "br" and _is_doubled(child)
        tail, child.tail = child.tail, None
        if is_block:
            pieces.append(child)
        if is_block or is_end:
            runs.append(Element("span"))
            pieces.append(runs[-1])
            runs[-1].text = tail
        else:
            runs[-1].append(child)
            child.tail = tail
    unlinked = [len(flat(run)) - sum(len(flat(link)) for link in run.iter("a")) for run in runs]
    if container.tag == "p" or any(map(_can_be_paragraph, runs, unlinked)):
        for run, count in zip(runs, unlinked, strict=True):
            run.tag = "p" if count else "span"
    if container.tag in ("p", "font", "span"):
        container.tag = "div"
    empty = {run for run in runs if not (run.text or "").strip() and run.getchildren() == []}
    container[:] = [piece for piece in pieces if piece not in empty]


def _can_be_paragraph(run: HtmlElement, unlinked: int) -> bool:
    return unlinked >= SHORTEST_RUN or (unlinked >= _SHORTEST_SENTENCE and bool(_SENTENCE_END.search(flat(run))))
