"""A page as a tree, whatever it holds."""

import re
import sys

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# What neither XML nor HTML has as a character, as itself or as a reference to it: lxml raises for it.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?")
_MOST_DIGITS = 7  # of the largest character's number
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def to_tree(html: str) -> HtmlElement | None:
    """The page as a tree, mended like browsers do. Entities that it declares, and documents it names, are not read."""
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    bare = _REFERENCE.sub(_checked, _NO_CHARACTER.sub(" ", _XML_HEAD.sub("", html, count=1)))
    try:
        return document_fromstring(bare.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):  # nothing but comments, or nothing at all
        return None


def _checked(reference: re.Match[str]) -> str:
    """A character reference as it stands, a space if what it refers to is no character."""
    digits = (reference["hex"] or reference["decimal"]).lstrip("0")
    code = int(digits or "0", 16 if reference["hex"] else 10) if len(digits) <= _MOST_DIGITS else sys.maxunicode + 1
    return " " if code > sys.maxunicode or _NO_CHARACTER.match(chr(code)) else reference[0]
