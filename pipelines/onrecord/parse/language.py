"""Whether a body is English."""

import re

from py3langid import classify

_SHORTEST = 60  # characters; below that no guess is reliable
_SHORT = 200  # characters; up to that, one word more or less changes the model's mind
LOOKED_AT = 4000
WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# Frequent function words of English that other languages written in Latin letters hardly have.
_FUNCTION_WORD = re.compile(
    r"\b(?:the|of|and|to|that|with|by|from|his|her|this|they|she|which|have|has|not|are|were|been|would|their)\b", re.I
)
_ENOUGH = 0.12  # share of running words; English news has 0.2 and more
# The same of other languages, which English text has in names only: de la Cruz.
_FOREIGN_WORDS = tuple(
    re.compile(rf"\b(?:{words})\b")  # in titles of books and clubs they are capitalized: La Liga
    for words in (
        "le|la|les|de|des|du|et|après|une|dans|pour|que|qui|sur|est|pas|avec|sont|aux|ont|été|cette|il|elle|au|un|plus",
        "el|la|los|las|de|del|que|en|una|por|con|para|se|su|como|más|fue|este|esta|ha|sus|pero|y|al|un|lo|es",
        "der|die|das|und|den|dem|von|mit|ist|nicht|auf|für|eine|einen|einer|sich|im|zu|ein|am|dass|nach|auch|wird|werden|hat",
        "il|di|che|della|dopo|del|per|una|con|sono|gli|nel|alla|dei|non|è|ha|le|dal|si|la|un|ai",
        "de|o|os|do|da|dos|das|que|em|um|uma|para|com|não|por|mais|foi|na|no|ao|se|é",
        "het|een|van|de|en|dat|niet|met|voor|zijn|aan|ook|werd|wordt|naar|bij|te|op",
    )
)
_LEAST_FOREIGN = 3
_FOREIGN = 0.15  # share of running words


def is_english(text: str) -> bool:
    """False only if the text is long enough to tell and reads as another language."""
    if len(text) < _SHORTEST:
        return True
    beginning = text[:LOOKED_AT]
    words = WORD.findall(beginning)
    if len(_FUNCTION_WORD.findall(beginning)) >= _ENOUGH * max(1, len(words)):
        return True  # the model is needed only where this does not decide
    if len(text) < _SHORT and not _is_foreign(beginning, words):
        return True
    return bool(classify(beginning)[0] == "en")


def _is_foreign(text: str, words: list[str]) -> bool:
    """Whether a short text is in other letters, or has the function words of another language and hardly of ours."""
    if sum(len(word) for word in _LATIN.findall(text)) * 2 < sum(map(len, words)):
        return True
    found = max((foreign.findall(text) for foreign in _FOREIGN_WORDS), key=len)
    ours = len(_FUNCTION_WORD.findall(text))
    return len(found) >= max(_LEAST_FOREIGN, _FOREIGN * len(words)) and len(set(found)) > 1 and len(found) > 3 * ours
