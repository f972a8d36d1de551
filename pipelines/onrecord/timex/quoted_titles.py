"""Whether words stand in quotation marks as the title of a song, a film, a book or a programme.

A title has capitals on all but its small words and no end of a sentence: "Friday on My Mind". Speech has neither.
"""

import re
from typing import Final

from onrecord.timex.lexicon import WORDS

_LONGEST = 60  # characters of a title on either side of the words
_OPENS = re.compile(r"(?:^|[\s(\[—–/-])(?P<mark>[\"“]|‘(?!\d))(?P<inside>[^\"“”‘\n]*)$")
_CLOSES = re.compile(r"(?P<inside>[^\"“”\n]*?)(?:[\"”]|(?<!s)’(?!\w))")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL: Final = frozenset((
    "a", "an", "the", "of", "on", "in", "at", "to", "for", "with", "from", "by", "and", "or", "my", "as",
))  # fmt: skip
_ENDS_SENTENCE = (".", "!", "?", ";", ":", "…", "-", "—", "–")


def is_in_title(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is part of a title in quotation marks."""
    opens = _OPENS.search(text[max(0, start - _LONGEST) : start])
    closes = _CLOSES.match(text, end, end + _LONGEST) if opens else None
    if opens is None or closes is None:
        return False
    inside = opens["inside"] + text[start:end] + closes["inside"]
    words = _WORD.findall(inside)
    if inside.endswith(_ENDS_SENTENCE) or not all(_is_capital(word) or word in _SMALL for word in words):
        return False
    # A comma before the mark ends a title or speech: "Monday," he said. Then a word beside the day must have a capital.
    named = [word for word in words[1:] if _is_capital(word) and word.lower() not in WORDS]
    return _is_capital(words[0]) and (bool(named) or "," not in inside)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()
