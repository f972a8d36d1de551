"""The verb that an expression of time belongs to: on which side it stands, of what form it is, in what kind of clause.

"The bill that cleared the house on Wednesday would bar ..": Wednesday belongs to "cleared", a past form in a relative
clause, and what the main clause says of the future does not move it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.timex.kinds import CLAUSE_END, COARSE

_SOFT: Final = frozenset((",", "and", "or"))  # these part clauses and members of a list alike
_RELATIVE: Final = frozenset(("that", "which", "who"))
_AUXILIARY: Final = frozenset(("will", "would", "modal", "could", "is", "was", "has", "had", "did", "does", "to"))
_PARTICIPLES: Final = frozenset(("past", "done", "put", "asked", "due"))
_FORMS_AFTER: Final = frozenset((*_PARTICIPLES, "be", "been", "ing"))  # what an auxiliary stands before
_REACH = 4  # words between an auxiliary and its verb: "was not expected to be", "has since been"
_NEAR_OPENING = 2  # words between the opening of a clause and a verb without a subject of its own


def governor(left: Sequence[str], behind: Sequence[str], right: Sequence[str], ahead: Sequence[str]) -> Iterator[str]:
    """The signs of the verb that the expression between `left` and `right` belongs to.

    behind and ahead: the kind of each word of left and right, as long as they.
    """
    own = _last(left, behind, hard_only=False)
    form = _form(behind, own) if own is not None else None
    then = _first(right, ahead, hard_only=False)
    if form is not None and own is not None:
        clause = _clause(left, behind, own)
        yield f"governor {clause} {form}"
        yield f"governed {form}"
        if then is not None:
            yield f"governor {form} then {then}"
    elif then is not None:
        form = then
        yield f"governor next {form}"
        yield f"governed {form}"
    else:
        far = _last(left, behind, hard_only=True)
        form = _form(behind, far) if far is not None else _first(right, ahead, hard_only=True) or "no verb"
        yield f"governor {'far' if far is not None else 'later'} {form}"
        yield f"governed {form}"
    if left:
        yield f"{left[-1].lower()}&{form}"
        if len(left) == 1:
            yield f"opening {left[-1].lower()}"
    yield f"{'' if right else 'closing '}{_tenses((*behind, *ahead))}"


def _last(words: Sequence[str], kinds: Sequence[str], *, hard_only: bool) -> int | None:
    """Where the last verb before the expression stands in its clause. None: the clause has none there."""
    for at in range(len(words) - 1, -1, -1):
        if kinds[at] == CLAUSE_END:
            if not hard_only or words[at].lower() not in _SOFT:
                return None
        elif kinds[at] and not (kinds[at] == "ing" and at and words[at - 1].lower() not in _AUXILIARY):
            return at
    return None


def _first(words: Sequence[str], kinds: Sequence[str], *, hard_only: bool) -> str | None:
    """The form of the first verb after the expression in its clause, or None."""
    for at, kind in enumerate(kinds):
        if kind == CLAUSE_END:
            if not hard_only or words[at].lower() not in _SOFT:
                return None
        elif kind and kind != "ing":
            if kind in ("is", "was", "has", "had", "will", "would", "modal", "could"):
                following = next((each for each in kinds[at + 1 : at + 3] if each in _FORMS_AFTER or each == "to"), "")
                return f"{kind} {following}".strip()
            return kind
    return None


def _form(kinds: Sequence[str], at: int) -> str:
    """The form of the verb at `at`: its kind, behind the auxiliary that it follows."""
    if kinds[at] not in _FORMS_AFTER:
        return kinds[at] if kinds[at] != "to" else f"{_before(kinds, at)} to".strip()
    auxiliary = _before(kinds, at)
    return f"{auxiliary} {kinds[at]}".strip()


def _before(kinds: Sequence[str], at: int) -> str:
    """The first of the verbs that stand together before one: "was to be" of "was to be signed"."""
    found = ""
    for near in range(at - 1, max(-1, at - 1 - _REACH), -1):
        kind = kinds[near]
        if kind == CLAUSE_END:
            break
        if kind in _AUXILIARY or (kind in ("due", "asked", "past", "ask") and (not found or found == "to")):
            found = f"{kind} {found}".strip() if found != kind else kind
            if kind in ("is", "was", "will", "would", "modal", "could", "had", "has"):
                break
    return found


def _clause(words: Sequence[str], kinds: Sequence[str], at: int) -> str:
    """The kind of clause that a verb stands in: relative, participle, or its opening word; main if none opens it."""
    for back in range(at - 1, -1, -1):
        if kinds[back] == CLAUSE_END:
            word = words[back].lower()
            between = at - back - 1 - sum(1 for kind in kinds[back + 1 : at] if kind)
            if word in _RELATIVE:
                return "relative" if between < _NEAR_OPENING else "that"
            if word in (",", "(", "—", "–"):
                return (
                    "participle" if between < _NEAR_OPENING and kinds[at] in ("past", "done", "put", "ing") else "main"
                )
            return word if word.isalpha() else "main"
    return "main"


def _tenses(kinds: Sequence[str]) -> str:
    """Which tenses a sentence has."""
    found = {COARSE[kind] for kind in kinds if kind in COARSE}
    return f"tenses {''.join(sorted(found))}".strip()
