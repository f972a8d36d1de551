"""Fetching a published release: only the files that no release beside it has already.

A large release has a file for each month of each table, and most months do not change from one release to the next. Who
has yesterday's thus downloads today's months and what tells of the whole. The files are told by their digests, in
whichever release they lie; what is not downloaded is linked, or copied where the file system has no links.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import UserError
from onrecord.storage import store
from onrecord.storage.locations import is_address, local_path, shown_address
from onrecord.storage.packages import MissingPackageError
from onrecord.storage.parts import link
from onrecord.storage.releases import LATEST as LATEST_LINK
from onrecord.storage.releases import DamagedReleaseError, check_version, point_latest, read_sums, version_order
from onrecord.storage.retries import retrying
from onrecord.storage.store import SUMS

_POINTER = "latest.json"
_BLOCK = 2**22
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.=-]*(?:/[0-9A-Za-z_][0-9A-Za-z_.=-]*)*")  # never out of the folder


class FetchError(UserError):
    """A release that cannot be fetched: there is none at the address, or what is there is not what it says."""

    code = "OR105"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    folder: Path
    version: str
    fetched: tuple[str, ...]  # files that were downloaded
    bytes: int  # of these
    linked: tuple[str, ...]  # files that another release here has


def fetch(address: str, folder: Path, version: str | None = None) -> Fetched:
    """Make folder/<version> the release that is published below an address, by default the one that latest.json names,
    and let folder/latest name the newest that is here.

    Each file is compared with its digest, and the list of digests with that in latest.json. Stopped, the next fetch
    goes on where it was. FetchError if there is no such release, or a file is not what its digest says.
    """
    from fsspec.core import url_to_fs

    remote, shown = address if is_address(address) else str(local_path(address).absolute()), shown_address(address)
    try:
        system, root = url_to_fs(remote)
    except ImportError as error:
        raise MissingPackageError(f"{shown} needs a package that is not installed: {error}") from error
    root = root.rstrip("/")
    pointer = _read_pointer(system, root, shown) if version is None else None
    version = check_version(str(pointer["version"]) if pointer else str(version))
    manifest = _read(system, f"{root}/{version}/{SUMS}", f"no release {version} at {shown}")
    if pointer and hashlib.sha256(manifest).hexdigest() != pointer.get("sha256"):
        raise FetchError(f"{SUMS} of {version} at {shown} is not the one that {_POINTER} names; try again later")
    sums = _parsed(manifest, shown)
    with store.locked(folder):
        if (folder / version).is_dir():
            return Fetched(folder=folder / version, version=version, fetched=(), bytes=0, linked=())
        partial = folder / f".part-{version}"
        here = _files_here(folder)
        fetched, linked = [], []
        for name, digest in sums.items():
            target = partial / name
            if target.is_file() and store.sha256_of(target) == digest:
                continue  # of a fetch that was stopped
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            if (same := here.get(digest)) and store.sha256_of(same) == digest:
                link(same, target)
                linked.append(name)
            else:
                _download(system, f"{root}/{version}/{name}", target, digest)
                fetched.append(name)
        (partial / SUMS).write_bytes(manifest)
        for stray in store.files_in(partial).keys() - {*sums, SUMS}:
            (partial / stray).unlink()
        size = sum((partial / name).stat().st_size for name in fetched)
        store.put_in_place(partial, folder / version)
        _point(folder)
    return Fetched(folder=folder / version, version=version, fetched=tuple(fetched), bytes=size, linked=tuple(linked))


def _read_pointer(system: Any, root: str, shown: str) -> Mapping[str, Any]:
    raw = _read(system, f"{root}/{_POINTER}", f"no {_POINTER} at {shown}; give a --version, or where it was published")
    try:
        found = json.loads(raw)
        return {"version": str(found["version"]), "sha256": found.get("sha256")}
    except (ValueError, TypeError, KeyError) as error:
        raise FetchError(f"{_POINTER} at {shown} cannot be read ({error})") from error


def _read(system: Any, path: str, missing: str) -> bytes:
    try:
        raw: bytes = retrying(lambda: system.cat_file(path))
    except FileNotFoundError as error:
        raise FetchError(missing) from error
    return raw


def _parsed(manifest: bytes, shown: str) -> dict[str, str]:
    """File name -> SHA-256. A name that would lead out of the release is refused: it comes from strangers."""
    sums = {}
    for line in manifest.decode("utf-8", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or not _NAME.fullmatch(match[2]) or match[2] == SUMS:
            raise FetchError(f"{SUMS} at {shown} has a line that names no file of a release: {line!r:.80}")
        sums[match[2]] = match[1]
    return sums


def _files_here(folder: Path) -> dict[str, Path]:
    """Digest -> a file with it, of the releases in a folder, the newest first; as their lists say.

    A release whose list is damaged has nothing to give, and what a stopped fetch left is no release."""
    found: dict[str, Path] = {}
    for release in sorted(_releases_in(folder), key=lambda path: version_order(path.name), reverse=True):
        with suppress(DamagedReleaseError):
            for name, digest in read_sums(release).items():
                if (release / name).is_file():
                    found.setdefault(digest, release / name)
    return found


def _releases_in(folder: Path) -> list[Path]:
    return [p for p in folder.iterdir() if (p / SUMS).is_file() and not p.is_symlink() and p.name[0] != "."]


def _download(system: Any, path: str, target: Path, digest: str) -> None:
    """Write what lies at `path`, block by block."""

    def download() -> str:
        found = hashlib.sha256()
        with system.open(path, "rb", block_size=_BLOCK) as source, target.open("wb") as file:
            while block := source.read(_BLOCK):
                found.update(block)
                file.write(block)
        return found.hexdigest()

    try:
        found = retrying(download)
    except FileNotFoundError:
        found = "nothing"
    if found != digest:
        target.unlink(missing_ok=True)
        raise FetchError(f"{shown_address(path)} is not what {SUMS} says it is; the release there is damaged")


def _point(folder: Path) -> None:
    if not (folder / LATEST_LINK).exists() or (folder / LATEST_LINK).is_symlink():
        point_latest(folder, max((release.name for release in _releases_in(folder)), key=version_order))
