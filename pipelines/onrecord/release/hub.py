"""Publishing to a dataset repository at Hugging Face: a release is one commit there, whose tag is its version.

The branch main holds the files of the newest release at its root, the card as README.md, which its page shows and
load_dataset reads; load_dataset(..., revision="2026.11.22") and hf://datasets/owner/name@2026.11.22/quotes.parquet are
that version for ever. A commit is there as a whole or not at all. A publisher that was stopped before the tag leaves a
commit without one, which the next one gives it.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from onrecord.release.destinations import DestinationError, PublishError
from onrecord.release.outcome import Published, PublishedVersionError, SendingError
from onrecord.storage import store
from onrecord.storage.releases import DESCRIPTOR, check_version, version_of, version_order
from onrecord.storage.store import SUMS

if TYPE_CHECKING:
    from huggingface_hub import HfApi

SCHEME = "hf://"
_KIND = "dataset"
_MAIN = "main"
_OF_A_NEW_ONE = {".gitattributes", "README.md"}  # what a repository holds in which nothing was published yet


class NewerPublishedError(PublishError):
    """Hugging Face has a newer release on main, where this one would be put."""

    code = "OR106"


def publish_to_hub(release: Path, address: str, *, take_back: bool = False) -> Published:
    """Make a whole release the newest commit of a repository, and tag it with its version.

    Args:
        address: hf://datasets/owner/name, of a repository that is there. HF_TOKEN or `hf auth login` let us in.
        take_back: put it on main even if main has a newer version.

    PublishError if the repository has that version with other bytes, holds something else, or cannot be written to.
    """
    repository = _name(address)
    shown, version = f"{SCHEME}datasets/{repository}", check_version(version_of(release))
    manifest = (release / SUMS).read_bytes()
    with _telling(shown):
        from huggingface_hub import HfApi
        from huggingface_hub.utils.tqdm import disable_progress_bars

        hub = HfApi()
        disable_progress_bars()
        refs = hub.list_repo_refs(repository, repo_type=_KIND)
        head = next(branch.target_commit for branch in refs.branches if branch.name == _MAIN)
        tags = {tag.name for tag in refs.tags}
        there = set(hub.list_repo_files(repository, repo_type=_KIND, revision=head))
        on_main = _read(hub, repository, SUMS, head) if SUMS in there else None
        if version in tags:
            if _read(hub, repository, SUMS, version) != manifest:
                raise PublishedVersionError(f"another release is tagged {version} in {shown}; choose another version")
            if on_main == manifest or not take_back:
                named = _version_on_main(hub, repository, there, head)
                return _published(shown, version, (), manifest, named or version)
        sent: tuple[str, ...] = ()
        if on_main != manifest:
            _check_main(hub, repository, there, head, version, shown, take_back)
            sent = _changed(release, on_main)
            head = _commit(hub, repository, release, on_main, head)
        if version not in tags:
            hub.create_tag(repository, tag=version, revision=head, repo_type=_KIND)
    return _published(shown, version, sent, manifest, version)


def _published(shown: str, version: str, sent: tuple[str, ...], manifest: bytes, latest: str) -> Published:
    found = len(_digests(manifest)) + 1 - len(sent)
    return Published(address=f"{shown}@{version}", version=version, sent=sent, mended=(), found=found, latest=latest)


def _name(address: str) -> str:
    parts = address.removeprefix(SCHEME).rstrip("/").split("/")
    if len(parts) != 3 or parts[0] != "datasets" or not all(parts) or "@" in address:
        raise DestinationError(f"{address}: a repository is written as {SCHEME}datasets/owner/name")
    return f"{parts[1]}/{parts[2]}"


def _check_main(
    hub: "HfApi", repository: str, there: set[str], head: str, version: str, shown: str, take_back: bool
) -> None:
    """PublishError if main has something else than an older release."""
    if SUMS not in there:
        if others := sorted(there - _OF_A_NEW_ONE):
            raise DestinationError(f"{shown} holds other files than a release ({others[0]}): publish to another one")
        return
    named = _version_on_main(hub, repository, there, head)
    if named and not take_back and version_order(named) > version_order(version):
        raise NewerPublishedError(
            f"{shown} has {named}, which is newer than {version}; --take-back puts this one there"
        )


def _version_on_main(hub: "HfApi", repository: str, there: set[str], head: str) -> str | None:
    if DESCRIPTOR not in there:
        return None
    return str(json.loads(_read(hub, repository, DESCRIPTOR, head)).get("version"))


def _changed(release: Path, on_main: bytes | None) -> tuple[str, ...]:
    former = _digests(on_main)
    ours = _digests((release / SUMS).read_bytes())
    return (*(name for name, digest in ours.items() if former.get(name) != digest), SUMS)


def _commit(hub: "HfApi", repository: str, release: Path, on_main: bytes | None, head: str) -> str:
    """All files in one commit upon `head`; what the release before had and this one has not goes. The new commit."""
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete
    from huggingface_hub.utils.tqdm import enable_progress_bars

    if sys.stderr is not None and sys.stderr.isatty():
        enable_progress_bars()
    files = store.files_in(release)
    gone = _digests(on_main).keys() - files.keys()
    made = hub.create_commit(
        repository,
        [
            *(CommitOperationAdd(path_in_repo=name, path_or_fileobj=path) for name, path in files.items()),
            *(CommitOperationDelete(path_in_repo=name) for name in sorted(gone)),
        ],
        commit_message=f"Release {version_of(release)}",
        repo_type=_KIND,
        parent_commit=head,  # refused if somebody else has committed meanwhile
    )
    return str(made.oid)


def _digests(manifest: bytes | None) -> dict[str, str]:
    lines = (line.split("  ", 1) for line in (manifest or b"").decode("utf-8").splitlines())
    return {name: digest for digest, name in lines}


def _read(hub: "HfApi", repository: str, name: str, revision: str) -> bytes:
    with TemporaryDirectory() as folder:
        got = hub.hf_hub_download(repository, name, repo_type=_KIND, revision=revision, local_dir=folder)
        return Path(got).read_bytes()


@contextmanager
def _telling(shown: str) -> Iterator[None]:
    """Turns what the client raises into one line that says what to do."""
    from huggingface_hub.errors import RepositoryNotFoundError

    try:
        yield
    except PublishError:
        raise
    except RepositoryNotFoundError as error:
        raise DestinationError(
            f"{shown}: no such repository, or none that the token in HF_TOKEN may see; make it with `hf repos create`, "
            "public or private, and publish again"
        ) from error
    except Exception as error:  # of the client, of what it asks with, or of what it was answered
        told = " ".join(str(error).split()) or type(error).__name__
        raise SendingError(f"cannot write to {shown}: {told:.300}; what is there is kept, publish again") from error
