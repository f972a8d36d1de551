"""One record, an object with an article's text or page and what is known about it, becomes a seed."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.parse.given import to_address, to_body, to_name, to_names, to_section, to_text
from onrecord.parse.given.days import to_day, to_moment
from onrecord.parse.given.local_day import moment_in_utc
from onrecord.parse.markdown_text import to_plain_text
from onrecord.read.field_names import BESIDE, WRAPPERS, names_of, plain
from onrecord.read.streams import refused

# The readers of facts raise ValueError for what they cannot read, and repr() of a deep value can exhaust the stack.
UNREADABLE = (ValueError, RecursionError)
# A page or a piece of one in a field for text.
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|!--|[a-z][a-z0-9]{0,10}[\s>/])", re.IGNORECASE)
_WRITTEN_BREAK = re.compile(r"[.!?…\"”’)] ?(?:\\r)?\\n")
_CLOSED = re.compile(r"</(?:p|div|body|html|article|section)>", re.IGNORECASE)


def _body_of(record: Mapping[str, Any]) -> tuple[str, str] | None:
    """The text of a record with plain names and the form it is in; a page only where there is no text."""
    for kind in ("text", "markdown", "html"):
        for name in names_of(kind):
            try:
                text = _body(record[name])
            except (KeyError, *UNREADABLE):
                continue
            is_markup = _MARKUP.match(text) is not None and _CLOSED.search(text) is not None
            if is_markup:
                return text, "html"
            if kind != "html":
                return _unwritten(to_plain_text(text) if kind == "markdown" else text), "text"
    return None


def _unwritten(text: str) -> str:
    """A text with line breaks where "\\n" was written out."""
    if "\n" not in text and _WRITTEN_BREAK.search(text):
        text = re.sub(r"(?:\\r)?\\n", "\n", text)
    return text


def has_body(record: Any) -> bool:
    """Whether a value is a record that holds an article, at its top or in a wrapper."""
    return isinstance(record, dict) and _opened(record)[1] is not None


def _body(value: Any) -> str:
    """As `to_body`, and the sections that fundus writes: {"sections": [{"headline": [...], "paragraphs": [...]}]}."""
    if isinstance(value, dict) and isinstance(value.get("sections"), list):
        parts = [value.get("summary"), *(s.get(k) for s in value["sections"] for k in ("headline", "paragraphs"))]
        value = [text for part in parts for text in (part if isinstance(part, list) else [part]) if text]
    return to_body(value)


def _opened(record: Mapping[Any, Any]) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """The fields of a record with its body; those of the object that holds the body win over those around it."""
    outer = plain(record)
    body = _body_of(outer)
    inner: dict[str, Any] = {}
    wrapped = [outer[wrapper] for wrapper in WRAPPERS if isinstance(outer.get(wrapper), dict)] if body is None else []
    for candidate in wrapped:
        fields = plain(candidate)
        if (body := _body_of(fields)) is not None:
            inner = fields
            outer = {name: value for name, value in outer.items() if value is not candidate}
            break
    fields = outer | inner
    for beside in BESIDE:
        if isinstance(fields.get(beside), dict):
            fields = plain(fields[beside]) | fields
    return fields, body


def seed_of(record: Any, name: str, digest: str, given: Given, repairs: tuple[str, ...]) -> Iterator[Seed | Rejected]:
    """The seed in a record; facts that cannot be read are refused one by one and the article is kept without them."""
    if not isinstance(record, dict):
        yield refused(Reason.BAD_RECORD, name, f"not an object but a {type(record).__name__}", digest)
        return
    fields, body = _opened(record)
    if body is None:
        yield refused(Reason.BAD_RECORD, name, f"no text among the fields {sorted(map(str, record))!r:.80}", digest)
        return
    facts: dict[str, Any] = {}
    readers: Mapping[str, Callable[[Any], Any]] = {
        "url": to_address,
        "title": to_text,
        "outlet": to_name,
        "authors": to_names,
        "section": to_section,
        "published": lambda value: (to_day(value, given.locale), moment_in_utc(value)),
    }
    for fact, reads in readers.items():
        found, unread = _first(fields, names_of(fact), reads, fact)
        if found is not None:
            facts[fact] = found
        elif unread is not None and unread != fields.get("source"):  # an outlet or an address
            yield refused(Reason.BAD_METADATA, name, f"{fact}: {_shown(unread)}", digest)
    if isinstance(fields.get("dateline"), str):
        facts["dateline"] = to_text(fields["dateline"]) if fields["dateline"].strip() else None
    facts |= {fact: _moment(fields, names_of(fact)) for fact in ("retrieved", "modified")}
    if rights := _rights(fields):
        facts["rights"] = rights
    day, moment = facts.pop("published", (None, None))
    facts |= {"published_bounds": day} if isinstance(day, tuple) else {"published": day, "published_at": moment}
    text, form = body
    yield Seed(
        source_file=name,
        source_sha256=digest,
        text=text,
        form=form,
        repairs=repairs,
        given=replace(given, **facts),
    )


def _first(
    fields: Mapping[str, Any], names: Sequence[str], reads: Callable[[Any], Any], fact: str
) -> tuple[Any, Any | None]:
    """What the first readable field says, and the first one that cannot be read."""
    unread = None
    for value in (fields[name] for name in names if name in fields):
        if fact in ("authors", "section") and _is_number(value):
            continue  # the number of a row in somebody's database: WordPress
        try:
            return reads(value), unread
        except UNREADABLE:
            unread = value if unread is None else unread
    return None, unread


def _is_number(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_number, value))
    return isinstance(value, int | float)


def _moment(fields: Mapping[str, Any], names: Sequence[str]) -> datetime | None:
    """The latest that any of the fields names. No fact about the article: what cannot be read is passed over."""
    found = []
    for value in (fields[name] for name in names if name in fields):
        with suppress(*UNREADABLE):
            found.append(to_moment(value))
    return max(found, default=None)


def _rights(fields: Mapping[str, Any]) -> str | None:
    """What the first readable field says. Whoever passes articles on looks there; a number or a flag says nothing."""
    for value in (fields[name] for name in names_of("rights") if name in fields):
        with suppress(*UNREADABLE):
            return to_text(value)
    return None


def _shown(value: Any) -> str:
    return f"{value!r:.80}" if isinstance(value, str | int | float) else f"an unexpected {type(value).__name__}"
