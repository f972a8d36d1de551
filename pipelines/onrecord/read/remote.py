"""Where seeds lie elsewhere: the files below an address that fsspec can open."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected
from onrecord.errors import UserError
from onrecord.read.places import MAX_DEPTH, OUTLET, NoSeedsError, Place, is_ignored, printable, with_facts
from onrecord.read.stamps import stamp_of_entry
from onrecord.read.streams import refused
from onrecord.storage.locations import UnreadableAddressError, shown_address
from onrecord.storage.packages import MissingPackageError
from onrecord.storage.retries import is_transient, retrying

_BUFFER = 2**18  # bytes asked of a remote file at a time


class OutOfReachError(UserError):
    """A server or a network was away, and nothing was changed."""

    code = "OR041"


def walk_address(address: str, is_article: Callable[[str], bool]) -> Iterator[Place | Rejected]:
    """The files at or below an address, like places.walk_folder; UserError if nothing can be read there.

    What fails for a moment is tried again. A folder that stays out of reach is an OutOfReachError: left out, all of its
    articles would leave the next release. A single file costs itself only.
    """
    from fsspec.core import url_to_fs

    shown = shown_address(address).rstrip("/")
    try:
        system, path = url_to_fs(address)
        system.invalidate_cache()  # a process that runs for days would never see what has arrived
        info = retrying(lambda: system.info(path))
    except ImportError as error:
        raise MissingPackageError(f"{shown} needs a package that is not installed: {_one_line(error)}") from error
    except Exception as error:  # file systems raise what their clients raise
        if is_transient(error):
            raise _out_of_reach(shown, error) from error
        if isinstance(error, FileNotFoundError):
            raise NoSeedsError(f"no such seeds folder or file: {shown}") from error
        raise UnreadableAddressError(f"cannot read {shown}: {_one_line(error) or type(error).__name__}") from error
    if info["type"] == "directory" or (_is_web(system) and address.endswith("/")):
        yield from _folder(system, path, shown, Given(), is_article, depth=0)
    else:
        file = _bare(shown.partition("?")[0])
        yield Place(file, shown, Given(), _opener(system, path), stamp_of_entry(info))


def _folder(
    system: Any, path: str, name: str, given: Given, is_article: Callable[[str], bool], *, depth: int
) -> Iterator[Place | Rejected]:
    if depth >= MAX_DEPTH:
        yield refused(Reason.UNREADABLE, name, f"more than {MAX_DEPTH} folders deep")
        return
    try:
        listed: list[Mapping[str, Any]] = retrying(lambda: system.ls(path, detail=True))
    except Exception as error:
        if is_transient(error):
            raise _out_of_reach(name, error) from error
        yield refused(Reason.UNREADABLE, name, _one_line(error))
        return
    # Object stores may list an empty object that stands for the folder itself.
    entries = {_bare(entry["name"]): entry for entry in listed if entry["name"].strip("/") != path.strip("/")}
    if _is_web(system):  # a page of links, some of which lead elsewhere, or order it in another way
        inside = re.compile(re.escape(path.rstrip("/")) + r"/[^/?#]+/?")
        entries = {file: entry for file, entry in entries.items() if inside.fullmatch(entry["name"])}
    outlet = entries.get(OUTLET)
    facts = with_facts(given, f"{name}/{OUTLET}", _opener(system, outlet["name"]) if outlet else None)
    if isinstance(facts, Rejected):
        yield facts
    else:
        given = facts
    for file, entry in sorted(entries.items()):
        below = printable(f"{name}/{file}")
        if is_ignored(file):
            continue
        if entry["type"] == "directory":
            if is_article(file):
                yield refused(Reason.NOT_A_FILE, below, "a folder with the name of an article; its files are read")
            yield from _folder(system, entry["name"], below, given, is_article, depth=depth + 1)
        elif entry["type"] == "file":
            yield Place(file, below, given, _opener(system, entry["name"]), stamp_of_entry(entry))
        else:
            yield refused(Reason.NOT_A_FILE, below, "neither a file nor a folder")


def _is_web(system: Any) -> bool:
    return "https" in system.protocol


def _bare(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _opener(system: Any, path: str) -> Callable[[], IO[bytes]]:
    return lambda: io.BufferedReader(_Remote(lambda: system.open(path, "rb")), _BUFFER)


class _Remote(io.RawIOBase):
    """A remote file whose errors, whatever its client calls them, are those of a file.

    Where the connection breaks off, the file is opened again and read on from there.
    """

    def __init__(self, opened: Callable[[], IO[bytes]]) -> None:
        self._opened = opened
        self._file: IO[bytes] | None = None
        self._at = 0
        self._tried(self._reopen)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raw = self._tried(lambda: self._read(len(buffer)))
        buffer[: len(raw)] = raw
        self._at += len(raw)
        return len(raw)

    def close(self) -> None:
        if self._file:
            self._file.close()
        super().close()

    def _tried(self, call: Callable[[], Any]) -> Any:
        try:
            return retrying(call)
        except Exception as error:
            raise OSError(_one_line(error) or type(error).__name__) from error

    def _read(self, size: int) -> bytes:
        file = self._file or self._reopen()
        try:
            return file.read(size)
        except Exception:
            self._file = None
            raise

    def _reopen(self) -> IO[bytes]:
        file = self._opened()
        try:
            file.seek(self._at)
        except (OSError, ValueError):  # a stream without random access
            left = self._at
            while left and (block := file.read(min(_BUFFER, left))):
                left -= len(block)
        self._file = file
        return file


def _out_of_reach(name: str, error: Exception) -> OutOfReachError:
    told = _one_line(error) or type(error).__name__
    return OutOfReachError(f"{name} is out of reach ({told}); nothing was changed: run it again later")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
