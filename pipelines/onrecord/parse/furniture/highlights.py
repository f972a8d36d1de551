"""The block of `Story highlights` that some outlets print above the body."""

import re
from collections.abc import Sequence

from onrecord.knowledge.word_lists import alternation
from onrecord.parse.furniture.captions import is_caption
from onrecord.parse.lines import Line

_HEADING = re.compile(rf"(?:{alternation('highlights_heading')})\b", re.I)
_WITHIN = 12  # lines from the top
_MOST = 6  # lines after the one with the heading
LONGEST = 150  # characters in a highlight
_LONGEST_BLOCK = 900  # characters; more is an article that has lost its line ends
_FULL_SENTENCE = re.compile(r"(?<!\b[A-Z])[.:][\"”'’)\]]*$")  # not after an initial, as in U.S.


def find_highlights(lines: Sequence[Line]) -> dict[int, str]:
    """The rule of each line of the block. It ends at the first full sentence: highlights carry no full stop."""
    for at, line in enumerate(lines[:_WITHIN]):
        opens = _HEADING.match(line.text)
        is_glued = is_caption(line.text) and _HEADING.search(line.text)
        if len(line.text) > _LONGEST_BLOCK or not (opens or is_glued):
            continue
        rules = {at: "highlights" if opens else "caption"}
        for after in range(at + 1, min(len(lines), at + 1 + _MOST)):
            text = lines[after].text
            if len(text) > LONGEST or _FULL_SENTENCE.search(text):
                break
            rules[after] = "highlights"
        return rules
    return {}
