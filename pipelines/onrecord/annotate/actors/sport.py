"""Whether an article is about sport, where names of states and cities are those of teams."""

import re

from onrecord.knowledge.word_lists import listed_lower
from onrecord.knowledge.words import WORD, fold

SPORT_WORDS = listed_lower("sport_word")
_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b(?![-–\d])")
_DIFFERENT = 3  # words of sport that an article about it has at least


def is_about_sport(text: str) -> bool:
    """Whether an article is about sport: one word in a hundred is of sport, and there are several different ones."""
    words = [fold(word) for word in WORD.findall(text)]
    found = [word for word in words if word in SPORT_WORDS]
    different = len(set(found)) + bool(_SCORE.search(text))
    return different >= _DIFFERENT and (len(found) + bool(_SCORE.search(text))) * 100 >= len(words)
