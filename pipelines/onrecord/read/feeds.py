"""Feeds (RSS, Atom) with the full text of their entries, one article each; a feed of teasers has none."""

import re
from collections.abc import Iterator
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.records import one_of_many
from onrecord.read.streams import MAX_BYTES, read_bounded, refused, sha256
from onrecord.storage.packages import missing

_LEAST_SUMMARY = 1000  # characters without markup of a description that is the article itself
_TAG = re.compile(r"<[^>]{0,2000}>")
_ENTITY = b"<!ENTITY"


def read_feed(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The articles of a feed; entries are numbered from the top."""
    try:
        import feedparser
    except ImportError:
        raise missing(name, "feeds") from None
    raw = read_bounded(stream)
    if raw is None:
        yield refused(Reason.TOO_LARGE, name, f"more than {MAX_BYTES} bytes")
        return
    digest = sha256(raw)
    if not raw.strip():
        yield refused(Reason.EMPTY, name, "a file without content", digest)
        return
    if _ENTITY in raw:  # of its own: no feed needs one, and a few lines of them unfold to gigabytes
        yield refused(Reason.UNREADABLE, name, "declares entities of its own", digest)
        return
    try:
        feed = feedparser.parse(raw)
    except Exception as error:  # it parses what is no XML, too, and fails in as many ways
        yield refused(Reason.UNREADABLE, name, f"{type(error).__name__}: {error}"[:200], digest)
        return
    if not feed.get("version"):
        yield refused(Reason.UNSUPPORTED_FORMAT, name, "XML that is no feed; NITF and NewsML are not read", digest)
        return
    if not feed.entries:
        yield refused(Reason.EMPTY, name, "a feed without entries", digest)
    for number, entry in enumerate(feed.entries, 1):
        place = f"{name}#{number}"
        text = _text(entry)
        if text is None:
            yield refused(Reason.BAD_RECORD, place, f"a teaser without the article: {entry.get('title', '')!r:.80}")
        else:
            yield from one_of_many(_record(entry, feed.feed, text), place, digest, given, ())


def _text(entry: Any) -> str | None:
    parts = [part.get("value") or "" for part in entry.get("content", ())]
    summary = entry.get("summary") or ""
    if len(_TAG.sub("", summary)) >= _LEAST_SUMMARY:
        parts.append(summary)
    longest = max(parts, key=len, default="")
    return longest if longest.strip() else None


def _record(entry: Any, feed: Any, text: str) -> dict[str, Any]:
    authors = [author.get("name") for author in entry.get("authors", ()) if author.get("name")]
    tags = [tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")]
    return {
        "html" if _TAG.search(text) else "text": f"<div>{text}</div>" if _TAG.search(text) else text,
        "title": entry.get("title"),
        "url": entry.get("link"),
        "authors": authors or entry.get("author"),
        "outlet": feed.get("title"),
        "section": tags[0] if tags else None,
        "published": entry.get("published"),
        "updated": dict.get(entry, "updated"),  # its own get() takes the day of publication where there is none
        "rights": entry.get("rights") or feed.get("rights"),
    }
