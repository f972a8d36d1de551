"""Texts that arrive without their end: whoever delivered them printed a mark there, or had no more room."""

import re

from onrecord.document import Seed

# NewsAPI's "… [+2371 chars]", an excerpt's "[…]", "(truncated)", and the "(more)" of agencies, at the very end.
_MARK = re.compile(
    r"\s*(?:\[\+ ?\d{1,7} char(?:acter)?s?\]|\[\s?(?:…|\.{3})\s?\]|[\[(](?:text |article )?(?:truncated|cut off)"
    r"[\])]|[\[(](?:more|MORE)[\])])\s*\Z"
)
# A last line that leads to the whole text elsewhere.
_CALL = re.compile(
    r"\n\s*(?:continue reading|read (?:the )?(?:full|whole|entire|rest of (?:the|this)) (?:article|story|post|text)|"
    r"read the rest)\b[^\n.!?]{0,120}(?:[.!…→»]|\.{3})?\s*\Z",
    re.IGNORECASE,
)
_CELL = 32_767  # characters that a spreadsheet's cell can hold, in UTF-16
_IN_CELL = re.compile(r"\.xlsx#\d+$", re.IGNORECASE)
_LOOKED_AT = 400  # characters from the end


def find_cut(text: str) -> int | None:
    """Where the mark begins that a text was cut off at; None if there is none."""
    tail = max(0, len(text) - _LOOKED_AT)
    match = _MARK.search(text, tail)
    return match.start() if match else None


def is_cut_off(seed: Seed, text: str) -> bool:
    """Whether the end of a seed's text is missing: a mark says so, a last line calls to the rest, or a cell was full.

    On a web page such a line may only open the rest, which is there.
    """
    if find_cut(text) is not None:
        return True
    if seed.form == "text" and _CALL.search(text, max(0, len(text) - _LOOKED_AT)):
        return True
    is_cell = _IN_CELL.search(seed.source_file) is not None
    return is_cell and len(seed.text) >= _CELL // 2 and len(seed.text.encode("utf-16-le")) // 2 >= _CELL - 1
