"""What must stand in a text for a regular expression to match it, so that most need not be tried."""

import re
from collections.abc import Iterable
from re import _parser as parser  # type: ignore[attr-defined]  # as Python reads it; there is no public name for it
from typing import Any

_REPEATED = (parser.MAX_REPEAT, parser.MIN_REPEAT)
_NONE = frozenset[str]()


def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    """Strings of which at least one stands in every text in which `pattern` is found; none if none are known.

    Of several such sets it is that whose shortest string is longest. Where case is ignored none are known.
    """
    return _NONE if pattern.flags & re.IGNORECASE else _of_sequence(parser.parse(pattern.pattern, pattern.flags))


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    known: list[frozenset[str]] = []
    run = ""
    for kind, what in parts:
        if kind is parser.LITERAL:
            run += chr(what)
        else:
            known += [frozenset({run}), _of_part(kind, what)]
            run = ""
    known.append(frozenset({run}))
    best = max(known, key=lambda strings: (min(map(len, strings), default=0), -len(strings)))
    return best - {""}


def _of_part(kind: Any, what: Any) -> frozenset[str]:
    if kind is parser.SUBPATTERN:
        _, added_flags, _, inner = what
        return _NONE if added_flags & re.IGNORECASE else _of_sequence(inner)
    if kind is parser.BRANCH:
        branches = [_of_sequence(branch) for branch in what[1]]
        return _NONE.union(*branches) if all(branches) else _NONE
    if kind in _REPEATED:
        least, _, inner = what
        return _of_sequence(inner) if least else _NONE
    return _NONE
