"""The facts that a page's markup gives about its article: linked data, meta elements, attributes of visible elements.

Sources, the surest first: schema.org's NewsArticle as JSON-LD, the Open Graph protocol and its `article:` terms, Dublin
Core, the names that publishing systems have made common, schema.org as microdata, and elements whose class says what
they hold. What only text or an address suggests is no fact here, and a date of change is no date of publication.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from onrecord.document import Given
from onrecord.parse.given import LONGEST_FACT, clean_authors, to_address, to_name, to_names, to_section, to_text
from onrecord.parse.given.days import to_day, to_moment
from onrecord.parse.given.local_day import moment_in_utc, possible_days
from onrecord.parse.given.published import address_day
from onrecord.parse.head.bylines import read_byline, read_name_line, to_outlet
from onrecord.parse.lines import to_line
from onrecord.parse.page.beside import own_elements
from onrecord.parse.page.linked_data import find_article, read_paragraphs
from onrecord.parse.page.visible_dates import LONGEST_LABEL, MOST_MARKED, WRITTEN, properties, visible_dates

TITLES = ("og:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "twitter:title")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "parsely-pub-date",
    "sailthru.date", "originalpublicationdate", "publication_date", "publication-date", "publishdate", "publish-date",
    "publish_date", "published_time", "pubdate", "ptime", "pdate", "dc.date.issued", "dcterms.issued", "dc.issued",
    "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "cxenseparse:recs:publishtime",
    "citation_publication_date", "date",
)  # fmt: skip
CHANGES = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_AUTHORS = (
    "author", "article:author", "article:author_name", "byl", "byline", "parsely-author", "sailthru.author",
    "dc.creator", "dcterms.creator", "creator", "citation_author", "twitter:data1",
)  # fmt: skip
_OUTLETS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "sitename", "application-name")
_SECTIONS = ("article:section", "parsely-section", "section")
_RIGHTS = ("dcterms.license", "dcterms.rights", "dc.rights", "copyright")


def read_metadata(tree: HtmlElement, locale: str | None) -> tuple[Given, tuple[str, ...]]:
    """What the markup of a page says about the article, and the paragraphs of the text that its linked data repeats.

    A value that cannot be read is passed over. `locale` is how the outlet writes dates, where the operator has said it.
    """
    meta = _metas(tree)
    address = _address(tree, meta)
    locale = locale or _locale(tree, meta)
    node = find_article(tree, address, _headlines(tree, meta))
    outlet = _first([node.get("publisher"), *_all(meta, _OUTLETS), _site(_page_title(tree))], to_name)
    own = own_elements(tree)

    def some_names(value: Any) -> tuple[str, ...]:
        if names := clean_authors(to_names(value), outlet):
            return names
        raise ValueError(value)

    dates = chain([node.get("datePublished")], _all(meta, _DATES), visible_dates(own))
    day, moment = _first(dates, lambda value: (to_day(value, locale), moment_in_utc(value))) or (None, None)
    if moment and (printed := _printed_day(own, moment, locale)):
        filed = address_day(address)
        if filed is None or filed.day in (None, printed):
            day, moment = printed, None
    authors = _first([node.get("author"), node.get("creator")], some_names) or _fullest(_named(meta), some_names)
    authors = authors or _first(_visible_authors(own), some_names)
    given = Given(
        url=address or _first([node.get("url"), node.get("mainEntityOfPage")], _web_address),
        title=_title(tree, _first([node.get("headline"), *_all(meta, TITLES)], to_text), outlet),
        outlet=outlet,
        authors=authors or (),
        section=_first([node.get("articleSection"), *_all(meta, _SECTIONS)], to_section),
        rights=_first([node.get("license"), node.get("copyrightNotice"), *_all(meta, _RIGHTS)], to_text),
        published=None if isinstance(day, tuple) else day,
        published_at=moment,
        published_bounds=day if isinstance(day, tuple) else None,
        locale=locale,
        modified=_first([node.get("dateModified"), *_all(meta, CHANGES)], to_moment),
    )
    return given, read_paragraphs(node)


def _first(values: Iterable[Any], reads: Callable[[Any], Any]) -> Any:
    """The first value that can be read, as read."""
    for value in values:
        if value:
            try:
                return reads(value)
            except ValueError:
                continue
    return None


def _printed_day(own: Sequence[HtmlElement], moment: datetime, locale: str | None) -> date | None:
    """The day that the page prints, where it was that day somewhere at the moment that its markup tells in UTC."""
    for value in visible_dates(own):
        day = None if moment_in_utc(value) else _first([value], lambda value: to_day(value, locale))
        if day in possible_days(moment):
            return day if isinstance(day, date) else None
    return None


def _fullest(values: Iterable[Any], reads: Callable[[Any], tuple[str, ...]]) -> tuple[str, ...] | None:
    """The first value that can be read, or the longest of those that name its authors and more."""
    found = [names for value in values if (names := _first([value], reads))]
    return max((names for names in found if {*found[0]} <= {*names}), key=len, default=None)


def _metas(tree: HtmlElement) -> Mapping[str, list[str]]:
    """What the meta elements say, by name in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().casefold(), []).append(content)
    return found


def _all(meta: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from meta.get(name, ())


def _web_address(value: Any) -> str:
    """An address with a path: a bare host is the site, not the article."""
    address = to_address(value)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or not (parts.path.strip("/") or parts.query):
        raise ValueError(value)
    return address


def _address(tree: HtmlElement, meta: Mapping[str, list[str]]) -> str | None:
    links = (e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").casefold().split())
    address = _first([*links, *meta.get("og:url", ())], _web_address)
    return address if isinstance(address, str) else None


def _locale(tree: HtmlElement, meta: Mapping[str, list[str]]) -> str | None:
    """The locale of the page. American English says nothing: it is what publishing systems come with."""
    for value in (tree.get("lang"), *meta.get("og:locale", ())):
        if value and re.fullmatch(r"en[-_][A-Za-z]{2}", value.strip()) and value.strip()[3:].upper() != "US":
            return f"en-{value.strip()[3:].upper()}"
    return None


def _printed(tree: HtmlElement) -> list[str]:
    """The page's first headings; one word is a section or the outlet."""
    texts = (to_line(e.text_content()) for e in islice(tree.iter("h1"), MOST_MARKED))
    return [text for text in texts if len(text.split()) >= 2 and len(text) <= LONGEST_FACT]


def _headlines(tree: HtmlElement, meta: Mapping[str, list[str]]) -> Callable[[str], bool] | None:
    """Tells whether a text is a wording of the page's headline; None if the page prints none."""
    if not (printed := _printed(tree)):
        return None
    known = [*printed, _page_title(tree), *(to_line(title)[:LONGEST_FACT] for title in _all(meta, TITLES))]
    known = [text for text in known[:MOST_MARKED] if text]

    def is_headline(text: str) -> bool:
        line = to_line(text[:LONGEST_FACT])
        return any(_is_same(line, other) or _is_same(other, line) for other in known)

    return is_headline


def _title(tree: HtmlElement, told: str | None, outlet: str | None) -> str | None:
    """The headline as the page prints it, else as its markup words it for others, else the page's title."""
    printed = _printed(tree)
    told = told and _without_outlet(to_line(told), outlet)
    page = _page_title(tree)
    for text in printed:
        if any(_is_same(text, other) for other in (told, page) if other):
            return text
    if len(printed) == 1 and told and page and _is_same(told, page) and _is_of_article(tree, printed[0]):
        return printed[0]  # the markup's is worded for search engines
    return told or (printed[0] if len(printed) == 1 else None) or _without_outlet(page, outlet) or None


def _is_of_article(tree: HtmlElement, text: str) -> bool:
    """Whether the page's only main heading stands in its article, and names neither a section nor the outlet."""
    headings = list(islice(tree.iter("h1"), 2))
    is_within = len(headings) == 1 and any(above.tag == "article" for above in headings[0].iterancestors())
    return is_within and len(text.split()) > 3 and to_outlet(text) is None


def _page_title(tree: HtmlElement) -> str:
    title = next((to_line(e.text_content()) for e in tree.iter("title")), "")
    return title if len(title) <= LONGEST_FACT else ""


def _site(title: str) -> str | None:
    """The outlet that a page's title ends with."""
    bare, _, site = title.rpartition(" | " if " | " in title else " - ")
    return to_outlet(site) if len(bare.split()) > 2 else None


def _is_same(text: str, other: str) -> bool:
    """Whether most words of a headline are in another wording of it."""
    words, others = (set(re.findall(r"\w+", each.casefold())) for each in (text, other))
    return len(words & others) * 5 >= len(words) * 3


def _without_outlet(title: str, outlet: str | None) -> str:
    """A page's title without the name of the site at either end."""
    name = to_line(outlet or "")
    if name:
        bare = re.sub(rf"(?:\s+[|–—-]\s+|\s*[|–—]\s*){re.escape(name)}\W*$|^{re.escape(name)}\s*[:|–—-]\s+", "", title)
        return bare if bare.strip() else title
    return title.rpartition(" | " if " | " in title else " - ")[0] if _site(title) else title


def _named(meta: Mapping[str, list[str]]) -> Iterator[Any]:
    named = list(meta.get("citation_author", ()))
    for name in _AUTHORS:
        values = named if name == "citation_author" else meta.get(name, [])
        if len(values) > 1:
            yield values  # one element for each author
        yield from values


def _visible_authors(own: Sequence[HtmlElement]) -> Iterator[Any]:
    yield [to_line(e.text_content()) for e in islice(filter(_is_author_name, own), MOST_MARKED)]
    for of in (
        lambda e: "author" in properties(e),
        lambda e: "author" in (e.get("rel") or "").casefold().split(),
        lambda e: bool(WRITTEN.search(f"{e.get('class') or ''} {e.get('data-testid') or ''}")),
    ):
        texts = [to_line(e.text_content()) for e in islice(filter(of, own), MOST_MARKED)]
        texts = [text for text in dict.fromkeys(texts) if text and len(text) <= LONGEST_LABEL]
        bylines = [read_byline(text) or read_byline(f"By {text}") or read_name_line(text) for text in texts]
        yield list(dict.fromkeys(name for byline in bylines if byline for name in byline.authors))


def _is_author_name(element: HtmlElement) -> bool:
    """The name in an author's microdata: `author` with `name` in it."""
    above = element.getparent()
    return "name" in properties(element) and any(
        "author" in properties(e)
        for e in (element, above, None if above is None else above.getparent())
        if e is not None
    )
