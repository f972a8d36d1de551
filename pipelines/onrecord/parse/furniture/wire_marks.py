"""What news agencies print around their copy: slugs, notes to editors, time stamps, initials of who edited it."""

import re

# AM-Iceland-Mackerel, 1st Ld-Writethru,a0451,620 · PM-BRF--Quota Freeze,0134
_SLUG = re.compile(
    r"(?:AM|PM|BC|EU|US|ML|SA|AS|AF|FN|FBN?|BUS)-[A-Z][\w.'’&-]*(?:[ -][\w.'’&-]+){0,5}"
    r"(?:,(?: ?\d(?:st|nd|rd|th) (?:Ld|Add|Sub)[\w-]*| ?[a-z]?\d{2,5}| ?Bjt| ?Writethru| ?Lead| ?\d+ words)){1,5}"
)
_TO_EDITORS = re.compile(r"\(?Eds?[.:]?: ?(?:[A-Z]{3,}|[Nn]ote|[Ww]ith|[Aa]dds).{0,300}")
_STAMP = re.compile(r"(?:AP|UPI|RTR|AFP)-[A-Z]{2}-\d\d-\d\d-\d\d \d{4}[A-Z]{3}<?")  # AP-NY-09-27-98 1820EDT
_INITIALS = re.compile(r"[a-z]{2,4}(?:[-/]{1,2}[a-z]{2,4}){1,5}")  # jf/ao/xx
# Source: Xinhua| 2018-09-27 18:20:11|Editor: Li Na
SOURCE_LINE = re.compile(r"Source:? ?(?P<outlet>[^|]{2,40}?) ?\| ?(?P<day>[\d-]{8,10}[\d: ]{0,9}) ?\| ?Editor:.{0,60}")


def is_wire_mark(line: str) -> bool:
    """Whether a line is for newsrooms and not for readers."""
    return len(line) <= 320 and any(form.fullmatch(line) for form in (_SLUG, _TO_EDITORS, _STAMP, _INITIALS))
