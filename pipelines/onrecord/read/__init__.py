"""Seeds from files: what is in a folder or at an address, and how each kind of file is read.

A reader takes an open file and yields every article in it as a `Seed`, or the reason why there is none as a `Rejected`.
To read another kind of file, write one and name its endings in `READERS`.
"""

import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path
from typing import IO

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.errors import UserError
from onrecord.read.html import read_html
from onrecord.read.packed import Unpacked
from onrecord.read.places import Place, walk_folder
from onrecord.read.records import read_json, read_lines
from onrecord.read.remote import is_address, local_path, shown_address, walk_address
from onrecord.read.streams import MAX_BYTES, refused
from onrecord.read.text import read_text

__all__ = [
    "MAX_BYTES",
    "READERS",
    "Place",
    "distinct_roots",
    "is_address",
    "local_path",
    "read_place",
    "read_seeds",
    "shown_address",
    "walk_seeds",
]


class SameNameError(UserError):
    """Two roots below which files could bear the same names."""

    code = "OR044"


PACKED = ".gz"
BUFFER = 2**16  # bytes that are unpacked at a time
# By ending of the name, '.gz' taken off. Longer endings stand before those that they end in.
READERS: Mapping[str, Callable[[IO[bytes], str, Given], Iterator[Seed | Rejected]]] = {
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".json": read_json,
    ".xhtml": read_html,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_text,
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
    reader = _reader(place.file)
    if reader is None:
        ending = f".{place.file.rpartition('.')[2]}" if "." in place.file else "a name without an ending"
        yield refused(Reason.UNSUPPORTED_FORMAT, place.name, f"no reader for {ending!r}")
        return
    try:
        with place.opened() as file:
            packed = Unpacked(file) if place.file.lower().endswith(PACKED) else None
            yield from reader(BufferedReader(packed, BUFFER) if packed else file, place.name, place.given)
            if packed and packed.trailing:
                yield refused(Reason.TRAILING_BYTES, place.name, f"{packed.trailing[:60]!r}")
    except (OSError, EOFError, zlib.error) as error:  # EOFError, zlib.error: a damaged .gz
        yield refused(Reason.UNREADABLE, place.name, getattr(error, "strerror", None) or str(error))


def _reader(name: str) -> Callable[[IO[bytes], str, Given], Iterator[Seed | Rejected]] | None:
    stem = name.lower().removesuffix(PACKED)
    return next((reader for ending, reader in READERS.items() if stem.endswith(ending)), None)
