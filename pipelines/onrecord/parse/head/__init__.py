"""What stands above the body: section, headline, byline, date lines, prompts and captions."""

import re
from collections.abc import Mapping, Sequence

from onrecord.knowledge.word_lists import one_of, with_meaning
from onrecord.parse.furniture.boilerplate import page_rule
from onrecord.parse.furniture.captions import is_caption
from onrecord.parse.furniture.comments import STARTS
from onrecord.parse.furniture.wire_marks import SOURCE_LINE
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
from onrecord.parse.head.dates import AGO, PLACE, PUBLISHED, decided_by_page, read_date_line
from onrecord.parse.head.head_facts import Head
from onrecord.parse.head.headlines import (
    ends_with,
    goes_on_below,
    is_title,
    is_title_case,
    overlap,
    same_title,
    without_site,
)
from onrecord.parse.lines import Line

_SECTIONS = re.compile(
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
# The part of a newsroom that an article comes from: Foreign Desk, METRO DESK.
_DESK = re.compile(r"(?:(?:[A-Z][\w'’/-]*|&) ){1,4}(?:Desk|DESK)")
_ROLE_LINE = re.compile(
    rf"(?:[A-Z][\w.&'’-]* |of |for |the |and ){{0,5}}(?:(?i:{JOB})|Bureau|[Ff]ellow)"
    r"|(?:Special (?:to|for)|Opinion|Guest) .{3,60}"
)
# `Harbour Press. 320 pages. $27`, below the title and the author of a book.
_IMPRINT = re.compile(r"(?=.*\b\d{2,4} ?(?:pp?\b|pages\b))(?=.*(?:[$£€] ?\d|\b[A-Z]\w+)).{4,120}")
_PLAIN_NAME = re.compile(rf"[A-Z][\w'’-]*(?<!ing)(?<!ed) (?:[A-Z]\. |{PARTICLE} )?[A-Z][\w'’-]+")
_LONGEST_HEAD = 30  # lines
_LONGEST_STANDFIRST = 4  # lines
_STANDFIRST_LENGTH = 300  # characters
_LOOKAHEAD = 4  # lines
_NAMED_WITHIN = 12  # lines
_LOWEST = 8  # lines from the end
_HANDLE = re.compile(r"@\w{2,30}")
_PHOTO_CREDIT = re.compile(rf" ?/ ?(?:{one_of(with_meaning('lead', 'photo_agency'))})$")
_OWN_HANDLE = re.compile(r"\s@\w+$")
_TITLE_LIKE = (None, "related", "note")  # what the page's rules can take a headline for
_UNDER_TITLE = {"title", "date", "section", "outlet", "share", "widget", "byline"}


def read_head(
    lines: Sequence[Line], given_title: str | None, known_title: str | None, labelled: Mapping[int, str]
) -> Head:
    """Reads lines from the top until the first that is body text.

    `given_title` comes from outside the text; `known_title` is the headline that the comment section repeats;
    `labelled` holds lines already known not to be body.
    """
    head = Head(title=given_title, known_title=known_title, rules=dict(labelled))
    first_body: int | None = None
    for at in range(min(len(lines), _LONGEST_HEAD)):
        if at in head.rules:
            continue
        rule = _rule(lines, at, head)
        if rule is not None:
            head.rules[at] = rule
            continue
        first_body = at if first_body is None else first_body
        if at - first_body >= _LONGEST_STANDFIRST or not _is_standfirst(lines, at, head):
            break
    head.first_body = min(len(lines), _LONGEST_HEAD) if first_body is None else first_body
    if head.title is None:
        head.title = known_title
    if not head.authors:
        noted = (read_author_note(line.text) for line in lines[: head.first_body + 1])
        head.authors = tuple(filter(None, noted))[:1]
    return head


def _is_standfirst(lines: Sequence[Line], at: int, head: Head) -> bool:
    """Whether a line between headline and byline is a summary: it stays in the body, and the head goes on below it."""
    if head.title is None or len(lines[at].text) > _STANDFIRST_LENGTH or read_dateline(lines[at].text):
        return False
    return any(read_byline(after.text) or read_date_line(after.text) for after in lines[at + 1 : at + 1 + _LOOKAHEAD])


def read_foot(lines: Sequence[Line], head: Head, end: int) -> None:
    """Takes the date of a labelled line below the body: `First published: September 28, 2018`. Fills `head`.

    A date in numbers that can be read in two ways is decided by the others of the page.
    """
    for at in range(max(head.first_body + 1, end - _LOWEST), end):
        dated = read_date_line(lines[at].text) if PUBLISHED.match(lines[at].text) else None
        if dated and dated.publication and len(dated.others.split()) <= 2:
            head.add_date(dated.publication, is_update=dated.is_update)
            head.rules[at] = "date"
    if head.publication:
        head.publication = decided_by_page(head.publication, (line.text for line in lines))


def _rule(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """The rule by which line `at` belongs to the head, or None if the body starts here. Fills `head`."""
    return next((rule for reads in READERS if (rule := reads(lines, at, head))), None)


def _known_title(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """The headline that came beside the text, or that the comments repeat."""
    text = lines[at].text
    if not any(title and same_title(text, title) for title in (head.title, head.known_title)):
        return None
    head.title = head.title or text
    return "title"


def _comment(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """A link to the readers' comments."""
    return "comment" if STARTS.fullmatch(lines[at].text.lstrip("•*- ")) else None


def _byline(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """A byline, or what its author is, right below it."""
    text = lines[at].text
    if _ROLE_LINE.fullmatch(text) and head.rules.get(at - 1) == "byline":
        return "byline"
    byline = read_byline(text) or _name_line(lines, at, text, head)
    if byline is None:
        return None
    if any(_IMPRINT.fullmatch(line.text) for line in lines[at + 1 : at + 2]):
        return "note"  # the author of the book that is reviewed
    head.add_authors(byline.authors)
    head.add_outlet(byline.outlet)
    head.add_date(byline.publication, is_update=byline.is_update)
    return "byline"


def _date(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """A date with nothing beside it but an outlet, an author or a place."""
    dated = read_date_line(SOURCE_LINE.sub(r"\g<outlet> \g<day>", lines[at].text))
    if dated is None:
        return None
    outlet, is_author = to_outlet(dated.others), is_person(dated.others)
    if dated.others and not (outlet or is_author or PLACE.fullmatch(dated.others)):
        return None
    if is_author:
        head.add_authors([to_person(dated.others)])
    head.add_outlet(outlet)
    head.add_date(dated.publication, is_update=dated.is_update)
    return "date"


def _caption(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """A caption, be it with the headline glued to it."""
    text = lines[at].text
    return "caption" if is_caption(text) or (head.title and ends_with(text, head.title)) else None


def _outlet(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """The name of an outlet, unless it is that of a section, too."""
    name = to_outlet(lines[at].text) if at + 1 < len(lines) else None
    if name is None or _SECTIONS.fullmatch(lines[at].text):
        return None
    head.add_outlet(name)
    return "outlet"


def _section(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """The name of the section that the article stands in."""
    text = lines[at].text
    if at + 1 >= len(lines) or not _is_section(lines, at, text, head):
        return None
    head.section = head.section or text.rstrip(": ")
    return "section"


def _new_title_or_page(lines: Sequence[Line], at: int, head: Head) -> str | None:
    """The headline, where none is known or the first line words a given one otherwise, else what the page adds."""
    text, known = lines[at].text, head.known_title
    rule = page_rule(text)
    if head.title is None:
        is_known = known is None or overlap(text, known) >= 0.5
        if rule in _TITLE_LIKE and is_known and is_title(lines, at, text):
            goes_on = goes_on_below(lines, at)
            head.title, site = without_site(f"{text} {lines[at + 1].text}" if goes_on else text)
            head.add_outlet(site)
            if goes_on:
                head.rules[at + 1] = "title"
            return "title"
    elif rule is None and at == 0 and is_title(lines, at, text) and is_title_case(text):
        return "title"
    return rule


# In the order in which they are tried.
READERS = (_known_title, _comment, _byline, _date, _caption, _outlet, _section, _new_title_or_page)


def _name_line(lines: Sequence[Line], at: int, text: str, head: Head) -> Byline | None:
    """A byline without `By`: names that an outlet, a date or a second byline follows.

    With nothing but the body after it, only a plain name of two words or with an initial, right under the headline.
    """
    byline = read_name_line(text) if at + 1 < len(lines) else None
    if byline is None or _PHOTO_CREDIT.search(text):
        return None
    below = [line.text for line in lines[at + 1 : at + 3]]
    after = below[-1] if _HANDLE.fullmatch(below[0]) else below[0]
    if _is_vouched_for(byline, after, is_titled=head.title is not None):
        return byline
    if head.title is not None and AGO.search(text) and not _is_named_below(lines, at, byline.authors[0]):
        return byline
    if head.title is None or head.rules.get(at - 1) not in _UNDER_TITLE:
        return None
    if read_dateline(after):
        return byline
    is_plain = len(byline.authors) > 1 or _PLAIN_NAME.fullmatch(_OWN_HANDLE.sub("", text))
    return byline if is_plain and not _is_named_below(lines, at, byline.authors[0]) else None


def _is_vouched_for(byline: Byline, after: str, *, is_titled: bool) -> bool:
    """Whether an outlet or a role, below a headline also a date or another byline, tells that names are a byline."""
    if to_outlet(after) or _ROLE_LINE.fullmatch(after):
        return True
    if byline.outlet and (is_titled or len(byline.authors) > 1):
        return True
    return is_titled and bool(byline.publication or read_byline(after) or read_date_line(after))


def _is_named_below(lines: Sequence[Line], at: int, author: str) -> bool:
    """Whether the article soon names a person again: a topic or whom it is about, since it does not name its author."""
    name = author.casefold()
    texts = (line.text for line in lines[at + 1 : at + 1 + _NAMED_WITHIN] if not page_rule(line.text))
    below = (text.casefold().lstrip("•*—–- ") for text in texts)
    return any(name in text and not text.startswith(f"{name} is a") for text in below)


def _is_section(lines: Sequence[Line], at: int, text: str, head: Head) -> bool:
    """A known section name, that of a desk, or a label of up to three words above a headline with its byline."""
    if len(text) > 40:
        return False
    is_above = head.title is None and at <= 2
    if _SECTIONS.fullmatch(text) or (is_above and _DESK.fullmatch(text)):
        return True
    return is_above and page_rule(text) is None and _is_label(text) and _is_titled_below(lines, at + 1)


def _is_label(text: str) -> bool:
    words = text.split()
    is_plain = len(words) <= 3 and not re.search(r"[.!?:,\"“”‘]|\d", text)
    return is_plain and all(word[0].isupper() or word in ("and", "of", "the", "&") for word in words)


def _is_titled_below(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a headline with its byline, its day, its outlet or itself once more below it."""
    below = at + 1 + goes_on_below(lines, at)
    if below >= len(lines):
        return False
    text, after = lines[at].text, lines[below].text
    return (
        len(text.split()) >= 5
        and is_title(lines, at, text)
        and bool(
            read_byline(after)
            or read_name_line(after)
            or read_date_line(after)
            or to_outlet(after)
            or same_title(after, text)
        )
    )
