"""LexisNexis, Nexis and Nexis Uni: text of one article or many, also as it stands in .docx and .rtf.

Two layouts. The older begins each article with '3 of 27 DOCUMENTS', then outlet, date and headline in lines of their
own, BYLINE:, SECTION:, LENGTH: in capitals, the text, and LOAD-DATE:, LANGUAGE: behind it. The newer begins with the
headline, then outlet and date, Section:, Length:, Byline:, a line 'Body' before the text, 'Classification' behind it,
and 'End of Document'. A list of what was exported may stand before the first article.
"""

import re
from collections.abc import Sequence

from onrecord.read.archives.exports import (
    Export,
    bare_day,
    blocks,
    is_day,
    is_edition,
    is_notice,
    paragraphs,
    rights_of,
)

_NUMBER = re.compile(r"^[ \t]*(?:FOCUS - )?\d{1,5} of \d{1,5} DOCUMENTS?[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_BODY = re.compile(r"^[ \t]*Body:?[ \t]*$", re.MULTILINE)
_LOADED = re.compile(r"^[ \t]*Load-Date:", re.MULTILINE | re.IGNORECASE)
_HEAD = {
    "byline": "authors", "section": "section", "headline": "title", "dateline": "dateline", "url": "url",
    "length": "", "highlight": "", "series": "", "source": "", "contact": "", "distribution": "", "edition": "",
}  # fmt: skip
_TAIL = {
    "load-date": "", "language": "", "publication-type": "", "document-type": "", "subject": "", "graphic": "",
    "company": "", "organization": "", "industry": "", "geographic": "", "country": "", "state": "", "city": "",
    "person": "", "ticker": "", "journal-code": "", "acc-no": "", "notes": "", "correction-date": "", "pub-type": "",
    "type": "", "name": "", "correction": "", "category": "", "copyright": "rights", "file-name": "",
}  # fmt: skip
_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z]+(?:-[A-Za-z]+)?):(?:\s+(?P<value>.*))?$")
_PARTS = {"graphic", "classification", "notes", "correction", "end of document"}  # lines of their own behind the text
_SHORT = 40  # characters; a text has more
# The list before the first article of the newer layout.
_LISTED = re.compile(
    r"(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type)\b"
    r"|Documents? \(\d+\)|-None-|\| About LexisNexis|Page \d+ of \d+"
)


def find_lexis(text: str) -> list[Export] | None:
    """The articles of an export, None if a text is none."""
    if _NUMBER.search(text):
        pieces = _NUMBER.split(text)[1:]
    elif _END.search(text):
        pieces = _END.split(text)
        pieces = [_unlisted(pieces[0]), *(piece for piece in pieces[1:] if piece.strip())]
    elif _BODY.search(text) and _LOADED.search(text):
        pieces = [text]
    else:
        return None
    return [_export(blocks(piece.splitlines())) for piece in pieces]


def _unlisted(piece: str) -> str:
    """The first article without the list before it, whose last line names what the search was narrowed by."""
    lines = piece.splitlines()
    body = next((at for at, line in enumerate(lines) if _BODY.match(line)), len(lines))
    last = max((at for at, line in enumerate(lines[:body]) if _LISTED.search(line)), default=-1)
    return "\n".join(lines[last + 1 :])


def _export(found: Sequence[list[str]]) -> Export:
    export = Export()
    above, text, below = _sorted(export, found)
    if sum(map(_length, text)) < min(_SHORT, sum(map(_length, below))):  # its fields stand before its text
        text = [block for block in below if not is_notice(block[0])]
    _read_above(export, above)
    export.fields.setdefault("rights", rights_of([*above, *(line for block in below for line in block)]))
    export.paragraphs = [p for block in text if not is_notice(block[0]) for p in paragraphs(block)]
    return export


def _sorted(export: Export, found: Sequence[list[str]]) -> tuple[list[str], list[list[str]], list[list[str]]]:
    """What stands above the fields, the text, and what stands below it; the fields are taken on the way."""
    body = next((at for at, block in enumerate(found) if block[0].casefold().rstrip(":") == "body"), None)
    above: list[str] = []
    text: list[list[str]] = []
    below: list[list[str]] = []
    state = "above"
    for at, block in enumerate(found):
        is_behind = body is None or at > body
        begins = "text" if at == body else "below" if is_behind and block[0].casefold() in _PARTS else None
        state = begins or state
        lines, label = _take_fields(export, block[bool(begins) :], is_mixed=body is not None and state != "text")
        if label in _TAIL and is_behind:
            state = "below"
        elif label and state == "above" and body is None:
            state = "fields"
        elif lines and state == "fields":
            state = "text"
        if state in ("above", "fields"):
            above += lines
        elif lines:
            (text if state == "text" else below).append(lines)
    return above, text, below


def _length(block: Sequence[str]) -> int:
    return sum(len(line) for line in block if not is_notice(line))


def _take_fields(export: Export, block: Sequence[str], *, is_mixed: bool) -> tuple[list[str], str]:
    """The lines of a block that are none of fields, and the last label in it. Values may go on over lines."""
    left: list[str] = []
    label = ""
    for line in block:
        match = _LABEL.match(line)
        name = match["label"].casefold() if match else ""
        if match and name in _HEAD | _TAIL and (is_mixed or match["label"].isupper() or name == "load-date"):
            label = name
            if fact := (_HEAD | _TAIL)[name]:
                export.fields[fact] = match["value"] or ""
        elif label:
            if fact := (_HEAD | _TAIL)[label]:
                export.fields[fact] = f"{export.fields[fact]} {line}".strip()
        else:
            left.append(line)
    return left, label


def _read_above(export: Export, above: Sequence[str]) -> None:
    """Outlet, date and headline. The older layout has the headline below the date, the newer above the outlet."""
    lines = [line for line in above if not is_notice(line) and not is_edition(line)]
    at = next((at for at, line in enumerate(lines) if is_day(line)), None)
    before, after = (lines, []) if at is None else (lines[:at], lines[at + 1 :])
    if at is not None:
        export.fields["published"] = bare_day(lines[at])
    if "title" in export.fields:
        outlet = before[-1] if before else None
    elif after and before:
        outlet, title = before[0], " ".join(after)
        export.fields["title"] = title
    else:
        outlet = before[-1] if len(before) > 1 else None
        export.fields["title"] = " ".join(before[:-1] or before)
    if outlet:
        export.fields["outlet"] = outlet
    if section := export.fields.get("section"):
        export.fields["section"] = section.split(";")[0].strip()
