"""A web page becomes plain text and given facts: what stands in its markup, read without running or loading anything.

trafilatura finds the main content; before that, what old pages write with line breaks and layout tables is put into
paragraphs, and what stands within a line into elements that it leaves there: it would lose or glue them. The text still
holds the furniture that stands between an article's paragraphs: the same rules that clean a text file take it out.
"""

import logging
import re
import sys
import warnings
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

from lxml.etree import LxmlError, SubElement, iterwalk
from lxml.html import Element, HtmlElement, HTMLParser, document_fromstring

from onrecord.document import Given
from onrecord.parse.inline import mark_inline
from onrecord.parse.no_article import is_no_article
from onrecord.parse.page_facts import read_facts

MOST_TAGS = 40_000  # in a page; newspapers have some 3,000, long live blogs 10,000
MOST_CAPTIONS = 100
TAG = re.compile("<[A-Za-z]")
# What neither XML nor HTML has as a character, as itself or as a reference to it: lxml raises for it.
NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?")
MOST_DIGITS = 7  # of the largest character's number
XML_HEAD = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
# Elements that stand within a line. What else a container holds next to bare text starts a new paragraph.
INLINE = {
    "a", "abbr", "acronym", "b", "big", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "img", "picture", "source", "svg", "script", "style", "noscript", "button", "input",
}  # fmt: skip
CONTAINERS = {"div", "article", "section", "main", "td", "th", "center", "p", "font", "span", "blockquote", "body"}
LAYOUT_CELL = 200  # characters of a cell that is no datum
CAPTION = re.compile(r"(?:^|[\s_-])(?:caption|cutline)(?:-text)?(?:$|\s)", re.IGNORECASE)
ADVERT = re.compile(
    r"(?:^|\s)(?:ads?|advert\w*|sponsored|ad[_-](?:slot|unit|container|wrapper|banner|box|break)\S*|adsbygoogle|"
    r"google_ads\S*|dfp\S*|taboola\S*|outbrain\S*)(?:$|\s)",
    re.IGNORECASE,
)
UNSEEN = {"script", "style", "amp-sidebar", "amp-ad", "amp-sticky-ad", "amp-consent", "amp-user-notification"}
HIDDEN = 0.4  # of a page's characters at most are hidden for good
PREVIEW = 0.5  # of an article's characters at most are in a preview
TEASERS = 0.4  # of an article's characters at most are in other stories
LEAST = 250  # characters that trafilatura expects of an article
MOST_BLOCKS = 500
LONGEST_GLUED = 20_000
GLUED = 0.4
LONGEST_ADVERT = 400  # characters; what has more may be the article in a frame with an odd name
SHORTEST_RUN = 40  # characters outside of links in bare text that can be a paragraph; menus have fewer
SHORTEST_SENTENCE = 12
SENTENCE_END = re.compile(r"[.!?…][\"”'’)\]]*$")
ENDS = re.compile(r"[.!?:;…][\"”'’)\]]*$")
FOUND_INLINE = {"hi", "ref", "del", "lb", "graphic", "code"}  # as trafilatura calls what stands within a paragraph


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: the article's text, a blank line between paragraphs, and the facts of its markup."""

    text: str
    given: Given
    captions: tuple[str, ...] = ()


def count_tags(html: str) -> int:
    """How many elements a page opens: what reading it costs."""
    return sum(1 for _ in TAG.finditer(html))


def read_page(html: str, locale: str | None = None) -> Page:
    """The article of a page; its text is empty if there is none.

    Args:
        html: the page or a fragment of one, of less than MOST_TAGS tags. Nothing in it is loaded or run.
        locale: how the outlet writes dates, if it is known.
    """
    tree = _tree(html)
    if tree is None:
        return Page("", Given())
    given, told = read_facts(tree, locale)
    captions = tuple(dict.fromkeys(filter(None, map(_flat, islice(_captions(tree), MOST_CAPTIONS)))))
    _drop_unseen(tree)
    _drop_adverts(tree)
    paragraphs = _main_paragraphs(deepcopy(tree))
    if sum(map(len, paragraphs)) < PREVIEW * sum(map(len, told)):
        paragraphs = told  # the page shows the beginning, its linked data has all
    elif is_no_article(tree, paragraphs):
        paragraphs = ()
    return Page("\n\n".join(paragraphs), given, captions)


def _tree(html: str) -> HtmlElement | None:
    """The page as a tree, mended like browsers do. Entities that it declares, and documents it names, are not read."""
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    bare = REFERENCE.sub(_checked, NO_CHARACTER.sub(" ", XML_HEAD.sub("", html, count=1)))
    try:
        return document_fromstring(bare.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):  # nothing but comments, or nothing at all
        return None


def _checked(reference: re.Match[str]) -> str:
    """A character reference as it stands, a space if what it refers to is no character."""
    digits = (reference["hex"] or reference["decimal"]).lstrip("0")
    code = int(digits or "0", 16 if reference["hex"] else 10) if len(digits) <= MOST_DIGITS else sys.maxunicode + 1
    return " " if code > sys.maxunicode or NO_CHARACTER.match(chr(code)) else reference[0]


def _flat(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _drop_unseen(tree: HtmlElement) -> None:
    """Takes out what a browser does not show, and menus; a page that hides most of itself shows it later."""
    most = HIDDEN * len(_flat(tree))
    for element in list(tree.iter("*")):
        is_hidden = element.get("hidden") is not None and element.tag not in ("html", "body", "main", "article")
        is_unseen = element.tag in UNSEEN or (is_hidden and len(_flat(element)) <= most)
        if is_unseen and element.getparent() is not None:
            element.drop_tree()


def _drop_adverts(tree: HtmlElement) -> None:
    """Takes out what is marked as an advertisement: the next download of the page has another one."""
    for element in list(tree.iter("div", "p", "section", "aside", "span", "ins", "li")):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if ADVERT.search(names) and len(_flat(element)) <= LONGEST_ADVERT:
            element.drop_tree()


def _drop_teasers(tree: HtmlElement) -> None:
    """Takes other stories out that stand within an article; the posts of a live blog are most of theirs and stay."""
    for article in list(tree.iter("article")):
        if next(article.iterancestors("article"), None) is None:
            inner = list(article.iterdescendants("article"))
            outermost = [e for e in inner if next(e.iterancestors("article")) is article]
            if sum(len(_flat(e)) for e in outermost) < TEASERS * len(_flat(article)):
                for element in outermost:
                    element.drop_tree()


def _captions(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Elements that hold the caption of a picture and no other one."""
    for element in tree.iter("figcaption", "p", "div", "span"):
        is_caption = element.tag == "figcaption" or CAPTION.search(element.get("class") or "")
        if is_caption and element.find(".//figcaption") is None and element.find(".//img") is None:
            yield element


def _mark_paragraphs(tree: HtmlElement) -> None:
    """Puts bare text beside blocks, and text that two line breaks divide, into paragraphs; undoes layout tables."""
    for table in list(tree.iter("table")):
        if any(cell.find(".//p") is not None or len(_flat(cell)) > LAYOUT_CELL for cell in table.iter("td")):
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
    unlinked = [len(_flat(run)) - sum(len(_flat(link)) for link in run.iter("a")) for run in runs]
    if container.tag == "p" or any(map(_can_be_paragraph, runs, unlinked)):
        for run, count in zip(runs, unlinked, strict=True):
            run.tag = "p" if count else "span"
    if container.tag in ("p", "font", "span"):
        container.tag = "div"
    empty = {run for run in runs if not (run.text or "").strip() and run.getchildren() == []}
    container[:] = [piece for piece in pieces if piece not in empty]


def _can_be_paragraph(run: HtmlElement, unlinked: int) -> bool:
    return unlinked >= SHORTEST_RUN or (unlinked >= SHORTEST_SENTENCE and bool(SENTENCE_END.search(_flat(run))))


def _main_paragraphs(tree: HtmlElement) -> tuple[str, ...]:
    """The paragraphs, sub-headings, items and quotations of the main content, in order. Changes the tree."""
    _drop_teasers(tree)
    mark_inline(tree)
    _mark_paragraphs(tree)
    leaves = (e for e in tree.iter("p", "li", "h1", "h2", "h3", "div") if all(child.tag in INLINE for child in e))
    blocks = {text for e in islice(leaves, MOST_BLOCKS) if len(text := _flat(e)) >= SHORTEST_RUN}
    found = tuple(_paragraphs(deepcopy(tree), LEAST))
    if _is_glued(found, blocks):  # what it does with short articles: all that the page has, in one piece
        least = tuple(_paragraphs(tree, 0))
        return least if least and not _is_glued(least, blocks) else found
    return found


def _is_glued(paragraphs: tuple[str, ...], blocks: set[str]) -> bool:
    """Whether most of a paragraph is the text of several elements that are paragraphs of their own."""
    longest = max(paragraphs, key=len, default="")[:LONGEST_GLUED]
    parts = [len(text) for text in blocks if text in longest and text != longest]
    return len(parts) > 1 and sum(parts) > GLUED * len(longest)  # one that it quotes is repeated in a box


def _paragraphs(tree: HtmlElement, least: int) -> Iterator[str]:
    """What is found as main content; below `least` characters, all of the page's text counts as it."""
    with warnings.catch_warnings(action="ignore"):  # about proxies for downloads, which nobody asks it for
        from trafilatura import bare_extraction  # half a second, and few corpora hold pages
        from trafilatura.settings import Document, use_config

    # What it has to say about a page, it would print. The text or its absence says enough.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(least)
    found = bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        favor_recall=True,
        deduplicate=False,
        with_metadata=False,
        config=config,
    )
    if not isinstance(found, Document):
        return
    runs: list[list[str]] = [[]]
    continued = set()  # of the runs, those that a line break in the middle of a text begins
    for event, element in iterwalk(found.body, events=("start", "end")):
        starts = event == "start"
        if element.tag == "lb" and starts:
            continued.add(len(runs))
            runs.append([])
        elif element.tag not in FOUND_INLINE:
            runs.append([])
        runs[-1].append((element.text if starts else element.tail) or "")
    paragraph = ""
    for at, run in enumerate(runs):
        text = " ".join("".join(run).split())
        if at in continued and paragraph and text[:1].islower() and not ENDS.search(paragraph):
            paragraph = f"{paragraph} {text}"
        elif text:
            if paragraph:
                yield paragraph
            paragraph = text
    if paragraph:
        yield paragraph
