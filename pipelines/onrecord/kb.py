"""The user's knowledge files of this run: chosen once by the command line, seen by every process that extracts.

The choice stands in the environment, since an engine starts its workers in its own way: ONRECORD_KB holds the paths,
separated as in PATH. Without it the project's own knowledge is used alone.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

VARIABLE = "ONRECORD_KB"


def choose(files: Sequence[Path]) -> None:
    """Use these files from now on, in this process and in those that it starts."""
    os.environ[VARIABLE] = os.pathsep.join(str(path.absolute()) for path in files)


def chosen() -> tuple[Path, ...]:
    return tuple(Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name)


def digest() -> str:
    """SHA-256 over the contents of the chosen files, in order; empty if there are none. Names do not count."""
    states = [(path, path.stat()) for path in chosen() if path.is_file()]
    return _digest(tuple((path, state.st_mtime_ns, state.st_size) for path, state in states))


@cache
def _digest(files: tuple[tuple[Path, int, int], ...]) -> str:
    if not files:
        return ""
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path, *_ in files)).hexdigest()
