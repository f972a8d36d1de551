"""The main content of a page as paragraphs: found by trafilatura, once what it would lose or glue stands apart."""

import logging
import re
import warnings
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from onrecord.parse.page.blocks import INLINE, SHORTEST_RUN, flat, mark_paragraphs
from onrecord.parse.page.inline import mark_inline

_TEASERS = 0.4  # of an article's characters at most are in other stories
_LEAST = 250  # characters that trafilatura expects of an article
_MOST_BLOCKS = 500
_LONGEST_GLUED = 20_000
_GLUED = 0.4
_ENDS = re.compile(r"[.!?:;…][\"”'’)\]]*$")
_FOUND_INLINE = {"hi", "ref", "del", "lb", "graphic", "code"}  # as trafilatura calls what stands within a paragraph


def main_paragraphs(tree: HtmlElement) -> tuple[str, ...]:
    """The paragraphs, sub-headings, items and quotations of the main content, in order. Changes the tree."""
    _drop_teasers(tree)
    mark_inline(tree)
    mark_paragraphs(tree)
    leaves = (e for e in tree.iter("p", "li", "h1", "h2", "h3", "div") if all(child.tag in INLINE for child in e))
    blocks = {text for e in islice(leaves, _MOST_BLOCKS) if len(text := flat(e)) >= SHORTEST_RUN}
    found = tuple(_paragraphs(deepcopy(tree), _LEAST))
    if _is_glued(found, blocks):  # what it does with short articles: all that the page has, in one piece
        least = tuple(_paragraphs(tree, 0))
        return least if least and not _is_glued(least, blocks) else found
    return found


def _drop_teasers(tree: HtmlElement) -> None:
    """Takes other stories out that stand within an article; the posts of a live blog are most of theirs and stay."""
    for article in list(tree.iter("article")):
        if next(article.iterancestors("article"), None) is None:
            inner = list(article.iterdescendants("article"))
            outermost = [e for e in inner if next(e.iterancestors("article")) is article]
            if sum(len(flat(e)) for e in outermost) < _TEASERS * len(flat(article)):
                for element in outermost:
                    element.drop_tree()


def _is_glued(paragraphs: tuple[str, ...], blocks: set[str]) -> bool:
    """Whether most of a paragraph is the text of several elements that are paragraphs of their own."""
    longest = max(paragraphs, key=len, default="")[:_LONGEST_GLUED]
    parts = [len(text) for text in blocks if text in longest and text != longest]
    return len(parts) > 1 and sum(parts) > _GLUED * len(longest)  # one that it quotes is repeated in a box


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
        elif element.tag not in _FOUND_INLINE:
            runs.append([])
        runs[-1].append((element.text if starts else element.tail) or "")
    paragraph = ""
    for at, run in enumerate(runs):
        text = " ".join("".join(run).split())
        if at in continued and paragraph and text[:1].islower() and not _ENDS.search(paragraph):
            paragraph = f"{paragraph} {text}"
        elif text:
            if paragraph:
                yield paragraph
            paragraph = text
    if paragraph:
        yield paragraph
