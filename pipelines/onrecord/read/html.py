"""Web pages as saved: one article each. Only decoded here; `parse` reads what is in them."""

import re
from collections.abc import Iterator
from typing import IO

from onrecord.document import Given, Rejected, Seed
from onrecord.read.text import read_whole

# HTML wants the declaration within the first 1,024 bytes; browsers look on.
LOOKED_AT = 4096
DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,30})", re.I)


def read_html(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The page that a file is, in the encoding that it declares."""
    yield read_whole(stream, name, given, form="html", find_encoding=declared_encoding)


def declared_encoding(page: bytes) -> str | None:
    declared = DECLARED.search(page[:LOOKED_AT])
    return declared[1].decode("ascii") if declared else None
