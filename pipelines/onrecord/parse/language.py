"""Whether a body is English."""

import re

from py3langid import classify

SHORTEST = 200  # characters; below that no guess is reliable
LOOKED_AT = 4000
WORD = re.compile(r"[^\W\d_]+")
# Frequent function words of English that other languages written in Latin letters hardly have.
FUNCTION_WORD = re.compile(
    r"\b(?:the|of|and|to|that|with|by|from|his|her|this|they|she|which|have|has|not|are|were|been|would|their)\b", re.I
)
ENOUGH = 0.12  # share of running words; English news has 0.2 and more


def is_english(text: str) -> bool:
    """False only if the text is long enough to tell and reads as another language."""
    if len(text) < SHORTEST:
        return True
    beginning = text[:LOOKED_AT]
    if len(FUNCTION_WORD.findall(beginning)) >= ENOUGH * max(1, len(WORD.findall(beginning))):
        return True  # the model is needed only where this does not decide
    return bool(classify(beginning)[0] == "en")
