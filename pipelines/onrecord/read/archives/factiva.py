"""Factiva: text of one article or many, also as it stands in .rtf and .html.

Each article ends with its number, 'Document HARTIM0020180927ee9r0001x'. Two layouts. As displayed: section, headline,
author, '98 words', date, hour, outlet, its code, language, copyright, each on a line, then the text and the publisher.
With codes: the same behind SE, HD, BY, WC, PD, ET, SN, SC, LA, CY, the text behind LP and TD, the number behind AN.
"""

import re
from collections.abc import Sequence

from onrecord.read.archives.exports import Export, bare_day, blocks, is_day, is_notice, paragraphs

_NUMBER = re.compile(r"^[ \t]*(?:AN[ \t]+)?Document [A-Z][A-Z0-9]{2,}[0-9]{8}[a-z0-9]{4,16}[ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"\d[\d,.]* words", re.IGNORECASE)
_HOUR = re.compile(r"\d{1,2}:\d\d(?:\s?[AP]M)?(?: GMT)?", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_PAGE = re.compile(r"(?:Page |Pg\. ?)?[A-Z]{0,3}\d{1,3}(?:[-/,; ]\w{1,6})*|(?:\w+ ){0,3}Edition|Volume \d+.*", re.I)
_LANGUAGE = re.compile(r"(?:English|French|German|Spanish|Italian|Dutch|Portuguese|Chinese.*|Japanese|Russian|Arabic)")
_CODED = re.compile(
    r"(?P<code>HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|SE|CLM|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART)(?:\s+(?P<value>.*))?$"
)
_FACTS = {"HD": "title", "BY": "authors", "PD": "published", "SN": "outlet", "CY": "rights", "SE": "section"}


def find_factiva(text: str) -> list[Export] | None:
    """The articles of an export, None if a text is none."""
    if not _NUMBER.search(text):
        return None
    *pieces, rest = _NUMBER.split(text)
    if not any(_WORDS.fullmatch(line.strip().removeprefix("WC").strip()) for line in text.splitlines()):
        return None
    if _is_coded(rest) or any(_WORDS.fullmatch(line.strip()) for line in rest.splitlines()):
        pieces.append(rest)  # an article without its number; else what was searched for
    return [(_coded if _is_coded(piece) else _displayed)(piece.splitlines()) for piece in pieces]


def _is_coded(piece: str) -> bool:
    return re.search(r"^HD\s+\S", piece, re.MULTILINE) is not None


def _coded(lines: Sequence[str]) -> Export:
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _CODED.match(line)
        if match and match["code"] not in values:
            code = match["code"]
            values[code] = [match["value"] or ""]
        elif code:
            values[code].append(line)
    export = Export({fact: " ".join(" ".join(values[c]).split()) for c, fact in _FACTS.items() if c in values})
    _set_day(export)
    parts = blocks([*values.get("LP", ()), "", *values.get("TD", ())])
    export.paragraphs = [p for block in parts for p in paragraphs(block)]
    return export


def _displayed(lines: Sequence[str]) -> Export:
    found = blocks(lines)
    at = next((n for n, block in enumerate(found) if any(map(_WORDS.fullmatch, block))), None)
    if at is None:
        return Export()
    row = next(n for n, line in enumerate(found[at]) if _WORDS.fullmatch(line))
    export = Export(_head([*found[:at], *([found[at][:row]] if row else [])]))
    # In pages each of these stands alone, in text they are one block.
    rest = [[line] for line in found[at][row + 1 :]] + list(found[at + 1 :])
    while rest and len(rest[0]) == 1 and _take(export, rest[0][0]):
        rest.pop(0)
    export.paragraphs = [p for block in rest for p in paragraphs(block)]
    while export.paragraphs and _is_publisher(export.paragraphs[-1], export):
        export.paragraphs.pop()
    _set_day(export)
    return export


def _head(above: list[list[str]]) -> dict[str, str]:
    """Section, headline and author from what stands above the count of words."""
    fields: dict[str, str] = {}
    if above and len(above[0]) > 1:
        first, *others = above[0]
        if first.isupper() or len(first.split()) == 1:
            fields["section"] = first
            above = [others, *above[1:]]
    elif len(above) > 2:
        fields["section"] = above[0][0]
        above = above[1:]
    if len(above) > 1 and sum(map(len, above[-1])) <= 150:
        fields["authors"] = " ".join(above[-1])
        above = above[:-1]
    if fields.get("section", "").isupper():
        fields["section"] = fields["section"].title()
    fields["title"] = " ".join(line for block in above for line in block)
    return fields


def _take(export: Export, line: str) -> bool:
    """Reads a line between the count of words and the text; False if it is one of the text."""
    fields = export.fields
    if "rights" in fields:
        return False
    if is_notice(line):
        fields["rights"] = line
    elif "published" not in fields and is_day(line):
        fields["published"] = line
    elif "published" in fields and "outlet" not in fields and not _HOUR.fullmatch(line) and len(line) <= 80:
        fields["outlet"] = line
    else:
        return any(p.fullmatch(line) for p in (_HOUR, _SOURCE_CODE, _PAGE, _LANGUAGE))
    return True


def _is_publisher(paragraph: str, export: Export) -> bool:
    """Whether the last line is who owns the outlet: a part of the copyright, or the other way about."""
    told = paragraph.casefold().rstrip(". ")
    known = " ".join((export.fields.get("rights", ""), export.fields.get("outlet", ""))).casefold()
    outlet = export.fields.get("outlet", "").casefold()
    is_short = len(paragraph.split()) <= 10 and not paragraph.endswith(("?", "!", "”", '"'))
    return is_short and (told in known or bool(outlet and told.startswith(outlet)))


def _set_day(export: Export) -> None:
    if day := export.fields.get("published"):
        export.fields["published"] = bare_day(day)
