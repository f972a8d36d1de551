"""Where releases are, what they are called, and what a release folder says of itself."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.errors import UserError
from onrecord.schema import Profile, load_package
from onrecord.storage import store
from onrecord.storage.store import SUMS

LATEST = "latest"
DESCRIPTOR = "datapackage.json"
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")


class ReleaseError(UserError):
    """A release that cannot be made, found or read; the kinds below say why."""


class VersionNameError(ReleaseError):
    """A version that cannot name a release."""

    code = "OR031"


class NoReleaseError(ReleaseError):
    """There is no release of that version; the message names those that there are."""

    code = "OR032"


class DamagedLatestError(ReleaseError):
    """The latest release is damaged, and new ones build on what it says of former ids."""

    code = "OR033"


class DamagedReleaseError(ReleaseError):
    """A release lacks files, has others than it says, or does not say what it is."""

    code = "OR034"


def check_version(version: str) -> str:
    """`version` if it can name a release: letters, digits, dots, hyphens and underscores, not 'latest'."""
    if not _VERSION.fullmatch(version) or version == LATEST:
        raise VersionNameError(
            f"{version!r} cannot name a release: use letters, digits, '.', '-' and '_', such as 2026.11.21"
        )
    return version


def point_latest(releases: Path, version: str) -> None:
    """Move `latest`, in one step, to releases/<version>."""
    with store.replacing(releases / LATEST) as temporary:
        temporary.symlink_to(version, target_is_directory=True)


def find_release(releases: Path, version: str | None = None) -> Path:
    """The folder of a version, by default the latest. ReleaseError, naming those that exist, if there is none."""
    folder = releases / (version or LATEST)
    if not folder.is_dir():
        known = ", ".join(_versions(releases)) or "none"
        raise NoReleaseError(f"no release {version or LATEST} in {releases}; there are: {known}")
    return folder.resolve()


def audited_file(release: Path) -> Path:
    """Where the figures of an audit of a release are kept: beside it, for it is never changed."""
    return release.parent / f"{release.name}.audited.json"


def whole_releases(releases: Path) -> tuple[Path, ...]:
    """The folders of all releases that say what they hold, the newest by name first."""
    names = sorted(_versions(releases), key=version_order, reverse=True)
    return tuple(releases / name for name in names if (releases / name / SUMS).is_file())


def find_latest(releases: Path) -> Path | None:
    """The folder of the latest release, None before the first."""
    return find_release(releases) if (releases / LATEST).is_dir() else None


def settle_latest(releases: Path) -> Path | None:
    """The folder of the latest release, whole, for who builds on it; None before the first.

    A link that is lost is made anew, to the newest release by name: a run may have been stopped before it made it.
    ReleaseError if that release is damaged: what it says of former ids is written nowhere else.
    """
    versions = _versions(releases)
    if versions and not (releases / LATEST).exists():
        point_latest(releases, max(versions, key=version_order))
    latest = find_latest(releases)
    if latest and not store.is_whole(latest):
        raise DamagedLatestError(
            f"the latest release, {latest}, is damaged (onrecord check names the files), and new ones build on what it "
            f"says of former ids: put a whole copy in its place, as from where it was published, or delete it and "
            f"{releases / LATEST}"
        )
    return latest


def version_order(version: str) -> tuple[tuple[bool, int, str], ...]:
    """Sorts 2026.11.22.2 before 2026.11.22.10."""
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in version.split("."))


def next_version(releases: Path, today: date) -> str:
    """The day as YYYY.MM.DD, with .1, .2 ... after it for further releases on the same day."""
    day, taken = today.strftime("%Y.%m.%d"), set(_versions(releases))
    return next(v for v in (day, *(f"{day}.{n}" for n in range(1, 1000))) if v not in taken)


def _versions(releases: Path) -> list[str]:
    return sorted(p.name for p in releases.glob("*") if p.is_dir() and p.name != LATEST and not p.name.startswith("."))


def read_sums(release: Path) -> dict[str, str]:
    """File name -> SHA-256 as SHA256SUMS says. ReleaseError if the file is missing or damaged."""
    try:
        lines = (release / SUMS).read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError) as error:
        raise DamagedReleaseError(
            f"{release / SUMS} cannot be read; build or download the release anew ({error})"
        ) from error


def read_descriptor(release: Path) -> Mapping[str, Any]:
    """The release's datapackage.json. ReleaseError if it cannot be read."""
    path = release / DESCRIPTOR
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedReleaseError(f"{path} cannot be read ({error})") from error
    if not isinstance(descriptor, dict):
        raise DamagedReleaseError(f"{path} is no data package")
    return descriptor


def version_of(release: Path) -> str:
    """The data version, which its folder may not bear any more."""
    return str(read_descriptor(release).get("version", release.name))


def schema_version_of(release: Path) -> str:
    """The schema of a release's tables. ReleaseError if its descriptor cannot be read."""
    return str(read_descriptor(release).get("schemaVersion", "1.0"))  # the first schema did not say


def profile_of(release: Path) -> Profile:
    """How much of the tables a release holds. ReleaseError for a profile that this onrecord does not have."""
    name = read_descriptor(release).get("releaseProfile", "full")  # schemas 1.0 and 1.1 had no other
    try:
        return load_package().profiles[name]
    except KeyError as error:
        raise DamagedReleaseError(f"{release / DESCRIPTOR}: unknown profile {name!r:.80}") from error
