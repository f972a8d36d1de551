"""What stands above the body: section, headline, byline, date lines, prompts and captions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.document import Publication
from onrecord.knowledge.word_lists import one_of, with_meaning
from onrecord.parse.furniture.boilerplate import page_rule
from onrecord.parse.furniture.captions import is_caption
from onrecord.parse.furniture.comments import STARTS
from onrecord.parse.head.bylines import (
    JOB,
    PARTICLE,
    Byline,
    is_person,
    read_author_note,
    read_byline,
    read_name_line,
    to_outlet,
    to_person,
)
from onrecord.parse.head.dateline import read_dateline
from onrecord.parse.head.dates import PLACE, PUBLISHED, decided_by_page, read_date_line
from onrecord.parse.head.headlines import ends_with, is_title, is_title_case, overlap, same_title, without_site
from onrecord.parse.lines import Line

SECTIONS = re.compile(
    r"(?:world|u\.?s\.?|uk|politics|opinions?|business|economy|news|national|international|asia(?: pacific)?|"
    r"middle east|europe|africa|americas?|"
    r"technology|tech|science|health|security|defen[cs]e|foreign policy|foreign affairs|diplomacy|congress|white "
    r"house|elections?|"
    r"national security|world news|us news|uk news|u\.s\. news|commentary|editorials?|analysis|investigations?|"
    r"exclusive|features?|"
    r"environment|climate|energy|education|law|justice|media|culture|society|military|china|markets|top news|"
    r"breaking news|"
    r"global|global development|letters|blogs?|explainer|fact check|immigration|campaigns?|policy|lifestyle|"
    r"entertainment|sports?)"
    r"(?:\s?[|/>»•·,&]\s?.{2,30})?",
    re.I,
)
ROLE_LINE = re.compile(
    rf"(?:[A-Z][\w.&'’-]* |of |for |the |and ){{0,5}}(?:(?i:{JOB})|Bureau|[Ff]ellow)"
    r"|(?:Special (?:to|for)|Opinion|Guest) .{3,60}"
)
PLAIN_NAME = re.compile(rf"[A-Z][\w'’-]*(?<!ing)(?<!ed) (?:[A-Z]\. |{PARTICLE} )?[A-Z][\w'’-]+")
LONGEST_HEAD = 30  # lines
LONGEST_STANDFIRST = 4  # lines
STANDFIRST_LENGTH = 300  # characters
LOOKAHEAD = 4  # lines
NAMED_WITHIN = 12  # lines
LOWEST = 8  # lines from the end
HANDLE = re.compile(r"@\w{2,30}")
PHOTO_CREDIT = re.compile(rf" ?/ ?(?:{one_of(with_meaning('lead', 'photo_agency'))})$")
UNDER_TITLE = {"title", "date", "section", "outlet", "share", "widget", "byline"}


@dataclass(slots=True)
class Head:
    """What was read above the body. `rules` says for each line index why it is not body."""

    title: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    publication: Publication | None = None
    is_update: bool = False
    first_body: int = 0
    rules: dict[int, str] = field(default_factory=dict)


def read_head(
    lines: Sequence[Line], given_title: str | None, known_title: str | None, labelled: Mapping[int, str]
) -> Head:
    """Reads lines from the top until the first that is body text.

    `given_title` comes from outside the text; `known_title` is the headline that the comment section repeats;
    `labelled` holds lines already known not to be body.
    """
    head = Head(title=given_title, rules=dict(labelled))
    first_body: int | None = None
    for at, line in enumerate(lines[:LONGEST_HEAD]):
        if at in labelled:
            continue
        rule = _rule(lines, at, line.text, head, known_title)
        if rule is not None:
            head.rules[at] = rule
            continue
        first_body = at if first_body is None else first_body
        if at - first_body >= LONGEST_STANDFIRST or not _is_standfirst(lines, at, head):
            break
    head.first_body = min(len(lines), LONGEST_HEAD) if first_body is None else first_body
    if head.title is None:
        head.title = known_title
    if not head.authors:
        noted = (read_author_note(line.text) for line in lines[: head.first_body + 1])
        head.authors = tuple(filter(None, noted))[:1]
    return head


def _is_standfirst(lines: Sequence[Line], at: int, head: Head) -> bool:
    """Whether a line between headline and byline is a summary: it stays in the body, and the head goes on below it."""
    if head.title is None or len(lines[at].text) > STANDFIRST_LENGTH or read_dateline(lines[at].text):
        return False
    return any(read_byline(after.text) or read_date_line(after.text) for after in lines[at + 1 : at + 1 + LOOKAHEAD])


def read_foot(lines: Sequence[Line], head: Head, end: int) -> None:
    """Takes the date of a labelled line below the body: `First published: September 28, 2018`. Fills `head`.

    A date in numbers that can be read in two ways is decided by the others of the page.
    """
    for at in range(max(head.first_body + 1, end - LOWEST), end):
        dated = read_date_line(lines[at].text) if PUBLISHED.match(lines[at].text) else None
        if dated and dated.publication and len(dated.others.split()) <= 2:
            _date(head, dated.publication, dated.is_update)
            head.rules[at] = "date"
    if head.publication:
        head.publication = decided_by_page(head.publication, (line.text for line in lines))


def _rule(lines: Sequence[Line], at: int, text: str, head: Head, known_title: str | None) -> str | None:
    """The rule by which line `at` belongs to the head, or None if the body starts here. Fills `head`."""
    if any(title and same_title(text, title) for title in (head.title, known_title)):
        head.title = head.title or text
        return "title"
    if STARTS.fullmatch(text.lstrip("•*- ")):
        return "comment"
    if ROLE_LINE.fullmatch(text) and head.rules.get(at - 1) == "byline":
        return "byline"
    if byline := read_byline(text) or _name_line(lines, at, text, head):
        head.authors = tuple(dict.fromkeys((*head.authors, *byline.authors)))
        head.outlet = head.outlet or byline.outlet
        _date(head, byline.publication, byline.is_update)
        return "byline"
    dated = read_date_line(text)
    if dated and (
        not dated.others or to_outlet(dated.others) or is_person(dated.others) or PLACE.fullmatch(dated.others)
    ):
        if is_person(dated.others):
            head.authors = tuple(dict.fromkeys((*head.authors, to_person(dated.others))))
        head.outlet = head.outlet or to_outlet(dated.others)
        _date(head, dated.publication, dated.is_update)
        return "date"
    if is_caption(text) or (head.title and ends_with(text, head.title)):
        return "caption"
    if not SECTIONS.fullmatch(text) and at + 1 < len(lines) and (name := to_outlet(text)):
        head.outlet = head.outlet or name
        return "outlet"
    if at + 1 < len(lines) and _is_section(lines, at, text, head):
        head.section = head.section or text.rstrip(": ")
        return "section"
    rule = page_rule(text)
    is_known = known_title is None or overlap(text, known_title) >= 0.5
    if head.title is None and rule in (None, "related", "note") and is_known and is_title(lines, at, text):
        head.title, site = without_site(text)
        head.outlet = head.outlet or site
        return "title"
    if rule is None and at == 0 and head.title and is_title(lines, at, text) and is_title_case(text):
        return "title"  # another wording of the headline that was given
    return rule


def _name_line(lines: Sequence[Line], at: int, text: str, head: Head) -> Byline | None:
    """A byline without `By`: names that an outlet, a date or a second byline follows.

    With nothing but the body after it, only a plain name of two words or with an initial, right under the headline.
    """
    byline = read_name_line(text) if at + 1 < len(lines) else None
    if byline is None:
        return None
    below = [line.text for line in lines[at + 1 : at + 3]]
    after = below[-1] if HANDLE.fullmatch(below[0]) else below[0]
    if PHOTO_CREDIT.search(text):
        return None
    if (
        to_outlet(after)
        or ROLE_LINE.fullmatch(after)
        or (byline.outlet and len(byline.authors) > 1)
        or (head.title and byline.outlet)
    ):
        return byline
    if head.title is None:
        return None
    if byline.publication or read_byline(after) or read_date_line(after) or ROLE_LINE.fullmatch(after):
        return byline
    if head.rules.get(at - 1) in UNDER_TITLE and read_dateline(after):
        return byline
    is_plain = len(byline.authors) > 1 or PLAIN_NAME.fullmatch(re.sub(r"\s@\w+$", "", text))
    if not is_plain or head.rules.get(at - 1) not in UNDER_TITLE:
        return None
    # A topic or a person that the article is about is named in it again; its author is not.
    name = byline.authors[0].casefold()
    texts = [line.text for line in lines[at + 1 : at + 1 + NAMED_WITHIN] if not page_rule(line.text)]
    below = [text.casefold().lstrip("•*—–- ") for text in texts]
    return None if any(name in text and not text.startswith(f"{name} is a") for text in below) else byline


def _date(head: Head, publication: Publication | None, is_update: bool) -> None:
    """Takes the first date that is not an update; an update only where nothing else is printed."""
    if publication and (head.publication is None or (head.is_update and not is_update)):
        if is_update:
            publication = replace(publication, evidence=f"{publication.evidence}; updated")
        head.publication, head.is_update = publication, is_update


def _is_section(lines: Sequence[Line], at: int, text: str, head: Head) -> bool:
    """A known section name, or a label of up to three words above a headline with its byline."""
    if len(text) > 40:
        return False
    if SECTIONS.fullmatch(text):
        return True
    if page_rule(text):
        return False
    if (
        head.title is not None
        or at > 2
        or len(text.split()) > 3
        or re.search(r"[.!?:,\"“”‘]|\d", text)
        or at + 2 >= len(lines)
    ):
        return False
    after, third = lines[at + 1].text, lines[at + 2].text
    return (
        all(word[0].isupper() or word in ("and", "of", "the", "&") for word in text.split())
        and len(after.split()) >= 5
        and is_title(lines, at + 1, after)
        and bool(
            read_byline(third)
            or read_name_line(third)
            or read_date_line(third)
            or to_outlet(third)
            or same_title(third, after)
        )
    )
