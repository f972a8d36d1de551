"""ProQuest: text of one article or many, between lines of underscores.

Fields are labelled and each begins a line: 'Title:', 'Author:', 'Publication title:', 'Publication date:', 'Full text:'
(of paragraphs, up to the next label), 'ProQuest document ID:' and others. The headline stands once more above them.
"""

import re
from collections.abc import Sequence

from onrecord.read.archives.exports import Export, bare_day, blocks, paragraphs

_BETWEEN = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.MULTILINE)
_ID = re.compile(r"^(?:ProQuest document ID|Document URL|Full text):", re.MULTILINE | re.IGNORECASE)
_TEXT = re.compile(r"^(?:Full text|ProQuest document ID):", re.MULTILINE | re.IGNORECASE)
_FACTS = {
    "title": "title", "author": "authors", "authors": "authors", "publication title": "outlet",
    "publication date": "published", "section": "section", "copyright": "rights", "document url": "url",
    "full text": "text", "publication info": "info",
}  # fmt: skip
_OTHERS = {
    "abstract", "links", "subject", "location", "people", "company / organization", "classification",
    "identifier / keyword", "publication year", "publication subject", "first page", "last page", "pages", "issn",
    "isbn", "source type", "source", "language of publication", "language", "document type", "dateline",
    "proquest document id", "last updated", "database", "publisher", "place of publication",
    "country of publication", "volume", "issue", "number of pages", "column", "edition", "credit", "contributor",
    "document feature", "accession number", "year", "date", "series title", "correspondence author", "cover date",
    "ethnicity", "illustration", "illustration caption", "email this document", "start page", "end page",
}  # fmt: skip
_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z /]{2,30}?):(?:\s+(?P<value>.*))?$")
_INFO = re.compile(r"(?P<outlet>[^;]+?)(?: \(Online\))?\s*;.*?(?P<day>\d{1,2} \w{3,9} \d{4})")
_RESULT = re.compile(
    r"^(?:Document \d+ of \d+|Report Information from ProQuest.*|Table of contents|Bibliography.*)$", re.M
)


def find_proquest(text: str) -> list[Export] | None:
    """The articles of an export, None if a text is none."""
    if len(_TEXT.findall(text)) < 2 or not re.search("ProQuest", text):
        return None
    # The list of contents, and the notice at the end, are no articles.
    pieces = [piece for piece in _BETWEEN.split(text) if _ID.search(piece)]
    return [_export(piece.splitlines()) for piece in pieces]


def _export(lines: Sequence[str]) -> Export:
    values: dict[str, list[str]] = {}
    label = ""
    for line in lines:
        match = _LABEL.match(line)
        name = match["label"].casefold() if match else ""
        if match and (name in _FACTS or name in _OTHERS) and name not in values:
            label = name
            values[label] = [match["value"] or ""]
        elif label:
            values[label].append(line)
    export = Export({_FACTS[name]: " ".join(" ".join(v).split()) for name, v in values.items() if name in _FACTS})
    export.fields.pop("text", None)
    if info := _INFO.match(export.fields.pop("info", "")):
        export.fields = {"outlet": info["outlet"], "published": info["day"]} | export.fields
    if authors := export.fields.get("authors"):  # Amsel, Rolf; Brook, Nadia
        names = (name.split(",") for name in authors.split(";"))
        export.fields["authors"] = "; ".join(" ".join(map(str.strip, reversed(parts))) for parts in names)
    if day := export.fields.get("published"):
        export.fields["published"] = bare_day(day)
    if dateline := values.get("dateline"):
        export.fields["dateline"] = dateline[0]
    export.paragraphs = [p for block in blocks(values.get("full text", ())) for p in paragraphs(block)]
    return export
