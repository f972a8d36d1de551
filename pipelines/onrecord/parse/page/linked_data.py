"""The article that a page's linked data describes: schema.org's NewsArticle and its kin as JSON-LD."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from onrecord.parse.markdown_text import to_plain_text

_ARTICLE = re.compile(r"(?:\w*NewsArticle|Article|Report|BlogPosting|LiveBlogPosting)")
_BREAK = re.compile(r"</p\s{0,9}>|<br\s{0,9}/?>|[\r\n\u2028\u2029]", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_HEAD = re.compile(r"\A(?:<!--|//\s{0,9}<!\[CDATA\[|<!\[CDATA\[)")  # what hides scripts from the oldest browsers
_MARKDOWN = re.compile(r"\]\(https?://|^\+\+\+|^\{: |^\[#\w+:", re.MULTILINE)
_MOST_SCRIPTS = 50
_MOST_NODES = 5_000
_MOST_NAMES = 100


def find_article(
    tree: HtmlElement, address: str | None, is_headline: Callable[[str], bool] | None
) -> Mapping[str, Any]:
    """The article that the page is about, references to its other nodes resolved; empty if there is none for sure.

    `is_headline` tells a headline of this page from another's; None if the page prints none. Without it a node is
    believed that stands alone: a page that prints another headline has the data of another story, a teaser's or the
    one that its template was copied from.
    """
    nodes = list(islice((node for script in _linked_data(tree) for node in _nodes(script)), _MOST_NODES))
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if any(_ARTICLE.fullmatch(kind) for kind in _types(node))]
    here = [node for node in articles if address and address in _addresses(node)]
    sure = set(map(id, here))
    if is_headline is not None:
        articles = [
            node
            for node in articles
            if id(node) in sure or not isinstance(headline := node.get("headline"), str) or is_headline(headline)
        ]
    if len({headline for node in articles if isinstance(headline := node.get("headline"), str)}) > 1:
        articles = here  # a page that lists articles, or several on one page
    # Two systems on one site describe the article twice: what the first leaves out the second may say.
    merged: dict[str, Any] = {}
    for node in articles:
        for key, value in node.items():
            merged.setdefault(key, _resolved(value, named))
    return merged


def read_paragraphs(article: Mapping[str, Any]) -> tuple[str, ...]:
    """The paragraphs of the text that linked data repeats, as its line breaks divide it."""
    text = article.get("articleBody")
    if not isinstance(text, str):
        return ()
    if _MARKDOWN.search(text):
        text = to_plain_text(text)
    pieces = (" ".join(_MARKUP.sub("", piece).split()) for piece in _BREAK.split(text))
    return tuple(piece for piece in pieces if piece)


def _linked_data(tree: HtmlElement) -> Iterator[Any]:
    for script in list(tree.iter("script"))[:_MOST_SCRIPTS]:
        if (script.get("type") or "").partition(";")[0].strip().casefold() == "application/ld+json" and script.text:
            bare = _HEAD.sub("", script.text.lstrip(), count=1).rstrip(" \t\r\n;")
            for mark in ("-->", "]]>", "//"):
                bare = bare.removesuffix(mark).rstrip()
            bare = bare.rstrip(";")
            try:
                yield json.loads(bare, strict=False)
            except (ValueError, RecursionError):
                continue  # broken linked data says nothing


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The nodes of a document of linked data: itself or its list of nodes, their graphs and what pages are about."""
    for node in _objects(value):
        yield node
        for inner in (node.get("@graph"), node.get("mainEntity")):
            yield from _objects(inner)


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [k.rpartition("/")[2] for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]


def _addresses(node: Mapping[str, Any]) -> set[str]:
    page = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return {value.partition("#")[0] for value in values if isinstance(value, str)}


def _resolved(value: Any, named: Mapping[str, Mapping[str, Any]]) -> Any:
    """The nodes that references stand for: {"@id": ...}, or a list with such."""
    if isinstance(value, list):
        return [named.get(item["@id"], item) if _is_reference(item) else item for item in value[:_MOST_NAMES]]
    return named.get(value["@id"], value) if _is_reference(value) else value


def _is_reference(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str)
