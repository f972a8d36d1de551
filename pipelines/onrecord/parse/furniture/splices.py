"""What a page puts between or into the sentences of a paragraph: links, buttons, players."""

import re
from collections.abc import Sequence

from onrecord.knowledge.word_lists import alternation, listed, patterns
from onrecord.parse.furniture.captions import end_of_glued_caption
from onrecord.parse.furniture.hyperlinks import CALLS, GOES_ON

_ASIDE = rf"[(\[] ?(?:{CALLS}|CLICK){GOES_ON}\s?: [^()\[\]]{{3,220}}[)\]]"
_BLOCK = (
    rf"{patterns('splice_phrase', 'slideshow_phrase')}|(?:{patterns('player_notice')}) on (?:your|this) device|"
    r"Story [Cc]ontinued [Bb]elow|(?:Story|Article) continues below(?: advertisement)?|"
    r"(?:Click|Tap) here (?:to|for) [^.!?]{3,80}[.!]?$"
)
_SHORT_LINK = rf" \((?:{alternation('short_link')})/\w{{4,12}}\)"
_SHORTCODE = r"\[/?caption[^\[\]]{0,200}\]"
_ATTRIBUTES = r"(?: [a-z-]{1,20} ?=[^<>]{0,300})?"
_BLOCK_TAG = rf"</?(?:p|br|div|h[1-6]|li|[uo]l|blockquote|iframe|figure|figcaption|img){_ATTRIBUTES} ?/?>"
_FIXED = re.compile(rf"{_ASIDE}|{_BLOCK}|{_SHORT_LINK}|{_SHORTCODE}|{_BLOCK_TAG}")
INLINE_TAG = re.compile(rf"</?(?:a|b|i|u|em|strong|span|font|sup|sub){_ATTRIBUTES}>")
# `Ada Quill Ada Beth QuillHeadline of another story Another MORE`: a name, the name in full, and links up to MORE.
_NAME_LINKS = re.compile(
    r"\b(?P<surname>[A-Z][\w'’-]{1,25})(?P<cut> (?:[A-Z(“\"][\w.()'’“”\"-]{0,20} ){1,6}(?P=surname)(?:[ "
    rf",]{{1,2}}(?:{alternation('name_suffix')})\.)?(?=[A-Z0-9“‘'\"])(?:[^\n]{{10,700}}?\s)?MORE\b)"
)
# The same where the two spellings of the surname differ.
_FIRST_NAME_LINKS = re.compile(
    r"\b(?P<first>[A-Z][\w'’-]{2,20}) [A-Z][\w'’-]{1,25}(?P<cut> (?P=first) (?:[A-Z(][\w.()'’-]{0,20} ){0,4}"
    r"[A-Z][a-z'’-]{1,25}(?=[A-Z0-9“‘'\"])[^\n]{10,700}?\sMORE\b)"
)
_GLUED_NAME_LINKS = re.compile(
    r"\b(?P<name>[A-Z][\w.'’-]{1,20} [A-Z][\w.'’-]{1,20}?)(?P<cut>(?P=name)(?=[A-Z0-9“‘'\"])[^\n]{10,700}?\sMORE\b)"
)
HINTS = (
    "RELATED", "READ", "SEE ", "WATCH", "VIDEO", "PHOTO", "GALLERY", "MORE", "LISTEN", "CLICK", "Also on",
    "Related:", "Read ", "See also", "Watch:", "More:", "ontinue", "Media playback", "SHARE", "Share Tweet", "Click ",
    "Enlarge this", "Image copyright", "Slideshow", "here to", "here for",
    "</", "/>", "<br", "<p>", "<li", "<img", "caption", *(f"{host}/" for host in sorted(listed("short_link"))),
)  # fmt: skip

_CLOSES = re.compile(r"[,;.!?)](?:\s|$)|[’']s\b")


def find_splices(line: str, title: str | None = None) -> list[tuple[int, int, str]]:
    """Start, end and rule of each stretch of a paragraph that is not its own, in order and apart.

    A caption in front of the paragraph is one of them; `title`, the headline, is one where it is glued on.
    """
    glued = end_of_glued_caption(line)
    spans = [(0, glued, "caption")] if glued else []
    if title and line.startswith(title) and line[len(title) : len(title) + 1].isupper():
        spans.append((0, len(title), "title"))
    if any(hint in line for hint in HINTS):
        spans += [(*match.span(), "splice") for match in _FIXED.finditer(line)]
    if "<" in line:
        spans += [(*match.span(), "code") for match in INLINE_TAG.finditer(line)]
    if "MORE" in line:
        for links in (_NAME_LINKS, _FIRST_NAME_LINKS, _GLUED_NAME_LINKS):
            spans += [(*match.span("cut"), "related") for match in links.finditer(line)]
    apart: list[tuple[int, int, str]] = []
    for span in sorted(spans):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


def to_paragraph(line: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """The line without the spans that `find_splices` finds in it; untouched if there are none."""
    if not spans:
        return line
    text, last = "", 0
    for start, end, rule in spans:
        text = _joined(text, line[last:start], is_word=rule == "code")
        last = end
    return _joined(text, line[last:], is_word=spans[-1][2] == "code").strip()


def _joined(text: str, after: str, *, is_word: bool) -> str:
    """Two stretches with one blank between them; none before a mark that closes, nor where a tag stood in a word."""
    if not text or not after or (is_word and not text[-1].isspace() and not after[0].isspace()):
        return text + after
    bare = after.lstrip()
    return text.rstrip() + ("" if _CLOSES.match(bare) else " ") + bare
