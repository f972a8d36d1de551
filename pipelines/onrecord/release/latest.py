"""What readers follow to the newest version of a place: latest.json, which names it, and latest/, which has its files.

latest/ is for who wants one file at an address that stays. Each of its files is whole at any moment; all of them are of
one version where latest/SHA256SUMS is there, which is taken away before the first file changes and written after the
last. So whoever needs several tables reads latest.json and then the version's own folder.
"""

import json
from contextlib import suppress

from onrecord.errors import UserError
from onrecord.release.destinations import ChangedMeanwhile, Destination, DestinationError
from onrecord.storage.releases import LATEST, check_version, version_order
from onrecord.storage.store import SUMS

POINTER = "latest.json"
CLAIM = ".publishing"  # in a folder, from before its first file until after SHA256SUMS
_ATTEMPTS = 20  # at moving latest while others move it, too


def check_ours(target: Destination) -> None:
    """DestinationError if latest/ holds something that no publisher has put there: it would be deleted."""
    there = target.names(LATEST)
    if there and not {SUMS, CLAIM} & {*there}:
        raise DestinationError(
            f"{target.shown}/{LATEST} holds other files than a release ({there[0]}); rename it, or publish elsewhere"
        )


def move_latest(target: Destination, version: str, pointer: bytes, take_back: bool) -> str:
    """Let latest/ hold and latest.json name a version that is published as a whole; the version that they end with.

    That is the one that latest.json names, if it is newer and `take_back` is not set. Of several publishers at once the
    last one to look finds latest/ as latest.json says: whoever wrote into it reads it back afterwards.
    """
    wrote = False
    for _ in range(_ATTEMPTS):
        there, tag = target.read(POINTER)
        named = named_version(there)
        if named and not take_back and version_order(named) > version_order(version):
            if not _fill(target, named, verify=wrote):
                return named
        elif there == pointer:
            if not _fill(target, version, verify=True):
                return version
        else:
            _fill(target, version, verify=False)
            with suppress(ChangedMeanwhile):  # by another publisher, perhaps of a newer version
                target.write(POINTER, pointer, tag)
        wrote = True
    raise OSError(f"others kept moving {POINTER}")


def _fill(target: Destination, version: str, *, verify: bool) -> bool:
    """Let latest/ hold the files of a version; whether something had to be written. `verify`: read them all back."""
    manifest, _ = target.read(f"{version}/{SUMS}")
    if manifest is None:  # somebody has deleted it
        return False
    held, _ = target.read(f"{LATEST}/{SUMS}")
    if held == manifest and not verify:
        return False
    sums = _listed(manifest)
    if held in (manifest, None):
        wrong = [name for name, digest in sums.items() if target.digest(f"{LATEST}/{name}") != digest]
        if held and not wrong:
            return False
    else:
        former = _listed(held)
        wrong = [name for name, digest in sums.items() if former.get(name) != digest]
    with suppress(ChangedMeanwhile):  # of a publisher that was stopped, or of another one
        target.write(f"{LATEST}/{CLAIM}", manifest, None)
    if held not in (manifest, None):
        target.remove(f"{LATEST}/{SUMS}")
    for name in wrong:
        target.copy(f"{version}/{name}", f"{LATEST}/{name}")
    for name in {*target.names(LATEST)} - {*sums, SUMS, CLAIM}:
        target.remove(f"{LATEST}/{name}")
    with suppress(ChangedMeanwhile):  # another publisher was faster, which the next look sees
        target.write(f"{LATEST}/{SUMS}", manifest, None)
    target.remove(f"{LATEST}/{CLAIM}")
    return True


def _listed(manifest: bytes) -> dict[str, str]:
    """Digest by name; nothing of lines that are damaged, whose files are then written anew."""
    lines = (line.split("  ", 1) for line in manifest.decode("utf-8", "replace").splitlines())
    return {line[1]: line[0] for line in lines if len(line) == 2}


def named_version(raw: bytes | None) -> str | None:
    """The version that a latest.json names; None for none or a damaged one, which is written anew."""
    try:
        return check_version(json.loads(raw or b"null")["version"])
    except (ValueError, TypeError, KeyError, UserError):
        return None
