"""Words as they are compared."""

import hashlib
import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"\w+")


def word_set(text: str) -> frozenset[str]:
    """A lexicon written as one string."""
    return frozenset(text.split())


@lru_cache(maxsize=1 << 16)  # the words of an article recur, and names are compared with all of them
def fold(text: str) -> str:
    """Lower case without diacritics, with straight apostrophes: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", text).replace("’", "'")
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def normal(name: str) -> str:
    """A name without case, diacritics, full stops and hyphens: what its spellings share."""
    return " ".join(re.findall(r"\w+", fold(name).replace("'", "").replace("’", "")))


def local_id(*parts: str) -> str:
    """x: and 16 hex digits over `parts`."""
    return "x:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
