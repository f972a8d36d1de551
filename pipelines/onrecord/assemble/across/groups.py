"""How pairs of reports that tell one thing become groups.

The best pairs come first, and each joins the groups of its two reports if these tell one thing as a whole: of the
pairs between the fullest of the one and of the other enough must have been accepted. So a row of small changes never
joins reports that have little in common, and neither does one report that is like all others.
"""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

_FULLEST = 4  # reports of a group that stand for it, so that the work for a pair does not grow with its group
FORGET_GROUPS = (
    "DROP VIEW accepted; DROP VIEW members; DROP VIEW found_pairs; "
    "DROP TABLE candidates; DROP TABLE touched; DROP TABLE worded"
)


def register_groups(
    connection: "duckdb.DuckDBPyConnection", accepted: pa.Table, *, share: float, sides: str | None = None
) -> None:
    """Make the views `accepted`, of these pairs, and `members`: unit, of each report that is joined to others; center,
    the fullest of its group; is_fuller, and what `accepted` tells of the pair by which it is. FORGET_GROUPS drops them,
    with what led to them.

    `accepted` has the columns unit and head, a fuller report, the best pair first, and what else is told. For `share`
    see `to_groups`. `sides` is a query for unit, issue and side of those in `accepted` that are on a side of an issue.
    """
    connection.register("accepted", accepted)
    told = connection.execute(sides).fetchall() if sides else []
    pairs = list(zip(accepted["unit"].to_pylist(), accepted["head"].to_pylist(), strict=True))
    centers = to_groups(pairs, {unit: {issue: side} for unit, issue, side in told}, share=share)
    numbers = _by_which(pairs, centers)
    members = accepted.take(pa.array(numbers.values(), pa.int64())).drop_columns(["unit", "head"])
    for name, column in {
        "unit": pa.array(numbers, pa.int64()),
        "center": pa.array([centers[unit] for unit in numbers], pa.int64()),
        "is_fuller": pa.array([pairs[number][0] != unit for unit, number in numbers.items()], pa.bool_()),
    }.items():
        members = members.append_column(name, column)
    connection.register("members", members)


def to_groups(
    pairs: Sequence[tuple[int, int]], sides: Mapping[int, Mapping[str, str]] = MappingProxyType({}), *, share: float
) -> Mapping[int, int]:
    """Of each report in a pair the fullest one of its group.

    Args:
        pairs: of a report and of one that is fuller, which has the smaller number; the best pair first.
        sides: the side that a report takes on an issue. A group is on one side: reports that oppose one another are
            not joined by one that takes none.
        share: of the pairs between the fullest of two groups at least so many are among `pairs` where they become one.
    """
    above: dict[int, int] = {}  # of a report another of its group, and so on up to the one that stands for all
    fullest: dict[int, tuple[int, ...]] = {}
    taken = {one: dict(side) for one, side in sides.items()}
    keys = array("q", sorted(map(_key, pairs)))

    def root(one: int) -> int:
        while above.setdefault(one, one) != one:
            above[one] = one = above[above[one]]
        return one

    def are_one(ours: int, theirs: int) -> bool:
        a, b = fullest[ours], fullest[theirs]
        if len(a) * len(b) == 1:
            return True
        return sum(_is_in(keys, _key((one, other))) for one in a for other in b) >= share * len(a) * len(b)

    for pair in pairs:
        ours, theirs = map(root, pair)
        for each in (ours, theirs):
            fullest.setdefault(each, (each,))
        if ours == theirs or _are_opposed(taken.get(ours, {}), taken.get(theirs, {})) or not are_one(ours, theirs):
            continue
        above[ours] = theirs
        fullest[theirs] = tuple(sorted((*fullest.pop(ours), *fullest[theirs]))[:_FULLEST])
        if ours in taken:
            taken[theirs] = {**taken.pop(ours), **taken.get(theirs, {})}
    return {one: fullest[root(one)][0] for one in list(above)}


def _key(pair: tuple[int, int]) -> int:
    return max(pair) << 31 | min(pair)


def _is_in(keys: "array[int]", key: int) -> bool:
    at = bisect_left(keys, key)
    return at < len(keys) and keys[at] == key


def _are_opposed(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    return any(theirs.get(issue, side) != side for issue, side in ours.items())


def _by_which(pairs: Sequence[tuple[int, int]], centers: Mapping[int, int]) -> Mapping[int, int]:
    """Of each report that is no center of its group the number of the pair that tells best how it belongs there: the
    first with a fuller one, else the first with one that is less full."""
    own: dict[int, int] = {}
    other: dict[int, int] = {}
    for number, (one, fuller) in enumerate(pairs):
        if centers[one] == centers[fuller]:
            own.setdefault(one, number)
            other.setdefault(fuller, number)
    return {one: own.get(one, other.get(one, 0)) for one in sorted({*own, *other}) if centers[one] != one}
