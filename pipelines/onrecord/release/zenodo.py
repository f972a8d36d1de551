"""A deposit in Zenodo, or in what speaks its API: a DOI for a release, which the release itself then names.

The DOI is reserved before anything is written, so that CITATION.cff, card and Croissant can have it; then the files go
into the deposit, and last it is published. What was reserved is noted beside the build, so that a publisher that was
stopped goes on with the same DOI.
"""

import json
import os
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from onrecord.release.destinations import PublishError
from onrecord.schema import load_package
from onrecord.storage import store
from onrecord.storage.notes import read_notes
from onrecord.storage.releases import version_of

_ADDRESS = "https://zenodo.org"
TOKEN = "ZENODO_TOKEN"  # of the environment: a personal access token with deposit:write and deposit:actions
_NOTE = "zenodo.json"
_TIMEOUT = 60  # seconds


class DepositError(PublishError):
    """Zenodo refused something, or could not be asked; the message has its own words."""

    code = "OR104"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A deposit that is not published yet."""

    version: str
    address: str  # of the service
    record: str  # address of the deposit
    bucket: str  # address that its files are put below
    doi: str


def reserve(version: str, build: Path, address: str = _ADDRESS) -> Deposit:
    """A new deposit with its DOI, or the one that was reserved for this version before and is noted in `build`."""
    noted = read_notes(build / _NOTE)
    if noted.get("version") == version and noted.get("address") == address:
        return Deposit(**noted)
    made = _ask("POST", f"{address.rstrip('/')}/api/deposit/depositions", {"metadata": _metadata(version)})
    try:
        deposit = Deposit(
            version=version,
            address=address,
            record=str(made["links"]["self"]),
            bucket=str(made["links"]["bucket"]),
            doi=str(made["metadata"]["prereserve_doi"]["doi"]),
        )
    except (KeyError, TypeError) as error:
        raise DepositError(f"{address} answered without {error}: is it Zenodo's API?") from error
    store.write_text(build / _NOTE, json.dumps(asdict(deposit)) + "\n")
    return deposit


def deposit_release(deposit: Deposit, release: Path) -> None:
    """Put the files of a release into its deposit and publish it. Files in folders get names with underscores."""
    if version_of(release) != deposit.version:
        raise DepositError(f"{deposit.doi} was reserved for {deposit.version}, not for {version_of(release)}")
    for name, path in store.files_in(release).items():
        with path.open("rb") as file:
            _send("PUT", f"{deposit.bucket}/{quote(name.replace('/', '_'))}", file, path.stat().st_size)
    _ask("POST", f"{deposit.record}/actions/publish", None)


def _metadata(version: str) -> dict[str, Any]:
    package = load_package()
    return {
        "title": f"{package.title} {version}",
        "upload_type": "dataset",
        "description": package.description,
        "version": version,
        "creators": [{"name": f"{package.title} contributors"}],
        "license": str(package.licenses[0]["name"]).lower(),
        "keywords": list(package.keywords),
        "prereserve_doi": True,
    }


def _ask(method: str, url: str, content: dict[str, Any] | None) -> dict[str, Any]:
    body = b"" if content is None else json.dumps(content).encode()
    try:
        answer = json.loads(_send(method, url, body, len(body), "application/json") or b"{}")
    except ValueError as error:
        raise DepositError(f"{url} answered with something else than JSON") from error
    if not isinstance(answer, dict):
        raise DepositError(f"{url} answered with something else than an object")
    return answer


def _send(method: str, url: str, body: Any, size: int, kind: str = "application/octet-stream") -> bytes:
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        raise DepositError(f"no {TOKEN} in the environment: make a token with deposit:write and deposit:actions there")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind, "Content-Length": str(size)}
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        told = " ".join(error.read(500).decode("utf-8", "replace").split())
        raise DepositError(f"{method} {url}: {error.code} {told}") from error
    except OSError as error:
        raise DepositError(f"{method} {url}: {error}") from error
