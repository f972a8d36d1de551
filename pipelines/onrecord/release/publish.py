"""Publishing: a release copied to where others read it, so that nobody ever finds half of one there.

<address>/<version>/<file>    first the release's files, each read back and compared with its digest,
<address>/<version>/SHA256SUMS    then what says that all of them are there: without it there is no such version
<address>/latest/<file>       the files of the newest version once more, at addresses that stay
<address>/latest.json         last: {"version", "sha256" of its SHA256SUMS, "schema"}

A publisher that is stopped leaves the earlier latest.json in force; the next one goes on where it stopped. What is
published as a version is never replaced by other bytes, only mended where it was damaged.
"""

import hashlib
import json
from pathlib import Path

from onrecord.release.destinations import (
    ChangedMeanwhile,
    Destination,
    DestinationError,
    open_destination,
)
from onrecord.release.freeze import PUBLIC, in_profile
from onrecord.release.hub import SCHEME, publish_to_hub
from onrecord.release.latest import CLAIM, POINTER, check_ours, move_latest, named_version
from onrecord.release.outcome import BeingPublishedError, Published, PublishedVersionError, SendingError
from onrecord.storage import store
from onrecord.storage.layout import Layout
from onrecord.storage.locations import is_address, local_path, shown_address
from onrecord.storage.notes import read_notes, state_of_files
from onrecord.storage.releases import (
    LATEST,
    DamagedReleaseError,
    check_version,
    find_latest,
    find_release,
    read_sums,
    schema_version_of,
    version_of,
)
from onrecord.storage.store import SUMS

PUBLISHED = "published.json"  # in the build: what was published last, and where; it only saves asking


def publish_latest(layout: Layout, address: str, *, profile: str = PUBLIC) -> Published:
    """Publish what `profile` leaves of the latest release of a datasets folder, and note it there."""
    if not address:
        raise DestinationError("no address to publish to: set ONRECORD_PUBLISH, such as s3://bucket/prefix")
    release = find_release(layout.releases)
    with in_profile(release, profile) as folder:
        published = publish(folder, address)
    store.write_text(layout.build / PUBLISHED, json.dumps(_note(release, address)) + "\n")
    return published


def is_published(layout: Layout, address: str) -> bool:
    """Whether the latest release was published there from this folder. What became of it since is not asked."""
    release = find_latest(layout.releases)
    return release is not None and read_notes(layout.build / PUBLISHED) == _note(release, address)


def _note(release: Path, address: str) -> dict[str, str]:
    return {"release": release.name, "files": state_of_files(release), "address": shown_address(address)}


def publish(release: Path, address: str, *, take_back: bool = False) -> Published:
    """Copy a release folder below an address and let latest.json name it, unless that names a newer version.

    Args:
        release: a whole release; DamagedReleaseError if a file of it is damaged.
        address: a folder, what fsspec can write to (s3://bucket/prefix, gs://...), or hf://datasets/owner/name.
        take_back: let latest.json name this version even if it names a newer one.

    PublishError if that version is published, or is being published, with other bytes.
    """
    if not store.is_whole(release):
        raise DamagedReleaseError(f"{release} is damaged and is not published; onrecord check says which file")
    version, manifest = check_version(version_of(release)), (release / SUMS).read_bytes()
    if address.startswith(SCHEME):
        return publish_to_hub(release, address, take_back=take_back)
    target = open_destination(address)
    if not is_address(address) and (local_path(address) / LATEST).is_symlink():
        raise DestinationError(f"{target.shown} is where releases are made; publish to another folder")
    digest, schema = hashlib.sha256(manifest).hexdigest(), schema_version_of(release)
    pointer = (json.dumps({"version": version, "sha256": digest, "schema": schema}) + "\n").encode()
    try:
        check_ours(target)
        _claim(target, version, manifest, pointer)
        sent, mended, found = _copy(target, release, version, manifest)
        target.remove(f"{version}/{CLAIM}")
        latest = move_latest(target, version, pointer, take_back)
    except OSError as error:
        told = " ".join(str(error).split())
        raise SendingError(f"cannot write to {target.shown}: {told}; what is there is kept, publish again") from error
    return Published(
        address=f"{target.shown}/{version}", version=version, sent=sent, mended=mended, found=found, latest=latest
    )


def _claim(target: Destination, version: str, manifest: bytes, pointer: bytes) -> None:
    """Keep others with another release of this name away until the manifest is there, which then does."""
    claim = f"{version}/{CLAIM}"
    try:
        target.write(claim, manifest, None)
    except ChangedMeanwhile:
        there, _ = target.read(claim)
        if there not in (manifest, None):  # the same: another publisher of it, or one that was stopped
            raise BeingPublishedError(
                f"another release is being published as {version} in {target.shown}; if nobody is at it, "
                f"delete {target.shown}/{claim}, or choose another version"
            ) from None
    published, _ = target.read(f"{version}/{SUMS}")
    # latest.json tells whether it is ours that was published, and what is there has been damaged since.
    if published not in (manifest, None) and target.read(POINTER)[0] != pointer:
        target.remove(claim)
        raise PublishedVersionError(
            f"another release is published as {version} in {target.shown}; choose another version "
            f"(if it is the same and its {SUMS} there is damaged: delete that file and publish again)"
        )


def _copy(
    target: Destination, release: Path, version: str, manifest: bytes
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Send what is not there as it should be, the manifest last; the names sent, mended, and how many were found."""
    there, tag = target.read(f"{version}/{SUMS}")
    missing = []
    sums = read_sums(release)
    former = _former_files(target) if there is None else {}
    for name, digest in sums.items():
        path, place = release / name, f"{version}/{name}"
        if target.digest(place, path.stat().st_size) != digest:
            if not _copied(target, former.get(digest), place, path.stat().st_size, digest):
                target.put(place, path)
                if target.digest(place, path.stat().st_size) != digest:
                    raise OSError(f"{name} read back is not what was written")
            missing.append(name)
    if there != manifest:
        missing.append(SUMS)
        try:
            target.write(f"{version}/{SUMS}", manifest, tag)
        except ChangedMeanwhile:
            if target.read(f"{version}/{SUMS}")[0] != manifest:
                raise OSError(f"somebody else has written {SUMS}") from None
    found = len(sums) + 1 - len(missing)
    return ((), tuple(missing), found) if there is not None else (tuple(missing), (), found)


def _former_files(target: Destination) -> dict[str, str]:
    """Digest -> name of the files of the release that latest.json names: those that are the same need not be sent."""
    version = named_version(target.read(POINTER)[0])
    manifest = target.read(f"{version}/{SUMS}")[0] if version else None
    lines = (manifest or b"").decode("utf-8", "replace").splitlines()
    return {digest: f"{version}/{name}" for digest, _, name in (line.partition("  ") for line in lines) if name}


def _copied(target: Destination, former: str | None, place: str, size: int, digest: str) -> bool:
    """Whether a file could be copied there from the release before, and is what it should be."""
    if former is None:
        return False
    try:
        target.copy(former, place)
    except (OSError, NotImplementedError):  # gone there, or a store that cannot
        return False
    return target.digest(place, size) == digest
