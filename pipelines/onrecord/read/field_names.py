"""The fields of records and tables by their names, of which each fact has many.

Known are those of news-please, newspaper4k, trafilatura, fundus, Scrapy exports, NewsAPI, the interfaces of the
Guardian and the New York Times, Media Cloud, Elasticsearch, JSON Feed, Firecrawl, WordPress, the tables all-the-news
and CC-News, and schema.org's NewsArticle. Case, underscores, hyphens and spaces in a name do not count.

What nothing guesses the user maps: `--fields text=story_words,published=ran_on`. The choice stands in the environment
as ONRECORD_FIELDS, so that every process that reads sees it.
"""

import math
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from onrecord.errors import UserError

FIELDS = "ONRECORD_FIELDS"
# The surest first, in plain form (see `plain`).
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "maintext", "articlebody", "plaintext", "rawtext", "fulltext", "cleanedtext", "textcontent",
        "articletext", "bodytext", "contenttext", "articlecontent", "newstext", "storytext", "body", "content",
        "article", "story", "leadparagraph",
    ),
    "markdown": ("markdown", "rawmarkdown", "contentmarkdown"),
    "html": ("html", "rawhtml", "pagehtml", "articlehtml", "contenthtml", "bodyhtml", "pagesource", "source"),
    "url": (
        "url", "link", "canonicalurl", "canonicallink", "articleurl", "weburl", "mainentityofpage", "source",
        "sourceurl",
    ),
    "title": ("title", "headline", "articletitle", "webtitle", "ogtitle"),
    "outlet": (
        "outlet", "publisher", "sitename", "sourcename", "medianame", "source", "sourcehostname", "publication",
        "newspaper", "ogsitename", "site", "hostname", "sourcedomain", "canonicaldomain", "domain",
    ),
    "authors": ("authors", "author", "byline", "creator", "writers", "articleauthor"),
    "section": ("section", "articlesection", "category", "sectionname", "categories"),
    "rights": ("rights", "license", "licence", "copyrightnotice", "copyright", "usageterms", "rightsstatement"),
    "published": (
        "published", "publishedat", "datepublish", "datepublished", "publishdate", "publisheddate", "publicationdate",
        "publishingdate", "publicationtime", "publishedon", "publishedtime", "publishtime", "pubdate",
        "webpublicationdate", "posted", "postedat", "date",
    ),
    "retrieved": (
        "retrieved", "retrievedat", "retrievaldate", "dateretrieved", "downloaded", "downloadedat", "downloaddate",
        "datedownload", "datedownloaded", "crawled", "crawledat", "crawldate", "crawltime", "datecrawled", "scraped",
        "scrapedat", "scrapedate", "datescraped", "fetched", "fetchedat", "fetchdate", "fetchtime", "collectedat",
        "archivedat", "accessed", "accessedat", "warcdate",
    ),
    "modified": (
        "modified", "modifiedat", "modifiedtime", "datemodified", "datemodify", "modificationdate", "lastmodified",
        "updated", "updatedat", "updatedate", "dateupdated", "lastupdated",
    ),
}  # fmt: skip
WRAPPERS = ("article", "data", "source", "document", "record", "item", "news", "fields")  # of a whole record
BESIDE = ("metadata", "meta")  # of facts beside the text
# What tables write in a cell that holds nothing.
_NOTHING = {"nan", "none", "null", "nat", "n/a", "#n/a", "<na>"}


class FieldsError(UserError):
    """`--fields` maps what no record has or no fact is."""

    code = "OR045"


def names_of(fact: str) -> Sequence[str]:
    """The names of the fields that hold a fact, in plain form, the surest first: the user's own before all."""
    return _names(os.environ.get(FIELDS, ""))[fact]


def choose_fields(mapping: str) -> None:
    """Read these fields from now on, in this process and in those that it starts: "text=body_text,published=pubdate".

    Raises:
        UserError: not in that form, or a fact that no article has.
    """
    _names(mapping)
    os.environ[FIELDS] = mapping


def chosen_fields() -> str:
    """What the user mapped; empty without."""
    return os.environ.get(FIELDS, "")


@cache
def _names(mapping: str) -> Mapping[str, tuple[str, ...]]:
    names = dict(NAMES)
    for pair in filter(None, map(str.strip, mapping.split(","))):
        fact, equals, field = (part.strip() for part in pair.partition("="))
        if fact not in NAMES or not equals or not plain_name(field):
            raise FieldsError(f"--fields takes FACT=FIELD with a fact of {', '.join(NAMES)}; found {pair!r}")
        names[fact] = (plain_name(field), *names[fact])
        # A field that the user calls one thing is no other: a date in `source`, a text in `title`.
        for other in NAMES.keys() - {fact}:
            names[other] = tuple(name for name in names[other] if name != plain_name(field))
    return names


def plain_name(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def plain(record: Mapping[Any, Any]) -> dict[str, Any]:
    """A record with plain names and without what holds nothing; the first of several that become the same counts."""
    found: dict[str, Any] = {}
    for key, value in record.items():
        if not _is_nothing(value):
            found.setdefault(plain_name(str(key)), value)
    return found


def _is_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return not value or value.casefold() in _NOTHING
    return value is None or value == [] or value == {} or (isinstance(value, float) and math.isnan(value))
