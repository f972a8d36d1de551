"""Which of the lines below the head are the article."""

import re
from collections.abc import Sequence

from onrecord.knowledge.word_lists import alternation, listed, meanings, one_of, patterns
from onrecord.parse.furniture.boilerplate import page_rule
from onrecord.parse.furniture.captions import is_caption
from onrecord.parse.furniture.editors_notes import BROKEN, NAMES_ALONE
from onrecord.parse.furniture.hyperlinks import label_links
from onrecord.parse.furniture.repeats import label_repeats
from onrecord.parse.head.bylines import is_known_outlet, is_person, read_byline
from onrecord.parse.head.headlines import same_title
from onrecord.parse.lines import Line

_TITLE_REPEATED = 2  # times at most
_TAGS = re.compile(
    rf"(?:topics|tags|filed under|tagged|related topics|more about|more on)[:…]?|(?:{patterns('tagged_phrase')}):.*",
    re.I,
)
_TAGS_WITHIN = 15  # lines from the end
_BIOGRAPHY_WITHIN = 5  # lines from the end
_BIOGRAPHY_ABOVE = 2  # lines from the start
_INTRODUCED = re.compile(
    r"[•*—–\-_( ]*(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})(?: \([^()\n]{3,60}\))?"
    r"(?:, [^.\n]{2,120},)? (?:is|was|has been|writes)\b"
)
# Who he is, whatever that is, said of somebody with a full name in the very last line; not what a firm is.
_PRESENTED = re.compile(
    r"(?:[•*—–-] ?)?(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})(?:, [A-Z][^.\n]{1,60},)? is "
    r"(?!(?:an?|the) (?:[\w'’-]+ ){0,4}(?:company|firm|group|organi[sz]ation|nonprofit|newspaper|website|service|"
    r"network|party|city|town|village|publication|platform)\b)"
    r"(?:(?:now |currently |also )?(?:an?|the)|[A-Z][\w.’' ]{1,40}['’]s?|"
    r"(?:[\w-]+ ){1,3}(?:of|at|for|with) (?:the )?[A-Z][^ ]*) [^“”\"\n]{1,700}"
)
_WRITER = re.compile(
    r"\b(?:author of|columnist|contribut(?:or|ing)|(?:latest|new|recent|first) book|op-?ed|follow (?:him|her|them)\b"
    r"|(?:senior|visiting|research|policy) fellow|professor (?:of|at|emerit)|teaches|views expressed|freelance"
    r"|staff writer|writes (?:about|for|on)|host of (?:the |a |[“\"A-Z]))",
    re.IGNORECASE,
)
_SPELT = one_of(listed("honorific") | {title.capitalize() for title in meanings("title_short").values()})
_HONORIFIC = re.compile(rf"(?:(?:{alternation('title_short', 'honorific_short')})\. |(?:{_SPELT}) )+")
_ADDRESS = re.compile(r"[\w.+-]{1,60}@[\w.-]{3,60}")
# What the writer of a guest article may be, where his introduction is the very last line.
_OFFICE = re.compile(rf"\b(?:is|was) (?:an? |the )?(?:\w+ ){{0,3}}(?:{alternation('guest_role', 'newsroom_job')})\b")
# A headline or its rubric that stands behind a caption on the first line: nothing ends it.
_CAPTION_AND_HEADLINE = re.compile(
    r"(?P<caption>[^“\"].{20,160}?[a-z)][.!?][\"”’)]*) (?=[A-Z“‘'\"])(?P<headline>[^.!?…]{2,109}[^.!?…:;,])"
)
_ABBREVIATED = re.compile(
    r"\b(?:"
    + alternation("title_short", "honorific_short", "abbreviation", "name_suffix", "legal_form_short")
    + r")\.$"
)
_SHORTEST_CAPTION = 5  # words
_LONGEST_HEADLINE = 14  # words
_ARTIST = re.compile(r"\((?:[A-Z][\w.'’-]+ ?){1,4}\)")


def label_body(
    lines: Sequence[Line], first: int, end: int, rules: dict[int, str], title: str | None, authors: Sequence[str]
) -> None:
    """Adds to `rules` the lines from `first` to `end` that are no paragraphs of the article."""
    if title and sum(same_title(line.text, title) for line in lines[first:end]) > _TITLE_REPEATED:
        title = None  # a speaker's name or a running label that was taken for one
    for at in range(first, end):
        if at not in rules and (rule := _rule(lines[at].text, title)):
            rules[at] = rule
    _label_names(lines, first, end, rules, authors)
    if first < end and first not in rules and _is_picture(lines, first, end):
        rules[first] = "caption"
    _label_biographies(lines, first, end, rules, authors)
    _label_broken_credits(lines, first, end, rules)
    _label_tags(lines, max(first + 1, end - _TAGS_WITHIN), end, rules)
    label_repeats(lines, first, end, rules)
    label_links(lines, first, end, rules)


def _rule(text: str, title: str | None) -> str | None:
    if is_caption(text):
        return "caption"
    if title and same_title(text, title):
        return "title"
    if is_known_outlet(text.strip("-–—()/ ")):
        return "outlet"
    if len(text) < 100 and text[-1] != "." and (byline := read_byline(text)) and (byline.authors or byline.outlet):
        return "byline"
    return page_rule(text)


def _label_names(lines: Sequence[Line], first: int, end: int, rules: dict[int, str], authors: Sequence[str]) -> None:
    """The name of an author below a portrait, and a name above its mail address.

    In an interview the name of the author comes before each question, and stays.
    """
    for author in authors:
        alone = [at for at in range(first, end) if lines[at].text == author]
        if len(alone) == 1:
            rules.setdefault(alone[0], "byline")
    for at in range(first, end - 1):
        text, below = lines[at].text, lines[at + 1].text
        if (
            at not in rules
            and rules.get(at + 1) == "note"
            and _ADDRESS.fullmatch(below)
            and NAMES_ALONE.fullmatch(text)
        ):
            rules[at] = "byline"


def _is_picture(lines: Sequence[Line], first: int, end: int) -> bool:
    """Whether the first line belongs to the picture above the body: an artist in brackets, or caption and headline."""
    text = lines[first].text
    if _ARTIST.fullmatch(text):
        return True
    split = _CAPTION_AND_HEADLINE.fullmatch(text)
    return (
        split is not None
        and first + 1 < end
        and len(lines[first + 1].text) > len(text)
        and len(split["caption"].split()) >= _SHORTEST_CAPTION
        and len(split["headline"].split()) <= _LONGEST_HEADLINE
        and not _ABBREVIATED.search(split["caption"])
        and not is_known_outlet(split["headline"])
    )


def _label_biographies(
    lines: Sequence[Line], first: int, end: int, rules: dict[int, str], authors: Sequence[str]
) -> None:
    kept = [at for at in range(first, end) if at not in rules]
    for at in dict.fromkeys((*kept[:_BIOGRAPHY_ABOVE], *(at for at in kept if at >= end - _BIOGRAPHY_WITHIN))):
        if len(kept) > 1 and _is_biography(lines[at].text, authors):
            rules[at] = "biography"
    for at in reversed(kept):  # of several that follow each other each is the last in its turn
        if at > first and at >= end - _BIOGRAPHY_WITHIN and at not in rules:
            is_last = all(other in rules for other in range(at + 1, end))
            if name := _introduced_writer(lines, at, first, end, is_last=is_last):
                rules[at] = "biography"
                rules |= {other: "byline" for other in kept if lines[other].text == name}


def _label_broken_credits(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    """The names above a line `contributed to this article.` that they belong to."""
    for at in range(first + 1, end):
        if rules.get(at) == "note" and BROKEN.match(lines[at].text):
            above = at - 1
            while above > first and above not in rules and NAMES_ALONE.fullmatch(lines[above].text):
                rules[above] = "note"
                above -= 1


def _label_tags(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    """The topics listed, one a line, under a `Topics` heading near the end."""
    is_list = False
    for at in range(first, end):
        text = lines[at].text
        is_list = bool(_TAGS.fullmatch(text)) or (is_list and len(text.split()) <= 4 and text[-1] not in '.!?”"')
        if is_list:
            rules.setdefault(at, "tag")


def _is_biography(text: str, authors: Sequence[str]) -> bool:
    """Whether a line introduces the author: `Jo Field is a reporter …`, or by the first name alone."""
    bare = _HONORIFIC.sub("", text.lstrip("•*—–-_ ("), count=1)
    return len(text) < 700 and any(
        bare.startswith(name)
        and re.match(r"(?:, [^.]{2,120},)? (?:is|was|covers|writes|has been|reports|can be)\b", bare[len(name) :])
        for author in authors
        for name in (author, *author.split()[:1])
    )


def _introduced_writer(lines: Sequence[Line], at: int, first: int, end: int, *, is_last: bool) -> str | None:
    """Whom a closing line introduces by what he writes, if the sentences of the article do not name him.

    The very last line may introduce him by anything that he is.
    """
    text = lines[at].text
    name = _INTRODUCED.match(text) if len(text) < 700 else None
    if not (name and (_WRITER.search(text) or (is_last and _OFFICE.search(text)))):
        name = _PRESENTED.fullmatch(_HONORIFIC.sub("", text, count=1)) if is_last else None
        if name is None or not is_person(name["name"]):
            return None
    found = name["name"]
    others = (lines[other].text for other in range(first, end) if other != at)
    is_named = any(found.split()[-1] in other for other in others if other != found)  # alone below a portrait
    return None if is_named else found
