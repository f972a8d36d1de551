"""ZIP archives: a folder of files, each read as one that lies in a folder. What is in them twice packed is refused."""

import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from onrecord.document import Reason, Rejected
from onrecord.read.places import Place, is_ignored, printable
from onrecord.read.streams import refused

ZIP = ".zip"
_MOST_FILES = 65_534  # what the archive's own count can say without a second form of it
_LONGEST_LIST = 2**24  # bytes of the list of what is in it, which is held in memory
_ENCRYPTED = 0x1
_END = b"PK\x05\x06"


class BadArchive(OSError):
    """Why an archive cannot be opened."""


def opened_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """An archive whose list is of a size that can be held.

    Raises:
        BadArchive: it is none, is damaged, or lists more than MOST_FILES.
    """
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 2**16 - 22))
    tail = file.read()
    at = tail.rfind(_END)
    count = int.from_bytes(tail[at + 10 : at + 12], "little")
    if at >= 0 and (count > _MOST_FILES or int.from_bytes(tail[at + 12 : at + 16], "little") > _LONGEST_LIST):
        raise BadArchive(f"more than {_MOST_FILES} files or a list of more than {_LONGEST_LIST} bytes; unpack it")
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadArchive(f"no archive that can be read: {error}") from error


def places_in(place: Place, file: IO[bytes]) -> Iterator[Place | Rejected]:
    """The files in an archive in the order of their names, unread; what is hidden and lists of folders are ignored.

    They are named below the archive, as if it were a folder.
    """
    with opened_zip(file) as archive:
        met: set[str] = set()
        for info in sorted(archive.infolist(), key=_path):
            path = _path(info)
            name = printable(f"{place.name}/{path}")
            if info.is_dir() or any(is_ignored(part) or part == "__MACOSX" for part in path.parts):
                continue
            if name in met:
                yield refused(Reason.UNREADABLE, name, "a second file of this name in the archive")
            elif info.flag_bits & _ENCRYPTED:
                yield refused(Reason.UNREADABLE, name, "encrypted")
            elif path.suffix.lower() == ZIP:
                yield refused(Reason.UNSUPPORTED_FORMAT, name, "an archive within an archive; unpack the outer one")
            else:
                yield Place(path.name, name, place.given, partial(archive.open, info))
            met.add(name)


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    """Where a file stands in an archive, whatever it says of the folders above that."""
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    return PurePosixPath(*(part for part in parts if part not in ("/", "..")))
