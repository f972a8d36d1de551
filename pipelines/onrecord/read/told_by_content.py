"""Files whose names do not say what they are, told by how they begin: pages saved under their address."""

import re

LOOKED_AT = 4096
# Browsers and wget save a page as story.php, story.aspx?id=7, or under the last part of its address.
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
# What people have that is not read, and what to do with it.
_REFUSED = {
    ".pdf": "PDF keeps no paragraphs and no order of reading; save the article as text or as a page",
    ".mhtml": "save the page as HTML",
    ".mht": "save the page as HTML",
    ".webarchive": "save the page as HTML",
    ".doc": "save it as .docx or .txt",
    ".xls": "save it as .xlsx or .csv",
    ".7z": "unpack it",
    ".rar": "unpack it",
    ".tar": "unpack it",
    ".tar.gz": "unpack it",
    ".tgz": "unpack it",
}
_ENDING = re.compile(r"(?:\.[a-z][a-z0-9]{0,9}){1,3}$", re.IGNORECASE)


def is_page(start: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    return _PAGE.match(start[:LOOKED_AT]) is not None


def why_refused(name: str) -> str:
    """What a name without a reader is, its whole ending named, and what can be done."""
    ending = _ENDING.search(name.strip("."))
    if ending is None or not name.strip(".")[: ending.start()]:
        return "no reader for 'a name without an ending', and it does not begin as a page"
    told = next((why for known, why in _REFUSED.items() if name.lower().endswith(known)), None)
    return f"no reader for {ending[0]!r}" + (f": {told}" if told else "")
