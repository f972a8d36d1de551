"""The place that a driver and its executors both reach, on whichever machines they run: a shared folder, or an address
for fsspec.

A batch lies there as one file, received or extracted: one request to an object store, and there whole or not at all.
"""

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from onrecord.errors import UserError
from onrecord.storage import store
from onrecord.storage.locations import shown_address
from onrecord.storage.packages import MissingPackageError
from onrecord.storage.retries import retrying


class ExchangeError(UserError):
    """The place between driver and executors cannot be reached, read or written to from one of them."""

    code = "OR063"


class Exchange:
    """The files below an address; each is read and written whole."""

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs

        self.shown = shown_address(address).rstrip("/")
        try:
            self._system, path = url_to_fs(address, use_listings_cache=False)
        except ImportError as error:
            raise MissingPackageError(f"{self.shown} needs a package that is not installed: {error}") from error
        except ValueError as error:
            raise ExchangeError(f"{self.shown} is no address for fsspec: {' '.join(str(error).split())}") from error
        self._path = path.rstrip("/")
        protocols = (self._system.protocol,) if isinstance(self._system.protocol, str) else self._system.protocol
        self._is_folder = "file" in protocols

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, or None if there is none."""

        def read() -> bytes | None:
            try:
                return bytes(self._system.cat_file(self._at(name)))
            except FileNotFoundError:
                return None

        return self._tried(read)  # type: ignore[no-any-return]

    def write(self, name: str, raw: bytes) -> None:
        """Put a file there, in the place of one of that name, whole or not at all."""
        path = self._at(name)

        def write() -> None:
            if self._is_folder:  # where others would see it grow
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                beside = Path(f"{path}.{uuid4().hex}")
                beside.write_bytes(raw)
                beside.replace(path)
            else:
                self._system.pipe_file(path, raw)

        self._tried(write)

    def remove(self, folder: str) -> None:
        """Forget all files below a folder; nothing to do if there are none."""

        def remove() -> None:
            if self._is_folder:
                shutil.rmtree(self._at(folder), ignore_errors=True)
            elif found := self._system.find(self._at(folder)):
                self._system.rm(found)

        self._tried(remove)

    def _at(self, name: str) -> str:
        return f"{self._path}/{name}"

    def _tried(self, call: Any) -> Any:
        try:
            return retrying(call)
        except Exception as error:  # file systems raise what their clients raise
            told = " ".join(str(error).split()) or type(error).__name__
            raise ExchangeError(f"{self.shown} cannot be used as the exchange: {told}") from error


def packed(folder: Path) -> bytes:
    """The files of a folder as one; what they hold is compressed already."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, path in store.files_in(folder).items():
            file.write(path, name)
    return buffer.getvalue()


class DamagedPackError(Exception):
    """A packed folder without its end, or with other bytes than were packed."""


def is_whole(raw: bytes | None) -> bool:
    """Whether there is a packed folder, and it has the bytes that were packed."""
    try:
        return raw is not None and zipfile.ZipFile(io.BytesIO(raw)).testzip() is None
    except zipfile.BadZipFile:
        return False


def unpack(raw: bytes, folder: Path) -> None:
    """Put the files of a packed folder into another one, which is there.

    Raises:
        DamagedPackError: they are not those of its SHA256SUMS.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            file.extractall(folder)
    except zipfile.BadZipFile as error:
        raise DamagedPackError(str(error)) from error
    if not store.is_whole(folder):
        raise DamagedPackError(f"not the files of its {store.SUMS}")
