"""What the user supplies to a run beside the articles: files of office-holders, codebooks in place of ours, and
whether content is compared with the codebook's examples.

Chosen once by the command line, seen by every process that extracts: the choice stands in the environment, since an
engine starts its workers in its own way. ONRECORD_KB and ONRECORD_CODEBOOK hold paths, separated as in PATH,
ONRECORD_EMBEDDINGS 1, 0 or nothing.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.errors import UserError
from onrecord.knowledge.files import DATA

HOLDERS, CODEBOOK, EMBEDDINGS = "ONRECORD_KB", "ONRECORD_CODEBOOK", "ONRECORD_EMBEDDINGS"
# The first issue that matches wins: what is told by name and narrowly stands before what fits any debate.
_DEBATES = (
    *("conflicts", "budget", "climate", "guns", "health-care", "institutions", "migration", "society", "trade"),
    *("world-affairs", "campaigns", "justice", "economy", "health-and-safety", "public-life", "government"),
)
OUR_CODEBOOKS = tuple(DATA / "codebooks" / f"{debate}.yml" for debate in _DEBATES)
NEEDED = DATA / "needed.json"  # what their patterns need, as `python -m training.needed` writes it


class SettingError(UserError):
    """A variable of the environment whose value cannot be used; the message names it and says what can."""

    code = "OR061"


def choose_holders(files: Sequence[Path]) -> None:
    """Know these office-holders from now on, in this process and in those that it starts."""
    os.environ[HOLDERS] = os.pathsep.join(str(path.absolute()) for path in files)


def choose_codebooks(files: Sequence[Path]) -> None:
    """Code proposals by these files from now on, in this process and in those that it starts."""
    os.environ[CODEBOOK] = os.pathsep.join(str(file.absolute()) for file in files)


def choose_embeddings() -> None:
    """Ask the codebook's examples from now on, in this process and in those that it starts."""
    os.environ[EMBEDDINGS] = "1"


def holders() -> tuple[Path, ...]:
    return _files(HOLDERS)


def codebooks() -> tuple[Path, ...]:
    """The user's codebooks in their order, all of ours without one."""
    return _files(CODEBOOK) or OUR_CODEBOOKS


def _files(variable: str) -> tuple[Path, ...]:
    return tuple(Path(name) for name in os.environ.get(variable, "").split(os.pathsep) if name)


def embeddings() -> bool:
    """Whether content that no pattern matches is compared with the codebook's examples.

    Raises:
        SettingError: the variable has another value than 1, 0 or none.
    """
    value = os.environ.get(EMBEDDINGS, "").strip()
    if value not in ("", "0", "1"):
        raise SettingError(f"{EMBEDDINGS} is 1 (compare what no pattern matches with examples) or 0, not {value!r}")
    return value == "1"


def digest() -> str:
    """SHA-256 over what is chosen: the contents of the files, in order, and whether examples are asked.

    Empty if nothing is. Names of files do not count.
    """
    files = [("holders", path) for path in holders()] + [("codebook", path) for path in _files(CODEBOOK)]
    states = [(kind, path, path.stat()) for kind, path in files if path.is_file()]
    return _digest(tuple((kind, path, state.st_mtime_ns, state.st_size) for kind, path, state in states), embeddings())


@cache
def _digest(files: tuple[tuple[str, Path, int, int], ...], by_example: bool) -> str:
    parts = [kind.encode() + hashlib.sha256(path.read_bytes()).digest() for kind, path, *_ in files]
    parts += [b"embeddings"] * by_example
    return hashlib.sha256(b"".join(parts)).hexdigest() if parts else ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was chosen, for a machine that has none of its files: their names and bytes."""

    holders: tuple[tuple[str, bytes], ...]
    codebooks: tuple[tuple[str, bytes], ...]
    embeddings: bool


def contents() -> Contents:
    holders, codebooks = (tuple((p.name, p.read_bytes()) for p in _files(v)) for v in (HOLDERS, CODEBOOK))
    return Contents(holders, codebooks, embeddings())


@cache
def adopt(chosen: Contents) -> None:
    """Choose the same in this process, with copies of the files that stay as long as its machine lets them."""
    os.environ[EMBEDDINGS] = str(int(chosen.embeddings))
    for variable, files in ((HOLDERS, chosen.holders), (CODEBOOK, chosen.codebooks)):
        paths = [Path(tempfile.mkdtemp(prefix="onrecord-")) / name for name, _ in files]  # two may share a name
        for path, (_, raw) in zip(paths, files, strict=True):
            path.write_bytes(raw)
        os.environ[variable] = os.pathsep.join(map(str, paths))
