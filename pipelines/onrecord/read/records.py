"""Records: JSON objects with an article's text or page and what is known about it, one a line or one a file.

Their fields go by many names. Known are those of news-please, newspaper4k, trafilatura, fundus, Scrapy exports,
NewsAPI, WordPress, and schema.org's NewsArticle; case, underscores and hyphens in a name do not count.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.parse.given import to_address, to_body, to_name, to_names, to_section, to_text
from onrecord.parse.given.days import to_day, to_moment
from onrecord.read.streams import BYTE_ORDER_MARKS, MAX_BYTES, decode, read_bounded, refused, sha256

WIDE_MARKS = tuple(mark for mark, _ in BYTE_ORDER_MARKS)
LONGEST_SKIPPED = 8 * MAX_BYTES  # bytes of an over-long line that are passed over before the file is given up
MOST_WITHOUT = 100_000  # lines in a row that hold no article: such a file is none of records
# The readers raise ValueError for what they cannot read, and repr() of a deep value can exhaust the stack.
UNREADABLE = (ValueError, RecursionError)

# Fields by their names, the surest first, in plain form (see _plain).
TEXT = (
    "text", "maintext", "articlebody", "plaintext", "rawtext", "fulltext", "cleanedtext", "body", "content", "article",
)  # fmt: skip
PAGE = ("html", "rawhtml", "pagehtml", "articlehtml", "pagesource", "source")
WRAPPERS = ("article", "data", "source", "document", "record", "item", "news")  # of a whole record
URL = (
    "url",
    "link",
    "canonicalurl",
    "canonicallink",
    "articleurl",
    "weburl",
    "mainentityofpage",
    "source",
    "sourceurl",
)
TITLE = ("title", "headline", "articletitle", "webtitle", "ogtitle")
OUTLET = (
    "outlet", "publisher", "sitename", "sourcename", "source", "sourcehostname", "publication", "newspaper", "site",
    "hostname", "sourcedomain", "domain",
)  # fmt: skip
AUTHORS = ("authors", "author", "byline", "creator", "writers", "articleauthor")
SECTION = ("section", "articlesection", "category", "sectionname", "categories")
RIGHTS = ("rights", "license", "licence", "copyrightnotice", "copyright", "usageterms", "rightsstatement")
PUBLISHED = (
    "published", "publishedat", "datepublish", "datepublished", "publishdate", "publisheddate", "publicationdate",
    "publishingdate", "publicationtime", "publishedon", "publishedtime", "publishtime", "pubdate",
    "webpublicationdate", "posted", "postedat", "date",
)  # fmt: skip
RETRIEVED = (
    "retrieved", "retrievedat", "retrievaldate", "dateretrieved", "downloaded", "downloadedat", "downloaddate",
    "datedownload", "datedownloaded", "crawled", "crawledat", "crawldate", "crawltime", "datecrawled", "scraped",
    "scrapedat", "scrapedate", "datescraped", "fetched", "fetchedat", "fetchdate", "fetchtime", "collectedat",
    "archivedat", "accessed", "accessedat", "warcdate",
)  # fmt: skip
MODIFIED = (
    "modified", "modifiedat", "modifiedtime", "datemodified", "datemodify", "modificationdate", "lastmodified",
    "updated", "updatedat", "updatedate", "dateupdated", "lastupdated",
)  # fmt: skip
# A page or a piece of one in a field for text.
MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|!--|[a-z][a-z0-9]{0,10}[\s>/])", re.IGNORECASE)
CLOSED = re.compile(r"</(?:p|div|body|html|article|section)>", re.IGNORECASE)


def read_lines(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The articles of a file with a record on each line, of any size: one line is held at a time."""
    number = without = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        place = f"{name}#{number}"
        without += 1
        if number == 1 and line.startswith(WIDE_MARKS):
            yield refused(Reason.BAD_ENCODING, name, "UTF-16 or UTF-32; records on lines are UTF-8")
            return
        if len(line) > MAX_BYTES:
            yield refused(Reason.TOO_LARGE, place, f"more than {MAX_BYTES} bytes")
            if not _skip(stream, line):
                yield refused(Reason.TOO_LARGE, name, f"the line goes on and on; nothing is read from line {number} on")
                return
        elif bare := line.strip():
            for item in _from_json(bare, place, given):
                without = 0 if isinstance(item, Seed) else without
                yield item
        if without >= MOST_WITHOUT:
            yield refused(
                Reason.BAD_RECORD, name, f"{without} lines without an article; nothing is read after {number}"
            )
            return
    if number == 0:
        yield refused(Reason.EMPTY, name, "a file without records")


def _skip(stream: IO[bytes], line: bytes) -> bool:
    """Passes over the rest of a line; False if it is too long even for that."""
    skipped = len(line)
    while line and not line.endswith(b"\n"):
        if skipped > LONGEST_SKIPPED:
            return False
        line = stream.readline(2**20)
        skipped += len(line)
    return True


def read_json(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The articles of a file that is one record, a list of them, or an object around such a list."""
    raw = read_bounded(stream)
    if raw is None:
        yield refused(Reason.TOO_LARGE, name, f"more than {MAX_BYTES} bytes; use .jsonl for many")
    else:
        yield from _from_json(raw, name, given, is_file=True)


def _from_json(raw: bytes, name: str, given: Given, *, is_file: bool = False) -> Iterator[Seed | Rejected]:
    digest = sha256(raw)
    decoded = decode(raw)
    if isinstance(decoded, Reason):
        yield refused(decoded, name, repr(raw[:60]), digest)
        return
    text, repairs = decoded
    try:
        content = json.loads(text)
    except UNREADABLE as error:
        yield refused(Reason.BAD_RECORD, name, f"{error}: {raw[:60]!r}", digest)
        return
    records = _listed(content) if is_file else None
    if records is None:
        yield from _seed_of(content, name, digest, given, repairs)
        return
    if not records:
        yield refused(Reason.EMPTY, name, "a list without records", digest)
    for number, record in enumerate(records, 1):
        place = f"{name}#{number}"
        try:
            canonical = json.dumps(record, ensure_ascii=True, sort_keys=True).encode()
        except UNREADABLE as error:
            yield refused(Reason.BAD_RECORD, place, str(error), digest)
        else:
            yield from _seed_of(record, place, sha256(canonical), given, repairs)


def _listed(content: Any) -> list[Any] | None:
    """The records of a list, or of an object that wraps one: {"status": "ok", "articles": [...]}."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or _body(_plain(content)):
        return None
    lists = [v for v in content.values() if isinstance(v, list) and v and all(isinstance(item, dict) for item in v)]
    if len(lists) != 1:
        return None
    if "@graph" in content:  # linked data: besides the article it describes its page, site and author
        return [node for node in lists[0] if _body(_plain(node))] or None
    return lists[0]


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with plain names; the first of several that become the same counts."""
    plain: dict[str, Any] = {}
    for key, value in record.items():
        if value not in (None, "", [], {}):
            plain.setdefault(re.sub(r"[\W_]", "", key.casefold()), value)
    return plain


def _body(record: Mapping[str, Any]) -> tuple[str, str] | None:
    """The text of a record and the form it is in; a page only where there is no text."""
    for names, forms in ((TEXT, ("text", "html")), (PAGE, ("html",))):
        for name in names:
            try:
                text = to_body(record[name])
            except (KeyError, *UNREADABLE):
                continue
            is_markup = MARKUP.match(text) is not None and CLOSED.search(text) is not None
            if is_markup or forms != ("html",):
                return text, "html" if is_markup else "text"
    return None


def _seed_of(record: Any, name: str, digest: str, given: Given, repairs: tuple[str, ...]) -> Iterator[Seed | Rejected]:
    """The seed in a record; facts that cannot be read are refused one by one and the article is kept without them."""
    if not isinstance(record, dict):
        yield refused(Reason.BAD_RECORD, name, f"not an object but a {type(record).__name__}", digest)
        return
    plain = _plain(record)
    body = _body(plain)
    inner = next((plain[wrapper] for wrapper in WRAPPERS if isinstance(plain.get(wrapper), dict)), None)
    if body is None and inner is not None:
        plain = _plain(inner)
        body = _body(plain)
    if body is None:
        yield refused(Reason.BAD_RECORD, name, f"no text among the fields {sorted(record)!r:.80}", digest)
        return
    text, form = body
    facts: dict[str, Any] = {}
    readers: Mapping[str, tuple[tuple[str, ...], Callable[[Any], Any]]] = {
        "url": (URL, to_address),
        "title": (TITLE, to_text),
        "outlet": (OUTLET, to_name),
        "authors": (AUTHORS, to_names),
        "section": (SECTION, to_section),
        "published": (PUBLISHED, lambda value: to_day(value, given.locale)),
    }
    for field, (names, reads) in readers.items():
        unread = None
        for value in (plain[name] for name in names if name in plain):
            try:
                facts[field] = reads(value)
                break
            except UNREADABLE:
                unread = value if unread is None else unread
        if field not in facts and unread is not None and unread != plain.get("source"):  # an outlet or an address
            yield refused(Reason.BAD_METADATA, name, f"{field}: {_shown(unread)}", digest)
    facts |= {"retrieved": _moment(plain, RETRIEVED), "modified": _moment(plain, MODIFIED)}
    if rights := _rights(plain):
        facts["rights"] = rights
    if isinstance(facts.get("published"), tuple):
        facts["published_bounds"] = facts.pop("published")
    yield Seed(
        source_file=name,
        source_sha256=digest,
        text=text,
        form=form,
        repairs=repairs,
        given=replace(given, **facts),
    )


def _moment(plain: Mapping[str, Any], names: Sequence[str]) -> datetime | None:
    """The latest that any of the fields names. No fact about the article: what cannot be read is passed over."""
    found = []
    for value in (plain[name] for name in names if name in plain):
        with suppress(*UNREADABLE):
            found.append(to_moment(value))
    return max(found, default=None)


def _rights(plain: Mapping[str, Any]) -> str | None:
    """What the first readable field says. Whoever passes articles on looks there; a number or a flag says nothing."""
    for value in (plain[name] for name in RIGHTS if name in plain):
        with suppress(*UNREADABLE):
            return to_text(value)
    return None


def _shown(value: Any) -> str:
    return f"{value!r:.80}" if isinstance(value, str | int | float) else f"an unexpected {type(value).__name__}"
