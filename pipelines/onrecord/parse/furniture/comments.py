"""Where the readers' comments start."""

import re
from collections.abc import Sequence

from onrecord.knowledge.word_lists import one_of
from onrecord.parse.lines import Line
from onrecord.timex.lexicon import GROUPS

_ON_TITLE = re.compile(
    r"(?:(?:\d{1,6}|no|one|two|three) (?:comments?|repl(?:y|ies)|thoughts?|responses?)|comments?) (?:on|to):? "
    r"[“\"‘'«](?P<title>.{3,300})[”\"’'»]\.?",
    re.I,
)
UNPUBLISHED = "your email address will not be published"
STARTS = re.compile(
    r"(?:leave a (?:reply|comment)(?: cancel reply)?|no comments(?: yet)?|comments are (?:closed|off)|(?:view|show|"
    r"see|load|hide) "
    r"(?:all )?(?:\d+ )?comments|"
    r"inline feedbacks?|notify of|post a comment|add (?:a|your) comment|sort by (?:newest|oldest|best)|"
    rf"{UNPUBLISHED}.*|would love your thoughts, please comment.*|(?:disqus|facebook|"
    r"reader) comments|"
    r"please enable javascript to view the comments.*|cancel reply)[.:]?",
    re.I,
)
# `12 Comments` is as often a button: it heads a section only if comments follow.
_COUNTED = re.compile(
    r"(?:\d{1,6} )?(?:comments?|replies|responses)(?: ?\(\d{1,6}\))?:?|join the (?:conversation|discussion)", re.I
)
_ANSWERED = re.compile(r"reply|report|like|share|reply to .{1,40}|(?:up|down)vote|[+-]?\d{1,5}", re.I)
_FOLLOWING = 8  # lines below such a heading
_SAYS = re.compile(r"\S.{0,40} (?:says|said|wrote|commented):?$")
_STAMP = re.compile(
    r".{0,40}\b\d{1,2}:\d\d ?(?:am|pm|a\.m\.|p\.m\.)?.{0,12}|"
    rf".{{0,30}}\b(?:\d+|an?|one) (?:{one_of(frozenset(GROUPS['UNIT']))})s? ago.{{0,12}}",
    re.I,
)
_HANDLE = 40


def start_of_comments(lines: Sequence[Line], first_body: int) -> int | None:
    """Index of the first line of the comment section, or None. Lines up to `first_body` are the article's."""
    for at in range(first_body + 1, len(lines)):
        bare = lines[at].text.lstrip("•*- ")
        if _ON_TITLE.fullmatch(bare) or STARTS.fullmatch(bare):
            return at
        if _COUNTED.fullmatch(bare) and _has_comments(lines[at + 1 : at + 1 + _FOLLOWING]):
            return at
        if _SAYS.fullmatch(bare) and at + 1 < len(lines) and _STAMP.fullmatch(lines[at + 1].text):
            return at
    return _indented_threads(lines, first_body)


def _has_comments(lines: Sequence[Line]) -> bool:
    """Whether there are comments among the lines: a time when one was written, and the buttons below it."""
    stamps = sum(_STAMP.fullmatch(line.text) is not None for line in lines)
    return stamps >= 2 or (stamps == 1 and any(_ANSWERED.fullmatch(line.text) for line in lines))


def _indented_threads(lines: Sequence[Line], first_body: int) -> int | None:
    """Comments set as an indented list: a bullet with a name, and under it text that is indented further."""
    at = len(lines)
    while at > first_body + 1 and lines[at - 1].indent:
        at -= 1
    for index in range(at, len(lines) - 1):
        line, after = lines[index], lines[index + 1]
        if (
            line.text[0] in "•*-"
            and len(line.text) <= _HANDLE
            and after.indent > line.indent
            and after.text[0] not in "•*-"
        ):
            return index
    return None


def title_in_comments(lines: Sequence[Line]) -> str | None:
    """The headline as the comment section repeats it: 26 replies on “…”."""
    found = (_ON_TITLE.fullmatch(line.text.lstrip("•*- ")) for line in reversed(lines))
    return next((match["title"].strip() for match in found if match), None)
