"""Spreadsheets of Excel and its like (.xlsx): a header, then an article in each row, on one sheet or several.

A cell holds 32,767 characters at most, so that long articles arrive cut.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.streams import refused, seekable
from onrecord.read.table_rows import Row, holds_text, no_text, row_of, seeds_of
from onrecord.read.zips import opened_zip
from onrecord.storage.packages import missing

_MOST_SHARED = 2**27  # bytes of the texts that cells share, which are held in memory
_MOST_SHEET = 8 * 2**30  # bytes of all else, unpacked; sheets are read as they come
_SHARED = "xl/sharedStrings.xml"


def read_spreadsheet(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The articles of a file with one in each row; rows are counted on from sheet to sheet, headers apart."""
    try:
        import openpyxl
    except ImportError:
        raise missing(name, "spreadsheets") from None
    file = seekable(stream)
    with opened_zip(file) as packed:
        sizes = {part.filename: part.file_size for part in packed.infolist()}
    if sizes.get(_SHARED, 0) > _MOST_SHARED or sum(sizes.values()) > _MOST_SHEET:
        yield refused(Reason.TOO_LARGE, name, f"{sum(sizes.values())} bytes unpacked; save it as .csv")
        return
    file.seek(0)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: _header(sheet) for sheet in book.worksheets}
        if not any(map(holds_text, sheets.values())):
            yield no_text(next((header for header in sheets.values() if header), []), name)
            return
        for title, header in sheets.items():
            if header and not holds_text(header):
                yield refused(Reason.BAD_RECORD, name, f"sheet {title!r:.60}: no column is known to hold the text")
        yield from seeds_of(_rows(book, sheets), name, given)
    # What openpyxl raises for a file that is not as it should be is as various as its code.
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        yield refused(Reason.UNREADABLE, name, f"{type(error).__name__}: {error}"[:200])


def _header(sheet: Any) -> list[str]:
    cells = next(sheet.iter_rows(max_row=1, values_only=True), ())
    return [] if all(cell is None for cell in cells) else ["" if cell is None else str(cell) for cell in cells]


def _rows(book: Any, sheets: dict[str, list[str]]) -> Iterator[tuple[int, Row]]:
    number = 0
    for title, header in sheets.items():
        if not holds_text(header):
            continue
        for cells in book[title].iter_rows(min_row=2, values_only=True):
            number += 1
            cells = (*cells, *(None for _ in range(len(header) - len(cells))))[: len(header)]
            yield number, row_of(header, [_value(cell) for cell in cells])


def _value(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str | int | float | None) else str(cell)
