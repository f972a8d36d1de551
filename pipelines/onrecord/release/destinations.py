"""Where releases are published: a folder, or what fsspec can write to. Each keeps its own promise of atomicity.

Both take names below the target's address, and have the same seven verbs:

    read(name)           the bytes and a tag that changes with them, or (None, None)
    digest(name, size)   the SHA-256 of what lies there, read back; None if nothing does, or of another size than given
    put(name, path)      a file's bytes, whole or not at all; what was there is replaced
    write(name, raw, tag)  the same for bytes, if the tag is still that of what lies there (None: nothing does)
    copy(name, place)    what lies under a name, whole, in another place, too
    names(folder)        what lies below a folder, by its names from there
    remove(name)

On S3 files say how long they hold: those of a version for ever, the rest must be asked for each time.
"""

import contextlib
import errno
import hashlib
import mimetypes
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from onrecord.errors import UserError
from onrecord.storage import store
from onrecord.storage.locations import is_address, local_path, shown_address
from onrecord.storage.retries import retrying

_BEING_WRITTEN = ".tmp-"  # begins the names that store.replacing writes under
_BLOCK = 2**22
_COPIED_AT_ONCE = 5 * 2**30  # bytes; S3 copies more in parts, which take no word on what becomes of the headers
_READINGS = 10  # of a file that others keep replacing
_REPLACED = ""  # no digest: the file became another while it was read
_MOVING = {"latest", "latest.json"}  # what changes with each version; all else stays as it is

_Result = TypeVar("_Result")


class PublishError(UserError):
    """A release that cannot be published; the kinds below say why."""


class DestinationError(PublishError):
    """No address to publish to, or one that nothing can be published to."""

    code = "OR100"


class ChangedMeanwhile(Exception):
    """What lies under a name is not what was read there: somebody else wrote it."""


class Destination(Protocol):
    shown: str  # its address without credentials

    def read(self, name: str) -> tuple[bytes | None, str | None]: ...
    def digest(self, name: str, size: int | None = None) -> str | None: ...
    def put(self, name: str, path: Path) -> None: ...
    def write(self, name: str, raw: bytes, tag: str | None) -> None: ...
    def copy(self, name: str, place: str) -> None: ...
    def names(self, folder: str) -> tuple[str, ...]: ...
    def remove(self, name: str) -> None: ...


def open_destination(address: str) -> Destination:
    """The target at an address: s3://bucket/prefix, gs://..., file:///folder or a path."""
    return Bucket(address) if is_address(address) else Folder(local_path(address).absolute())


class Folder:
    """A local folder. Files take their places in one step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.shown = str(folder)
        for place in (folder, *folder.glob("*/")):
            store.remove_leftovers(place)

    def read(self, name: str) -> tuple[bytes | None, str | None]:
        try:
            raw = (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None, None
        return raw, hashlib.sha256(raw).hexdigest()

    def digest(self, name: str, size: int | None = None) -> str | None:
        path = self._folder / name
        return store.sha256_of(path) if path.is_file() and size in (None, path.stat().st_size) else None

    def put(self, name: str, path: Path) -> None:
        with store.replacing(self._folder / name) as temporary, path.open("rb") as file, temporary.open("wb") as copy:
            while block := file.read(_BLOCK):
                copy.write(block)

    def write(self, name: str, raw: bytes, tag: str | None) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with store.locked(self._folder):  # comparing and replacing are two steps here
            if self.read(name)[1] != tag:
                raise ChangedMeanwhile(name)
            with store.replacing(path) as temporary:
                temporary.write_bytes(raw)

    def copy(self, name: str, place: str) -> None:
        source = self._folder / name
        with store.replacing(self._folder / place) as temporary:
            try:  # both names of one file, which nobody writes into
                os.link(source, temporary)
            except OSError:  # a file system without links
                shutil.copyfile(source, temporary)

    def names(self, folder: str) -> tuple[str, ...]:
        place = self._folder / folder
        return tuple(name for name in store.files_in(place) if not Path(name).name.startswith(_BEING_WRITTEN))

    def remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)


class Bucket:
    """An object store, or another remote place that fsspec writes to. On S3 nothing is replaced unseen.

    Objects appear whole or not at all on S3 and Google Cloud Storage. S3 compares tags as it writes; elsewhere two
    publishers of one version at the same moment are not kept apart.
    """

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs

        self.shown = shown_address(address).rstrip("/")
        try:
            self._system, path = url_to_fs(address, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise DestinationError(f"cannot publish to {self.shown}: {' '.join(str(error).split())}") from error
        protocols = (self._system.protocol,) if isinstance(self._system.protocol, str) else self._system.protocol
        if "https" in protocols:
            raise DestinationError(f"{self.shown} cannot be written to; give a folder, s3://... or gs://...")
        self._path = path.rstrip("/")
        self._compares = "s3" in protocols

    def read(self, name: str) -> tuple[bytes | None, str | None]:
        def read() -> tuple[bytes | None, str | None]:
            try:  # the tag first: one that is too old makes the next write fail, one that is too new would not
                self._system.invalidate_cache()
                info = self._system.info(self._at(name))
                return self._system.cat_file(self._at(name)), str(info.get("ETag") or info.get("mtime"))
            except FileNotFoundError:
                return None, None

        return _tried(read)

    def digest(self, name: str, size: int | None = None) -> str | None:
        def digest() -> str | None:
            try:
                self._system.invalidate_cache()
                if size not in (None, self._system.info(self._at(name))["size"]):
                    return None
                found = hashlib.sha256()
                with self._system.open(self._at(name), "rb", block_size=_BLOCK) as file:
                    while block := file.read(_BLOCK):
                        found.update(block)
                return found.hexdigest()
            except FileNotFoundError:
                return None
            except OSError as error:
                if error.errno != errno.EBUSY:  # what s3fs says of an object that was replaced while it was read
                    raise
                return _REPLACED

        for _ in range(_READINGS):
            if (told := _tried(digest)) != _REPLACED:
                return told
        return None  # of no bytes for long: whoever asks writes it again, or looks again

    def put(self, name: str, path: Path) -> None:
        _tried(lambda: self._system.put_file(os.fspath(path), self._at(name), **self._headers(name)))

    def write(self, name: str, raw: bytes, tag: str | None) -> None:
        options: dict[str, Any] = {**self._headers(name)}
        if tag is None:
            options["mode"] = "create"
        elif self._compares:
            options["IfMatch"] = tag
        try:
            _tried(lambda: self._system.pipe_file(self._at(name), raw, **options))
        except FileExistsError as error:
            raise ChangedMeanwhile(name) from error
        except OSError as error:
            if _is_refused(error):
                raise ChangedMeanwhile(name) from error
            raise

    def copy(self, name: str, place: str) -> None:
        def copy() -> None:
            options = dict(self._headers(place))
            if options and self._system.info(self._at(name))["size"] <= _COPIED_AT_ONCE:
                options["MetadataDirective"] = "REPLACE"
            self._system.cp_file(self._at(name), self._at(place), **options)

        _tried(copy)

    def names(self, folder: str) -> tuple[str, ...]:
        def names() -> tuple[str, ...]:
            self._system.invalidate_cache()
            root = self._system._strip_protocol(self._at(folder))
            with contextlib.suppress(FileNotFoundError):
                return tuple(path.removeprefix(f"{root}/") for path in self._system.find(root))
            return ()

        return _tried(names)

    def remove(self, name: str) -> None:
        def remove() -> None:
            try:
                self._system.rm_file(self._at(name))
            except FileNotFoundError:
                return

        _tried(remove)

    def _headers(self, name: str) -> Mapping[str, str]:
        """What a store tells browsers, and what stands between, of a file; only S3 takes it in this form."""
        if not self._compares:
            return {}
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        holds = "no-cache" if name.partition("/")[0] in _MOVING else "public, max-age=31536000, immutable"
        return {"ContentType": kind, "CacheControl": holds}

    def _at(self, name: str) -> str:
        return f"{self._path}/{name}"


def _tried(call: Callable[[], _Result]) -> _Result:
    """What `call` returns, tried again where that may help; errors that clients call otherwise are those of a file."""
    try:
        return retrying(call)
    except OSError:
        raise
    except Exception as error:  # such as botocore's, without credentials
        raise OSError(str(error) or type(error).__name__) from error


def _is_refused(error: OSError) -> bool:
    """Whether a store refused to write because of a condition: 412, or 409 while somebody else is writing."""
    response = getattr(error.__cause__, "response", {})
    return response.get("ResponseMetadata", {}).get("HTTPStatusCode") in (409, 412)
