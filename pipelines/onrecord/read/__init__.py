"""Seeds from files: what is in a folder or at an address, and how each kind of file is read.

A reader takes an open file and yields every article in it as a `Seed`, or the reason why there is none as a `Rejected`.
To read another kind of file, write one and name its endings in `READERS`. A ZIP archive is read as a folder is.
"""

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.errors import UserError
from onrecord.read.delimited import read_delimited
from onrecord.read.documents_of_word import read_docx, read_rtf
from onrecord.read.feeds import read_feed
from onrecord.read.html import read_html
from onrecord.read.markdown_files import read_markdown
from onrecord.read.packed import DAMAGED, PACKED, packed_ending, unpacked
from onrecord.read.parquet import read_parquet
from onrecord.read.places import Place, walk_folder
from onrecord.read.records import read_json, read_lines
from onrecord.read.remote import walk_address
from onrecord.read.spreadsheets import read_spreadsheet
from onrecord.read.streams import MAX_BYTES, refused, seekable
from onrecord.read.text import read_text
from onrecord.read.told_by_content import LOOKED_AT, is_page, why_refused
from onrecord.read.warc import read_warc
from onrecord.read.zips import ZIP, places_in
from onrecord.storage.locations import is_address, local_path, shown_address

__all__ = [
    "MAX_BYTES",
    "PACKED",
    "READERS",
    "Place",
    "distinct_roots",
    "read_place",
    "read_seeds",
    "walk_seeds",
]


class SameNameError(UserError):
    """Two roots below which files could bear the same names."""

    code = "OR044"


_BUFFER = 2**16  # bytes that are unpacked at a time
_Reader = Callable[[IO[bytes], str, Given], Iterator[Seed | Rejected]]
# By ending of the name, that of a packed file taken off. Longer endings stand before those that they end in.
READERS: Mapping[str, _Reader] = {
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".jl": read_lines,
    ".json": read_json,
    ".xhtml": read_html,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_text,
    ".docx": read_docx,
    ".rtf": read_rtf,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".tab": read_delimited,
    ".xlsx": read_spreadsheet,
    ".parquet": read_parquet,
    ".warc": read_warc,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def read_seeds(root: str | Path) -> Iterator[Seed | Rejected]:
    """Every article below `root`, in the order of their names.

    Args:
        root: a local folder or file, or the address of one for fsspec (s3://..., https://..., memory://...).

    Local files are named by the root's own name and the path below it, so a checkout elsewhere gives the same names;
    others by their address, without what it holds of credentials. UserError if `root` itself cannot be read.
    """
    for place in walk_seeds(root):
        if isinstance(place, Rejected):
            yield place
        else:
            yield from read_place(place)


def distinct_roots(roots: Iterable[str | Path]) -> tuple[str | Path, ...]:
    """The roots, each once. SameNameError if files below two of them could bear the same names."""
    named: dict[str, str | Path] = {}
    for given in roots:
        root = given if isinstance(given, str) and is_address(given) else Path(os.path.abspath(local_path(given)))
        name = root.name if isinstance(root, Path) else shown_address(root).rstrip("/")
        if (other := named.setdefault(name, root)) != root:
            told = " and ".join(str(r) if isinstance(r, Path) else shown_address(r) for r in (other, root))
            raise SameNameError(
                f"two seeds are named {name}, so their files could not be told apart: {told}; give the folder above "
                "them, rename one, or give a link to it (ln -s) that is named otherwise"
            )
    return tuple(named.values())


def walk_seeds(root: str | Path) -> Iterator[Place | Rejected]:
    """The files below `root` in the order in which `read_seeds` reads them, unread, and what is no file."""

    def is_article(name: str) -> bool:
        return _reader(name) is not None

    if isinstance(root, str) and is_address(root):
        return walk_address(root, is_article)
    return walk_folder(local_path(root), is_article)


def read_place(place: Place) -> Iterator[Seed | Rejected]:
    """Every article in a file."""
    try:
        with place.opened() as file:
            yield from _read_archive(place, file) if place.file.lower().endswith(ZIP) else _read_file(place, file)
    # RuntimeError and NotImplementedError: ways to pack that zipfile does not know.
    except (OSError, *DAMAGED, zipfile.BadZipFile, NotImplementedError) as error:
        yield refused(Reason.UNREADABLE, place.name, getattr(error, "strerror", None) or str(error))


def _read_archive(place: Place, file: IO[bytes]) -> Iterator[Seed | Rejected]:
    for inner in places_in(place, seekable(file)):
        if isinstance(inner, Rejected):
            yield inner
        else:
            yield from read_place(inner)


def _read_file(place: Place, file: IO[bytes]) -> Iterator[Seed | Rejected]:
    ending = packed_ending(place.file)
    content: Any = unpacked(file, ending) if ending else file
    stream: Any = BufferedReader(content, _BUFFER) if ending else file
    reader = _reader(place.file)
    if reader is None:
        stream = stream if hasattr(stream, "peek") else BufferedReader(stream, _BUFFER)
        if not is_page(stream.peek(LOOKED_AT)):
            yield refused(Reason.UNSUPPORTED_FORMAT, place.name, why_refused(place.file))
            return
        reader = read_html
    yield from reader(stream, place.name, place.given)
    if trailing := getattr(content, "trailing", b""):
        yield refused(Reason.TRAILING_BYTES, place.name, f"{trailing[:60]!r}")


def _reader(name: str) -> _Reader | None:
    stem = name.lower()
    stem = stem.removesuffix(packed_ending(stem))
    return next((reader for ending, reader in READERS.items() if stem.endswith(ending)), None)
