"""The names in one text that holds several: how programs, libraries and archives write lists of authors."""

import ast
import re

from onrecord.parse.head.bylines import SPLIT_NAMES, SUFFIX, to_outlet

# As libraries write it: Holm, Anna
SURNAME_FIRST = re.compile(r"(?P<surname>[A-Z][\w'’-]+), (?P<given>[A-Z][\w'’-]+(?: [A-Z]\.)?)")
_QUOTED = re.compile(r"\[\s*[\"'].*[\"']\s*,?\s*\]|\(\s*[\"'].*[\"']\s*,?\s*\)", re.DOTALL)


def split_names(text: str) -> list[str]:
    """The names in a text, one by one, in the order of speech: given name, surname.

    "Jo Field, Ada Oak, and Sam Reed"; "Field, Jo; Oak, Ada"; "['Jo Field', 'Ada Oak']", as a list looks that a program
    has written into a cell.
    """
    if _QUOTED.fullmatch(text.strip()):
        try:
            found = ast.literal_eval(text.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            found = ()
        if found and all(isinstance(name, str) for name in found):
            return list(found)
    parts = [part.strip() for part in text.split(";") if part.strip()]
    turned = [_turned(part) for part in parts]
    if all(turned):
        return [name for name in turned if name]
    return SPLIT_NAMES.split(SUFFIX.sub(" ", text))


def _turned(text: str) -> str | None:
    """A name whose surname stands first in the order of speech; None if the text is none."""
    match = SURNAME_FIRST.fullmatch(text)
    if match is None or to_outlet(match["surname"]) or to_outlet(match["given"]):
        return None
    return f"{match['given']} {match['surname']}"
