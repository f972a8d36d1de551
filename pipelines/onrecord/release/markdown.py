"""Text from articles as plain words in Markdown: it comes from strangers, so no mark in it may do anything."""

import unicodedata

_MARKS = frozenset("|<>[]`*_&\\~$#!@")


def to_cell(value: object, width: int = 80) -> str:
    """`value` on one line for a table's cell: at most `width` characters, marks as character references, nulls empty.

    Control and formatting characters, which could hide or turn around what follows, show as U+FFFD.
    """
    text = " ".join(("" if value is None else str(value)).split())
    text = text if len(text) <= width else text[: width - 1] + "…"
    plain = ("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text)
    escaped = "".join(f"&#{ord(c)};" if c in _MARKS else c for c in plain)
    return escaped.replace("://", "&#58;//").replace("www.", "www&#46;")  # some renderers make links of addresses
