"""Web pages as saved: one article each, or an export of Factiva with many. `parse` reads what is in them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from onrecord.document import Given, Rejected, Seed
from onrecord.read.archives import split_export
from onrecord.read.archives.pages import is_of_factiva, text_of_page
from onrecord.read.text import read_whole

# HTML wants the declaration within the first 1,024 bytes; browsers look on.
LOOKED_AT = 4096
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,30})", re.I)


def read_html(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The page that a file is, in the encoding that it declares."""
    seed = read_whole(stream, name, given, form="html", find_encoding=declared_encoding)
    if isinstance(seed, Seed) and is_of_factiva(seed.text):
        plain = replace(seed, text=text_of_page(seed.text), form="text")
        if (found := split_export(plain)) is not None:
            yield from found
            return
    yield seed


def declared_encoding(page: bytes) -> str | None:
    declared = _DECLARED.search(page[:LOOKED_AT])
    return declared[1].decode("ascii") if declared else None
