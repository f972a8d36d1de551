"""Where seeds lie: the files below a local folder, each with what its folders say about it.

Files whose name starts with a dot, and outlet.yml, are no articles and are ignored by name. Links to folders are not
followed.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import yaml

from onrecord.document import Given, Reason, Rejected
from onrecord.errors import UserError
from onrecord.parse.given import to_text
from onrecord.read.stamps import Stamp, stamp_of_file
from onrecord.read.streams import refused

MAX_DEPTH = 100  # folders below each other
OUTLET = "outlet.yml"
_MAX_OUTLET_BYTES = 2**16
_LOCALE = re.compile(r"[a-z]{2,3}[-_][A-Z]{2}")


class NoSeedsError(UserError):
    """There is no such folder or file, here or at an address."""

    code = "OR040"


@dataclass(frozen=True, slots=True)
class Place:
    """A file that waits to be read. `file` is its bare name, `name` the one that rows are published under.

    `stamp`: as it was before it was read; None if nothing tells whether it has changed since.
    """

    file: str
    name: str
    given: Given
    opened: Callable[[], IO[bytes]]
    stamp: Stamp | None = None


def walk_folder(path: Path, is_article: Callable[[str], bool]) -> Iterator[Place | Rejected]:
    """The files at or below a local path, in the order of their names; what is no file or cannot be listed is refused.

    `is_article` says of a bare name whether it is one of an article.
    """
    path = Path(os.path.abspath(path))
    if not path.exists():
        raise NoSeedsError(f"no such seeds folder or file: {path}")
    if path.is_dir():
        yield from _folder(path, path.name, Given(), is_article)
    else:
        yield _file(path, path.name, Given())


def _folder(folder: Path, name: str, given: Given, is_article: Callable[[str], bool]) -> Iterator[Place | Rejected]:
    if name.count("/") >= MAX_DEPTH:
        yield refused(Reason.UNREADABLE, name, f"more than {MAX_DEPTH} folders deep")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield refused(Reason.UNREADABLE, name, error.strerror or str(error))
        return
    facts = with_facts(given, f"{name}/{OUTLET}", _opener(folder / OUTLET) if (folder / OUTLET).is_file() else None)
    if isinstance(facts, Rejected):
        yield facts
    else:
        given = facts
    for entry in entries:
        if is_ignored(entry.name):
            continue
        path, below = Path(entry.path), printable(f"{name}/{entry.name}")
        if entry.is_dir(follow_symlinks=False):
            if is_article(entry.name):
                yield refused(Reason.NOT_A_FILE, below, "a folder with the name of an article; its files are read")
            yield from _folder(path, below, given, is_article)
        elif entry.is_symlink() and _is_folder(path):
            yield refused(Reason.NOT_A_FILE, below, "a link to a folder; links to folders are not followed")
        else:
            yield _file(path, below, given)


def is_ignored(name: str) -> bool:
    return name.startswith(".") or name == OUTLET


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a link that points to itself
        return False


def _file(path: Path, name: str, given: Given) -> Place | Rejected:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return refused(Reason.NOT_A_FILE, name, "neither a file nor a folder")
    except OSError as error:
        return refused(Reason.UNREADABLE, name, error.strerror or str(error))
    return Place(path.name, name, given, _opener(path), stamp_of_file(found))


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def with_facts(given: Given, name: str, opened: Callable[[], IO[bytes]] | None) -> Given | Rejected:
    """The facts of a folder's outlet.yml on top of those of the folders above, or why they cannot be used."""
    if opened is None:
        return given
    try:
        with opened() as file:
            facts = yaml.safe_load(file.read(_MAX_OUTLET_BYTES).decode("utf-8"))
        known = isinstance(facts, dict) and facts.keys() <= {"outlet", "section", "rights", "locale", "timezone"}
        if not known or not all(isinstance(value, str) and value.strip() for value in facts.values()):
            found = ", ".join(map(str, facts)) if isinstance(facts, dict) else type(facts).__name__
            raise ValueError(f"{OUTLET} takes text for outlet, section, rights, locale and timezone, found {found:.80}")
        if not _LOCALE.fullmatch(facts.get("locale", "en-GB")):
            raise ValueError(f"locale is language and country, such as en-GB, found {facts['locale']!r:.80}")
        ZoneInfo(facts.get("timezone", "UTC"))
    except (OSError, ValueError, KeyError, RecursionError, yaml.YAMLError) as error:
        return refused(Reason.BAD_METADATA, name, " ".join(str(error).split()))
    texts: dict[str, Any] = {name: to_text(value) for name, value in facts.items()}
    return replace(given, **texts)


def printable(name: str) -> str:
    """File names are bytes; those that are not UTF-8 are shown with escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
