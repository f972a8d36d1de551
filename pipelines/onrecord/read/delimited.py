"""Delimited text (RFC 4180, and what Excel and pandas make of it): a header, then an article in each row.

Commas, semicolons, tabs and bars divide cells; which of them is told by the header. Read row by row, in any size.
"""

import csv
import io
from collections.abc import Iterator
from typing import IO

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.streams import BYTE_ORDER_MARKS, MAX_BYTES, decode, refused
from onrecord.read.table_rows import Row, holds_text, no_text, row_of, seeds_of

_LONGEST_ROW = 2 * MAX_BYTES  # characters; a row may hold a page beside its text
_DIVIDERS = ",;\t|"
_LONGEST_HEADER = 2**16
STRAY = "surrogateescape"  # bytes that are no UTF-8 wait so until their cell is read


class _TooLong(Exception):
    """A row goes on and on, as it does behind a quotation mark that nothing closes."""


class _Lines:
    """The lines of a text for `csv`, which knows no bound but that of a cell."""

    def __init__(self, text: io.TextIOBase, first: str) -> None:
        self._text, self._first = text, first
        self.taken = 0  # characters since the last row ended

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line, self._first = self._first or self._text.readline(MAX_BYTES), ""
        if not line:
            raise StopIteration
        self.taken += len(line)
        if self.taken > _LONGEST_ROW:
            raise _TooLong
        return line


def read_delimited(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The articles of a file with one in each row."""
    start = stream.read(4)
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if start.startswith(mark)), None)
    if b"\0" in start and marked is None:
        yield refused(Reason.BINARY, name, repr(start))
        return
    ahead = io.BufferedReader(_Again(start, stream), 2**16)
    text = io.TextIOWrapper(ahead, marked or "utf-8-sig", "strict" if marked else STRAY, newline="")
    try:
        yield from _read(text, name, given, ("encoding",) if marked else ())
    except UnicodeError as error:
        yield refused(Reason.BAD_ENCODING, name, str(error))


def _read(text: io.TextIOBase, name: str, given: Given, repairs: tuple[str, ...]) -> Iterator[Seed | Rejected]:
    first = text.readline(_LONGEST_HEADER)
    divider = first[4] if first.startswith("sep=") and len(first) > 4 else None  # Excel's own line
    if divider:
        first = text.readline(_LONGEST_HEADER)
    if not first:
        yield refused(Reason.EMPTY, name, "a table without rows")
        return
    divider = divider or max(_DIVIDERS, key=lambda mark: (holds_text(_cells(first, mark)), len(_cells(first, mark))))
    lines = _Lines(text, first)
    rows = csv.reader(lines, delimiter=divider)
    csv.field_size_limit(MAX_BYTES)  # csv has this one for all its readers; no other module here uses them
    try:
        header = [_mended(cell)[0] or "" for cell in next(rows)]
    except (csv.Error, StopIteration, _TooLong) as error:
        yield refused(Reason.BAD_RECORD, name, f"the header cannot be read: {error}")
        return
    if not holds_text(header):
        yield no_text(header, name)
        return
    yield from seeds_of(_rows(rows, lines, header, name), name, given, repairs)


def _rows(rows: Iterator[list[str]], lines: _Lines, header: list[str], name: str) -> Iterator[tuple[int, Row]]:
    number = 0
    while True:
        number, lines.taken = number + 1, 0
        place = f"{name}#{number}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except (csv.Error, _TooLong) as error:
            told = str(error) or f"more than {_LONGEST_ROW} characters"
            yield number, refused(Reason.TOO_LARGE, place, f"{told}; reading goes on with the next line")
            continue
        if not cells:
            number -= 1  # a blank line
        elif len(cells) != len(header):
            told = f"{len(cells)} cells under a header of {len(header)}: {cells[0]!r:.60}"
            yield number, refused(Reason.BAD_RECORD, place, told)
        else:
            mended = [_mended(cell) for cell in cells]
            bad = next((cell for found, cell in zip(mended, cells, strict=True) if found[1]), None)
            if bad is not None:
                yield number, refused(Reason.BAD_ENCODING, place, repr(bad[:60]))
            else:
                yield number, row_of(header, [found for found, _ in mended])


def _cells(line: str, divider: str) -> list[str]:
    return next(csv.reader([line], delimiter=divider), [])


def _mended(cell: str) -> tuple[str, bool]:
    """A cell with its stray bytes read as Windows Western text, and whether that is impossible."""
    if cell.isascii() or not any("\ud800" <= character <= "\udfff" for character in cell):
        return cell, False
    decoded = decode(cell.encode("utf-8", STRAY))
    return ("", True) if isinstance(decoded, Reason) else (decoded[0], False)


class _Again(io.RawIOBase):
    """A stream whose first bytes have been read."""

    def __init__(self, start: bytes, stream: IO[bytes]) -> None:
        self._start, self._stream = start, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        raw, self._start = self._start or self._stream.read(len(buffer)), b""
        buffer[: len(raw)] = raw
        return len(raw)
