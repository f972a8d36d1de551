"""The explorer of a published release: <address>/explorer/<version>/, and a page there that leads to the newest."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.explore.site.writing import RELEASES, Written, entry_files, read_versions, write_site
from onrecord.release.destinations import ChangedMeanwhile, Destination, open_destination
from onrecord.release.outcome import SendingError
from onrecord.storage import store
from onrecord.storage.releases import version_of

_PLACE = "explorer"
_ATTEMPTS = 20  # at the list of versions while others write it, too


def send_site(release: Path, address: str) -> tuple[Written, str]:
    """Write the explorer of a release and send what is not there; what was written, and the address of the explorer.

    Args:
        release: as it is published: a public one, unless nobody else can read the place.
        address: where it is published, as `publish` takes it.

    Raises:
        SendingError: writing failed on the way; the version is not listed then.
    """
    target = open_destination(address)
    with tempfile.TemporaryDirectory() as elsewhere:
        written = write_site(release, Path(elsewhere) / _PLACE, files=f"../../{version_of(release)}")
        try:
            for path in _in_order(written.folder):
                name = f"{_PLACE}/{written.version}/{path.relative_to(written.folder).as_posix()}"
                if target.digest(name, path.stat().st_size) != store.sha256_of(path):
                    target.put(name, path)
            _list_version(target, written.version)
        except OSError as error:
            told = " ".join(str(error).split())
            raise SendingError(f"cannot write to {target.shown}: {told}; publish again") from error
    return written, f"{target.shown}/{_PLACE}"


def _in_order(folder: Path) -> Iterator[Path]:
    """All files, the pages after what they read."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    yield from sorted(files, key=lambda path: path.suffix == ".html")


def _list_version(target: Destination, version: str) -> None:
    def add(raw: bytes | None) -> dict[str, bytes]:
        return dict(entry_files({version, *read_versions(raw)}))

    entries = _write(target, RELEASES, lambda raw: add(raw)[RELEASES])
    for name, content in entry_files(set(json.loads(entries))):
        if name != RELEASES:
            _write(target, name, lambda _, content=content: content)  # type: ignore[misc]


def _write(target: Destination, name: str, content: Callable[[bytes | None], bytes]) -> bytes:
    """Write what becomes of what is there, however often others do the same at the moment."""
    for _ in range(_ATTEMPTS):
        there, tag = target.read(f"{_PLACE}/{name}")
        wanted = content(there)
        if there == wanted:
            return wanted
        try:
            target.write(f"{_PLACE}/{name}", wanted, tag)
        except ChangedMeanwhile:
            continue
        return wanted
    raise OSError(f"others kept writing {name}")
