"""A seed's text becomes a document: clean body, headline, byline, outlet, publication date.

`parse` reads from the top (head), finds where readers' comments start, takes page furniture out of what is left, and
reads the facts from what it took out. Nothing is guessed: a fact that the text does not print stays None.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from onrecord.document import Cut, Document, Given, Publication, Reason, Rejected, Seed, Stage
from onrecord.parse.body import label_body
from onrecord.parse.comments import start_of_comments, title_in_comments
from onrecord.parse.dateline import read_dateline
from onrecord.parse.head import read_foot, read_head
from onrecord.parse.highlights import find_highlights
from onrecord.parse.language import is_english
from onrecord.parse.lines import Line, repair, split_lines, to_line, unwrap
from onrecord.parse.outlet import outlet_in_page
from onrecord.parse.publication import infer_publication
from onrecord.parse.splices import find_splices, to_paragraph

Rules = Mapping[int, str]  # of the lines that are not body: line index -> why
Spliced = Mapping[int, list[tuple[int, int, str]]]  # of the others: line index -> what to take out of it
LONGEST_SEED = 500_000  # characters; an article has some 5,000, the longest live blogs a fifth of this


def parse(seed: Seed) -> tuple[Document | None, tuple[Rejected, ...]]:
    """The document that a seed holds, or None and why not.

    Spans of the document count its own `text`. `cuts` count the seed's text as `repair` leaves it, which is the
    seed's own text unless mojibake or HTML escapes were mended.
    """
    if not seed.text.strip():
        return None, (_rejected(seed, Reason.EMPTY, ""),)
    if len(seed.text) > LONGEST_SEED:
        return None, (_rejected(seed, Reason.TOO_LARGE, f"{len(seed.text)} characters"),)
    lines = unwrap(split_lines(repair(seed.text)))
    if not lines:
        return None, (_rejected(seed, Reason.EMPTY, ""),)
    given = _mended(seed.given)
    head = read_head(lines, given.title, title_in_comments(lines), find_highlights(lines))
    end = start_of_comments(lines, head.first_body)
    end = len(lines) if end is None else end
    read_foot(lines, head, end)
    rules = head.rules | dict.fromkeys(range(end, len(lines)), "comment")
    label_body(lines, head.first_body, end, rules, head.title, given.authors or head.authors)
    if len(rules) == len(lines) and (given.title or given.url):
        rules = {}  # a record's text is an article's, however short
    kept = {at: find_splices(line.text) for at, line in enumerate(lines) if at not in rules}
    paragraphs = [text for at, spans in kept.items() if (text := to_paragraph(lines[at].text, spans))]
    if not paragraphs:
        return None, (_rejected(seed, Reason.NO_BODY, lines[0].text[:80]),)
    text = "\n\n".join(paragraphs)
    if not is_english(text):
        return None, (_rejected(seed, Reason.NOT_ENGLISH, text[:80]),)
    captions = tuple(dict.fromkeys(_captions(lines, rules, kept)))
    # A standfirst or two may stand above the paragraph with the dateline.
    dateline = next((found for paragraph in paragraphs[:3] if (found := read_dateline(paragraph))), None)
    place = dateline.place if dateline else None
    taken = [lines[at].text for at in sorted(rules) if rules[at] != "comment"]
    return Document(
        article_id=hashlib.sha256(seed.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        source_file=seed.source_file,
        source_sha256=seed.source_sha256,
        text=text,
        url=given.url,
        title=head.title,
        outlet=given.outlet or head.outlet or outlet_in_page(taken) or (dateline.agency if dateline else None),
        authors=given.authors or head.authors,
        dateline=place,
        section=given.section or head.section,
        published=_given(given.published) or head.publication or infer_publication(text, captions, place, taken),
        captions=captions,
        cuts=tuple(_cuts(lines, rules, kept)),
    ), ()


def _mended(given: Given) -> Given:
    """The given facts in simple characters; an empty one is none."""
    return Given(
        url=to_line(given.url or "") or None,
        title=to_line(given.title or "") or None,
        outlet=to_line(given.outlet or "") or None,
        authors=tuple(name for author in given.authors if (name := to_line(author))),
        section=to_line(given.section or "") or None,
        published=given.published,
    )


def _given(day: date | None) -> Publication | None:
    if day is None:
        return None
    return Publication(basis="given", day=day, earliest=day, latest=day, edtf=day.isoformat(), evidence=None)


def _captions(lines: Sequence[Line], rules: Rules, kept: Spliced) -> Iterator[str]:
    """Caption lines, and captions glued to the front of a paragraph, in order."""
    for at, line in enumerate(lines):
        if rules.get(at) == "caption":
            yield line.text
        yield from (line.text[start:end] for start, end, rule in kept.get(at, ()) if rule == "caption")


def _cuts(lines: Sequence[Line], rules: Rules, kept: Spliced) -> Iterator[Cut]:
    """One cut for each run of neighbouring lines that fell to the same rule, and for each splice.

    A line whose own white space was mended has no offsets within it: its splices are cut without record.
    """
    run: Cut | None = None
    for at, line in enumerate(lines):
        rule = rules.get(at)
        if run and run.rule == rule:
            run = Cut(run.start, line.end, run.rule)
            continue
        if run:
            yield run
        run = Cut(line.start, line.end, rule) if rule else None
        if line.end - line.start == len(line.text):
            yield from (Cut(line.start + start, line.start + end, why) for start, end, why in kept.get(at, ()))
    if run:
        yield run


def _rejected(seed: Seed, reason: Reason, detail: str) -> Rejected:
    return Rejected(reason, Stage.PARSE, seed.source_file, seed.source_sha256, detail)
