"""The day of publication in a page's visible elements, where their markup or their place says that they hold it."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from onrecord.parse.head.dates import read_date_line
from onrecord.parse.lines import to_line

_DATED = re.compile(
    r"(?:^|[\s_-])(?:published?|pubdate|posted(?:-on)?|dateline-date|date-header|publish(?:ed)?-?(?:date|time))", re.I
)
WRITTEN = re.compile(r"(?:^|[\s_-])(?:byline|author-?names?|article-author|entry-author|author)(?:$|[\s_-])", re.I)
_CHANGED = re.compile(r"updated|modified|edited|corrected", re.I)
_FIRST_OUT = re.compile(r"published|posted|issued", re.I)
_BY = re.compile(r"\bby\s+\S", re.I)
RUNNING = {"p", "li", "figcaption", "blockquote", "figure", "dd", "td", "caption"}  # what is dated there is told
LABELS = {"a", "b", "div", "em", "i", "li", "p", "small", "span", "strong", "td", "time"}
MOST_MARKED = 50  # elements of a kind that are looked at
LONGEST_LABEL = 200  # characters of a visible byline or date
_LABELLED = 60  # characters in front of a date that can say which date it is
_SHORTEST_BODY = 60  # characters of a paragraph that is none of the labels above the text


def properties(element: HtmlElement) -> list[str]:
    """What an element holds, as microdata."""
    return (element.get("itemprop") or "").split()


def visible_dates(own: Sequence[HtmlElement]) -> Iterator[str]:
    """Values of elements that say that they hold the day of publication.

    Args:
        own: the elements of the article itself, in the order of the page.
    """
    times = _times_above(own)
    for of in (
        lambda e: "datePublished" in properties(e),
        lambda e: (
            e.tag in ("time", "abbr")
            and (e.get("pubdate") is not None or _DATED.search(e.get("class") or ""))
            and not _is_changed(e)
        ),
        lambda e: times == [e],  # the only one; of several it is not sure which
        lambda e: _DATED.search(e.get("class") or "") and not _is_changed(e),
    ):
        for element in islice(filter(of, own), MOST_MARKED):
            if re.search(r"updated|modified", element.get("class") or "", re.I):
                continue
            for value in (element.get("content"), element.get("datetime"), element.get("title")):
                if value:
                    yield value
            text = to_line(element.text_content())
            if len(text) <= LONGEST_LABEL:
                yield text
    yield from _lines_above(own)


def _lines_above(own: Sequence[HtmlElement]) -> Iterator[str]:
    """Elements that hold a date and nothing else, between the headline and the first paragraph.

    Where two of them differ, as in a list of other stories, neither is taken.
    """
    is_above = False
    found: dict[str, None] = {}
    for element in own:
        if element.tag == "h1":
            is_above = True
        elif element.tag == "p" and is_above and len(to_line(element.text_content())) >= _SHORTEST_BODY:
            break
        elif is_above and element.tag in LABELS and len(element) <= 2:
            text = to_line(element.text_content())
            dated = read_date_line(text) if len(text) <= _LABELLED and re.search(r"\d{4}", text) else None
            if dated and dated.publication and not dated.is_update and not dated.others and not _is_changed(element):
                found[dated.publication.edtf or text] = None
    if len(found) == 1:
        yield from found


def _times_above(own: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The dates between the headline and the first paragraph, or beside the byline, that are not dates of a change."""
    found = []
    is_above, count = False, 0
    for element in own:
        if element.tag == "h1":
            is_above = True
        elif element.tag == "p" and is_above and not _is_written(element):
            is_above = len(to_line(element.text_content())) < _SHORTEST_BODY
        elif element.tag == "time" and (count := count + 1) <= MOST_MARKED and (is_above or _is_beside_byline(element)):
            within = next((e for e in element.iterancestors() if e.tag in RUNNING), None)
            if (within is None or _is_written(within)) and not _is_changed(element):
                found.append(element)
    return found


def _is_written(element: HtmlElement) -> bool:
    return bool(WRITTEN.search(element.get("class") or ""))


def _is_beside_byline(element: HtmlElement) -> bool:
    """Whether what stands right around a date is marked as a byline, or says who it is by."""
    above = element.getparent()
    if above is None:
        return False
    beside = (above, element.getprevious(), element.getnext())
    label = to_line(above.text_content())
    return any(e is not None and _is_written(e) for e in beside) or (
        len(label) <= LONGEST_LABEL and _BY.match(label) is not None
    )


def _is_changed(element: HtmlElement) -> bool:
    """Whether an element, or what stands before it in its parent or that one's, says that it dates a change."""
    texts, inner = [to_line(element.text_content()[: 2 * LONGEST_LABEL])[:_LABELLED]], element
    for above in islice(element.iterancestors(), 2):
        before = inner.getprevious()
        label = (inner.getprevious().tail or "") if before is not None else (above.text or "")
        if before is not None and before.tag != "time":
            label = f"{before.text_content()[-_LABELLED:]} {label}"
        texts.append(to_line(label)[-_LABELLED:])
        inner = above
    for text in texts:
        if changes := list(_CHANGED.finditer(text)):
            return _FIRST_OUT.search(text, changes[-1].end()) is None
    names = (element, *islice(element.iterancestors(), 1))
    return any(_CHANGED.search(e.get("class") or "") and not _FIRST_OUT.search(e.get("class") or "") for e in names)
