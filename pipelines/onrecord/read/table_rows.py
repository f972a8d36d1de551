"""Tables with an article in each row: what all kinds of them have in common."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.field_names import WRAPPERS, names_of, plain_name
from onrecord.read.records import MOST_WITHOUT, one_of_many
from onrecord.read.streams import MAX_BYTES, refused

_MOST_COLUMNS = 16_384  # as many as a spreadsheet has
Row = Mapping[str, Any] | Rejected  # a row, or why there is none


def holds_text(header: Sequence[str]) -> bool:
    """Whether one of the columns is known to hold articles."""
    known = {*WRAPPERS, *(name for kind in ("text", "markdown", "html") for name in names_of(kind))}
    return len(header) <= _MOST_COLUMNS and not known.isdisjoint(map(plain_name, header))


def no_text(header: Sequence[str], name: str) -> Rejected:
    """Why a table is none of articles."""
    told = f"{len(header)} columns" if len(header) > _MOST_COLUMNS else f"{list(map(str, header))!r:.160}"
    return refused(
        Reason.BAD_RECORD, name, f"no column is known to hold the text among {told}; say which: --fields text=COLUMN"
    )


def row_of(header: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """A row by its columns; of two columns of one name the first that holds something counts."""
    row: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        if row.get(name) in (None, ""):
            row[name] = cell
    return row


def seeds_of(
    rows: Iterable[tuple[int, Row]], name: str, given: Given, repairs: tuple[str, ...] = ()
) -> Iterator[Seed | Rejected]:
    """The seeds in the rows of a table, each with its number; the table is given up where nothing comes any more."""
    number = without = 0
    for number, row in rows:
        without += 1
        if isinstance(row, Rejected):
            yield row
        elif any(value not in (None, "") for value in row.values()):
            for item in _one(row, f"{name}#{number}", given, repairs):
                without = 0 if isinstance(item, Seed) else without
                yield item
        if without >= MOST_WITHOUT:
            yield refused(Reason.BAD_RECORD, name, f"{without} rows without an article; nothing is read after {number}")
            return
    if number == 0:
        yield refused(Reason.EMPTY, name, "a table without rows")


def _one(row: Mapping[str, Any], name: str, given: Given, repairs: tuple[str, ...]) -> Iterator[Seed | Rejected]:
    if sum(len(value) for value in row.values() if isinstance(value, str)) > MAX_BYTES:
        yield refused(Reason.TOO_LARGE, name, f"more than {MAX_BYTES} characters")
    else:
        yield from one_of_many(row, name, None, given, repairs)
