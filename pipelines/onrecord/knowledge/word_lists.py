"""The word lists of `data/words/`: names, titles, outlets, places and what else is known of single words.

To add a word, add its row to the file that holds its list: the list, the word as print has it, the value it stands for
where the list maps words, and the reason why it is there. A new list needs a module that reads it, or a test fails.
In phrases.csv, what single outlets print around articles, a word is a regular expression and its value the outlet.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from onrecord.knowledge.files import DATA


@cache
def load_word_lists(folder: Path = DATA / "words") -> Mapping[str, Mapping[str, str]]:
    """Every list by its name: its words in the order of the file, each with its value, which is empty for most."""
    lists: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                lists.setdefault(row["list"], {})[row["word"]] = row["value"]
    return MappingProxyType({name: MappingProxyType(words) for name, words in lists.items()})


def meanings(name: str) -> Mapping[str, str]:
    """The words of a list in the order of the file, each with what it stands for. KeyError for no such list."""
    return load_word_lists()[name]


def listed(*names: str) -> frozenset[str]:
    """The words of the lists as print has them."""
    return frozenset(chain.from_iterable(map(meanings, names)))


def listed_lower(*names: str) -> frozenset[str]:
    """The words of the lists in lower case."""
    return frozenset(map(str.lower, listed(*names)))


def with_meaning(value: str, *names: str) -> frozenset[str]:
    """The words of the lists that stand for `value`; a bar splits several values of one word."""
    return frozenset(word for name in names for word, found in meanings(name).items() if value in found.split("|"))


def alternation(*names: str) -> str:
    """The words of the lists as alternatives of a regular expression, a longer one before its own beginning."""
    return one_of(listed(*names))


def patterns(*names: str) -> str:
    """The rows of lists whose words are regular expressions, as alternatives of one in the order of the file."""
    return "|".join(chain.from_iterable(map(meanings, names)))


def one_of(chosen: frozenset[str]) -> str:
    """Words as alternatives of a regular expression, a longer one before its own beginning."""
    return "|".join(map(re.escape, sorted(chosen, key=lambda word: (-len(word), word))))
