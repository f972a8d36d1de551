"""The received text as one repaired text and its lines, each with its offsets."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ftfy import TextFixerConfig, fix_text
from ftfy.badness import is_bad

_REPAIR = TextFixerConfig(
    uncurl_quotes=False,  # typographic marks tell opening from closing quotes
    fix_line_breaks=False,  # done below, keeping offsets
    fix_latin_ligatures=False,
    fix_character_width=False,
    remove_control_chars=False,  # done below, keeping offsets
    normalization="NFC",
)
_UNESCAPE = _REPAIR._replace(
    fix_encoding=False, restore_byte_a0=False, replace_lossy_sequences=False, decode_inconsistent_utf8=False,
    fix_c1_controls=False, fix_surrogates=False,
)  # fmt: skip

# One character each, so that offsets survive. A carriage return before a line feed is white space at a line's end.
_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t" + _LINE_ENDS]
_SIMPLER = str.maketrans(
    dict.fromkeys(_LINE_ENDS, "\n") | dict.fromkeys(_SPACES, " ") | dict.fromkeys(map(chr, _CONTROLS), " ")
)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffc\ud800-\udfff]")
_ESCAPED = re.compile(r"&#?\w{2,31};|\x1b\[")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_LAST_OF_SENTENCE = re.compile(r"[.!?:;][\"'”’)\]]*$")
_WRAPPED = (55, 100)  # characters in a line that an editor or mail program has broken


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `start`, `end` count code points of the repaired text; outer white space is off."""

    start: int
    end: int
    text: str
    indent: int  # white space before it
    gap: bool  # a blank line, or nothing, comes before it


def repair(text: str) -> str:
    """The text with mojibake, HTML escapes, control characters and exotic spaces mended.

    Only mojibake, escapes and decomposed accents change its length: for any other text, offsets into the result are
    offsets into the argument.
    """
    return repair_with_names(text)[0]


def repair_with_names(text: str) -> tuple[str, tuple[str, ...]]:
    """The repaired text, and what had to be mended: escapes, mojibake."""
    fixed, names = _fixed(text.replace("\r\n", " \n"))
    return fixed.translate(_SIMPLER), names


def _fixed(text: str) -> tuple[str, tuple[str, ...]]:
    text = unicodedata.normalize("NFC", text)
    if not (is_bad(text) or _ESCAPED.search(text)):
        return text, ()
    unescaped = fix_text(text, _UNESCAPE)
    fixed = fix_text(unescaped, _REPAIR)
    return fixed, (*(["escapes"] if unescaped != text else []), *(["mojibake"] if fixed != unescaped else []))


def to_line(text: str) -> str:
    """A fact that came beside the text, mended like the text and on one line."""
    return " ".join(INVISIBLE.sub("", repair(text)).split())


def split_lines(text: str) -> list[Line]:
    """The lines of a repaired text that are not blank, in order."""
    lines = []
    start, gap = 0, True
    for raw in text.split("\n"):
        bare = INVISIBLE.sub("", raw).strip()
        if bare:
            indent = len(raw) - len(raw.lstrip())
            at = start + indent
            lines.append(Line(at, start + len(raw.rstrip()), _BLANKS.sub(" ", bare), indent, gap))
        gap = not bare
        start += len(raw) + 1
    return lines


def places_of(line: Line, repaired: str) -> Sequence[int]:
    """Where each character of a line stands in the repaired text that it is from.

    Where invisible characters went, white space became one blank, or broken lines were joined, places are skipped.
    """
    if line.end - line.start == len(line.text):
        return range(line.start, line.end)
    places, at = [], line.start
    for character in line.text:
        while repaired[at] != character and not (character == " " and repaired[at].isspace()):
            at += 1
        places.append(at)
        at += 1
    return places


def unwrap(lines: list[Line]) -> list[Line]:
    """The lines, with paragraphs that were broken at a fixed width put together.

    Sure only where every line of a block but its last is about equally long, and most breaks fall inside a sentence;
    of two lines, where no line of the whole text is longer and the next word would not have fitted.
    """
    found = list(blocks(lines))
    width = max((len(line.text) for line in lines), default=0)
    pairs = [block for block in found if len(block) == 2 and _is_full(block, width)] if width <= _WRAPPED[1] else []
    is_narrow = len(pairs) > 1 and any(block[1].text[0].islower() for block in pairs)
    joined = {id(block) for block in pairs} if is_narrow else set()
    return [
        line for block in found for line in ([_joined(block)] if id(block) in joined or _is_wrapped(block) else block)
    ]


def _is_full(block: list[Line], width: int) -> bool:
    """Whether the first line of two was broken within a sentence, since the next word did not fit."""
    first, second = (line.text for line in block)
    return (
        len(first) >= _WRAPPED[0]
        and not _LAST_OF_SENTENCE.search(first)
        and len(first) + 1 + len(second.split()[0]) > width
    )


def blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank line between them."""
    block: list[Line] = []
    for line in lines:
        if line.gap and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_wrapped(block: list[Line]) -> bool:
    """Whether the lines of a block are one paragraph, broken at a fixed width."""
    if len(block) < 3:
        return False
    inner = block[:-1]
    if any(not _WRAPPED[0] <= len(line.text) <= _WRAPPED[1] for line in inner) or len(block[-1].text) > _WRAPPED[1]:
        return False
    inside = sum(not _LAST_OF_SENTENCE.search(line.text) for line in inner)
    continued = sum(after.text[0].islower() for after in block[1:])
    return inside * 3 >= len(inner) * 2 and continued * 2 >= len(inner)


def _joined(block: list[Line]) -> Line:
    first, last = block[0], block[-1]
    return Line(first.start, last.end, " ".join(line.text for line in block), first.indent, first.gap)
