"""Where files lie: a path on this machine, or an address that fsspec can open, and how that is shown to others."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from onrecord.errors import UserError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+(?:::|://)", re.IGNORECASE)
_LOCAL = "file://"
# Names of parameters that open a door: what gets published must not hold them.
_SECRET = re.compile(
    r"token|secret|credential|passw|x-amz-|x-goog-|(?:^|[-_])(?:sig|signature|\w*key|pass|pwd|auth|code|jwt|session)\b",
    re.IGNORECASE,
)


class UnreadableAddressError(UserError):
    """What is no address, or one that may not be read."""

    code = "OR042"


def is_address(root: str | Path) -> bool:
    """Whether a root is an address for fsspec and not a local path; file://... is a local path, too."""
    return isinstance(root, str) and _ADDRESS.match(root) is not None and not root.lower().startswith(_LOCAL)


def local_path(root: str | Path) -> Path:
    """A local root as a path."""
    return Path(root[len(_LOCAL) :] if isinstance(root, str) and root.lower().startswith(_LOCAL) else root)


def shown_address(address: str) -> str:
    """An address without user, password, fragment, and parameters if any of them opens a door.

    Of chained ones, simplecache::https://..., each is shown so.
    """
    if "::" in address:
        return "::".join(shown_address(part) for part in address.split("::"))
    if "://" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError as error:
        told = " ".join(str(error).split())
        raise UnreadableAddressError(f"not an address: {told}") from error
    query = "" if any(_SECRET.search(name) for name, _ in parse_qsl(parts.query, True)) else parts.query
    shown = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))
    # urlunsplit writes memory:/x for an address without a host
    return shown if "://" in shown else shown.replace(":", "://", 1)
