"""Factiva's pages as text: each field and paragraph between blank lines, codes and values of a table on one line."""

from typing import Any

from lxml import html

_BLOCKS = {"p", "div", "td", "th", "li", "h1", "h2", "h3", "h4", "tr", "br"}
_MARKS = ("articleParagraph", "enArticle", "factiva")


def is_of_factiva(page: str) -> bool:
    """Whether a page is an export of Factiva, by the names of its classes."""
    return any(mark in page for mark in _MARKS[:2]) and "Document " in page


def text_of_page(page: str) -> str:
    """The text of all articles in a page, as their plain exports have it."""
    root = html.fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    for element in list(root.iter("script", "style", "head")):
        element.drop_tree()
    lines: list[str] = []
    for element in root.iter():
        if element.tag == "tr":
            cells = [" ".join(cell.text_content().split()) for cell in element.iterchildren("td", "th")]
            if len(cells) == 2 and cells[0].isupper() and len(cells[0]) <= 3:  # a code and its value
                lines += [f"{cells[0]} {_paragraphs(element)}", ""]
        elif element.tag in _BLOCKS and not _is_in_row(element) and not _holds_blocks(element):
            lines += [" ".join(element.text_content().split()), ""]
    return "\n".join(lines)


def _paragraphs(row: Any) -> str:
    """The value of a code, its paragraphs kept."""
    cell = list(row.iterchildren("td", "th"))[1]
    parts = [" ".join(p.text_content().split()) for p in cell.iter("p")] or [" ".join(cell.text_content().split())]
    return "\n\n".join(parts)


def _is_in_row(element: Any) -> bool:
    return any(above.tag == "tr" and len(above) == 2 for above in element.iterancestors())


def _holds_blocks(element: Any) -> bool:
    return any(inner.tag in _BLOCKS - {"br"} for inner in element.iterdescendants())
