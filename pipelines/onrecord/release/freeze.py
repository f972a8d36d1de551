"""A checked build becomes a release: written whole under a version, never changed, and only then called the latest."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.audit.drift import find_drift
from onrecord.checks import REPORT
from onrecord.release.audited import AUDITED, find_audited
from onrecord.release.changes import CHANGES, to_changes
from onrecord.release.documents import write_documents
from onrecord.schema import load_package
from onrecord.storage import store
from onrecord.storage.parts import copy_table, digest_of, files_of
from onrecord.storage.releases import (
    LATEST,
    DamagedReleaseError,
    ReleaseError,
    check_version,
    find_latest,
    next_version,
    point_latest,
    profile_of,
    schema_version_of,
    version_of,
    version_order,
    whole_releases,
)

_FULL, PUBLIC = "full", "public"  # profiles of schemas/package.yml


class LatestLinkError(ReleaseError):
    """`latest` is something that we did not make."""

    code = "OR090"


class VersionTakenError(ReleaseError):
    """There is a release of that version, and it stays as it is."""

    code = "OR091"


class ProfileError(ReleaseError):
    """A release that cannot be had in that profile."""

    code = "OR092"


class UncheckedError(ReleaseError):
    """A build that did not pass its checks as it is now."""

    code = "OR093"


def check_free(releases: Path, version: str) -> None:
    """ReleaseError if `version` cannot be written: no name, taken, or `latest` is something that is not ours."""
    folder, link = releases / check_version(version), releases / LATEST
    if link.exists() and not link.is_symlink():
        raise LatestLinkError(f"{link} is not the link to the newest release; rename it and build again")
    # A whole folder that is not yet the latest was left by a run that was stopped before it could move the link.
    if folder.exists() and (not store.is_whole(folder) or find_latest(releases) == folder.resolve()):
        raise VersionTakenError(f"release {version} exists and is never changed; choose another --version")


def choose_version(build: Path, releases: Path, today: date) -> str:
    """The day's next version; or that of a release of these tables that a run left which was stopped before its end."""
    versions = [p.name for p in releases.glob("*") if p.is_dir() and not p.name.startswith(".") and p.name != LATEST]
    newest = max(versions, key=version_order, default=None)
    if newest and find_latest(releases) != (releases / newest).resolve() and is_unchanged(build, releases / newest):
        return newest
    return next_version(releases, today)


@store.digested_once()
def write_release(build: Path, releases: Path, version: str) -> Path:
    """Freeze the checked tables in `build` as releases/<version> and point `latest` at it.

    The release before it is read for what changed; one that is damaged counts as none. ReleaseError if that version
    exists, or if the build's report is not a pass of exactly these files.
    """
    check_free(releases, version)
    folder = releases / version
    package = load_package()
    store.digest_all(_whole_files(build, find_latest(releases)))
    _check_report(build)
    if folder.exists():
        if not is_unchanged(build, folder):
            raise VersionTakenError(f"release {version} exists and is never changed; choose another --version")
        point_latest(releases, version)
        return folder
    before = find_latest(releases)
    before = before if before and store.is_whole(before) else None
    with store.creating(folder) as temporary:
        for table in package.tables.values():
            copy_table(build, temporary, table, before=before)
        shutil.copyfile(build / REPORT, temporary / REPORT)
        if audited := find_audited(before):
            _write(temporary / AUDITED, audited)
        write_documents(temporary, package, version, package.profiles[_FULL])
        drifts = find_drift(temporary, whole_releases(releases)) if before else ()
        changes = to_changes(before, temporary, drifts)
        _write(temporary / CHANGES, changes)
        _write(temporary / store.SUMS, store.sums_of(temporary))
    point_latest(releases, version)
    return folder


def write_profile(release: Path, folder: Path, profile: str = PUBLIC, doi: str | None = None) -> Path:
    """Write what `profile` leaves of a release as a release of its own, `folder`, with documents that say so, and its
    DOI where it has one.

    The same release gives the same bytes. ReleaseError if the release is damaged, of another schema, or itself lacks
    what the profile has; FileExistsError if `folder` is there.
    """
    package = load_package()
    if profile not in package.profiles:
        raise ProfileError(f"no profile {profile!r}; there are: {', '.join(package.profiles)}")
    if not store.is_whole(release):
        raise DamagedReleaseError(f"{release} is damaged; see onrecord check")
    if profile_of(release).name not in (_FULL, profile):
        raise ProfileError(f"{release} lacks what the profile {profile} has; it is {profile_of(release).name} itself")
    if schema_version_of(release) != package.schema_version:
        raise ProfileError(
            f"{release} is of schema {schema_version_of(release)}, this onrecord writes {package.schema_version}; "
            "build it again"
        )
    chosen = package.profiles[profile]
    with store.creating(folder) as temporary:
        for table in package.under(chosen).tables.values():
            copy_table(release, temporary, table, before=release)
        for name in (REPORT, CHANGES, AUDITED):  # the checks ran on the whole tables, and say so by their digests
            if name != AUDITED or (release / name).is_file():
                shutil.copyfile(release / name, temporary / name)
        write_documents(temporary, package.under(chosen), version_of(release), chosen, doi)
        _write(temporary / store.SUMS, store.sums_of(temporary))
    return folder


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def in_profile(release: Path, profile: str = PUBLIC, doi: str | None = None) -> Iterator[Path]:
    """A folder with what `profile` leaves of a release, for as long as the block runs: what may be passed on.

    It is the release itself if that is of this profile and gets no DOI. Errors as of `write_profile`.
    """
    if profile_of(release).name == profile and doi is None:
        yield release
        return
    with TemporaryDirectory() as folder:
        yield write_profile(release, Path(folder) / version_of(release), profile, doi)


def is_unchanged(build: Path, release: Path) -> bool:
    """True if `release` was made of the build's tables as they are now, and nothing in it is damaged."""
    return store.is_whole(release) and _checked(release).get("tables") == _digests(build)


def _whole_files(build: Path, before: Path | None) -> Iterator[Path]:
    """The tables of a build, and all that is in the release before."""
    for table in load_package().tables:
        yield from files_of(build, table)
    if before:
        yield from (path for path in store.files_in(before).values() if path.is_file())


def _check_report(build: Path) -> None:
    report = _checked(build)
    if report["tables"] != _digests(build):
        raise UncheckedError("the build changed after its checks; run them again")
    if not report["passed"]:
        raise UncheckedError(f"the build failed its checks; see {REPORT}")


def _checked(folder: Path) -> Mapping[str, object]:
    try:
        report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UncheckedError(f"{folder} has no readable {REPORT}; run the checks first ({error})") from error
    return dict(report)


def _digests(build: Path) -> Mapping[str, str]:
    """The digests of the tables, as checks.json has them."""
    return {name: digest_of(build, name) for name in load_package().tables}
