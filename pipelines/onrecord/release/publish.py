"""Publishing: a release copied to where others read it, so that nobody ever finds half of one there.

<address>/<version>/<file>    first the release's files, each read back and compared with its digest,
<address>/<version>/SHA256SUMS    then what says that all of them are there: without it there is no such version
<address>/latest.json         last: {"version", "sha256" of its SHA256SUMS, "schema"}

A publisher that is stopped leaves the earlier latest.json in force; the next one goes on where it stopped. What is
published is never replaced by other bytes, only mended where it was damaged.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import UserError
from onrecord.read import is_address, local_path, shown_address
from onrecord.release.destinations import (
    ChangedMeanwhile,
    Destination,
    DestinationError,
    PublishError,
    open_destination,
)
from onrecord.release.freeze import PUBLIC, in_profile
from onrecord.storage import store
from onrecord.storage.layout import Layout
from onrecord.storage.notes import read_notes, state_of_files
from onrecord.storage.releases import LATEST as LATEST_LINK
from onrecord.storage.releases import (
    DamagedReleaseError,
    check_version,
    find_latest,
    find_release,
    read_sums,
    schema_version_of,
    version_of,
    version_order,
)
from onrecord.storage.store import SUMS

LATEST = "latest.json"
PUBLISHED = "published.json"  # in the build: what was published last, and where; it only saves asking
CLAIM = ".publishing"  # in a version's folder, from before its first file until after SHA256SUMS
_ATTEMPTS = 20  # at moving latest.json while others move it, too


class SendingError(PublishError):
    """Writing failed on the way; the earlier release stays in force there."""

    code = "OR101"


class BeingPublishedError(PublishError):
    """Somebody else is publishing another release of that version there."""

    code = "OR102"


class PublishedVersionError(PublishError):
    """Another release of that version is published there."""

    code = "OR103"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    address: str  # of the version's folder
    version: str
    sent: tuple[str, ...]  # files that were missing there
    mended: tuple[str, ...]  # files of a published version that were damaged or gone
    found: int  # files that were there already, whole
    latest: str  # the version that latest.json names now


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
        address: a folder, or what fsspec can write to: s3://bucket/prefix, gs://...
        take_back: let latest.json name this version even if it names a newer one.

    PublishError if that version is published, or is being published, with other bytes.
    """
    if not store.is_whole(release):
        raise DamagedReleaseError(f"{release} is damaged and is not published; onrecord check says which file")
    version, manifest = check_version(version_of(release)), (release / SUMS).read_bytes()
    target = open_destination(address)
    if not is_address(address) and (local_path(address) / LATEST_LINK).is_symlink():
        raise DestinationError(f"{target.shown} is where releases are made; publish to another folder")
    digest, schema = hashlib.sha256(manifest).hexdigest(), schema_version_of(release)
    pointer = (json.dumps({"version": version, "sha256": digest, "schema": schema}) + "\n").encode()
    try:
        _claim(target, version, manifest, pointer)
        sent, mended, found = _copy(target, release, version, manifest)
        target.remove(f"{version}/{CLAIM}")
        latest = _move_latest(target, version, pointer, take_back)
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
    if published not in (manifest, None) and target.read(LATEST)[0] != pointer:
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
    version = _named(target.read(LATEST)[0])
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


def _move_latest(target: Destination, version: str, pointer: bytes, take_back: bool) -> str:
    """Let latest.json name a version that is published as a whole; the version that it names in the end."""
    for _ in range(_ATTEMPTS):
        there, tag = target.read(LATEST)
        named = _named(there)
        if named and not take_back and version_order(named) > version_order(version):
            return named
        if there == pointer:
            return version
        try:
            target.write(LATEST, pointer, tag)
        except ChangedMeanwhile:  # by another publisher, perhaps of a newer version
            continue
        return version
    raise OSError(f"others kept moving {LATEST}")


def _named(raw: bytes | None) -> str | None:
    """The version that a latest.json names; None for none or a damaged one, which is written anew."""
    try:
        return check_version(json.loads(raw or b"null")["version"])
    except (ValueError, TypeError, KeyError, UserError):
        return None
