"""Which of the lines below the head are the article."""

import re
from collections.abc import Sequence

from onrecord.parse.boilerplate import page_rule
from onrecord.parse.bylines import is_known_outlet, read_byline
from onrecord.parse.captions import is_caption
from onrecord.parse.head import same_title
from onrecord.parse.lines import Line

SIGNATURE = re.compile(r"[\s\"”’][—–-]{1,2} ?[A-Z][^.!?]{2,120}$")
SIGNATURE_LINE = re.compile(r"[—–-]{1,2} ?[A-Z][^.!?]{2,100}")
QUOTED = re.compile(r"[“\"]([^“”\"]{12,400})[”\"]")
SHORTEST_REPEAT = 6  # words
LONGEST_REPEAT = 80  # words
PLACES = 4  # of one run of words that are remembered
TAGS = re.compile(r"(?:topics|tags|filed under|tagged|related topics|more about|more on)[:…]?", re.I)
TAGS_WITHIN = 15  # lines from the end
BIOGRAPHY_WITHIN = 5  # lines from the end
INTRODUCED = re.compile(
    r"[•*—–\-_( ]*(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})(?:, [^.\n]{2,120},)? (?:is|was|has been|writes)\b"
)
WRITER = re.compile(
    r"\b(?:author of|columnist|contribut(?:or|ing)|(?:latest|new|recent|first) book|op-?ed|follow (?:him|her|them)\b"
    r"|(?:senior|visiting|research|policy) fellow|professor (?:of|at|emerit)|teaches|views expressed|freelance"
    r"|staff writer|writes (?:about|for|on))",
    re.IGNORECASE,
)


def label_body(
    lines: Sequence[Line], first: int, end: int, rules: dict[int, str], title: str | None, authors: Sequence[str]
) -> None:
    """Adds to `rules` the lines from `first` to `end` that are no paragraphs of the article."""
    for at in range(first, end):
        if at not in rules and (rule := _rule(lines[at].text, title)):
            rules[at] = rule
    for at in range(max(first + 1, end - BIOGRAPHY_WITHIN), end):
        if at not in rules and (_is_biography(lines[at].text, authors) or _introduces_writer(lines, at, first, end)):
            rules[at] = "biography"
    _label_tags(lines, max(first + 1, end - TAGS_WITHIN), end, rules)
    _label_repeats(lines, first, end, rules)


def _rule(text: str, title: str | None) -> str | None:
    if is_caption(text):
        return "caption"
    if title and same_title(text, title):
        return "title"
    if is_known_outlet(text):
        return "outlet"
    if len(text) < 100 and text[-1] != "." and (byline := read_byline(text)) and (byline.authors or byline.outlet):
        return "byline"
    return page_rule(text)


def _label_tags(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    """The topics listed, one a line, under a `Topics` heading near the end."""
    is_list = False
    for at in range(first, end):
        text = lines[at].text
        is_list = bool(TAGS.fullmatch(text)) or (is_list and len(text.split()) <= 4 and text[-1] not in '.!?”"')
        if is_list:
            rules.setdefault(at, "tag")


def _is_biography(text: str, authors: Sequence[str]) -> bool:
    """Whether a closing line introduces the author: `Jo Field is a reporter …`."""
    bare = text.lstrip("•*—–-_ (")
    return len(text) < 700 and any(
        bare.startswith(author)
        and re.match(r"(?:, [^.]{2,120},)? (?:is|was|covers|writes|has been|reports|can be)\b", bare[len(author) :])
        for author in authors
    )


def _introduces_writer(lines: Sequence[Line], at: int, first: int, end: int) -> bool:
    """Whether a closing line introduces somebody by what he writes whom the rest of the article does not name."""
    text = lines[at].text
    name = INTRODUCED.match(text) if len(text) < 700 else None
    if name is None or WRITER.search(text) is None:
        return False
    surname = name["name"].split()[-1]
    return not any(surname in lines[other].text for other in range(first, end) if other != at)


def _label_repeats(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    """Pull quotes and repeated paragraphs: display lines whose words a longer or an earlier paragraph has.

    A run of `SHORTEST_REPEAT` words leads to the few places where it was seen first, so the time is linear.
    """
    kept = [at for at in range(first, end) if at not in rules]
    words = {at: re.findall(r"\w+", lines[at].text.casefold()) for at in kept}
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for at in kept:
        for start, run in enumerate(zip(*(words[at][skip:] for skip in range(SHORTEST_REPEAT)), strict=False)):
            found = places.get(run)
            if found is None:
                places[run] = [(at, start)]
            elif len(found) < PLACES:
                found.append((at, start))

    def is_repeated(run: list[str], own: int) -> bool:
        if not SHORTEST_REPEAT <= len(run) <= LONGEST_REPEAT:
            return False
        return any(
            at != own
            and rules.get(at) is None
            and words[at][start : start + len(run)] == run
            and (len(words[at]) > len(run) or at < own)
            for at, start in places.get(tuple(run[:SHORTEST_REPEAT]), ())
        )

    for at in kept:
        text = lines[at].text
        if is_repeated(words[at], at):
            rules[at] = "pull_quote"
        elif signature := SIGNATURE.search(text):
            shown = text[: signature.start() + 1]
            runs = [shown, *QUOTED.findall(shown)]
            if any(is_repeated(re.findall(r"\w+", run.casefold()), at) for run in runs):
                rules[at] = "pull_quote"
        elif rules.get(at - 1) == "pull_quote" and SIGNATURE_LINE.fullmatch(text):
            rules[at] = "pull_quote"
