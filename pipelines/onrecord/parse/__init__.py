"""A seed's text, or the page that it is, becomes a document: clean body, headline, byline, outlet, publication date.

`parse` reads from the top (head), finds where readers' comments start, takes page furniture out of what is left, and
reads the facts from what it took out. Nothing is guessed: a fact that the text does not print stays None.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import fields, replace

from onrecord.document import Cut, Document, Given, Publication, Reason, Rejected, Seed, Stage
from onrecord.parse.cut_off import find_cut, is_cut_off
from onrecord.parse.given import clean_authors
from onrecord.parse.given.days import is_after_download, settle
from onrecord.parse.given.file_name import named_facts, title_by_name
from onrecord.parse.given.published import known_publication
from onrecord.parse.head.dateline import Dateline, read_dateline
from onrecord.parse.head.head_facts import Head
from onrecord.parse.head.outlet import outlet_in_page
from onrecord.parse.language import is_english
from onrecord.parse.lines import repair_with_names, split_lines, to_line, unwrap
from onrecord.parse.page import MOST_TAGS, Page, count_tags, read_page
from onrecord.parse.publication import infer_publication
from onrecord.parse.publication.events import Events
from onrecord.parse.publication.offices import Terms
from onrecord.parse.sorted_lines import sort_lines

_USER = re.compile(r"^(\w[\w+.-]*://)[^/?#@]*@")  # name and password in an address are nobody's business
LONGEST_SEED = 500_000  # characters; an article has some 5,000, the longest live blogs a fifth of this


def parse(seed: Seed, terms: Terms | None = None, events: Events = ()) -> tuple[Document | None, tuple[Rejected, ...]]:
    """The document that a seed holds, or None and why not; with a document, which given facts cannot be true.

    The publication date may rest on known `terms` of office and scheduled `events`.

    Spans of the document count its own `text`. `cuts` count the received text as `repair` leaves it, which is the
    seed's own text, or what its page gives, unless mojibake or HTML escapes were mended.
    """
    received = _article_of(seed)
    if isinstance(received, Rejected):
        return None, (received,)
    repaired, repairs = repair_with_names(received.text)
    end = find_cut(repaired)
    lines = unwrap(split_lines(repaired[:end]))
    if not lines:
        reason = Reason.NO_BODY if seed.form == "html" else Reason.EMPTY
        return None, (_rejected(seed, reason, received.instead or ""),)
    given, refused = _believed(seed, _mended(received.given))
    named = named_facts(seed)
    headline = title_by_name(lines, named.words)
    found = sort_lines(lines, given, headline, is_record=seed.is_record and seed.form == "text")
    if not found.paragraphs:
        return None, (_rejected(seed, Reason.NO_BODY, f"{found.nothing_but()}: {lines[0].text[:80]!r}"),)
    text = "\n\n".join(found.paragraphs)
    if not is_english(text):
        return None, (_rejected(seed, Reason.NOT_ENGLISH, text[:80]),)
    captions = tuple(dict.fromkeys((*map(to_line, received.captions), *found.captions())))
    dateline = _dateline(found.paragraphs)
    head, taken = found.head, found.taken()
    stated = _stated(head, dateline, given.locale)
    return Document(
        article_id=hashlib.sha256(received.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        source_file=seed.source_file,
        source_sha256=seed.source_sha256,
        text=text,
        url=given.url,
        title=head.title or named.title,
        outlet=given.outlet or head.outlet or outlet_in_page(taken) or named.outlet or dateline.agency,
        authors=given.authors or head.authors,
        dateline=dateline.place or given.dateline,
        section=given.section or head.section,
        rights=given.rights,
        published=known_publication(given, stated)
        or named.day
        or infer_publication(text, captions, dateline.place, taken, terms, events),
        as_of=given.as_of,
        repairs=tuple(dict.fromkeys((*seed.repairs, *repairs))),
        captions=captions,
        truncated=is_cut_off(seed, repaired),
        cuts=(*found.cuts(repaired), *([] if end is None else [Cut(end, len(repaired), "truncated")])),
        headline_end=found.headline_end,
    ), refused


def _dateline(paragraphs: Sequence[str]) -> Dateline:
    """The dateline of a body; a standfirst or two may stand above the paragraph that has it."""
    found = (read for paragraph in paragraphs[:3] if (read := read_dateline(paragraph)))
    return next(found, Dateline(None, None, None, 0))


def _stated(head: Head, dateline: Dateline, locale: str | None) -> Publication | None:
    """The date of publication that the text prints above the body, else in its dateline; a day of change comes last."""
    printed, filed = head.publication, dateline.published
    found = filed or printed if head.is_update else printed or filed
    return settle(found, locale) if found else None


def _article_of(seed: Seed) -> Page | Rejected:
    """What a seed holds, refused if that is nothing or more than an article can have."""
    if not seed.text.strip():
        return _rejected(seed, Reason.EMPTY, "")
    if seed.form == "html" and (tags := count_tags(seed.text)) > MOST_TAGS:
        return _rejected(seed, Reason.TOO_LARGE, f"a page with {tags} tags")
    received = receive(seed)
    if len(received.text) > LONGEST_SEED:
        return _rejected(seed, Reason.TOO_LARGE, f"{len(received.text)} characters")
    return received


def receive(seed: Seed) -> Page:
    """What a seed holds as plain text, with the facts beside it: its own, and those of the page that it is."""
    if seed.form == "text":
        return Page(seed.text, seed.given)
    page = read_page(seed.text, seed.given.locale)
    own = {field.name: value for field in fields(Given) if (value := getattr(seed.given, field.name))}
    if {"published", "published_bounds"} & own.keys():
        own = {"published": None, "published_at": None, "published_bounds": None} | own
    return replace(page, given=replace(page.given, **own))


def _believed(seed: Seed, given: Given) -> tuple[Given, tuple[Rejected, ...]]:
    """The given facts without a date of publication that cannot be true, and its refusal."""
    if not is_after_download(given):
        return given, ()
    told = given.published or "/".join(map(str, given.published_bounds or ()))
    detail = f"published: {told}, and downloaded before, {given.retrieved}"
    unknown = replace(given, published=None, published_at=None, published_bounds=None)
    return unknown, (_rejected(seed, Reason.BAD_METADATA, detail),)


def _mended(given: Given) -> Given:
    """The given facts in simple characters; an empty one is none."""
    outlet = to_line(given.outlet or "") or None
    return replace(
        given,
        url=_USER.sub(r"\1", to_line(given.url or "")) or None,
        title=to_line(given.title or "") or None,
        outlet=outlet,
        authors=clean_authors(given.authors, outlet),
        section=to_line(given.section or "") or None,
        dateline=to_line(given.dateline or "") or None,
        rights=to_line(given.rights or "") or None,
    )


def _rejected(seed: Seed, reason: Reason, detail: str) -> Rejected:
    return Rejected(reason, Stage.PARSE, seed.source_file, seed.source_sha256, detail)
