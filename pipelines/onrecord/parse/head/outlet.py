"""The outlet that the page furniture names: a copyright line."""

import re
from collections.abc import Iterable

from onrecord.knowledge.word_lists import alternation

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)(?: ?©)? ?(?:by )?\d{4}(?:[-–]\d{2,4})? (?:by )?(?P<holder>[^.,©|]{2,60}?)"
    rf"(?:,? (?:{alternation('legal_form_short', 'legal_form')})\b.*|[.,|©].*|\s*all rights.*|)$",
    re.I,
)
# Syndicates and photographers hold rights but are no outlets; neither is an initial where a name was cut off.
_NO_OUTLET = re.compile(rf"{alternation('syndicate')}|/|^\W*\d|\b\w$", re.I)


def outlet_in_page(taken: Iterable[str]) -> str | None:
    """The holder that a copyright line names, without its legal form; None if no line does."""
    found = (_COPYRIGHT.search(line) for line in taken if len(line) < 400)
    holders = (match["holder"].strip() for match in found if match)
    return next((holder for holder in holders if not _NO_OUTLET.search(holder)), None)
