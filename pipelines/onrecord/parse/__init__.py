"""A seed's text, or the page that it is, becomes a document: clean body, headline, byline, outlet, publication date.

`parse` reads from the top (head), finds where readers' comments start, takes page furniture out of what is left, and
reads the facts from what it took out. Nothing is guessed: a fact that the text does not print stays None.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

from onrecord.document import Cut, Document, Given, Reason, Rejected, Seed, Stage
from onrecord.parse.body import label_body
from onrecord.parse.furniture.comments import start_of_comments, title_in_comments
from onrecord.parse.furniture.highlights import find_highlights
from onrecord.parse.furniture.splices import find_splices, to_paragraph
from onrecord.parse.given import clean_authors, names_only
from onrecord.parse.given.days import is_after_download, settle
from onrecord.parse.given.published import known_publication
from onrecord.parse.head import read_foot, read_head
from onrecord.parse.head.dateline import read_dateline
from onrecord.parse.head.outlet import outlet_in_page
from onrecord.parse.language import is_english
from onrecord.parse.lines import Line, places_of, repair_with_names, split_lines, to_line, unwrap
from onrecord.parse.page import MOST_TAGS, Page, count_tags, read_page
from onrecord.parse.publication import infer_publication
from onrecord.parse.publication.events import Events
from onrecord.parse.publication.offices import Terms

Rules = Mapping[int, str]  # of the lines that are not body: line index -> why
Spliced = Mapping[int, list[tuple[int, int, str]]]  # of the others: line index -> what to take out of it
USER = re.compile(r"^(\w[\w+.-]*://)[^/?#@]*@")  # name and password in an address are nobody's business
TOP = 12  # lines that can hold the byline of authors who are known
LONGEST_SEED = 500_000  # characters; an article has some 5,000, the longest live blogs a fifth of this


def parse(seed: Seed, terms: Terms | None = None, events: Events = ()) -> tuple[Document | None, tuple[Rejected, ...]]:
    """The document that a seed holds, or None and why not; with a document, which given facts cannot be true.

    The publication date may rest on known `terms` of office and scheduled `events`.

    Spans of the document count its own `text`. `cuts` count the received text as `repair` leaves it, which is the
    seed's own text, or what its page gives, unless mojibake or HTML escapes were mended.
    """
    if not seed.text.strip():
        return None, (_rejected(seed, Reason.EMPTY, ""),)
    if seed.form == "html" and (tags := count_tags(seed.text)) > MOST_TAGS:
        return None, (_rejected(seed, Reason.TOO_LARGE, f"a page with {tags} tags"),)
    received = receive(seed)
    if len(received.text) > LONGEST_SEED:
        return None, (_rejected(seed, Reason.TOO_LARGE, f"{len(received.text)} characters"),)
    repaired, repairs = repair_with_names(received.text)
    lines = unwrap(split_lines(repaired))
    if not lines:
        is_page = seed.form == "html"
        return None, (_rejected(seed, Reason.NO_BODY if is_page else Reason.EMPTY, received.instead or ""),)
    given = _mended(received.given)
    refused: tuple[Rejected, ...] = ()
    if is_after_download(given):
        told = given.published or "/".join(map(str, given.published_bounds or ()))
        detail = f"published: {told}, and downloaded before, {given.retrieved}"
        refused = (_rejected(seed, Reason.BAD_METADATA, detail),)
        given = replace(given, published=None, published_at=None, published_bounds=None)
    # What stands there again and again is no byline but the label of who speaks next.
    often = {text for text, count in Counter(line.text.casefold() for line in lines).items() if count > 1}
    bylines = {
        at: "byline"
        for at, line in enumerate(lines[:TOP])
        if names_only(line.text, given.authors) and line.text.casefold() not in often
    }
    head = read_head(lines, given.title, title_in_comments(lines), find_highlights(lines) | bylines)
    end = start_of_comments(lines, head.first_body)
    end = len(lines) if end is None else end
    read_foot(lines, head, end)
    is_record = seed.is_record and seed.form == "text"
    above = {at: rule for at, rule in head.rules.items() if at < head.first_body}
    # What a record calls its text stays whole, unless it is a page as scraped.
    keeps_headline = is_record and not given.title and above == {0: "title"} and lines[0].text == head.title
    if keeps_headline:
        del head.rules[0]
    rules = head.rules | dict.fromkeys(range(end, len(lines)), "comment")
    label_body(lines, head.first_body, end, rules, head.title, given.authors or head.authors)
    if len(rules) == len(lines) and is_record:
        rules, keeps_headline = {}, False  # a record's text is an article's, however short
    kept = {
        at: find_splices(line.text, head.title if at == head.first_body else None)
        for at, line in enumerate(lines)
        if at not in rules
    }
    paragraphs = [text for at, spans in kept.items() if (text := to_paragraph(lines[at].text, spans))]
    if not paragraphs:
        return None, (_rejected(seed, Reason.NO_BODY, f"{_nothing_but(rules, kept)}: {lines[0].text[:80]!r}"),)
    text = "\n\n".join(paragraphs)
    if not is_english(text):
        return None, (_rejected(seed, Reason.NOT_ENGLISH, text[:80]),)
    captions = tuple(dict.fromkeys((*map(to_line, received.captions), *_captions(lines, rules, kept))))
    # A standfirst or two may stand above the paragraph with the dateline.
    dateline = next((found for paragraph in paragraphs[:3] if (found := read_dateline(paragraph))), None)
    place = dateline.place if dateline else None
    stated = head.publication and settle(head.publication, given.locale)
    taken = [lines[at].text for at in sorted(rules) if rules[at] != "comment"]
    return Document(
        article_id=hashlib.sha256(received.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        source_file=seed.source_file,
        source_sha256=seed.source_sha256,
        text=text,
        url=given.url,
        title=head.title,
        outlet=given.outlet or head.outlet or outlet_in_page(taken) or (dateline.agency if dateline else None),
        authors=given.authors or head.authors,
        dateline=place or given.dateline,
        section=given.section or head.section,
        rights=given.rights,
        published=known_publication(given, stated) or infer_publication(text, captions, place, taken, terms, events),
        as_of=given.as_of,
        repairs=tuple(dict.fromkeys((*seed.repairs, *repairs))),
        captions=captions,
        cuts=tuple(_cuts(repaired, lines, rules, kept)),
        headline_end=len(paragraphs[0]) if keeps_headline and paragraphs[0] == head.title else 0,
    ), refused


def receive(seed: Seed) -> Page:
    """What a seed holds as plain text, with the facts beside it: its own, and those of the page that it is."""
    if seed.form == "text":
        return Page(seed.text, seed.given)
    page = read_page(seed.text, seed.given.locale)
    own = {field.name: value for field in fields(Given) if (value := getattr(seed.given, field.name))}
    if {"published", "published_bounds"} & own.keys():
        own = {"published": None, "published_at": None, "published_bounds": None} | own
    return replace(page, given=replace(page.given, **own))


def _mended(given: Given) -> Given:
    """The given facts in simple characters; an empty one is none."""
    outlet = to_line(given.outlet or "") or None
    return replace(
        given,
        url=USER.sub(r"\1", to_line(given.url or "")) or None,
        title=to_line(given.title or "") or None,
        outlet=outlet,
        authors=clean_authors(given.authors, outlet),
        section=to_line(given.section or "") or None,
        rights=to_line(given.rights or "") or None,
    )


def _captions(lines: Sequence[Line], rules: Rules, kept: Spliced) -> Iterator[str]:
    """Caption lines, and captions glued to the front of a paragraph, in order."""
    for at, line in enumerate(lines):
        if rules.get(at) == "caption":
            yield line.text
        yield from (line.text[start:end] for start, end, rule in kept.get(at, ()) if rule == "caption")


def _cuts(repaired: str, lines: Sequence[Line], rules: Rules, kept: Spliced) -> Iterator[Cut]:
    """One cut for each run of neighbouring lines that fell to the same rule, and for each splice."""
    run: Cut | None = None
    for at, line in enumerate(lines):
        rule = rules.get(at)
        if run and run.rule == rule:
            run = Cut(run.start, line.end, run.rule)
            continue
        if run:
            yield run
        run = Cut(line.start, line.end, rule) if rule else None
        if spans := kept.get(at):
            places = places_of(line, repaired)
            yield from (Cut(places[start], places[end - 1] + 1, why) for start, end, why in spans)
    if run:
        yield run


def _nothing_but(rules: Rules, kept: Spliced) -> str:
    """What the lines of a seed without a body are, the commonest rule first."""
    found = Counter([*rules.values(), *(rule for spans in kept.values() for _, _, rule in spans)])
    return "nothing but " + ", ".join(f"{rule} ({count})" for rule, count in found.most_common())


def _rejected(seed: Seed, reason: Reason, detail: str) -> Rejected:
    return Rejected(reason, Stage.PARSE, seed.source_file, seed.source_sha256, detail)
